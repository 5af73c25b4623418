#pragma once

#include <string>

#include "access/oauth_codes.h"
#include "access/people.h"
#include "access/sessions.h"
#include "api/services.h"
#include "http/message.h"

namespace tandem::api::oauth {

http::Response show_consent(const http::Request& request, Services& services);
http::Response decide_consent(const http::Request& request, Services& services);
http::Response grant_token(const http::Request& request, Services& services);
http::Response revoke_token(const http::Request& request, Services& services);
http::Response user_info(const http::Request& request, Services& services);

/// Parameters wherever a client puts them: multipart or url-encoded body, then the query.
/// Refuses a body that can't be read.
Result<http::Pairs> read_parameters(const http::Request& request);
/// The first value of the name, or "".
std::string parameter(const http::Pairs& parameters, std::string_view name);

/// HTTP 200 with {"error":code}, as this dialect refuses.
http::Response error_answer(std::string_view code);

struct ConsentView {
  const access::Authorisation& authorisation;
  const access::Person& person;
  std::string organisations;  // their names, with commas
  const access::Session& session;
  /// The query as it came, to be sent again with the decision.
  const access::AuthorisationQuery& query;
};
/// A page without script, in the person's language.
http::Response consent_page(const ConsentView& view);
/// A page for what can't be sent back to the client, since the client or its address is in doubt.
/// A refusal without words in the person's language is shown in its own.
http::Response problem_page(int status, std::string_view locale, const Refusal& refusal);

}  // namespace tandem::api::oauth
