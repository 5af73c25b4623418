#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "api/native/routes.h"
#include "desk/automation/automation_rules.h"
#include "desk/automation/macros.h"
#include "desk/automation/rule_mail.h"
#include "desk/channels/calls.h"
#include "desk/channels/phone_lines.h"
#include "desk/channels/web_form_submission.h"
#include "desk/conversation/attachments.h"
#include "desk/conversation/drafts.h"
#include "desk/conversation/held_replies.h"
#include "desk/notifications/notification_rules.h"
#include "desk/notifications/notification_sending.h"
#include "desk/notifications/sms_gateway.h"
#include "desk/ratings/rating_links.h"
#include "desk/ratings/rating_settings.h"
#include "desk/sharing/ticket_sharing.h"
#include "desk/tickets/ticket_merging.h"
#include "desk/tickets/ticket_splitting.h"
#include "desk/tickets/timeline.h"
#include "http/router.h"
#include "server/serve.h"
#include "tests/rules/webhook_office.h"

// A private comment, and whatever a department said that a ticket was shared with, is on no path to
// a customer. The office below says a marked word in every private way there is; then every path
// out is walked, and the word is looked for. What ways out there are is read from the source: a new
// one fails ways_out_test until it has a line there.

namespace tandem::test {
namespace {

using desk::ReplyKind;

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr const char* word = "KROKODIL";

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().code + ": " + result.error().message);
  return std::move(*result);
}

class PrivateWords : public WebhookOffice {
 protected:
  void SetUp() override {
    WebhookOffice::SetUp();
    services_->secret_key = std::string(32, 's');
    services_->wake = [] {};
    server::add_faces(router_, *services_);
    desk::add_notification_jobs(*office_.worker, *office_.desk, "https://desk.example");
    bea_ = office_.agent("bea", {"Billing"});
    support_ = office_.department("Support");
    subscribe(false);
    switch_everything_on();
    ticket_ = office_.mail_in({}).ticket;
    ASSERT_TRUE(office_.change(ada_, "tickets", ticket_, {{"owner", ana_.id}}));
    maria_ = office_.read("tickets", ticket_).get("contact").id();
    say_it_in_every_private_way();
  }

  template <class Body>
  auto write(Body&& body) {
    using Answer = std::invoke_result_t<Body, db::Transaction&>;
    return must(office_.database->write([&](db::Transaction& tx) -> Answer { return body(tx); }));
  }

  void subscribe(bool includes_private) {
    std::vector<desk::Subscription> all;
    for (const desk::WebhookEvent& event : desk::webhook_events()) {
      desk::Subscription one{.event = std::string(event.name)};
      one.includes_previous = event.verb == desk::EventVerb::update;
      all.push_back(one);
    }
    desk::Webhook webhook = asking_for(all);
    webhook.includes_private = includes_private;
    if (includes_private) webhook.url = inside_.url("/inside");
    const RecordId made = must(add(webhook)).webhook.id;
    if (!webhook_) webhook_ = made;
  }

  /// Whatever an administrator can switch on that sends something.
  void switch_everything_on() {
    write([&](db::Transaction& tx) -> Result<bool> {
      desk::RatingSettings ratings{.department = support_};
      ratings.is_on = true;
      TRY(desk::save_rating_settings(tx, ada_, ratings));
      for (const desk::NotificationEvent event : desk::notification_events()) {
        TRY(desk::change_notification_rule(tx, ada_, support_, event,
                                           {.by_mail = true, .by_sms = true}));
      }
      desk::SmsGateway gateway;
      gateway.url = sms_.url();
      gateway.body = R"({"to":"{to}","text":"{text}"})";
      TRY(desk::save_sms_gateway(tx, *office_.desk, ada_, gateway));
      tx.execute("UPDATE people SET phone = '+4930123456'");
      return true;
    });
  }

  RecordId upload(const access::Actor& actor) {
    return must(desk::add_upload(
                    *office_.desk, actor,
                    {std::string(word) + ".txt", "text/plain", "a file of " + std::string(word)}))
        .id;
  }

  std::string said(const std::string& where) { return std::string(word) + " in " + where; }

  void say_it_in_every_private_way() {
    say_it_in_comments();
    say_it_by_machines();
    say_it_in_mails_and_calls();
    say_it_before_a_merge_and_a_split();
  }

