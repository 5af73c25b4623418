#include "desk/webhooks/webhooks.h"

#include <functional>

#include "desk/channels/calls.h"
#include "desk/conversation/attachments.h"
#include "desk/modules.h"
#include "desk/tickets/ticket_files.h"
#include "desk/time_tracking/time_entries.h"
#include "operations/operations.h"
#include "tests/rules/webhook_office.h"

namespace tandem::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class Webhooks : public WebhookOffice {};

TEST_F(Webhooks, WhatWasAskedForIsToldInTheOrderItHappened) {  // manual, Webhooks 1.2
  added({{.event = "Ticket_Add"}, {.event = "Ticket_Update"}, {.event = "Contact_Add"}});
  const RecordId ticket = office_.ticket("Refund");
  ASSERT_TRUE(office_.change(ana_, "tickets", ticket, {{"priority", "high"}}));
  office_.contact("Silva", "maria@kunde.example");
  ASSERT_TRUE(office_.create(office_.program(), "accounts", {{"name", "Kunde"}}));
  run();
  EXPECT_THAT(events(), ElementsAre("Ticket_Add", "Ticket_Update", "Contact_Add"));
  const HeardRequest request = heard().front();
  const Json& first = request.json.as_array().front();
  EXPECT_EQ(text_of(*find(first, "payload"), "subject"), "Refund");
  EXPECT_EQ(text_of(*find(first, "payload"), "id"), to_string(ticket));
  EXPECT_EQ(text_of(first, "orgId"), to_string(office_.org));
  EXPECT_EQ(text_of(first, "eventTime"), std::to_string(office_.clock.now().ms));
  EXPECT_FALSE(text_of(first, "id").empty());
}

TEST_F(Webhooks, WhatRolledBackIsNotTold) {
  added({{.event = "Ticket_Add"}});
  const RecordId support = office_.department("Support");
  const auto refused = office_.database->write([&](db::Transaction& tx) -> Result<bool> {
    TRY(operations::create_record(tx, office_.program(), desk::tickets_module(),
                                  {{"subject", "Never"}, {"department", support}}));
    return conflict("no", "Not this time.");
  });
  EXPECT_FALSE(refused);
  run();
  EXPECT_THAT(events(), IsEmpty());
}

TEST_F(Webhooks, DepartmentFieldsAndDirectionNarrowWhatIsTold) {  // manual, Webhooks 1.3
  const int64_t billing = office_.department("Billing").value;
  added({{.event = "Ticket_Add", .departments = {billing}},
         {.event = "Ticket_Update", .fields = {"status"}},
         {.event = "Ticket_Thread_Add", .direction = "in"}});
  const RecordId support = office_.ticket("In Support");
  office_.ticket("In Billing", {{"department", RecordId{billing}}});
  ASSERT_TRUE(office_.change(ana_, "tickets", support, {{"priority", "high"}}));
  ASSERT_TRUE(office_.change(ana_, "tickets", support, {{"status", "on_hold"}}));
  const desk::IntakeReport mail = office_.mail_in({});
  ASSERT_TRUE(office_.reply(ana_, mail.ticket, {.html = "Try again"}));
  run();
  EXPECT_THAT(events(), ElementsAre("Ticket_Add", "Ticket_Update", "Ticket_Thread_Add"));
}

TEST_F(Webhooks, ThePreviousStateIsToldWhereItWasAskedFor) {
  added({{.event = "Ticket_Update", .includes_previous = true}});
  const RecordId ticket = office_.ticket("Refund");
  ASSERT_TRUE(office_.change(ana_, "tickets", ticket, {{"subject", "Money back"}}));
  run();
  const HeardRequest request = heard().at(0);
  const Json& event = request.json.as_array().front();
  EXPECT_EQ(text_of(*find(event, "payload"), "subject"), "Money back");
  EXPECT_EQ(text_of(*find(event, "prevState"), "subject"), "Refund");
}

TEST_F(Webhooks, CountersAndTracesOfTheConversationAreNoUpdateOfTheTicket) {
  added({{.event = "Ticket_Update"}});
  const RecordId ticket = office_.ticket("Refund");
  ASSERT_TRUE(office_.comment(ana_, ticket, "Only for us"));
  ASSERT_TRUE(office_.comment(ana_, ticket, "For all", desk::Audience::everyone));
  run();
  EXPECT_THAT(events(), IsEmpty());
}

