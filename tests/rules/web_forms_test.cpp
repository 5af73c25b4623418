#include <gmock/gmock.h>

#include "desk/channels/web_form_submission.h"
#include "records/custom_fields.h"
#include "tests/support/office.h"
#include "tests/support/watched_files.h"

namespace tandem::test {
namespace {

using desk::ChannelReport;
using desk::FormEntry;
using desk::WebForm;

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class WebForms : public ::testing::Test {
 protected:
  void SetUp() override {
    ada_ = office_.administrator();
    form_.department = office_.department("Support");
    form_.name = "Site";
    form_.title = "Write to us";
    form_.fields = {{"name", true}, {"email", true}, {"subject"}, {"message", true}, {"files"}};
    form_.origins = {"https://www.example.com"};
  }
  Result<WebForm> add(const WebForm& form) {
    return office_.database->write(
        [&](db::Transaction& tx) -> Result<WebForm> { return desk::add_web_form(tx, ada_, form); });
  }
  WebForm added(const WebForm& form) {
    const Result<WebForm> made = add(form);
    EXPECT_TRUE(made) << (made ? "" : made.error().message);
    return made ? *made : WebForm{};
  }
  /// Filled in by a person, who takes ten seconds.
  FormEntry entry(const WebForm& form, const std::string& message = "It does not blink.") {
    FormEntry filled;
    filled.values = {{"name", "Maria Silva"},
                     {"email", "maria@kunde.example"},
                     {"subject", "Router"},
                     {"message", message}};
    filled.token = desk::form_token(*office_.desk, form, office_.clock.now());
    filled.address = "192.0.2.7";
    office_.clock.advance_ms(10 * second_ms);
    return filled;
  }
  Result<ChannelReport> send(const WebForm& form, const FormEntry& filled) {
    return desk::submit_web_form(*office_.desk, form, filled);
  }
  size_t tickets() { return office_.sees(ada_, "tickets").size(); }

  Office office_;
  access::Actor ada_;
  WebForm form_;
};

TEST_F(WebForms, WhatIsSentBecomesATicketOfTheFormsDepartment) {  // S001, S002
  const WebForm form = added(form_);
  FormEntry filled = entry(form);
  filled.files = {{"photo.png", "image/png", "PNG"}};
  const Result<ChannelReport> report = send(form, filled);
  ASSERT_TRUE(report) << report.error().message;
  const records::Record ticket = office_.read("tickets", report->ticket);
  EXPECT_EQ(ticket.get("channel").text(), "web");
  EXPECT_EQ(ticket.get("subject").text(), "Router");
  EXPECT_EQ(ticket.get("email").text(), "maria@kunde.example");
  EXPECT_EQ(ticket.get("department").id(), form.department);
  EXPECT_EQ(ticket.get("attachment_count").number(), 1);
}

TEST_F(WebForms, AFieldOfTheOrganisationIsAskedAndKept) {
  ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) -> Result<records::FieldDef> {
    return records::add_custom_field(tx, office_.org, office_.catalogue,
                                     *office_.catalogue.find("tickets"),
                                     {.name = "plan",
                                      .label = "Plan",
                                      .kind = records::FieldKind::choice,
                                      .choices = {{"small", "Small"}, {"big", "Big"}}});
  }));
  form_.fields.push_back({"ticket.plan", true});
  const WebForm form = added(form_);
  FormEntry filled = entry(form);
  EXPECT_EQ(code_of(send(form, filled)), "required");
  filled.values["ticket.plan"] = "enormous";
  EXPECT_EQ(code_of(send(form, filled)), "not_a_choice");
  filled.values["ticket.plan"] = "big";
  const Result<ChannelReport> report = send(form, filled);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(office_.read("tickets", report->ticket).get("plan").text(), "big");
}

TEST_F(WebForms, EverythingThatIsWrongIsSaidTogether) {
  const WebForm form = added(form_);
  FormEntry filled = entry(form);
  filled.values["name"] = " ";
  filled.values["email"] = "nobody";
  const Result<ChannelReport> refused = send(form, filled);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().faults, SizeIs(2));
}

TEST_F(WebForms, SendingTheSamePageTwiceMakesOneTicket) {
  const WebForm form = added(form_);
  const FormEntry filled = entry(form);
  const Result<ChannelReport> first = send(form, filled);
  const Result<ChannelReport> again = send(form, filled);
  ASSERT_TRUE(first && again);
  EXPECT_EQ(first->ticket, again->ticket);
  EXPECT_EQ(tickets(), 1U);
}