  void say_it_in_comments() {
    must(office_.comment(ana_, ticket_, said("a comment")));
    write([&](db::Transaction& tx) -> Result<bool> {
      TRY(desk::share_ticket(tx, ana_, ticket_, {{office_billing_, desk::TicketAccess::full}}));
      return true;
    });
    must(office_.comment(bea_, ticket_, said("a comment of the department it is shared with")));
    const RecordId file = upload(ana_);
    write([&](db::Transaction& tx) -> Result<bool> {
      const records::Record comment =
          TRY(desk::add_comment(tx, ana_, ticket_, said("a comment with a file"),
                                desk::Audience::colleagues, {file.value}));
      TRY(desk::edit_comment(tx, ana_, ticket_, comment.id, said("an edited comment")));
      desk::Draft draft;
      draft.text.kind = "comment";
      draft.text.html = said("a draft");
      TRY(desk::save_draft(tx, ana_, ticket_, draft));
      return true;
    });
  }

  void say_it_by_machines() {
    const std::string says =
        R"([{"do":"comment","html":")" + said("what a machine says") + R"("}])";
    write([&](db::Transaction& tx) -> Result<bool> {
      desk::Macro wanted;
      wanted.name = "Ask";
      wanted.actions_json = says;
      const desk::Macro macro = TRY(desk::add_macro(tx, ana_, wanted));
      TRY(desk::run_macro(tx, ana_, macro.id, {ticket_}));
      desk::AutomationRule rule;
      rule.name = "Note";
      rule.event = desk::RuleEvent::ticket_updated;
      rule.changed_field = "priority";
      rule.actions_json = says;
      TRY(desk::add_automation_rule(tx, ada_, rule));
      rule.name = "Call";
      rule.actions_json = R"([{"do":"webhook","webhook":")" + to_string(webhook_) + R"("}])";
      TRY(desk::add_automation_rule(tx, ada_, rule));
      return true;
    });
    must(office_.change(ana_, "tickets", ticket_, {{"priority", "high"}}));
  }

  void say_it_in_mails_and_calls() {
    must(office_.reply(ana_, ticket_,
                       {.kind = ReplyKind::forward,
                        .to = {{"", "factory@example.net"}},
                        .html = said("a forward")}));
    std::string id;
    for (const mail::ParsedMail& mail : office_.outbox()) {
      if (mail.to.front().address == "factory@example.net") id = mail.message_id;
    }
    office_.mail_in({.from = "factory@example.net",
                     .text = said("the answer to a forward"),
                     .headers = {"In-Reply-To: <" + id + ">"}});
    write([&](db::Transaction& tx) -> Result<bool> {
      desk::LoggedCall call;
      call.seconds = 60;
      call.number = "+4930123456";
      call.note = said("the note of a call");
      TRY(desk::log_call(tx, ana_, ticket_, call));
      return true;
    });
  }

  void say_it_before_a_merge_and_a_split() {
    const RecordId other = office_.mail_in({.subject = "Once more"}).ticket;
    must(office_.comment(ana_, other, said("a ticket that is merged")));
    write([&](db::Transaction& tx) -> Result<bool> {
      TRY(desk::merge_tickets(tx, ada_, {ticket_}, {{other}}));
      return true;
    });
    const desk::IntakeReport matter =
        office_.mail_in({.subject = "Something else", .text = "Another matter"});
    const desk::IntakeReport later = office_.mail_in(
        {.text = "And another",
         .headers = {"In-Reply-To: <" +
                     office_.read("threads", matter.thread).get("message_id").text() + ">"}});
    must(office_.comment(ana_, matter.ticket, said("a ticket that is split")));
    split_ = write([&](db::Transaction& tx) -> Result<records::Record> {
               return desk::split_ticket(tx, ada_,
                                         {.ticket = later.ticket,
                                          .thread = later.thread,
                                          .reach = desk::SplitReach::and_what_follows});
             }).id;
  }

  /// Everything that goes out by mail and SMS while agents answer in every way.
  void answer_in_every_way() {
    for (const RecordId ticket : {ticket_, split_}) {
      for (const ReplyKind kind : {ReplyKind::reply, ReplyKind::reply_all, ReplyKind::forward}) {
        for (const char* const status : {"", "closed", "open"}) {
          must(office_.reply(ada_, ticket,
                             {.kind = kind,
                              .to = {{"", "maria@kunde.example"}},
                              .html = "Public words",
                              .status = status,
                              .include_attachments = desk::IncludeAttachments::yes}));
        }
      }
    }
    must(office_.comment(ana_, ticket_, "Seen", desk::Audience::everyone));
    const records::Record split = office_.read("tickets", split_);
    write([&](db::Transaction& tx) -> Result<bool> {
      TRY(desk::mail_customer(tx, *office_.desk, rule(), split, "<p>Are you there?</p>"));
      return true;
    });
    write([&](db::Transaction& tx) {
      return desk::hold_reply(
          tx, *office_.desk, ana_, ticket_,
          {.request = {.html = "Held words"}, .text = {}, .wait_ms = second_ms});
    });
    office_.clock.advance_ms(second_ms);
  }

