#include "desk/conversation/reply_templates.h"

#include <gmock/gmock.h>

#include "access/roles.h"
#include "desk/automation/macros.h"
#include "desk/conversation/attachments.h"
#include "desk/conversation/drafts.h"
#include "tests/support/office.h"

namespace tandem::test {
namespace {

using desk::ReplyTemplate;
using desk::TemplateAudience;

class ReplyTemplates : public testing::Test {
 protected:
  Result<ReplyTemplate> add(const access::Actor& actor, ReplyTemplate wanted,
                            std::vector<int64_t> uploads = {}) {
    if (wanted.name.empty()) wanted.name = "Greeting";
    if (wanted.html.empty()) wanted.html = "<p>Hello</p>";
    return office_.database->write([&](db::Transaction& tx) {
      return desk::add_reply_template(tx, actor, {std::move(wanted), std::move(uploads)});
    });
  }
  Result<desk::FilledTemplate> use(const access::Actor& actor, RecordId id, RecordId ticket) {
    return office_.database->write(
        [&](db::Transaction& tx) { return desk::use_reply_template(tx, actor, id, ticket); });
  }
  std::vector<std::string> names(const access::Actor& actor, RecordId ticket = {}) {
    const auto found = office_.database->read(
        [&](db::Transaction& tx) { return desk::list_reply_templates(tx, actor, ticket); });
    std::vector<std::string> texts;
    for (const ReplyTemplate& one : *found) texts.push_back(one.name);
    return texts;
  }
  std::string refused(ReplyTemplate wanted) { return code_of(add(ana_, std::move(wanted))); }

