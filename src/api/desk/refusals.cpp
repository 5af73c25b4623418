#include "api/desk/refusals.h"

#include "api/desk/words.h"
#include "http/router.h"

namespace tandem::api::desk_dialect {

namespace {

struct Wording {
  int status;
  std::string_view error_code;
  std::string_view message;
};

Wording wording_of(const Refusal& refusal) {
  if (refusal.code == "bad_json")
    return {400, "BAD_REQUEST", "The request body is not valid JSON."};
  if (refusal.code == "not_an_object")
    return {400, "BAD_REQUEST", "The request body must be one JSON object."};
  if (refusal.code == "no_form") return {415, "UNSUPPORTED_MEDIA_TYPE", ""};
  if (refusal.code == "scope_mismatch") return {403, "SCOPE_MISMATCH", ""};
  if (refusal.code == "org_mismatch") return {403, "OAUTH_ORG_MISMATCH", ""};
  if (refusal.code == "threshold_exceeded") return {429, "THRESHOLD_EXCEEDED", ""};
  if (refusal.code == "empty_payload") return {422, "EMPTY_PAYLOAD", ""};
  switch (refusal.kind) {
    case RefusalKind::invalid:
      return {422, "INVALID_DATA", "The data is invalid due to validation restrictions"};
    case RefusalKind::unauthenticated:
      return {401, "INVALID_OAUTH", "The OAuth Token you provided is invalid."};
    case RefusalKind::forbidden: return {403, "FORBIDDEN", ""};
    case RefusalKind::not_found:
      return {404, "URL_NOT_FOUND",
              "The URL you've requested is not found or the resource does not exist."};
    case RefusalKind::conflict:
      if (refusal.code == "duplicate" || refusal.code == "address_taken") {
        return {422, "INVALID_DATA", "The data is invalid due to validation restrictions"};
      }
      return {422, "UNPROCESSABLE_ENTITY", ""};
    case RefusalKind::too_large: return {413, "RESOURCE_SIZE_EXCEEDED", ""};
    case RefusalKind::busy: return {429, "TOO_MANY_REQUESTS", ""};
  }
  return {500, "INTERNAL_SERVER_ERROR", ""};
}

/// The dialect knows three kinds of fault.
std::string_view error_type(const std::string& code) {
  if (code == "required") return "missing";
  if (code == "duplicate" || code == "address_taken") return "duplicate";
  return "invalid";
}

}  // namespace

http::Response show_refusal(const Refusal& refusal, const records::ModuleDef* module) {
  const Wording wording = wording_of(refusal);
  JsonWriter json;
  json.begin_object().string("errorCode", wording.error_code);
  json.string("message",
              wording.message.empty() ? std::string_view(refusal.message) : wording.message);
  std::vector<FieldFault> faults = refusal.faults;
  if (faults.empty() && !refusal.field.empty())
    faults.push_back({refusal.field, refusal.code, refusal.message});
  if (wording.error_code == "INVALID_DATA" && !faults.empty()) {
    json.key("errors").begin_array();
    for (const FieldFault& fault : faults) {
      const std::string key = module ? key_of_field(*module, fault.field) : fault.field;
      json.begin_object()
          .string("fieldName", "/" + key)
          .string("errorType", error_type(fault.code));
      json.string("errorMessage", fault.message).end_object();
    }
    json.end_array();
  }
  json.end_object();
  http::Response response = http::Response::json(wording.status, json.take());
  if (refusal.kind == RefusalKind::busy) response.set_header("Retry-After", "1");
  return response;
}

std::string_view error_code(const Refusal& refusal) { return wording_of(refusal).error_code; }

http::Response show_wrong_method(const std::vector<http::Method>& allowed) {
  JsonWriter json;
  json.begin_object().string("errorCode", "METHOD_NOT_ALLOWED");
  json.string("message", "Use one of these methods: " + http::allow_header(allowed) + ".");
  json.end_object();
  http::Response response = http::Response::json(405, json.take());
  response.set_header("Allow", http::allow_header(allowed));
  return response;
}

Refusal scope_mismatch() {
  return forbidden("scope_mismatch",
                   "The OAuth Token you provided does not have the scope that this call needs.");
}

Refusal no_form() {
  return invalid("file", "no_form",
                 "Send the file as the field \"file\" of a multipart/form-data body.");
}

Refusal org_mismatch() {
  return forbidden("org_mismatch",
                   "The organisation of orgId is not the one the OAuth Token was made for.");
}

}  // namespace tandem::api::desk_dialect
