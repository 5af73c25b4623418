#include "desk/ratings/ratings.h"

#include <gmock/gmock.h>

#include "desk/mail/parked_mails.h"
#include "desk/notifications/notification_sending.h"
#include "desk/ratings/rating_settings.h"
#include "desk/tickets/timeline.h"
#include "tests/support/office.h"

namespace tandem::test {
namespace {

using desk::AskedWith;
using desk::Rating;
using desk::ReplyKind;
using testing::HasSubstr;
using testing::Not;

/// Support asks for ratings; Maria has written, and Ana works there.
struct AskingOffice {
  Office office;
  access::Actor ada = office.administrator();
  access::Actor ana = office.agent("ana", {"Support"});
  desk::IntakeReport asked = office.mail_in({});

  AskingOffice() { ask(AskedWith::each_reply); }

  void ask(AskedWith asked_with, const std::string& words = "") {
    const RecordId support = office.department("Support");
    const auto saved = office.database->write([&](db::Transaction& tx) -> Result<void> {
      desk::RatingSettings settings{.department = support};
      settings.is_on = true;
      settings.asked_with = asked_with;
      settings.words = words;
      TRY(desk::save_rating_settings(tx, ada, settings));
      return {};
    });
    ASSERT_TRUE(saved) << saved.error().message;
  }

  records::Record now() { return office.read("tickets", asked.ticket); }

  records::Record answer(const desk::ReplyRequest& request = {.html = "Try again"}) {
    const auto sent = office.reply(ana, asked.ticket, request);
    EXPECT_TRUE(sent) << sent.error().message;
    return *sent;
  }

  desk::RatingLink link_to(const records::Record& thread) {
    return {.org = office.org,
            .ticket = asked.ticket,
            .thread = thread.id,
            .contact = now().get("contact").id(),
            .expires_at = office.clock.now() + desk::rating_link_ms};
  }

  Result<void> rate(const desk::RatingLink& link, Rating rating, const std::string& remark = "") {
    return office.database->write([&](db::Transaction& tx) -> Result<void> {
      return desk::give_rating(tx, *office.desk, link, rating, remark);
    });
  }

  std::vector<desk::GivenRating> ratings(const access::Actor& actor) {
    auto found = office.database->read(
        [&](db::Transaction& tx) { return desk::ratings_of_ticket(tx, actor, asked.ticket); });
    EXPECT_TRUE(found);
    return found ? *found : std::vector<desk::GivenRating>{};
  }