  access::Actor rule() {
    return access::system_actor(office_.catalogue, office_.org, access::Path::automation);
  }

  http::Response ask(http::Method method, const std::string& path, const std::string& body = "") {
    http::Request request;
    request.method = method;
    request.path = path;
    request.body = body;
    request.peer_address = "192.0.2.9";
    request.received_at = office_.clock.now();
    request.deadline = office_.clock.now() + minute_ms;
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
    return router_.answer(request);
  }

  Office& office() { return office_; }
  ScriptedHttp sms_;
  ScriptedHttp inside_;
  http::Router router_;
  access::Actor bea_;
  RecordId support_;
  RecordId webhook_;  // which a rule calls
  RecordId office_billing_ = office_.department("Billing");
  RecordId ticket_;
  RecordId split_;
  RecordId maria_;
};

TEST_F(PrivateWords, TheOfficeSaysThemInEveryPrivateWay) {
  // Otherwise the tests below would find nothing because nothing is there.
  const auto count = [&](const std::string& table, const std::string& column) {
    return office_.database->read([&](db::Transaction& tx) {
      return tx.integer("SELECT COUNT(*) FROM " + table + " WHERE " + column + " LIKE '%" +
                        std::string(word) + "%'");
    });
  };
  EXPECT_EQ(count("comments", "html"), 7);
  EXPECT_EQ(count("threads", "plain_text"), 3);
  EXPECT_EQ(count("attachments", "name"), 1);
}

TEST_F(PrivateWords, AreInNoMailToAnybodyWhoWasNotWrittenThem) {  // S019, S084
  answer_in_every_way();
  int mails_to_customers = 0;
  for (const mail::ParsedMail& mail : office_.outbox()) {
    const std::string to = mail.to.empty() ? "" : mail.to.front().address;
    if (to == "factory@example.net") continue;  // what was forwarded to them
    if (to == "maria@kunde.example") ++mails_to_customers;
    EXPECT_THAT(mail.subject, Not(HasSubstr(word)));
    EXPECT_THAT(mail.text, Not(HasSubstr(word))) << to;
    EXPECT_THAT(mail.html, Not(HasSubstr(word))) << to;
    for (const mail::Attachment& file : mail.attachments) {
      EXPECT_THAT(file.name, Not(HasSubstr(word)));
      EXPECT_THAT(file.bytes, Not(HasSubstr(word)));
    }
  }
  EXPECT_GE(mails_to_customers, 20);
}

TEST_F(PrivateWords, AreInNoSms) {
  answer_in_every_way();
  office_.worker->run_due();
  EXPECT_THAT(sms_.requests(), Not(IsEmpty()));
  for (const std::string& request : sms_.requests()) EXPECT_THAT(request, Not(HasSubstr(word)));
}

TEST_F(PrivateWords, AreInNoWebhookButThoseThatAnAdministratorOpenedForThem) {
  subscribe(true);
  answer_in_every_way();
  must(office_.comment(ana_, ticket_, said("a comment after the webhook was there")));
  write([&](db::Transaction& tx) -> Result<bool> {
    TRY(operations::delete_record(tx, ada_, *office_.catalogue.find("tickets"), ticket_));
    return true;
  });
  run();
  EXPECT_THAT(http_.requests(), Not(IsEmpty()));
  EXPECT_THAT(events(), testing::IsSupersetOf({"Automation_Call", "Call_Add"}));
  for (const HeardRequest& request : heard()) {
    for (const Json& event : request.json.as_array()) {
      const bool says_it = json_to_text(event).find(word) != std::string::npos;
      EXPECT_FALSE(says_it) << text_of(event, "eventType") << json_to_text(*find(event, "payload"));
    }
  }
  std::string inside;
  for (const std::string& request : inside_.requests()) inside += request;
  EXPECT_THAT(inside, HasSubstr(said("a comment after")));
  const int64_t kept = office_.database->read([&](db::Transaction& tx) {
    return tx.integer(
        "SELECT COUNT(*) FROM webhook_deliveries d JOIN webhooks w ON w.org_id = d.org_id "
        "AND w.id = d.webhook_id WHERE w.includes_private = 0 AND d.content LIKE '%" +
        std::string(word) + "%'");
  });
  EXPECT_EQ(kept, 0);
}

