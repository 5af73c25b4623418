#include "access/throttle.h"
#include "api/channels/routes.h"
#include "base/crypto.h"
#include "base/json.h"
#include "base/text.h"
#include "desk/channels/call_events.h"

// The webhook of telephone systems; docs/api/calls.md is its contract.

namespace tandem::api::channels {

namespace {

constexpr size_t event_bytes_max = 16 * 1024;
/// How old a signed event may be; what is older was recorded by somebody.
constexpr int64_t signature_age_ms_max = 5 * minute_ms;
constexpr std::string_view signature_header = "X-Tandem-Signature";

Refusal wrong_secret() {
  return unauthenticated("wrong_secret",
                         "Sign the event with the secret of this telephone system, or send it as "
                         "\"Authorization: Bearer …\".");
}

struct Signature {
  std::string time;
  std::string digest;
};

/// "t=1767225600,v1=<64 hexadecimal digits>".
std::optional<Signature> signature_of(std::string_view header) {
  Signature signature;
  for (const std::string& part : split(header, ',')) {
    const std::string_view word = trim(part);
    if (word.starts_with("t=")) signature.time = std::string(word.substr(2));
    if (word.starts_with("v1=")) signature.digest = ascii_lower(word.substr(3));
  }
  if (signature.time.empty() || signature.digest.empty()) return std::nullopt;
  return signature;
}

/// What makes a signed event this one; "" for one that shows the secret itself. Refuses with
/// unauthenticated.
Result<std::string> proof_of(const http::Request& request, const std::string& secret, Instant now) {
  const std::string_view signed_by = request.header(signature_header);
  if (signed_by.empty()) {
    const std::string_view given = request.header("Authorization");
    constexpr std::string_view scheme = "Bearer ";
    const bool is_right = starts_with_ignoring_ascii_case(given, scheme) &&
                          equal_in_constant_time(trim(given.substr(scheme.size())), secret);
    if (!is_right) return wrong_secret();
    return std::string();
  }
  const std::optional<Signature> signature = signature_of(signed_by);
  if (!signature) return wrong_secret();
  const std::string wanted = to_hex(hmac_sha256(secret, signature->time + "." + request.body));
  if (!equal_in_constant_time(wanted, signature->digest)) return wrong_secret();
  const std::optional<int64_t> seconds = id_from_text(signature->time);
  const int64_t age_ms = seconds && *seconds < 1'000'000'000'000 ? now.ms - *seconds * second_ms
                                                                 : signature_age_ms_max + 1;
  if (age_ms <= signature_age_ms_max && age_ms >= -signature_age_ms_max) return signature->digest;
  return unauthenticated(
      "signature_too_old",
      "Sign with the time of now, in seconds since 1970; at most 5 minutes off.");
}

Result<std::string> word_of(const JsonObject& body, std::string_view key) {
  const Json* const member = body.if_contains(key);
  if (!member || member->is_null()) return std::string();
  if (member->is_string()) return to_utf8_lossy(std::string_view(member->as_string()));
  return invalid(std::string(key), "wrong_type", "Send a text.");
}

Result<desk::CallMoment> moment_of(const std::string& word) {
  if (word == "ringing") return desk::CallMoment::ringing;
  if (word == "answered") return desk::CallMoment::answered;
  if (word == "ended") return desk::CallMoment::ended;
  return invalid("event", "not_a_choice", "Say ringing, answered or ended.");
}

Result<desk::CallEvent> event_of(const std::string& text) {
  const Json json = TRY(json_from_text(text));
  if (!json.is_object()) return invalid("", "bad_json", "Send a JSON object.");
  const JsonObject& body = json.as_object();
  desk::CallEvent event;
  const std::string moment = TRY(word_of(body, "event"));
  event.moment = TRY(moment_of(moment));
  event.call_id = TRY(word_of(body, "call_id"));
  event.from = TRY(word_of(body, "from"));
  event.to = TRY(word_of(body, "to"));
  const std::string direction = TRY(word_of(body, "direction"));
  if (!direction.empty()) event.direction = direction;
  event.agent = TRY(word_of(body, "agent"));
  event.recording_url = TRY(word_of(body, "recording_url"));
  const std::string at = TRY(word_of(body, "at"));
  if (at.empty()) return event;
  const Result<Instant> moment_at = instant_from_iso(at);
  if (!moment_at) {
    return invalid("at", "not_an_instant", "Give a time such as 2026-03-02T09:00:00Z.");
  }
  event.at = *moment_at;
  return event;
}

Result<desk::PhoneLineWithSecret> line_of(const http::Request& request, Services& services) {
  const std::optional<desk::PhoneLineWithSecret> found =
      services.database.read([&](db::Transaction& tx) {
        return desk::find_phone_line(tx, services.desk, request.param("key"));
      });
  if (!found) return not_found("There is no telephone system at this address.");
  return *found;
}

/// Counts a wrong secret against the network it came from, and says busy when there were many.
Refusal counted(const http::Request& request, Services& services, Refusal refusal) {
  const Result<void> counts = services.database.write([&](db::Transaction& tx) {
    return access::begin_attempt(tx, access::attempts_from(request.peer_address, "call_hook"));
  });
  return counts ? std::move(refusal) : counts.error();
}

Result<http::Response> hear(const http::Request& request, Services& services) {
  if (request.body.size() > event_bytes_max) {
    return too_large("event_too_large", "Send an event of at most 16 KB.");
  }
  const desk::PhoneLineWithSecret found = TRY(line_of(request, services));
  const Instant now = services.clock.now();
  const Result<std::string> proof = proof_of(request, found.secret, now);
  if (!proof) return counted(request, services, proof.error());
  if (!found.line.is_enabled) return forbidden("switched_off", "This telephone system is off.");
  desk::CallEvent event = TRY(event_of(request.body));
  event.proof = *proof;
  const desk::CallReport report = TRY(desk::hear_call_event(services.desk, found.line, event));
  services.wake();
  JsonWriter json;
  json.begin_object().id("ticket_id", report.ticket.value).id("thread_id", report.thread.value);
  json.end_object();
  return http::Response::json(200, json.take());
}

}  // namespace

http::Response hear_call(const http::Request& request, Services& services) {
  Result<http::Response> response = hear(request, services);
  return response ? std::move(*response) : http::Response::refusal(response.error());
}

}  // namespace tandem::api::channels