  Office office_;
  access::Actor ada_ = office_.administrator();
  access::Actor ana_ = office_.agent("ana", {"Support"});
  access::Actor ben_ = office_.agent("ben", {"Billing"});
  RecordId ticket_ = office_.mail_in({}).ticket;
};

TEST_F(ReplyTemplates, EachSeesTheirOwnThoseOfTheirDepartmentAndEverybodys) {  // S016
  const RecordId support = office_.department("Support");
  ASSERT_TRUE(add(ana_, {.name = "Ana's"}));
  ASSERT_TRUE(add(ben_, {.name = "Ben's"}));
  ASSERT_TRUE(
      add(ada_, {.audience = TemplateAudience::department, .department = support, .name = "Sup"}));
  ASSERT_TRUE(add(ada_, {.audience = TemplateAudience::everybody, .name = "All"}));
  EXPECT_EQ(names(ana_), (std::vector<std::string>{"All", "Ana's", "Sup"}));
  EXPECT_EQ(names(ben_), (std::vector<std::string>{"All", "Ben's"}));
  EXPECT_EQ(names(ada_), (std::vector<std::string>{"All", "Sup"}));
}

TEST_F(ReplyTemplates, ADepartmentsTemplateServesItsTicketsAlone) {  // S016
  const RecordId billing = office_.department("Billing");
  const auto bill =
      add(ada_, {.audience = TemplateAudience::department, .department = billing, .name = "Bill"});
  ASSERT_TRUE(bill);
  EXPECT_TRUE(names(ada_, ticket_).empty());
  EXPECT_EQ(code_of(use(ada_, bill->id, ticket_)), "not_found");
  const RecordId theirs = office_.ticket("Invoice", {{"department", billing}});
  EXPECT_EQ(names(ada_, theirs), std::vector<std::string>{"Bill"});
  EXPECT_TRUE(use(ada_, bill->id, theirs));
}

TEST_F(ReplyTemplates, WhatStandsInBracesIsFilledInAsText) {  // S016
  ASSERT_TRUE(office_.change(ana_, "tickets", ticket_, {{"subject", "<b>Fire</b> {agent.name}"}}));
  const auto one = add(ana_, {.subject = "About {ticket.subject}",
                              .html = "<p>Dear {contact.first_name} {contact.last_name}, "
                                      "{ticket.subject} is #{ticket.number}. {agent.name}</p>"});
  ASSERT_TRUE(one) << one.error().message;
  const auto filled = use(ana_, one->id, ticket_);
  ASSERT_TRUE(filled);
  EXPECT_EQ(filled->subject, "About <b>Fire</b> {agent.name}");
  EXPECT_THAT(filled->html, testing::HasSubstr("Dear Maria Silva, &lt;b&gt;Fire&lt;/b&gt; "));
  EXPECT_THAT(filled->html, testing::HasSubstr("{agent.name} is #"));
  EXPECT_THAT(filled->html, testing::HasSubstr("ana</p>"));
}

TEST_F(ReplyTemplates, AnUnknownPlaceholderIsRefusedWithTheKnownOnes) {  // S016
  const auto wrong = add(ana_, {.html = "<p>Dear {contact.nickname}</p>"});
  EXPECT_EQ(code_of(wrong), "unknown_placeholder");
  EXPECT_THAT(wrong.error().message, testing::HasSubstr("{contact.first_name}"));
  EXPECT_EQ(refused({.subject = "{link}"}), "unknown_placeholder");
}

TEST_F(ReplyTemplates, WhatDoesNotFitIsRefused) {  // S016
  EXPECT_EQ(refused({.name = " "}), "required");
  EXPECT_EQ(refused({.html = "<p> </p>"}), "required");
  EXPECT_EQ(refused({.name = std::string(101, 'x')}), "too_long");
  EXPECT_EQ(refused({.folder = std::string(61, 'x')}), "too_long");
  EXPECT_EQ(refused({.subject = "one\ntwo"}), "line_break");
  EXPECT_EQ(refused({.html = std::string(100'001, 'x')}), "text_too_long");
  EXPECT_EQ(refused({.locale = "xx"}), "not_a_choice");
  EXPECT_EQ(code_of(add(ada_, {.audience = TemplateAudience::department})), "not_found");
  EXPECT_EQ(code_of(add(ana_, {}, {4711})), "no_such_upload");
}

TEST_F(ReplyTemplates, WhoseTemplateItIsDecidesWhoChangesIt) {  // S016
  EXPECT_EQ(refused({.audience = TemplateAudience::everybody}), "duty_missing");
  EXPECT_EQ(refused({.audience = TemplateAudience::department,
                     .department = office_.department("Support")}),
            "duty_missing");
  const auto own = add(ana_, {});
  const auto remove = [&](const access::Actor& actor, RecordId id) {
    return office_.database->write(
        [&](db::Transaction& tx) { return desk::remove_reply_template(tx, actor, id); });
  };
  EXPECT_EQ(code_of(remove(ben_, own->id)), "not_found");
  EXPECT_TRUE(remove(ana_, own->id));
  EXPECT_TRUE(names(ana_).empty());
}

TEST_F(ReplyTemplates, ItsFilesGoWithTheReplyAgainAndAgain) {  // S015, S016
  const auto upload = desk::add_upload(*office_.desk, ana_, {"form.pdf", "application/pdf", "abc"});
  const auto one = add(ana_, {.html = "<p>The form</p>"}, {upload->id.value});
  ASSERT_TRUE(one) << one.error().message;
  ASSERT_EQ(one->files.size(), 1U);
  for (int round = 0; round < 2; ++round) {
    const auto filled = use(ana_, one->id, ticket_);
    ASSERT_TRUE(filled);
    ASSERT_EQ(filled->files.size(), 1U);
    ASSERT_TRUE(office_.reply(
        ana_, ticket_, {.html = filled->html, .attachment_ids = {filled->files[0].id.value}}));
  }
  const auto mails = office_.outbox();
  ASSERT_EQ(mails.size(), 2U);
  ASSERT_EQ(mails[1].attachments.size(), 1U);
  EXPECT_EQ(mails[1].attachments[0].bytes, "abc");
  EXPECT_TRUE(office_.database->read([&](db::Transaction& tx) {
    return desk::is_file_kept(tx, office_.org, one->files[0].file);
  }));
}

TEST_F(ReplyTemplates, FilesThatWaitInDraftsLeaveRoomForUploadsAndHaveALimitOfTheirOwn) {  // S015
  std::vector<int64_t> uploads;
  const auto upload = [&] {
    return desk::add_upload(*office_.desk, ana_, {"form.pdf", "application/pdf", "abc"});
  };
  while (uploads.size() < desk::template_files_max) uploads.push_back(upload()->id.value);
  const auto one = add(ana_, {}, uploads);
  ASSERT_TRUE(one) << one.error().message;
  for (int waiting = 0; waiting < desk::template_files_waiting_max;) {
    const auto filled = use(ana_, one->id, ticket_);
    ASSERT_TRUE(filled) << filled.error().message;
    waiting += int(filled->files.size());
  }
  EXPECT_EQ(use(ana_, one->id, ticket_).error().kind, RefusalKind::busy);
  EXPECT_TRUE(upload());
  EXPECT_TRUE(use(ana_, add(ana_, {})->id, ticket_)) << "without files";
}

TEST_F(ReplyTemplates, WhoMayNeitherAnswerNorCommentUsesNone) {
  access::Actor reader = ana_;
  access::Role role = *ana_.role;
  role.kind = access::RoleKind::custom;
  role.rights["tickets"] = access::bit(access::Right::read);
  reader.role = std::make_shared<const access::Role>(role);
  EXPECT_EQ(code_of(use(reader, add(ana_, {})->id, ticket_)), "right_missing");
}

TEST_F(ReplyTemplates, EachUseIsCounted) {  // S016
  const auto one = add(ana_, {});
  ASSERT_TRUE(use(ana_, one->id, ticket_));
  ASSERT_TRUE(use(ana_, one->id, ticket_));
  const auto found = office_.database->read(
      [&](db::Transaction& tx) { return desk::find_reply_template(tx, ana_, one->id); });
  EXPECT_EQ(found->use_count, 2);
  EXPECT_EQ(found->used_at, std::optional(office_.clock.now()));
}

TEST_F(ReplyTemplates, AMacroPutsOneIntoTheDraft) {  // S055
  const auto one = add(ana_, {.html = "<p>Dear {contact.first_name}</p>"});
  const auto run = [&](const std::string& id) {
    return office_.database->write(
        [&](db::Transaction& tx) -> Result<std::vector<operations::BulkOutcome>> {
          const auto macro = TRY(desk::add_macro(
              tx, ana_,
              {.name = "Greet",
               .actions_json = R"([{"do":"draft","kind":"reply","template":")" + id + R"("}])"}));
          return desk::run_macro(tx, ana_, macro.id, {ticket_});
        });
  };
  EXPECT_EQ(code_of(run("4711")), "not_found");
  const auto outcomes = run(to_string(one->id));
  ASSERT_TRUE(outcomes) << outcomes.error().message;
  ASSERT_FALSE(outcomes->front().refusal);
  const auto draft = office_.database->write(
      [&](db::Transaction& tx) { return desk::find_draft(tx, ana_, ticket_); });
  EXPECT_EQ((*draft)->text.html, "<p>Dear Maria</p>");
}

}  // namespace
}  // namespace tandem::test