TEST_F(WebForms, TheSameTextIsRefusedForTenMinutes) {
  const WebForm form = added(form_);
  ASSERT_TRUE(send(form, entry(form)));
  EXPECT_EQ(code_of(send(form, entry(form))), "sent_already");
  EXPECT_TRUE(send(form, entry(form, "Now it blinks red.")));
  office_.clock.advance_ms(desk::same_text_window_ms);
  EXPECT_TRUE(send(form, entry(form)));
}

TEST_F(WebForms, WhatIsNotTakenLeavesNoFiles) {
  WatchedFiles files(*office_.files);
  int stored = 0;
  files.before_put = [&] { ++stored; };
  const desk::Desk watching = desk_with(*office_.desk, files);
  const auto send_to_it = [&](const WebForm& form, FormEntry filled) {
    filled.files = {{"photo.png", "image/png", "PNG"}};
    return desk::submit_web_form(watching, form, filled);
  };
  const WebForm form = added(form_);
  const FormEntry page = entry(form);
  const Result<ChannelReport> first = send_to_it(form, page);
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ(stored, 1);
  for (int number = 0; number < 2 * desk::form_sendings_per_network_max; ++number) {
    EXPECT_EQ(send_to_it(form, page)->ticket, first->ticket);
    EXPECT_EQ(code_of(send_to_it(form, entry(form))), "sent_already");
  }
  EXPECT_EQ(stored, 1);
  EXPECT_THAT(files.forgotten, IsEmpty());
  // The same page comes a second time while the bytes of the first are being stored.
  const FormEntry twice = entry(form, "It smokes.");
  files.before_put = [&] { ASSERT_TRUE(send(form, twice)); };
  ASSERT_TRUE(send_to_it(form, twice));
  EXPECT_THAT(files.forgotten, SizeIs(1));
}

TEST_F(WebForms, AMachineThatSendsAtOnceOrMuchLaterIsRefused) {
  const WebForm form = added(form_);
  FormEntry filled = entry(form);
  filled.token = desk::form_token(*office_.desk, form, office_.clock.now());
  office_.clock.advance_ms(2 * second_ms);
  EXPECT_EQ(code_of(send(form, filled)), "sent_too_soon");
  office_.clock.advance_ms(day_ms);
  EXPECT_EQ(code_of(send(form, filled)), "form_too_old");
  EXPECT_EQ(tickets(), 0U);
}

TEST_F(WebForms, ATokenIsOfItsFormAndCantBeMadeUp) {
  const WebForm form = added(form_);
  form_.name = "Other";
  const WebForm other = added(form_);
  FormEntry filled = entry(form);
  EXPECT_EQ(code_of(send(other, filled)), "form_token");
  for (const char* const token : {"", "x", "1.2.3", "1772442000000.abc.def"}) {
    filled.token = token;
    EXPECT_EQ(code_of(send(form, filled)), "form_token") << token;
  }
}

TEST_F(WebForms, WhoFillsInTheHiddenFieldIsRefused) {
  const WebForm form = added(form_);
  FormEntry filled = entry(form);
  filled.trap = "http://cheap.example";
  EXPECT_EQ(code_of(send(form, filled)), "trap");
  EXPECT_EQ(tickets(), 0U);
}

TEST_F(WebForms, ANetworkSendsTenMessagesInTenMinutes) {
  const WebForm form = added(form_);
  for (int number = 0; number < desk::form_sendings_per_network_max; ++number) {
    ASSERT_TRUE(send(form, entry(form, "Message " + std::to_string(number))));
  }
  FormEntry filled = entry(form, "One more");
  EXPECT_EQ(code_of(send(form, filled)), "throttled");
  filled.address = "198.51.100.9";
  EXPECT_TRUE(send(form, filled));
  office_.clock.advance_ms(desk::form_network_window_ms);
  EXPECT_TRUE(send(form, entry(form, "Later")));
}

TEST_F(WebForms, ManyLinksMarkTheTicket) {
  const WebForm form = added(form_);
  const std::string links =
      "https://a.example https://b.example http://c.example HTTPS://d.example";
  const Result<ChannelReport> report = send(form, entry(form, links));
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(office_.read("tickets", report->ticket).get("classification").text(), "suspicious");
}

TEST_F(WebForms, FilesHaveALimitInNumberAndSize) {
  const WebForm form = added(form_);
  FormEntry filled = entry(form);
  filled.files.assign(desk::form_files_max + 1, {"a.txt", "text/plain", "a"});
  EXPECT_EQ(code_of(send(form, filled)), "too_many");
  const std::string large(size_t(desk::form_file_bytes_max) + 1, 'x');
  filled.files = {{"a.txt", "text/plain", large}};
  EXPECT_EQ(code_of(send(form, filled)), "file_too_large");
  form_.fields.pop_back();
  form_.name = "No files";
  const WebForm without = added(form_);
  FormEntry sneaked = entry(without);
  sneaked.files = {{"a.txt", "text/plain", "a"}};
  EXPECT_EQ(code_of(send(without, sneaked)), "not_asked");
}

