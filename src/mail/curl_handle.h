#pragma once

#include <curl/curl.h>

#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "mail/server_address.h"

namespace tandem::mail {

/// What a handle's connections are checked against.
struct GuardedDoor {
  AddressGuard may_reach;
  std::string kept_closed;  // the last address that may not be reached
};
struct CurlClose {
  std::unique_ptr<GuardedDoor> door = {};
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
using CurlHandle = std::unique_ptr<CURL, CurlClose>;

/// A handle that speaks to this server and to no other: no proxy, no redirect, no password file,
/// certificates checked. `scheme` is "smtp" or "imap", without the s. Refuses with invalid, code
/// "bad_server", what is no address.
Result<CurlHandle> open_curl(const MailServer& server, const char* scheme);

/// Why nothing was connected to, when the server's address may not be reached: invalid, code
/// "address_not_allowed".
std::optional<Refusal> refused_address(const CurlHandle& handle);

}  // namespace tandem::mail
