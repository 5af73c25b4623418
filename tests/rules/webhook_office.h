#pragma once

#include <gmock/gmock.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "api/desk/webhook_payload.h"
#include "api/services.h"
#include "base/crypto.h"
#include "base/text.h"
#include "desk/webhooks/webhook_deliveries.h"
#include "desk/webhooks/webhook_feed.h"
#include "desk/webhooks/webhook_sending.h"
#include "tests/support/office.h"
#include "tests/support/scripted_http.h"

namespace tandem::test {

/// A request as a receiver sees it.
struct HeardRequest {
  std::map<std::string, std::string> headers;  // names in small letters
  std::string body;
  Json json;
};

inline HeardRequest heard_request(const std::string& raw) {
  HeardRequest heard;
  const size_t end = raw.find("\r\n\r\n");
  for (const std::string& line : split(raw.substr(0, end), '\n')) {
    const size_t colon = line.find(": ");
    if (colon == std::string::npos) continue;
    heard.headers[ascii_lower(line.substr(0, colon))] = trim(line.substr(colon + 2));
  }
  heard.body = raw.substr(end + 4);
  const Result<Json> json = json_from_text(heard.body);
  if (json) heard.json = *json;
  return heard;
}

/// What a receiver does with the secret it was given: as the manual says it, and with nothing of
/// ours but HMAC.
inline bool is_genuine(const HeardRequest& heard, const std::string& secret, Instant now) {
  const std::string key = from_base64(secret.substr(std::string("whsec_").size())).value_or("");
  const std::string& timestamp = heard.headers.at("webhook-timestamp");
  if (std::abs(std::stoll(timestamp) * 1'000 - now.ms) > 5 * minute_ms) return false;
  const std::string signed_text =
      heard.headers.at("webhook-id") + "." + timestamp + "." + heard.body;
  const std::string wanted = "v1," + to_base64(hmac_sha256(key, signed_text));
  for (const std::string& one : split(heard.headers.at("webhook-signature"), ' ')) {
    if (equal_in_constant_time(one, wanted)) return true;
  }
  return false;
}

/// An office with a receiver on a loopback port.
class WebhookOffice : public ::testing::Test {
 protected:
  static constexpr int timeout_ms = 400;

  void SetUp() override {
    services_ = std::make_unique<api::Services>(api::Services{.database = *office_.database,
                                                              .applications = office_.applications,
                                                              .files = *office_.files,
                                                              .desk = *office_.desk,
                                                              .clock = office_.clock,
                                                              .base_url = "https://desk.example"});
    feed_ = std::make_unique<desk::WebhookFeed>(*office_.desk,
                                                api::desk_dialect::webhook_payload(*services_));
    desk::add_webhook_jobs(*office_.worker, *office_.desk, timeout_ms);
    ada_ = office_.administrator();
    ana_ = office_.agent("ana", {"Support"});
  }

  desk::Webhook asking_for(const std::vector<desk::Subscription>& subscriptions) {
    desk::Webhook webhook;
    webhook.name = "Warehouse";
    webhook.url = http_.url("/hook");
    webhook.subscriptions = subscriptions;
    return webhook;
  }
  Result<desk::WebhookWithSecret> add(const desk::Webhook& webhook) {
    return office_.database->write([&](db::Transaction& tx) -> Result<desk::WebhookWithSecret> {
      return desk::add_webhook(tx, *office_.desk, ada_, webhook);
    });
  }
  /// Made, and its secret kept.
  RecordId added(const std::vector<desk::Subscription>& subscriptions) {
    const auto made = add(asking_for(subscriptions));
    EXPECT_TRUE(made) << made.error().message;
    secret_ = made->secret;
    return made->webhook.id;
  }
  desk::Webhook now(RecordId webhook) {
    return *office_.database->read(
        [&](db::Transaction& tx) { return desk::read_webhook(tx, ada_, webhook); });
  }
  Result<desk::Webhook> change(const desk::Webhook& webhook) {
    return office_.database->write([&](db::Transaction& tx) -> Result<desk::Webhook> {
      return desk::change_webhook(tx, ada_, webhook);
    });
  }
  /// What changed is taken up, and what is due is sent.
  void run() {
    feed_->take_news();
    office_.worker->run_due();
  }
  std::vector<HeardRequest> heard() {
    std::vector<HeardRequest> requests;
    for (const std::string& raw : http_.requests()) requests.push_back(heard_request(raw));
    return requests;
  }
  /// "Ticket_Add" and so on, of all requests in their order.
  std::vector<std::string> events() {
    std::vector<std::string> names;
    for (const HeardRequest& request : heard()) {
      if (!request.json.is_array()) continue;
      for (const Json& event : request.json.as_array())
        names.push_back(text_of(event, "eventType"));
    }
    return names;
  }
  /// Oldest first.
  std::vector<desk::WebhookDelivery> log(RecordId webhook) {
    auto page = *office_.database->read([&](db::Transaction& tx) {
      return desk::list_webhook_deliveries(tx, ada_, webhook, "", "", 100);
    });
    return {page.deliveries.rbegin(), page.deliveries.rend()};
  }

  Office office_;
  ScriptedHttp http_;
  std::unique_ptr<api::Services> services_;
  std::unique_ptr<desk::WebhookFeed> feed_;
  access::Actor ada_;
  access::Actor ana_;
  std::string secret_;
};

}  // namespace tandem::test
