#pragma once

#include <string>

#include "api/crm/words.h"
#include "base/json.h"
#include "http/message.h"

namespace tandem::api::crm_dialect {

/// {"code","details","message","status":"error"} with the dialect's status. `words`: of the module
/// that the call is about; null names fields as we do.
http::Response show_refusal(const Refusal& refusal, const ModuleWords* words);
/// The same as one result among others; `path` is where the item stood: "$.data[0]".
void append_refusal(JsonWriter& json, const Refusal& refusal, const ModuleWords& words,
                    const std::string& path);
/// The same of an item that is no record. The field may be a place in it ("module.api_name").
void append_refusal(JsonWriter& json, const Refusal& refusal, const std::string& path);

/// "MANDATORY_NOT_FOUND": the dialect's code of a refusal.
std::string_view code_word(const Refusal& refusal);

/// An answer of the dialect that no rule of ours knows.
http::Response show_error(int status, std::string_view code, std::string_view message,
                          std::string_view details_json = "{}");
http::Response invalid_token();
http::Response scope_mismatch();
http::Response invalid_module();
http::Response invalid_url();
http::Response wrong_method();

}  // namespace tandem::api::crm_dialect