TEST_F(Webhooks, EveryKindOfRecordIsTold) {
  std::vector<desk::Subscription> all;
  for (const desk::WebhookEvent& event : desk::webhook_events()) {
    all.push_back({.event = std::string(event.name)});
  }
  added(all);
  const RecordId ticket = office_.ticket("Refund");
  ASSERT_TRUE(office_.create(office_.program(), "departments", {{"name", "Returns"}}));
  office_.agent("Bob", {"Support"});
  const auto comment = office_.comment(ana_, ticket, "Seen", desk::Audience::everyone);
  ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) -> Result<bool> {
    TRY(desk::edit_comment(tx, ana_, ticket, comment->id, "Seen twice"));
    TRY(operations::delete_record(tx, ada_, desk::tickets_module(), ticket));
    return true;
  }));
  run();
  EXPECT_THAT(events(),
              ElementsAre("Ticket_Add", "Department_Add", "Agent_Add", "Ticket_Comment_Add",
                          "Ticket_Comment_Update", "Ticket_Delete"));
  const HeardRequest request = heard().at(0);
  const Json& comment_added = request.json.as_array().at(3);
  EXPECT_EQ(text_of(*find(comment_added, "payload"), "ticketId"), to_string(ticket));
}

TEST_F(Webhooks, AFileIsToldOnceItIsAttachedAndNotWhileItWaits) {  // manual, Webhooks 1.4
  added({{.event = "Ticket_Attachment_Add"}, {.event = "Ticket_Attachment_Update"}});
  const RecordId ticket = office_.ticket("Refund");
  const Result<records::Record> waiting =
      desk::add_upload(*office_.desk, ana_, {.name = "salary.pdf", .bytes = "secret"});
  ASSERT_TRUE(waiting);
  run();
  EXPECT_THAT(events(), IsEmpty());
  ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) {
    return desk::attach_for(tx, ana_, {ticket, desk::Audience::everyone}, {waiting->id.value});
  }));
  run();
  EXPECT_THAT(events(), ElementsAre("Ticket_Attachment_Add"));
}

TEST_F(Webhooks, WhatIsPlannedIsTold) {  // manual, Webhooks 1.2
  added({{.event = "Task_Add", .departments = {office_.department("Support").value}},
         {.event = "Task_Update", .includes_previous = true},
         {.event = "Task_Delete"},
         {.event = "Event_Add"}});
  const RecordId ticket = office_.ticket("Refund");
  const auto task = office_.create(ana_, "tasks", {{"subject", "Call back"}, {"ticket", ticket}});
  ASSERT_TRUE(task) << task.error().message;
  ASSERT_TRUE(office_.change(ana_, "tasks", task->id, {{"status", "completed"}}));
  const Instant noon = office_.clock.now() + hour_ms;
  ASSERT_TRUE(office_.create(ana_, "appointments",
                             {{"subject", "Visit"},
                              {"starts_at", noon},
                              {"ends_at", noon + hour_ms},
                              {"ticket", ticket}}));
  ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) -> Result<bool> {
    TRY(operations::delete_record(tx, ana_, *office_.catalogue.find("tasks"), task->id));
    return true;
  }));
  run();
  EXPECT_THAT(events(), ElementsAre("Task_Add", "Task_Update", "Event_Add", "Task_Delete"));
  const HeardRequest request = heard().front();
  const Json& completed = request.json.as_array().at(1);
  EXPECT_EQ(text_of(*find(completed, "payload"), "status"), "Completed");
  EXPECT_EQ(text_of(*find(completed, "payload"), "ticketId"), to_string(ticket));
  EXPECT_EQ(text_of(*find(completed, "prevState"), "status"), "Not Started");
}

TEST_F(Webhooks, WorkedTimeIsToldAlsoWhenItIsRemoved) {
  added({{.event = "TimeEntry_Add"}, {.event = "TimeEntry_Update"}, {.event = "TimeEntry_Delete"}});
  const RecordId ticket = office_.ticket("Refund");
  ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) -> Result<bool> {
    const records::Record entry =
        TRY(desk::log_time(tx, ana_, ticket, {.seconds = 90, .note = "Counted parcels"}));
    TRY(desk::change_time(tx, ana_, ticket, entry.id, {.seconds = 3'600}));
    TRY(desk::remove_time(tx, ana_, ticket, entry.id));
    return true;
  }));
  run();
  EXPECT_THAT(events(), ElementsAre("TimeEntry_Add", "TimeEntry_Update", "TimeEntry_Delete"));
  const HeardRequest request = heard().front();
  const Json& gone = *find(request.json.as_array().at(2), "payload");
  EXPECT_EQ(text_of(gone, "description"), "Counted parcels");
  EXPECT_EQ(text_of(gone, "hoursSpent"), "1");
  EXPECT_EQ(text_of(*find(gone, "parent"), "id"), to_string(ticket));
}

