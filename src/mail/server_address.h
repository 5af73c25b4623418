#pragma once

#include <functional>
#include <string>

namespace tandem::mail {

/// `none` sends passwords in the clear: for loopback and tests only.
enum class Security { none, starttls, tls };

constexpr int mail_timeout_default_ms = 60'000;

/// Whether a server at this address ("192.0.2.1", "2001:db8::1") may be connected to. Asked for the
/// very address of each connection, so that no name can lead elsewhere between two look-ups.
using AddressGuard = std::function<bool(const std::string& address)>;

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
  /// Empty: any address, for servers that the operator of the program chose.
  AddressGuard may_reach;
};

using SmtpServer = MailServer;
using ImapServer = MailServer;

}  // namespace tandem::mail
