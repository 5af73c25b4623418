#include "api/crm/refusals.h"

#include <algorithm>
#include <array>

namespace tandem::api::crm_dialect {

namespace {

struct CodeWord {
  std::string_view ours;
  std::string_view code;
  std::string_view message;
};

/// Our codes for which the dialect has a word of its own.
constexpr std::array code_words{
    CodeWord{"required", "MANDATORY_NOT_FOUND", "required field not found"},
    CodeWord{"param_missing", "REQUIRED_PARAM_MISSING", "One of the expected parameter is missing"},
    CodeWord{"duplicate", "DUPLICATE_DATA", "duplicate data"},
    CodeWord{"stage_of_other_pipeline", "MAPPING_MISMATCH", "invalid data"},
    CodeWord{"already_converted", "ID_ALREADY_CONVERTED", "id already converted"},
    CodeWord{"bad_json", "INVALID_DATA", "body"},
    CodeWord{"invalid_module", "INVALID_MODULE", ""},
    CodeWord{"too_many", "LIMIT_EXCEEDED", ""},
    CodeWord{"too_many_rows", "LIMIT_EXCEEDED", ""},
    CodeWord{"too_complex", "LIMIT_EXCEEDED", ""},
    CodeWord{"stale", "RECORD_LOCKED", ""},
    CodeWord{"not_subscribed", "NOT_SUBSCRIBED", ""},
    CodeWord{"scope_missing", "OAUTH_SCOPE_MISMATCH", ""},
    CodeWord{"not_supported", "NOT_SUPPORTED", ""},
    CodeWord{"discrete_pagination_limit", "DISCRETE_PAGINATION_LIMIT_EXCEEDED", ""},
};

const CodeWord* find_code(std::string_view ours) {
  const auto* const at = std::find_if(code_words.begin(), code_words.end(),
                                      [&](const CodeWord& word) { return word.ours == ours; });
  return at == code_words.end() ? nullptr : at;
}

std::string_view code_of(const Refusal& refusal) {
  if (const CodeWord* word = find_code(refusal.code)) return word->code;
  switch (refusal.kind) {
    case RefusalKind::unauthenticated: return "INVALID_TOKEN";
    case RefusalKind::forbidden: return "NO_PERMISSION";
    case RefusalKind::conflict: return "CANNOT_PROCESS";
    case RefusalKind::too_large: return "FILE_SIZE_MORE_THAN_ALLOWED_SIZE";
    case RefusalKind::busy: return "TOO_MANY_REQUESTS";
    case RefusalKind::not_found:
    case RefusalKind::invalid: break;
  }
  return "INVALID_DATA";
}

std::string message_of(const Refusal& refusal) {
  if (refusal.kind == RefusalKind::not_found) return "the id given seems to be invalid";
  const CodeWord* word = find_code(refusal.code);
  return word && !word->message.empty() ? std::string(word->message) : refusal.message;
}

int status_of(const Refusal& refusal) {
  if (refusal.code == "scope_missing") return 401;
  switch (refusal.kind) {
    case RefusalKind::unauthenticated: return 401;
    case RefusalKind::forbidden: return 403;
    case RefusalKind::not_found: return 404;
    case RefusalKind::too_large: return 413;
    case RefusalKind::busy: return 429;
    case RefusalKind::conflict:
    case RefusalKind::invalid: break;
  }
  return 400;
}

/// The fault that is told: the dialect knows one for each record.
FieldFault first_fault(const Refusal& refusal) {
  if (!refusal.faults.empty()) return refusal.faults.front();
  return {refusal.field, refusal.code, refusal.message};
}

Refusal with_fault(Refusal refusal, const FieldFault& fault) {
  refusal.field = fault.field;
  refusal.code = fault.code;
  refusal.message = fault.message;
  return refusal;
}

/// "group" of "condition[0].group[1]".
std::string last_name(const std::string& place) {
  const size_t dot = place.rfind('.');
  const std::string name = dot == std::string::npos ? place : place.substr(dot + 1);
  return name.substr(0, name.find('['));
}

void append_details(JsonWriter& json, const Refusal& refusal, const ModuleWords* words,
                    const std::string& path) {
  json.key("details").begin_object();
  if (refusal.code == "param_missing") {
    json.string("param_name", refusal.field).string("param", refusal.field);
  } else if (!refusal.field.empty()) {
    const std::string name = words ? words->api_name_of(refusal.field) : last_name(refusal.field);
    const FieldWord* word = words ? words->find(name) : nullptr;
    if (refusal.code == "too_long" && word) {
      json.number("maximum_length", word->field->max_chars);
    } else if (refusal.code != "required" && refusal.code != "duplicate" && word) {
      json.string("expected_data_type", data_type_of(*word->field, word->form));
    }
    json.string("api_name", name);
    json.string("json_path", (path.empty() ? "$" : path) + "." + (words ? name : refusal.field));
  }
  json.end_object();
}

/// An item whose record is not there is at fault in its id, by which clients know this refusal from
/// others.
FieldFault fault_told(const Refusal& refusal, const std::string& path) {
  FieldFault fault = first_fault(refusal);
  const bool is_of_item = !path.empty() && refusal.kind == RefusalKind::not_found;
  if (is_of_item && fault.field.empty()) fault.field = "id";
  return fault;
}

void append_error(JsonWriter& json, const Refusal& whole, const ModuleWords* words,
                  const std::string& path) {
  const Refusal refusal = with_fault(whole, fault_told(whole, path));
  json.begin_object().string("code", code_of(refusal));
  append_details(json, refusal, words, path);
  json.string("message", message_of(refusal)).string("status", "error").end_object();
}

}  // namespace

std::string_view code_word(const Refusal& refusal) { return code_of(refusal); }

http::Response show_refusal(const Refusal& refusal, const ModuleWords* words) {
  JsonWriter json;
  append_error(json, refusal, words, "");
  http::Response response = http::Response::json(status_of(refusal), json.take());
  if (refusal.kind == RefusalKind::busy) response.set_header("Retry-After", "1");
  return response;
}

void append_refusal(JsonWriter& json, const Refusal& refusal, const ModuleWords& words,
                    const std::string& path) {
  append_error(json, refusal, &words, path);
}

void append_refusal(JsonWriter& json, const Refusal& refusal, const std::string& path) {
  append_error(json, refusal, nullptr, path);
}

http::Response show_error(int status, std::string_view code, std::string_view message,
                          std::string_view details_json) {
  JsonWriter json;
  json.begin_object().string("code", code).raw("details", details_json);
  json.string("message", message).string("status", "error").end_object();
  return http::Response::json(status, json.take());
}

http::Response invalid_token() { return show_error(401, "INVALID_TOKEN", "invalid oauth token"); }

http::Response scope_mismatch() {
  return show_error(401, "OAUTH_SCOPE_MISMATCH", "invalid oauth scope to access this URL");
}

http::Response invalid_module() {
  return show_error(400, "INVALID_MODULE", "the module name given seems to be invalid",
                    R"({"resource_path_index":0})");
}

http::Response invalid_url() {
  return show_error(404, "INVALID_URL_PATTERN",
                    "Please check if the URL trying to access is a correct one");
}

http::Response wrong_method() {
  return show_error(405, "INVALID_REQUEST_METHOD",
                    "The http request method type is not a valid one");
}

}  // namespace tandem::api::crm_dialect
