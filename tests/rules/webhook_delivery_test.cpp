#include "desk/webhooks/webhook_batch.h"
#include "tests/rules/webhook_office.h"
#include "tests/support/mail_servers.h"

namespace tandem::test {
namespace {

using desk::WebhookOutcome;

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class WebhookDeliveries : public WebhookOffice {
 protected:
  void SetUp() override {
    WebhookOffice::SetUp();
    id_ = added({{.event = "Ticket_Add"}});
  }
  Result<desk::WebhookDelivery> redeliver(RecordId delivery) {
    return office_.database->write([&](db::Transaction& tx) -> Result<desk::WebhookDelivery> {
      return desk::redeliver(tx, ada_, id_, delivery);
    });
  }
  /// What the only delivery of the log says.
  desk::WebhookDelivery delivery() {
    const auto all = log(id_);
    EXPECT_THAT(all, SizeIs(1));
    return all.empty() ? desk::WebhookDelivery{} : all.front();
  }
  RecordId id_;
};

TEST_F(WebhookDeliveries, AReceiverCanTellOursFromForeignRequests) {  // manual, Webhooks 2.2
  office_.ticket("Refund");
  run();
  ASSERT_THAT(heard(), SizeIs(1));
  HeardRequest request = heard()[0];
  const Instant now = office_.clock.now();
  EXPECT_EQ(request.headers.at("content-type"), "application/json");
  EXPECT_TRUE(is_genuine(request, secret_, now));
  EXPECT_FALSE(is_genuine(request, "whsec_" + to_base64("another secret"), now));
  EXPECT_FALSE(is_genuine(request, secret_, now + hour_ms)) << "an old request, played again";
  request.body += " ";
  EXPECT_FALSE(is_genuine(request, secret_, now)) << "changed on its way";
}

TEST_F(WebhookDeliveries, ANewSecretSignsFromThenOn) {
  const std::string before = secret_;
  const auto renewed = office_.database->write([&](db::Transaction& tx) -> Result<std::string> {
    return desk::renew_webhook_secret(tx, *office_.desk, ada_, id_);
  });
  ASSERT_TRUE(renewed);
  office_.ticket("Refund");
  run();
  EXPECT_TRUE(is_genuine(heard().at(0), *renewed, office_.clock.now()));
  EXPECT_FALSE(is_genuine(heard().at(0), before, office_.clock.now()));
}

TEST_F(WebhookDeliveries, AReceiverThatRefusesTheSignatureIsAskedAgainUntilItIsMended) {
  http_.answers("HTTP/1.1 401 Unauthorized", "wrong signature");
  office_.ticket("Refund");
  run();
  EXPECT_EQ(delivery().state, "waiting");
  EXPECT_EQ(delivery().status, 401);
  EXPECT_EQ(delivery().answer, "wrong signature");
  http_.answers("HTTP/1.1 200 OK");
  office_.clock.advance_ms(hour_ms);
  run();
  EXPECT_EQ(delivery().state, "delivered");
}

TEST_F(WebhookDeliveries, A500AndThenA200IsOneDeliveryWithOneId) {  // manual, Webhooks 2.3
  http_.answers("HTTP/1.1 500 Internal Server Error", "oops");
  office_.ticket("Refund");
  run();
  run();
  ASSERT_THAT(heard(), SizeIs(1)) << "not again before the pause is over";
  http_.answers("HTTP/1.1 200 OK", "thanks");
  office_.clock.advance_ms(2 * minute_ms);
  run();
  ASSERT_THAT(heard(), SizeIs(2));
  EXPECT_EQ(heard()[0].headers.at("webhook-id"), heard()[1].headers.at("webhook-id"));
  EXPECT_EQ(heard()[0].body, heard()[1].body);
  EXPECT_TRUE(is_genuine(heard()[1], secret_, office_.clock.now()));
  EXPECT_EQ(delivery().state, "delivered");
  EXPECT_EQ(delivery().attempts, 2);
  EXPECT_EQ(delivery().answer, "thanks");
  EXPECT_EQ(now(id_).failures_in_row, 0);
}

TEST_F(WebhookDeliveries, AServerThatIsDownIsAskedForAboutADay) {
  desk::Webhook webhook = now(id_);
  webhook.url = "http://127.0.0.1:" + std::to_string(tandem::testing::free_port()) + "/";
  ASSERT_TRUE(change(webhook));
  office_.ticket("Refund");
  run();
  EXPECT_THAT(delivery().answer, HasSubstr("There was no answer"));
  const Instant begun = office_.clock.now();
  while (delivery().state == "waiting") {
    ASSERT_TRUE(delivery().next_try_at);
    office_.clock.advance_ms(*delivery().next_try_at - office_.clock.now());
    run();
  }
  EXPECT_EQ(delivery().state, "failed");
  EXPECT_EQ(delivery().attempts, desk::webhook_attempts_max);
  EXPECT_GT(office_.clock.now() - begun, 12 * hour_ms);
  EXPECT_LT(office_.clock.now() - begun, 28 * hour_ms);
}

TEST_F(WebhookDeliveries, ASilentReceiverIsLeftAfterTheTimeOut) {
  http_.stays_silent();
  office_.ticket("Refund");
  run();
  EXPECT_EQ(delivery().state, "waiting");
  EXPECT_EQ(delivery().status, 0);
  EXPECT_EQ(delivery().attempts, 1);
}

TEST_F(WebhookDeliveries, WhatIsNoHttpIsNoAnswer) {
  for (const std::string& bytes : {std::string("\x01\x02garbage\r\n\r\n"), std::string()}) {
    http_.answers_bytes(bytes);
    const desk::WebhookReport report = desk::send_webhook_request(
        {.url = http_.url(), .secret = secret_, .id = 1, .body = "[]", .at = {}}, {}, timeout_ms);
    EXPECT_EQ(report.outcome, WebhookOutcome::try_again);
    EXPECT_EQ(report.status, 0);
  }
}

TEST_F(WebhookDeliveries, AnAnswerWithoutEndIsCutAndKeptShort) {
  http_.answers("HTTP/1.1 200 OK", std::string(5'000'000, 'x'));
  office_.ticket("Refund");
  run();
  EXPECT_EQ(delivery().state, "delivered");
  EXPECT_EQ(delivery().answer.size(), size_t(desk::webhook_answer_chars_max));
}

TEST_F(WebhookDeliveries, ARedirectIsNotFollowed) {
  http_.answers("HTTP/1.1 302 Found\r\nLocation: " + http_.url("/other"));
  office_.ticket("Refund");
  run();
  EXPECT_THAT(heard(), SizeIs(1));
  EXPECT_EQ(delivery().state, "waiting");
  EXPECT_EQ(delivery().status, 302);
}

TEST_F(WebhookDeliveries, AnAddressThatIsNotAllowedIsNotConnectedTo) {
  office_.desk->mail_guard = [](const std::string&) { return false; };
  office_.ticket("Refund");
  run();
  EXPECT_THAT(heard(), IsEmpty());
  EXPECT_THAT(delivery().answer, HasSubstr("allowed_networks"));
}

TEST_F(WebhookDeliveries, ContentThatIsRefusedFailsAtOnceAndHoldsNothingUp) {
  http_.answers("HTTP/1.1 422 Unprocessable Content", "no such thing");
  office_.ticket("Refund");
  run();
  EXPECT_EQ(delivery().state, "failed");
  http_.answers("HTTP/1.1 204 No Content");
  office_.ticket("Second");
  run();
  EXPECT_EQ(log(id_).back().state, "delivered");
}

TEST_F(WebhookDeliveries, GoneSwitchesTheWebhookOffAndAdministratorsAreTold) {
  http_.answers("HTTP/1.1 410 Gone");
  office_.ticket("Refund");
  run();
  EXPECT_FALSE(now(id_).is_enabled);
  EXPECT_EQ(now(id_).off_reason, "gone");
  EXPECT_EQ(delivery().state, "failed");
  const auto mails = office_.outbox();
  ASSERT_THAT(mails, SizeIs(1));
  EXPECT_EQ(mails[0].subject, "The webhook Warehouse was switched off");
  EXPECT_THAT(mails[0].text, HasSubstr("410"));
  office_.ticket("Later");
  run();
  EXPECT_THAT(heard(), SizeIs(1));
}

TEST_F(WebhookDeliveries, ADayWithoutOneAcceptedRequestSwitchesItOff) {  // manual, Webhooks 2.4
  http_.answers("HTTP/1.1 503 Service Unavailable");
  office_.ticket("Refund");
  for (int turn = 0; turn < 40 && now(id_).is_enabled; ++turn) {
    run();
    office_.clock.advance_ms(hour_ms);
    office_.ticket("Another");
  }
  EXPECT_EQ(now(id_).off_reason, "silent");
  EXPECT_GE(now(id_).failures_in_row, desk::webhook_silent_failures_min);
  EXPECT_THAT(office_.outbox(), SizeIs(1));
}

TEST_F(WebhookDeliveries, WhatTheReceiverAsksForIsWaitedFor) {
  http_.answers("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7200");
  office_.ticket("Refund");
  run();
  ASSERT_TRUE(delivery().next_try_at);
  EXPECT_EQ(*delivery().next_try_at - office_.clock.now(), 2 * hour_ms);
  EXPECT_EQ(desk::webhook_pause_ms(1, 30 * day_ms, 0), day_ms) << "but not for ever";
}

TEST_F(WebhookDeliveries, WaitsGrowAndAreSpread) {
  EXPECT_EQ(desk::webhook_pause_ms(1, 0, 0), 30 * second_ms);
  EXPECT_LT(desk::webhook_pause_ms(1, 0, ~0ULL), minute_ms);
  EXPECT_EQ(desk::webhook_pause_ms(4, 0, 0), 4 * minute_ms);
  EXPECT_EQ(desk::webhook_pause_ms(60, 0, 0), 3 * hour_ms);
}

TEST_F(WebhookDeliveries, WhatComesLaterWaitsForWhatFailedAndThenGoesPast) {  // Webhooks 2.5
  http_.answers("HTTP/1.1 500 Oops");
  office_.ticket("First");
  run();
  office_.ticket("Second");
  run();
  EXPECT_EQ(log(id_)[1].attempts, 0) << "the order is kept";
  while (log(id_)[0].attempts < desk::webhook_attempts_in_order) {
    office_.clock.advance_ms(*log(id_)[0].next_try_at - office_.clock.now());
    run();
  }
  EXPECT_EQ(log(id_)[1].attempts, 1) << "one event that fails does not stop all others";
  http_.answers("HTTP/1.1 200 OK");
  office_.clock.advance_ms(day_ms);
  run();
  EXPECT_EQ(log(id_)[0].state, "delivered");
  EXPECT_EQ(log(id_)[1].state, "delivered");
}

TEST_F(WebhookDeliveries, WhatIsNewGoesAtOnceWhereverTheNextTryOfWhatFailedIs) {  // Webhooks 2.5
  http_.answers("HTTP/1.1 422 Unprocessable Content");
  office_.ticket("Refused");
  run();
  http_.answers("HTTP/1.1 500 Oops");
  office_.ticket("Fails");
  run();
  while (log(id_)[1].attempts < desk::webhook_attempts_in_order) {
    office_.clock.advance_ms(*log(id_)[1].next_try_at - office_.clock.now());
    run();
  }
  http_.answers("HTTP/1.1 200 OK");
  office_.ticket("New");
  run();
  EXPECT_EQ(log(id_)[2].state, "delivered");
  ASSERT_TRUE(redeliver(log(id_)[0].id));
  run();
  EXPECT_EQ(log(id_)[0].state, "delivered") << "and so does what is sent again by hand";
  EXPECT_EQ(log(id_)[1].state, "waiting");
  EXPECT_EQ(log(id_)[1].attempts, desk::webhook_attempts_in_order) << "it keeps its pause";
}

TEST_F(WebhookDeliveries, WhatWaitsTravelsTogether) {
  for (int made = 0; made < 60; ++made) office_.ticket("Refund " + std::to_string(made));
  run();
  ASSERT_THAT(heard(), SizeIs(2));
  EXPECT_EQ(heard()[0].json.as_array().size(), size_t(desk::webhook_batch_events_max));
  EXPECT_EQ(heard()[1].json.as_array().size(), 10U);
}

TEST_F(WebhookDeliveries, ANodeThatDiesInTheMiddleLeavesTheEventForAnother) {
  office_.ticket("Refund");
  feed_->take_news();
  // A node takes the batch, the receiver takes the request, and the node dies before it can say so.
  const auto taken = office_.database->write([&](db::Transaction& tx) -> Result<desk::NextBatch> {
    return desk::take_batch(tx, *office_.desk, office_.org, id_, minute_ms);
  });
  ASSERT_TRUE(taken && taken->batch);
  const desk::WebhookBatch& batch = *taken->batch;
  const desk::WebhookRequest request{.url = batch.to.webhook.url,
                                     .secret = batch.to.secret,
                                     .id = batch.id,
                                     .body = batch.body,
                                     .at = office_.clock.now()};
  desk::send_webhook_request(request, {}, timeout_ms);
  // While its lease lasts nobody else sends.
  office_.worker->run_due();
  EXPECT_THAT(heard(), SizeIs(1));
  office_.clock.advance_ms(2 * minute_ms);
  office_.worker->run_due();
  ASSERT_THAT(heard(), SizeIs(2)) << "at least once";
  EXPECT_EQ(heard()[0].headers.at("webhook-id"), heard()[1].headers.at("webhook-id"));
  EXPECT_EQ(heard()[0].body, heard()[1].body);
  EXPECT_EQ(delivery().state, "delivered");
  // What the dead node would have said after all counts no more.
  ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) -> Result<bool> {
    desk::note_report(tx, *office_.desk, batch, {.status = 500}, minute_ms);
    return true;
  }));
  EXPECT_EQ(delivery().state, "delivered");
}

