#include "mail/smtp_check.h"

#include <string>

#include "base/text.h"
#include "mail/curl_handle.h"

namespace tandem::mail {

Result<void> check_smtp_sign_in(const SmtpServer& server) {
  const CurlHandle handle = TRY(open_curl(server, "smtp"));
  CURL* const curl = handle.get();
  if (!server.user.empty()) {
    curl_easy_setopt(curl, CURLOPT_USERNAME, server.user.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, server.password.c_str());
  }
  char error[CURL_ERROR_SIZE] = "";
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, error);
  curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, "NOOP");
  curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
  const CURLcode done = curl_easy_perform(curl);
  if (done == CURLE_OK) return {};
  if (const auto closed = refused_address(handle)) return *closed;
  if (done == CURLE_LOGIN_DENIED) {
    return unauthenticated("mail_login_refused",
                           "The server refused the user name or the password.");
  }
  const std::string said = to_utf8_lossy(*error != '\0' ? error : curl_easy_strerror(done));
  Refusal refusal = busy("The mail server can't be reached: " + said);
  refusal.code = "mail_server_unreachable";
  return refusal;
}

}  // namespace tandem::mail
