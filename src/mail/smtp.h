#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "mail/server_address.h"

namespace tandem::mail {

/// `retry_later`: the network or the server failed for now (4xx). `refused`: trying again is of no
/// use (5xx).
enum class SendOutcome { accepted, retry_later, refused };

struct RefusedRecipient {
  std::string address;
  SendOutcome outcome = SendOutcome::refused;
  int code = 0;
  std::string answer;
};

struct SendReport {
  /// accepted: the server took the mail for every recipient not named in `refused`.
  SendOutcome outcome = SendOutcome::retry_later;
  /// The last three-digit code; 0 when the server was not reached.
  int code = 0;
  /// The server's last answer, or what kept us from it: fit to be shown to an administrator. At
  /// most 1,000 bytes.
  std::string answer;
  std::vector<RefusedRecipient> refused;
};

constexpr size_t recipients_max = 500;

/// Hands one mail to a server. `sender` is the envelope sender, empty for the null path of
/// automatic answers. Blocks for as long as the server takes, at most about `timeout_ms` of
/// silence. Refuses with invalid only what must not be sent as it is: no or bad recipients
/// ("bad_address", "required", "too_many"), a bad server address ("bad_server"), a mail without a
/// body ("required"). All that the server or the network says is in the report. RFC 5321.
Result<SendReport> send_mail(const SmtpServer& server, const std::string& sender,
                             const std::vector<std::string>& recipients, std::string_view raw);

}  // namespace tandem::mail