TEST_F(PrivateWords, AreInNothingThatACustomerCanRead) {
  const access::Actor maria = office_.contact_actor(maria_);
  for (const records::ModuleDef* module : office_.catalogue.modules()) {
    for (const int64_t id : office_.sees(maria, module->name)) {
      const records::Record record = office_.read(module->name, RecordId{id});
      for (const records::Value& value : record.values) {
        EXPECT_THAT(value.text(), Not(HasSubstr(word))) << module->name;
      }
    }
  }
  for (const RecordId ticket : {ticket_, split_}) {
    const auto timeline = office_.database->read(
        [&](db::Transaction& tx) { return desk::read_timeline(tx, maria, ticket, "", 200); });
    if (!timeline) continue;
    for (const desk::TimelineItem& item : timeline->items) {
      EXPECT_THAT(item.entry.detail_json + item.entry.changes_json, Not(HasSubstr(word)));
      if (item.type == desk::TimelineItem::Type::event) continue;
      for (const records::Value& value : item.record.values) {
        EXPECT_THAT(value.text(), Not(HasSubstr(word)));
      }
    }
  }
}

/// What can be asked without signing in, by its address below src/api; the map of the test below.
std::set<std::string> open_addresses() {
  std::set<std::string> addresses;
  for (const char* const face : {"channels", "ratings"}) {
    const std::string path = std::string(TANDEM_SOURCE_DIR) + "/src/api/" + face + "/routes.cpp";
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    const std::string source = text.str();
    const std::regex address("\"(/[a-z_]+/[^\" ]*)\"");
    for (auto at = std::sregex_iterator(source.begin(), source.end(), address);
         at != std::sregex_iterator(); ++at) {
      addresses.insert((*at)[1]);
    }
  }
  return addresses;
}

TEST_F(PrivateWords, AreOnNoPageThatIsOpenToEverybody) {
  desk::WebForm form;
  form.department = support_;
  form.name = form.title = "Write to us";
  form.fields = {{"name", true}, {"email", true}, {"subject"}, {"message", true}};
  form.sends_receipt = true;
  form = write([&](db::Transaction& tx) { return desk::add_web_form(tx, ada_, form); });
  desk::PhoneLine line;
  line.name = "Exchange";
  line.department = support_;
  line = write([&](db::Transaction& tx) {
           return desk::add_phone_line(tx, *office_.desk, ada_, line);
         }).line;
  const auto sent = must(office_.reply(ana_, ticket_, {.html = "Public words"}));
  const std::string token =
      desk::rating_token(*office_.desk, {.org = office_.org,
                                         .ticket = ticket_,
                                         .thread = sent.id,
                                         .contact = maria_,
                                         .expires_at = office_.clock.now() + day_ms});
  const std::string form_token = desk::form_token(*office_.desk, form, office_.clock.now());
  office_.clock.advance_ms(10 * second_ms);
  const std::map<std::string, std::vector<std::pair<std::string, std::string>>> pages{
      {"/forms/script/embed.js", {{"/forms/script/embed.js", ""}}},
      {"/forms/script/height.js", {{"/forms/script/height.js", ""}}},
      {"/forms/{key}",
       {{"/forms/" + form.key, ""},
        {"/forms/" + form.key,
         "name=Maria&email=maria%40kunde.example&message=Hello&token=" + form_token}}},
      {"/hooks/calls/{key}", {{"/hooks/calls/" + line.key, "{}"}}},
      {"/rate/{token}", {{"/rate/" + token, ""}, {"/rate/" + token, "rating=good&remark=Thanks"}}},
  };
  std::set<std::string> tried;
  for (const auto& [address, calls] : pages) {
    tried.insert(address);
    for (const auto& [path, body] : calls) {
      const http::Response page =
          ask(body.empty() ? http::Method::get : http::Method::post, path, body);
      EXPECT_THAT(page.body, Not(HasSubstr(word))) << path;
      EXPECT_THAT(page.body, Not(IsEmpty())) << path << " " << page.status;
    }
  }
  EXPECT_EQ(tried, open_addresses()) << "a page that is open to everybody needs a line here";
  for (const api::native::OpenRoute& route : api::native::open_routes()) {
    if (route.needs != api::native::Needs::nobody) continue;
    EXPECT_THAT(ask(route.method, std::string(route.pattern), "{}").body, Not(HasSubstr(word)));
  }
  for (const mail::ParsedMail& mail : office_.outbox()) {  // the receipt of the form among them
    if (!mail.to.empty() && mail.to.front().address == "maria@kunde.example") {
      EXPECT_THAT(mail.text + mail.html, Not(HasSubstr(word)));
    }
  }
}

}  // namespace
}  // namespace tandem::test