TEST_F(WebhookDeliveries, ADeliveryCanBeSentAgainByHand) {
  http_.answers("HTTP/1.1 400 Bad Request");
  office_.ticket("Refund");
  run();
  ASSERT_EQ(delivery().state, "failed");
  http_.answers("HTTP/1.1 200 OK");
  ASSERT_TRUE(redeliver(delivery().id));
  EXPECT_EQ(code_of(redeliver(delivery().id)), "is_waiting");
  run();
  EXPECT_EQ(delivery().state, "delivered");
  ASSERT_THAT(heard(), SizeIs(2));
  EXPECT_EQ(heard()[0].body, heard()[1].body) << "an event keeps its id";
  desk::Webhook webhook = now(id_);
  webhook.is_enabled = false;
  ASSERT_TRUE(change(webhook));
  EXPECT_EQ(code_of(redeliver(delivery().id)), "webhook_is_off");
  EXPECT_EQ(redeliver(RecordId{42}).error().kind, RefusalKind::not_found);
}

TEST_F(WebhookDeliveries, ATestIsSentAtOnceAndStandsInTheLog) {
  http_.answers("HTTP/1.1 200 OK", "hello");
  const auto report = desk::send_test_event(*office_.desk, ada_, id_);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->outcome, WebhookOutcome::delivered);
  EXPECT_EQ(report->answer, "hello");
  EXPECT_THAT(events(), ElementsAre("Webhook_Test"));
  EXPECT_TRUE(is_genuine(heard()[0], secret_, office_.clock.now()));
  EXPECT_EQ(delivery().state, "delivered");
  http_.answers("HTTP/1.1 500 Oops");
  EXPECT_EQ(desk::send_test_event(*office_.desk, ada_, id_)->status, 500);
  EXPECT_EQ(log(id_).back().state, "failed");
}