TEST_F(WebForms, AReceiptGoesOutOnlyWhenAskedForAndThriceAnHour) {
  const WebForm silent = added(form_);
  ASSERT_TRUE(send(silent, entry(silent)));
  EXPECT_THAT(office_.outbox(), IsEmpty());
  form_.name = "With receipt";
  form_.sends_receipt = true;
  const WebForm form = added(form_);
  for (int number = 0; number < 5; ++number) {
    ASSERT_TRUE(send(form, entry(form, "Secret words " + std::to_string(number))));
  }
  const std::vector<std::string> mails = office_.raw_outbox();
  EXPECT_EQ(mails.size(), size_t(desk::receipts_per_address_and_hour_max));
  EXPECT_THAT(mails[0], Not(HasSubstr("Secret words")));
}

TEST_F(WebForms, TheReceiptComesFromTheDepartmentAndAnAnswerJoinsTheTicket) {  // S002, S008
  form_.sends_receipt = true;
  const WebForm form = added(form_);
  const Result<ChannelReport> report = send(form, entry(form));
  ASSERT_TRUE(report) << report.error().message;
  const std::vector<mail::ParsedMail> mails = office_.outbox();
  ASSERT_THAT(mails, SizeIs(1));
  EXPECT_EQ(mails[0].from.address, office_.mailbox.address);
  EXPECT_EQ(mails[0].from.name, office_.mailbox.display_name);
  const desk::IntakeReport answer = office_.mail_in(
      {.subject = "And another thing", .headers = {"In-Reply-To: <" + mails[0].message_id + ">"}});
  EXPECT_EQ(answer.ticket, report->ticket);
}

TEST_F(WebForms, AnAddressNeedsAFullDomain) {  // S002
  const WebForm form = added(form_);
  for (const char* address : {"otto@example", "otto@.example", "otto@example.", "otto"}) {
    FormEntry filled = entry(form);
    filled.values["email"] = address;
    const Result<ChannelReport> refused = send(form, filled);
    ASSERT_FALSE(refused) << address;
    EXPECT_EQ(refused.error().field, "email");
    EXPECT_EQ(refused.error().code, "not_an_email");
  }
  FormEntry filled = entry(form);
  filled.values["email"] = "otto@post.example";
  EXPECT_TRUE(send(form, filled));
}

TEST_F(WebForms, AFormThatIsOffTakesNothing) {
  form_.is_enabled = false;
  const WebForm form = added(form_);
  EXPECT_EQ(code_of(send(form, entry(form))), "not_found");
}

TEST_F(WebForms, AFormAsksForAMessageAndAWayToAnswer) {
  form_.fields = {{"email", true}};
  EXPECT_EQ(code_of(add(form_)), "message_missing");
  form_.fields = {{"message", true}, {"email", false}};
  EXPECT_EQ(code_of(add(form_)), "address_missing");
  form_.fields = {{"message", true}, {"phone", true}, {"ticket.owner", false}};
  EXPECT_EQ(code_of(add(form_)), "unknown_field");
  form_.fields = {{"message", true}, {"phone", true}, {"phone", false}};
  EXPECT_EQ(code_of(add(form_)), "duplicate");
  form_.fields.pop_back();
  for (const char* const origin :
       {"http://www.example.com", "*", "https://a b", "example.com",
        "https://a.example; script-src *", "http://localhost.evil.example",
        "http://127.0.0.1.evil.example", "http://127.0.0.10", "http://localhost:8080.evil.example",
        "http://[::1]x", "https://www.example.com:", "https://www.example.com:80a", "https://:443",
        "https://a:1:2"}) {
    form_.origins = {origin};
    EXPECT_EQ(code_of(add(form_)), "bad_origin") << origin;
  }
  form_.origins = {"HTTPS://www.example.com/"};
  EXPECT_EQ(added(form_).origins[0], "https://www.example.com");
  form_.name = "Of this machine";
  form_.origins = {"http://localhost", "http://localhost:3000", "http://127.0.0.1:8080",
                   "http://[::1]:8080", "https://www.example.com:8443"};
  EXPECT_EQ(added(form_).origins, form_.origins);
}

TEST_F(WebForms, OnlyWhoManagesChannelsSeesAndChangesThem) {
  const access::Actor ana = office_.agent("Ana", {"Support"});
  EXPECT_FALSE(office_.database->write(
      [&](db::Transaction& tx) -> Result<WebForm> { return desk::add_web_form(tx, ana, form_); }));
  EXPECT_FALSE(
      office_.database->read([&](db::Transaction& tx) { return desk::list_web_forms(tx, ana); }));
}

}  // namespace
}  // namespace tandem::test