  int events_named_rated() {
    const auto page = office.database->read(
        [&](db::Transaction& tx) { return desk::read_timeline(tx, ana, asked.ticket, "", 100); });
    EXPECT_TRUE(page);
    int count = 0;
    for (const desk::TimelineItem& item : page->items) {
      if (item.entry.event != "rated") continue;
      ++count;
      EXPECT_EQ(item.entry.author.kind, "contact");
      EXPECT_EQ(item.entry.author.name, "Maria Silva");
      EXPECT_EQ(item.entry.author.path, "mail");
    }
    return count;
  }
};

TEST(Ratings, AReplyAsksItsCustomerWithThreeLinks) {  // S022; manual, Ratings and statistics 1.1
  AskingOffice desk;
  desk.answer();
  const auto mails = desk.office.outbox();
  ASSERT_EQ(mails.size(), 1U);
  for (const char* face : {"good", "okay", "bad"}) {
    EXPECT_THAT(mails[0].text, HasSubstr(std::string("?face=") + face));
    EXPECT_THAT(mails[0].html, HasSubstr(std::string("?face=") + face));
  }
  EXPECT_THAT(mails[0].text, HasSubstr("How was our answer?"));
}

TEST(Ratings, TheOwnerIsToldOfARatingByMail) {  // S077; manual, Notification rules 2.1
  AskingOffice desk;
  desk::add_notification_jobs(*desk.office.worker, *desk.office.desk, "https://desk.example");
  const RecordId support = desk.office.department("Support");
  const auto turn = [&](bool is_on) {
    ASSERT_TRUE(desk.office.database->write([&](db::Transaction& tx) {
      return desk::change_notification_rule(tx, desk.ada, support, desk::NotificationEvent::rating,
                                            {.by_mail = is_on});
    }));
  };
  const auto told = [&] {
    int count = 0;
    for (const mail::ParsedMail& mail : desk.office.outbox()) {
      count += mail.subject.find("Answer rated") != std::string::npos;
    }
    return count;
  };
  const records::Record thread = desk.answer();
  ASSERT_TRUE(desk.rate(desk.link_to(thread), Rating::bad));
  EXPECT_EQ(told(), 0) << "all rules are off at first";
  turn(true);
  ASSERT_TRUE(desk.rate(desk.link_to(thread), Rating::good));
  EXPECT_EQ(told(), 1);
  ASSERT_TRUE(desk.rate(desk.link_to(thread), Rating::good, "Thank you"));
  EXPECT_EQ(told(), 1) << "the remark that follows is not told again";
  ASSERT_TRUE(desk.office.change(desk.ada, "tickets", desk.asked.ticket, {{"owner", desk.ana.id}}));
  ASSERT_TRUE(desk.rate(desk.link_to(thread), Rating::okay));
  EXPECT_EQ(told(), 2);
  EXPECT_EQ(desk.office.outbox().back().to.front().address, desk.ana.email);
}

TEST(Ratings, ADepartmentThatDoesNotAskSendsNoLinks) {  // manual, Ratings and statistics 1.1
  AskingOffice desk;
  const RecordId support = desk.office.department("Support");
  const auto saved = desk.office.database->write([&](db::Transaction& tx) -> Result<void> {
    TRY(desk::save_rating_settings(tx, desk.ada, {.department = support}));
    return {};
  });
  ASSERT_TRUE(saved);
  desk.answer();
  EXPECT_THAT(desk.office.outbox().at(0).text, Not(HasSubstr("/rate/")));
}

TEST(Ratings,
     AskingWithTheClosingReplyLeavesTheOthersAlone) {  // manual, Ratings and statistics 1.2
  AskingOffice desk;
  desk.ask(AskedWith::closing_reply);
  desk.answer();
  desk.answer({.html = "Done", .status = "closed"});
  const auto mails = desk.office.outbox();
  ASSERT_EQ(mails.size(), 2U);
  EXPECT_THAT(mails[0].text, Not(HasSubstr("/rate/")));
  EXPECT_THAT(mails[1].text, HasSubstr("/rate/"));
}

TEST(Ratings, TheQuestionIsInTheOrganisationsWordsOrTheCustomersLanguage) {  // manual, Ratings and
                                                                             // statistics 1.4
  AskingOffice desk;
  ASSERT_TRUE(desk.office.change(desk.ana, "tickets", desk.asked.ticket, {{"language", "pt-BR"}}));
  desk.answer();
  EXPECT_EQ(desk.office.outbox().size(), 1U);
  desk.ask(AskedWith::each_reply, "Happy with <us>?");
  desk.answer();
  const auto mails = desk.office.outbox();
  EXPECT_THAT(mails.at(0).text, HasSubstr("Como foi a nossa resposta?"));
  EXPECT_THAT(mails.at(1).text, HasSubstr("Happy with <us>?"));
  EXPECT_THAT(mails.at(1).html, HasSubstr("Happy with &lt;us&gt;?"));
}

TEST(Ratings, ALanguageWithoutWordsOfItsOwnTakesTheOrganisations) {  // manual, Ratings and
                                                                     // statistics 1.4
  AskingOffice desk;
  const std::pair<const char*, const char*> languages[] = {
      {"pt-BR", "pt"},      {"Português (Brasil)", "pt"},
      {"Portuguese", "pt"}, {"zh_CN", "zh"},
      {"Chinese", "zh"},    {"简体中文", "zh"},
      {"中文", "zh"},       {"Japanese", "ja"},
      {"日本語", "ja"},     {"JA", "ja"},
      {"English", "en"},    {"Polish", "en"},
      {"Polski", "en"},     {"pl", "en"},
      {"Javanese", "en"},   {"Chamorro", "en"}};
  for (const auto& [language, locale] : languages) {
    ASSERT_TRUE(
        desk.office.change(desk.ana, "tickets", desk.asked.ticket, {{"language", language}}));
    EXPECT_EQ(desk.office.database->read([&](db::Transaction& tx) {
      return desk::customer_locale(tx, desk.office.org, desk.asked.ticket);
    }),
              locale)
        << language;
  }
}

TEST(Ratings, NobodyButTheContactGetsTheLinks) {  // manual, Ratings and statistics 1.3
  AskingOffice desk;
  desk.answer({.kind = ReplyKind::forward, .to = {{"", "factory@example.net"}}, .html = "See"});
  desk.answer({.to = {{"", "boss@kunde.example"}}, .html = "See"});
  desk.answer(
      {.to = {{"", "maria@kunde.example"}}, .cc = {{"", "boss@kunde.example"}}, .html = "S"});
  desk.answer(
      {.to = {{"", "maria@kunde.example"}}, .bcc = {{"", "boss@kunde.example"}}, .html = "S"});
  for (const mail::ParsedMail& mail : desk.office.outbox()) {
    EXPECT_THAT(mail.text, Not(HasSubstr("/rate/")));
    EXPECT_THAT(mail.html, Not(HasSubstr("/rate/")));
  }
}

TEST(Ratings, WhatACustomerQuotesCarriesNoLinkOn) {  // manual, Ratings and statistics 1.3
  AskingOffice desk;
  const records::Record thread = desk.answer();
  const std::string token = desk::rating_token(*desk.office.desk, desk.link_to(thread));
  const mail::ParsedMail mail = desk.office.outbox().at(0);
  EXPECT_THAT(mail.text, HasSubstr(token));
  const auto quoting = desk.office.mail_in(
      {.text = "Thanks!\n\n> " + mail.text, .headers = {"In-Reply-To: <" + mail.message_id + ">"}});
  ASSERT_EQ(quoting.ticket, desk.asked.ticket);
  const records::Record said = desk.office.read("threads", quoting.thread);
  EXPECT_THAT(said.get("plain_text").text(), Not(HasSubstr(token)));
  EXPECT_THAT(said.get("plain_text").text(), HasSubstr("/rate/-"));
  desk.answer({.kind = ReplyKind::forward, .to = {{"", "factory@example.net"}}, .html = "See"});
  EXPECT_THAT(desk.office.raw_outbox().back(), Not(HasSubstr(token.substr(0, 40))));
}

TEST(Ratings, TheOriginalOfAnAnswerIsKeptWithoutTheKeysOfItsLinks) {  // Ratings, statistics 1.3
  AskingOffice desk;
  const records::Record thread = desk.answer();
  const std::string token = desk::rating_token(*desk.office.desk, desk.link_to(thread));
  const mail::ParsedMail sent = desk.office.outbox().at(0);
  EXPECT_THAT(sent.html, HasSubstr(token));
  const auto raw = desk::raw_of_thread(*desk.office.desk, desk.ana, desk.asked.ticket, thread.id);
  ASSERT_TRUE(raw) << raw.error().message;
  const auto kept = mail::parse_mail(*raw);
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->message_id, sent.message_id);
  EXPECT_EQ(kept->subject, sent.subject);
  for (const std::string& text : {kept->text, kept->html}) {
    EXPECT_THAT(text, HasSubstr("Try again"));
    EXPECT_THAT(text, HasSubstr("/rate/-?face=good"));
    EXPECT_THAT(text, Not(HasSubstr(token.substr(0, 40))));
  }
  EXPECT_THAT(*raw, Not(HasSubstr(token.substr(0, 40))));
}

TEST(Ratings, ARatingIsStoredWithItsTicket) {  // S022; manual, Ratings and statistics 2.1
  AskingOffice desk;
  const records::Record thread = desk.answer();
  ASSERT_TRUE(desk.rate(desk.link_to(thread), Rating::good, " Quick & kind "));
  EXPECT_EQ(desk.now().get("rating").text(), "good");
  EXPECT_EQ(desk.now().get("rated_at").instant(), desk.office.clock.now());
  const auto ratings = desk.ratings(desk.ana);
  ASSERT_EQ(ratings.size(), 1U);
  EXPECT_EQ(ratings[0].rating, "good");
  EXPECT_EQ(ratings[0].remark, "Quick & kind");
  EXPECT_EQ(ratings[0].agent, desk.ana.id);
  EXPECT_EQ(ratings[0].thread, thread.id);
  EXPECT_EQ(ratings[0].department, desk.office.department("Support"));
  EXPECT_EQ(desk.events_named_rated(), 1);
}

TEST(Ratings, ALaterPressChangesTheRatingOfTheSameMessage) {  // manual, Ratings and statistics 2.2
  AskingOffice desk;
  const records::Record first = desk.answer();
  ASSERT_TRUE(desk.rate(desk.link_to(first), Rating::good));
  ASSERT_TRUE(desk.rate(desk.link_to(first), Rating::good));  // nothing new
  EXPECT_EQ(desk.events_named_rated(), 1);
  ASSERT_TRUE(desk.rate(desk.link_to(first), Rating::bad, "It broke again"));
  const records::Record second = desk.answer();
  ASSERT_TRUE(desk.rate(desk.link_to(second), Rating::okay));
  EXPECT_EQ(desk.ratings(desk.ana).size(), 2U);
  EXPECT_EQ(desk.now().get("rating").text(), "okay");
  EXPECT_EQ(desk.events_named_rated(), 3);
}

TEST(Ratings, ALinkIsGoodForThirtyDaysAndCannotBeForged) {  // manual, Ratings and statistics 2.3
  AskingOffice desk;
  const desk::RatingLink link = desk.link_to(desk.answer());
  const desk::Desk& house = *desk.office.desk;
  const std::string token = desk::rating_token(house, link);
  EXPECT_TRUE(desk::read_rating_token(house, token, link.expires_at));
  EXPECT_EQ(code_of(desk::read_rating_token(house, token, link.expires_at + 1)),
            "rating_link_expired");
  for (size_t at = 0; at < token.size(); ++at) {
    std::string other = token;
    other[at] = other[at] == 'A' ? 'B' : 'A';
    const auto read = desk::read_rating_token(house, other, link.expires_at);
    // The last character holds bits beyond the signature, which decoders may leave aside.
    EXPECT_TRUE(!read || at + 1 == token.size()) << at;
  }
  for (const std::string& bad : {std::string(), std::string("x"), token + token, token + "AAAA"}) {
    EXPECT_FALSE(desk::read_rating_token(house, bad, link.expires_at)) << bad;
  }
}

TEST(Ratings, WhatCannotBeRatedIsRefused) {  // manual, Ratings and statistics 2.4
  AskingOffice desk;
  const desk::RatingLink link = desk.link_to(desk.answer());
  EXPECT_EQ(code_of(desk.rate(link, Rating::good, std::string(1'001, 'x'))), "too_long");
  EXPECT_TRUE(desk.rate(link, Rating::good, std::string(1'000, 'x')));
  for (int press = 1; press < desk::rating_changes_max; ++press) {
    ASSERT_TRUE(desk.rate(link, Rating::bad, std::to_string(press)));
  }
  EXPECT_EQ(code_of(desk.rate(link, Rating::good)), "rated_too_often");
  const desk::RatingLink other = desk.link_to(desk.answer());
  const auto deleted = desk.office.database->write([&](db::Transaction& tx) -> Result<void> {
    TRY(operations::delete_record(tx, desk.ada, *desk.office.catalogue.find("tickets"),
                                  desk.asked.ticket));
    return {};
  });
  ASSERT_TRUE(deleted);
  EXPECT_EQ(code_of(desk.rate(other, Rating::good)), "not_found");
}

TEST(Ratings,
     WhatCustomersWriteIsForAgentsOfTheDepartmentAlone) {  // manual, Ratings and statistics 2.5
  AskingOffice desk;
  ASSERT_TRUE(desk.rate(desk.link_to(desk.answer()), Rating::bad, "SECRET-REMARK"));
  EXPECT_TRUE(desk.ratings(desk.office.contact_actor(desk.now().get("contact").id())).empty());
  const access::Actor bill = desk.office.agent("bill", {"Billing"});
  const auto listed = desk.office.database->read(
      [&](db::Transaction& tx) { return desk::list_ratings(tx, bill, {}); });
  ASSERT_TRUE(listed);
  EXPECT_TRUE(listed->empty());
  const auto own = desk.office.database->read(
      [&](db::Transaction& tx) { return desk::list_ratings(tx, desk.ana, {}); });
  ASSERT_TRUE(own);
  EXPECT_EQ(own->size(), 1U);
  desk.answer({.kind = ReplyKind::forward, .to = {{"", "factory@example.net"}}, .html = "See"});
  for (const std::string& raw : desk.office.raw_outbox()) {
    EXPECT_THAT(raw, Not(HasSubstr("SECRET-REMARK")));
  }
}

TEST(Ratings,
     OnlyWhoManagesDepartmentsSaysWhereCustomersAreAsked) {  // manual, Ratings and statistics 1.1
  AskingOffice desk;
  const auto save = [&](const access::Actor& actor, RecordId department, const std::string& words) {
    return desk.office.database->write([&](db::Transaction& tx) -> Result<void> {
      desk::RatingSettings settings{.department = department};
      settings.words = words;
      TRY(desk::save_rating_settings(tx, actor, settings));
      return {};
    });
  };
  const RecordId support = desk.office.department("Support");
  EXPECT_FALSE(save(desk.ana, support, ""));
  EXPECT_EQ(code_of(save(desk.ada, support, std::string(301, 'x'))), "too_long");
  EXPECT_EQ(code_of(save(desk.ada, RecordId{4711}, "")), "not_found");
}

}  // namespace
}  // namespace tandem::test