TEST_F(WebhookDeliveries, AServerAnswersBeforeAClientOfTheApiMaySubscribeIt) {
  EXPECT_TRUE(desk::require_answer(*office_.desk, http_.url("/hook")));
  EXPECT_THAT(http_.requests()[0], HasSubstr("GET /hook"));
  http_.answers("HTTP/1.1 405 Method Not Allowed");
  EXPECT_EQ(code_of(desk::require_answer(*office_.desk, http_.url("/hook"))), "no_answer");
  EXPECT_THAT(http_.requests().back(), HasSubstr("POST /hook"));
}

TEST_F(WebhookDeliveries, TheLogForgetsWhatWasDeliveredBeforeWhatFailed) {
  office_.ticket("Refund");
  run();
  http_.answers("HTTP/1.1 400 Bad Request");
  office_.ticket("Second");
  run();
  office_.clock.advance_ms(desk::webhook_delivered_kept_ms + hour_ms);
  desk::sweep_webhook_deliveries(*office_.database);
  EXPECT_EQ(delivery().state, "failed");
  office_.clock.advance_ms(desk::webhook_failed_kept_ms);
  desk::sweep_webhook_deliveries(*office_.database);
  EXPECT_THAT(log(id_), IsEmpty());
}

TEST_F(WebhookDeliveries, TheLogIsReadInPagesAndByState) {
  for (int made = 0; made < 5; ++made) office_.ticket("Refund");
  run();
  const auto page = [&](const std::string& state, const std::string& cursor, int limit) {
    return office_.database->read([&](db::Transaction& tx) {
      return desk::list_webhook_deliveries(tx, ada_, id_, state, cursor, limit);
    });
  };
  const auto first = page("delivered", "", 3);
  ASSERT_TRUE(first);
  EXPECT_THAT(first->deliveries, SizeIs(3));
  EXPECT_THAT(page("delivered", first->next_cursor, 3)->deliveries, SizeIs(2));
  EXPECT_THAT(page("failed", "", 3)->deliveries, IsEmpty());
  EXPECT_EQ(page("lost", "", 3).error().field, "state");
  EXPECT_EQ(page("", "!", 3).error().field, "cursor");
  EXPECT_EQ(page("", "", 101).error().field, "limit");
}

}  // namespace
}  // namespace tandem::test
