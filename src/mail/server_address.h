#pragma once

#include <string>

namespace tandem::mail {

/// `none` sends passwords in the clear: for loopback and tests only.
enum class Security { none, starttls, tls };

constexpr int mail_timeout_default_ms = 60'000;

/// Where and as whom to reach a mail server. No user: no authentication.
struct MailServer {
  std::string host;
  int port = 0;
  Security security = Security::tls;
  std::string user;
  std::string password;
  /// The longest silence or set-up time that is waited for.
  int timeout_ms = mail_timeout_default_ms;
  /// PEM file of the authorities to trust; empty: those of the system.
  std::string authorities_file;
};

using SmtpServer = MailServer;
using ImapServer = MailServer;

}  // namespace tandem::mail
