#include <chrono>
#include <thread>

#include "desk/conversation/mail_sending.h"
#include "tests/rules/webhook_office.h"

// Manual, Webhooks 2.6: servers that do not answer hold up neither mail nor each other.

namespace tandem::test {
namespace {

using testing::Each;
using testing::SizeIs;

class SlowReceivers : public WebhookOffice {
 protected:
  /// Longer than anything else here takes.
  static constexpr int never_ms = 3'000;

  void SetUp() override {
    WebhookOffice::SetUp();
    http_.stays_silent();
    desk::add_webhook_jobs(worker_, *office_.desk, never_ms);
    desk::add_mail_jobs(worker_, *office_.desk);
  }
  template <class Condition>
  static bool comes_true(Condition&& condition) {
    const auto give_up_at = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!condition()) {
      if (std::chrono::steady_clock::now() > give_up_at) return false;
      std::this_thread::yield();
    }
    return true;
  }
  int64_t count(const std::string& sql) {
    return office_.database->read([&](db::Transaction& tx) { return tx.integer(sql); });
  }
  bool is_sent(RecordId thread) {
    return office_.read("threads", thread).get("delivery_state").text() == "sent";
  }

  jobs::Worker worker_{*office_.database, 1};
};

TEST_F(SlowReceivers, AMailIsSentWhileReceiversKeepSilent) {
  for (int number = 0; number < 8; ++number) added({{.event = "Ticket_Add"}});
  const RecordId ticket = office_.mail_in({}).ticket;
  feed_->take_news();
  worker_.start();
  ASSERT_TRUE(comes_true([&] { return !http_.requests().empty(); }));
  const auto reply = office_.reply(ana_, ticket, {.html = "Hello"});
  ASSERT_TRUE(reply);
  worker_.wake();
  EXPECT_TRUE(comes_true([&] { return is_sent(reply->id); }));
  // Nobody was answered meanwhile, and one server is called by few at once.
  EXPECT_EQ(count("SELECT COUNT(*) FROM webhook_deliveries WHERE status <> 0 OR answer <> ''"), 0);
  EXPECT_LE(count("SELECT COUNT(*) FROM webhook_deliveries WHERE attempts > 0"), 2);
  worker_.stop();
}

TEST_F(SlowReceivers, AReceiverThatAnswersIsToldWhileAnotherKeepsSilent) {
  const RecordId silent = added({{.event = "Ticket_Add"}});
  ScriptedHttp quick;
  desk::Webhook other = asking_for({{.event = "Ticket_Add"}});
  other.url = quick.url("/hook");
  const auto made = add(other);
  ASSERT_TRUE(made);
  office_.ticket("Refund");
  feed_->take_news();
  worker_.start();
  EXPECT_TRUE(comes_true([&] { return log(made->webhook.id).front().state == "delivered"; }));
  EXPECT_EQ(log(silent).front().state, "waiting");
  worker_.stop();
}

TEST_F(SlowReceivers, WhoFindsNoTurnComesBackWithoutHavingTried) {
  for (int number = 0; number < 5; ++number) added({{.event = "Ticket_Add"}});
  office_.ticket("Refund");
  feed_->take_news();
  worker_.start();
  ASSERT_TRUE(comes_true([&] {
    return count(
               "SELECT COUNT(*) FROM jobs WHERE kind = 'send_webhook' AND lease_until = 0 "
               "AND run_at > " +
               std::to_string(office_.clock.now().ms)) == 3;
  }));
  EXPECT_EQ(count("SELECT COUNT(*) FROM jobs WHERE kind = 'send_webhook' AND attempt = 0"), 3);
  worker_.stop();
}

}  // namespace
}  // namespace tandem::test
