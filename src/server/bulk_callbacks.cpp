#include "server/bulk_callbacks.h"

#include <fmt/format.h>

#include <memory>

#include "api/crm/bulk_words.h"
#include "http/receiver_turns.h"

namespace tandem::server {

namespace {

using jobs::Outcome;

constexpr int attempts_max = 6;

/// What is to be sent; nothing when the job is gone.
std::optional<http::OutgoingCall> callback_of(const crm::Bulk& bulk, const jobs::Job& job,
                                              const std::string& base_url) {
  return bulk.database.read([&](db::Transaction& tx) -> std::optional<http::OutgoingCall> {
    const std::optional<crm::BulkJob> ended = crm::bulk_job_of(tx, job);
    if (!ended || ended->callback_url.empty()) return std::nullopt;
    return http::OutgoingCall{
        .url = ended->callback_url,
        .headers = {{"Content-Type", "application/json"}},
        .body = api::crm_dialect::bulk_callback_body(tx, bulk.applications, base_url, *ended)};
  });
}

Outcome call_back(const http::OutgoingCall& call, const http::MayReach& may_reach) {
  const http::OutgoingAnswer answer = http::call_out(call, may_reach);
  if (answer.status >= 200 && answer.status < 300) return {};
  if (!answer.kept_closed.empty())
    return {.kind = Outcome::Kind::give_up, .reason = answer.kept_closed + " may not be called"};
  return {
      .kind = Outcome::Kind::retry,
      .reason = answer.status == 0 ? answer.failure : fmt::format("it answered {}", answer.status),
      .retry_after_ms = answer.retry_after_s * second_ms};
}

}  // namespace

void add_bulk_callbacks(jobs::Worker& worker, const crm::Bulk& bulk, const std::string& base_url,
                        const http::MayReach& may_reach) {
  const auto turns = std::make_shared<http::ReceiverTurns>();  // a std::function is copied
  worker.add(crm::bulk_callback_kind,
             [&bulk, base_url, may_reach, turns](db::Database&, const jobs::Job& job) -> Outcome {
               const auto call = callback_of(bulk, job, base_url);
               if (!call) return {};
               const http::ReceiverTurn turn(
                   *turns, to_string(job.org) + " " + http::receiver_of(call->url));
               if (!turn.is_taken())
                 return {.kind = Outcome::Kind::later, .retry_after_ms = turn.wait_ms()};
               return call_back(*call, may_reach);
             },
             {.attempts_max = attempts_max, .lane = jobs::Lane::outgoing});
}

}  // namespace tandem::server
