#pragma once

#include <curl/curl.h>

#include <memory>

#include "base/result.h"
#include "mail/server_address.h"

namespace tandem::mail {

struct CurlClose {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
using CurlHandle = std::unique_ptr<CURL, CurlClose>;

/// A handle that speaks to this server and to no other: no proxy, no redirect, no password file,
/// certificates checked. `scheme` is "smtp" or "imap", without the s. Refuses with invalid, code
/// "bad_server", what is no address.
Result<CurlHandle> open_curl(const MailServer& server, const char* scheme);

}  // namespace tandem::mail