TEST_F(Webhooks, OfACallItsFactsAreToldAndItsNoteOnlyWithPrivateWords) {
  added({{.event = "Call_Add", .direction = "in"}});
  desk::Webhook internal = asking_for({{.event = "Call_Add"}});
  internal.includes_private = true;
  internal.url = http_.url("/inside");
  ASSERT_TRUE(add(internal));
  const RecordId ticket = office_.ticket("Refund");
  ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) -> Result<bool> {
    desk::LoggedCall call;
    call.seconds = 60;
    call.number = "+4930123456";
    call.note = "MARKED note";
    TRY(desk::log_call(tx, ana_, ticket, call));
    call.direction = "out";
    TRY(desk::log_call(tx, ana_, ticket, call));
    return true;
  }));
  run();
  ASSERT_THAT(heard(), SizeIs(2));
  for (const std::string& raw : http_.requests()) {
    const bool is_inside = raw.find("/inside") != std::string::npos;
    EXPECT_EQ(raw.find("MARKED") != std::string::npos, is_inside);
    EXPECT_THAT(raw, HasSubstr("+4930123456"));
    EXPECT_EQ(raw.find("outbound") != std::string::npos, is_inside);
  }
}

TEST_F(Webhooks, PrivateWordsAndFilesStayInsideUnlessAnAdministratorSaidOtherwise) {
  added({{.event = "Ticket_Comment_Add"},
         {.event = "Ticket_Comment_Update"},
         {.event = "Ticket_Thread_Add"}});
  const RecordId ticket = office_.mail_in({}).ticket;
  const auto comment = office_.comment(ana_, ticket, "MARKED for us");
  ASSERT_TRUE(office_.reply(ana_, ticket,
                            {.kind = desk::ReplyKind::forward,
                             .to = {{"", "factory@example.net"}},
                             .html = "MARKED forward"}));
  ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) -> Result<bool> {
    TRY(desk::edit_comment(tx, ana_, ticket, comment->id, "MARKED again"));
    return true;
  }));
  run();
  EXPECT_THAT(events(), ElementsAre("Ticket_Thread_Add"));
  for (const std::string& raw : http_.requests()) EXPECT_THAT(raw, Not(HasSubstr("MARKED")));

  desk::Webhook internal = asking_for({{.event = "Ticket_Comment_Add"}});
  internal.includes_private = true;
  ASSERT_TRUE(add(internal));
  ASSERT_TRUE(office_.comment(ana_, ticket, "MARKED for our own system"));
  run();
  EXPECT_THAT(http_.requests().back(), HasSubstr("MARKED for our own system"));
}

TEST_F(Webhooks, WhatRulesDidIsLeftOutWhereItIsNotWanted) {
  desk::Webhook webhook = asking_for({{.event = "Ticket_Update"}});
  webhook.includes_automation = false;
  ASSERT_TRUE(add(webhook));
  const RecordId ticket = office_.ticket("Refund");
  const access::Actor rule =
      access::system_actor(office_.catalogue, office_.org, access::Path::automation);
  ASSERT_TRUE(office_.change(rule, "tickets", ticket, {{"priority", "high"}}));
  run();
  EXPECT_THAT(events(), IsEmpty());
  ASSERT_TRUE(office_.change(ana_, "tickets", ticket, {{"priority", "low"}}));
  run();
  EXPECT_THAT(events(), ElementsAre("Ticket_Update"));
}

TEST_F(Webhooks, WhatHappenedWhileItWasOffOrNotYetThereIsNotTold) {
  office_.ticket("Before");
  office_.clock.advance_ms(second_ms);
  const RecordId id = added({{.event = "Ticket_Add"}});
  desk::Webhook webhook = now(id);
  webhook.is_enabled = false;
  ASSERT_TRUE(change(webhook));
  office_.ticket("Meanwhile");
  run();
  office_.clock.advance_ms(second_ms);
  webhook.is_enabled = true;
  ASSERT_TRUE(change(webhook));
  office_.ticket("After");
  run();
  ASSERT_THAT(heard(), SizeIs(1));
  EXPECT_EQ(text_of(*find(heard()[0].json.as_array().front(), "payload"), "subject"), "After");
}

TEST_F(Webhooks, TwoNodesReadTheLogAndEachChangeIsToldOnce) {
  added({{.event = "Ticket_Add"}});
  desk::WebhookFeed other(*office_.desk, api::desk_dialect::webhook_payload(*services_));
  office_.ticket("One");
  EXPECT_EQ(feed_->take_news() + other.take_news(), 1);
  office_.ticket("Two");
  EXPECT_EQ(other.take_news() + feed_->take_news(), 1);
  office_.worker->run_due();
  EXPECT_THAT(events(), ElementsAre("Ticket_Add", "Ticket_Add"));
}

