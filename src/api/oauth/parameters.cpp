#include "api/oauth/handlers.h"
#include "base/json.h"
#include "base/text.h"
#include "http/multipart.h"

namespace tandem::api::oauth {

Result<http::Pairs> read_parameters(const http::Request& request) {
  http::Pairs parameters;
  const std::string_view content_type = request.header("Content-Type");
  if (starts_with_ignoring_ascii_case(content_type, "multipart/form-data")) {
    const std::vector<http::FormPart> parts = TRY(http::read_multipart(content_type, request.body));
    for (const http::FormPart& part : parts) {
      parameters.emplace_back(part.name, to_utf8_lossy(part.bytes));
    }
  } else if (!request.body.empty()) {
    // Some clients name another content type, or none; what they send is a form all the same.
    parameters = TRY(http::read_form(request.body));
  }
  parameters.insert(parameters.end(), request.query.begin(), request.query.end());
  return parameters;
}

std::string parameter(const http::Pairs& parameters, std::string_view name) {
  for (const auto& [each, value] : parameters) {
    if (each == name) return value;
  }
  return "";
}

http::Response error_answer(std::string_view code) {
  JsonWriter json;
  json.begin_object().string("error", code).end_object();
  return http::Response::json(200, json.take());
}

}  // namespace tandem::api::oauth
