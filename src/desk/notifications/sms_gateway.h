#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/actor.h"
#include "desk/desk.h"
#include "desk/notifications/sms_call.h"

// The gateway by which an organisation sends SMS: any that takes HTTP. Manual, Notification rules
// 4.1.

namespace tandem::desk {

constexpr size_t sms_headers_max = 5;
constexpr int64_t sms_url_chars_max = 2'000;
constexpr int64_t sms_body_chars_max = 4'000;
constexpr int64_t sms_header_value_chars_max = 2'000;

/// A header such as Authorization. Its value is written, never read.
struct SmsHeader {
  std::string name;
  std::optional<std::string> value;  // when writing: absent keeps the stored one
};

/// The latest SMS that could not be sent, also while it is still tried again.
struct SmsFailure {
  Instant at;
  std::string message;
};

struct SmsGateway {
  std::string url;
  std::string method = "POST";  // GET, POST or PUT
  std::string content_type = "application/json";
  std::string body;
  std::vector<SmsHeader> headers;
  bool is_enabled = true;
  std::optional<SmsFailure> last_failure;  // read only
};

/// Nothing when there is none. Refuse: forbidden (manage_departments).
Result<std::optional<SmsGateway>> read_sms_gateway(db::Transaction& tx, const access::Actor& actor);
/// Refuses also with invalid: url, method, content_type, body (a placeholder that is none, no JSON,
/// {to} or {text} in neither url nor body), headers. A stored value of a header is for the server
/// it was typed for: with another one and no value given, code "secret_again".
Result<SmsGateway> save_sms_gateway(db::Transaction& tx, const Desk& desk,
                                    const access::Actor& actor, const SmsGateway& gateway);
Result<void> remove_sms_gateway(db::Transaction& tx, const access::Actor& actor);

/// Sends a test message to a number now. Takes seconds; holds no transaction meanwhile. Refuses:
/// forbidden, invalid (to), not_found (no gateway), busy while this node makes two other tests.
Result<SmsReport> send_test_sms(const Desk& desk, const access::Actor& actor,
                                const std::string& to);

/// For the room itself. Refuses when there is none, it is switched off, or the secret of the
/// program no longer fits.
Result<OpenSmsGateway> open_sms_gateway(db::Transaction& tx, const Desk& desk, OrgId org);

}  // namespace tandem::desk