TEST_F(Webhooks, OnlyAdministratorsHaveToDoWithThem) {  // manual, Webhooks 1.1
  const RecordId id = added({{.event = "Ticket_Add"}});
  const auto refusal_of = [&](const access::Actor& actor) {
    const auto list =
        office_.database->read([&](db::Transaction& tx) { return desk::list_webhooks(tx, actor); });
    return list ? RefusalKind::not_found : list.error().kind;
  };
  EXPECT_EQ(refusal_of(ana_), RefusalKind::forbidden);
  // Whoever may set up programs and is no administrator would see every ticket.
  access::Actor developer = ana_;
  auto role = std::make_shared<access::Role>(*ana_.role);
  role->duties = ~0U;
  developer.role = role;
  EXPECT_EQ(refusal_of(developer), RefusalKind::forbidden);
  const auto log = office_.database->read([&](db::Transaction& tx) {
    return desk::list_webhook_deliveries(tx, developer, id, "", "", 10);
  });
  EXPECT_EQ(code_of(log), "administrators_only");
  EXPECT_EQ(code_of(desk::send_test_event(*office_.desk, developer, id)), "administrators_only");
}

TEST_F(Webhooks, OneThatCouldNotWorkIsRefusedWithTheField) {
  struct Case {
    std::string field;
    std::string code;
    std::function<void(desk::Webhook&)> change;
  };
  const int64_t support = office_.department("Support").value;
  const std::vector<Case> cases{
      {"name", "required", [](auto& one) { one.name = " "; }},
      {"name", "too_long", [](auto& one) { one.name = std::string(121, 'x'); }},
      {"description", "too_long", [](auto& one) { one.description = std::string(1'001, 'x'); }},
      {"url", "bad_url", [](auto& one) { one.url = "example.com/hook"; }},
      {"url", "bad_url", [](auto& one) { one.url = "file:///etc/passwd"; }},
      {"url", "bad_url", [](auto& one) { one.url = "https://a b.example/"; }},
      {"url", "bad_url", [](auto& one) { one.url = "https://"; }},
      {"url", "password_in_url", [](auto& one) { one.url = "https://me:pw@a.example/"; }},
      {"subscriptions", "required", [](auto& one) { one.subscriptions = {}; }},
      {"subscriptions", "not_a_choice",
       [](auto& one) { one.subscriptions = {{.event = "Ticket_Explode"}}; }},
      {"subscriptions", "duplicate",
       [](auto& one) { one.subscriptions = {{.event = "Ticket_Add"}, {.event = "Ticket_Add"}}; }},
      {"subscriptions", "not_for_event",
       [&](auto& one) {
         one.subscriptions = {{.event = "Contact_Add", .departments = {support}}};
       }},
      {"subscriptions", "not_found",
       [](auto& one) { one.subscriptions = {{.event = "Ticket_Add", .departments = {42}}}; }},
      {"subscriptions", "not_for_event",
       [](auto& one) { one.subscriptions = {{.event = "Ticket_Add", .fields = {"status"}}}; }},
      {"subscriptions", "unknown_field",
       [](auto& one) { one.subscriptions = {{.event = "Ticket_Update", .fields = {"colour"}}}; }},
      {"subscriptions", "too_many",
       [](auto& one) {
         one.subscriptions = {
             {.event = "Ticket_Update",
              .fields = {"status", "owner", "priority", "due_at", "team", "phone"}}};
       }},
      {"subscriptions", "not_for_event",
       [](auto& one) { one.subscriptions = {{.event = "Ticket_Add", .direction = "in"}}; }},
  };
  for (const Case& one : cases) {
    desk::Webhook wrong = asking_for({{.event = "Ticket_Add"}});
    one.change(wrong);
    const auto refused = add(wrong);
    ASSERT_FALSE(refused) << one.field << " " << one.code;
    EXPECT_EQ(refused.error().field, one.field);
    EXPECT_EQ(refused.error().code, one.code);
  }
  for (int64_t made = 0; made < desk::webhooks_max; ++made) added({{.event = "Ticket_Add"}});
  EXPECT_EQ(code_of(add(asking_for({{.event = "Ticket_Add"}}))), "too_many");
}

TEST_F(Webhooks, WithAWebhookItsLogIsGone) {
  const RecordId id = added({{.event = "Ticket_Add"}});
  office_.ticket("Refund");
  run();
  ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) -> Result<bool> {
    TRY(desk::remove_webhook(tx, ada_, id));
    return true;
  }));
  office_.ticket("Later");
  run();
  EXPECT_THAT(events(), SizeIs(1));
  const int64_t rows = office_.database->read(
      [](db::Transaction& tx) { return tx.integer("SELECT COUNT(*) FROM webhook_deliveries"); });
  EXPECT_EQ(rows, 0);
}

}  // namespace
}  // namespace tandem::test
