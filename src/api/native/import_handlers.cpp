#include "api/native/import_handlers.h"

#include <fmt/format.h>

#include "api/imported_apps.h"
#include "api/native/answers.h"
#include "base/text.h"
#include "http/multipart.h"
#include "imports/import_customers.h"
#include "imports/import_file.h"
#include "imports/import_names.h"
#include "imports/import_text.h"
#include "imports/import_values.h"
#include "imports/imports.h"

namespace tandem::api::native {

namespace {

imports::Imports imports_of(const Call& call) {
  return {.database = call.services.database,
          .files = call.services.files,
          .applications = call.services.applications,
          .apps = imported_apps()};
}

void append_import(JsonWriter& json, const Call& call, const imports::Import& import) {
  const imports::ImportCounts& counts = import.counts;
  json.begin_object().id("id", import.id.value).string("module", import.module);
  json.string("state", imports::word(import.state)).string("file_name", import.file_name);
  json.number("size_bytes", import.size_bytes);
  json.key("by").begin_object().id("id", import.agent.value);
  json.string("name", import.agent_name).end_object();
  json.boolean("is_own", import.agent == call.actor.id);
  json.string("created_at", to_iso(import.created_at));
  const auto moment = [](Instant at) { return at.ms == 0 ? std::nullopt : std::optional(at); };
  append_moment(json, "started_at", moment(import.started_at));
  append_moment(json, "ended_at", moment(import.ended_at));
  json.string("fault", import.fault).key("counts").begin_object();
  json.number("total", counts.total).number("done", counts.done).number("added", counts.added);
  json.number("updated", counts.updated).number("skipped", counts.skipped);
  json.number("refused", counts.refused).number("contacts_added", counts.contacts_added);
  json.number("accounts_added", counts.accounts_added).end_object();
  json.raw("settings", imports::settings_to_json(import.settings));
}

void append_texts(JsonWriter& json, std::string_view key, const std::vector<std::string>& texts) {
  json.key(key).begin_array();
  for (const std::string& text : texts) json.string(text);
  json.end_array();
}

/// What a person needs to say what the columns mean.
void append_choices(JsonWriter& json, const Call& call, const imports::Import& import,
                    const records::Shape& shape) {
  const access::Actor& actor = call.actor;
  const imports::ImportedApp& app = imports_of(call).of(actor.catalogue->app());
  const imports::ImportedModule& imported = *app.find(import.module);
  json.key("fields").begin_array();
  const auto append = [&](std::string_view name, std::string_view label, bool is_required) {
    json.begin_object().string("name", name).string("label", label);
    json.boolean("required", is_required).end_object();
  };
  append("id", "Id", false);
  if (imports::may_be_column(actor, imported, shape, imports::full_name_column))
    append(imports::full_name_column, "Whole name", false);
  for (const records::FieldDef& field : shape.fields()) {
    if (!imports::may_be_column(actor, imported, shape, field.name)) continue;
    append(field.name, field.label, field.required && field.default_value.is_null());
  }
  if (imports::may_be_column(actor, imported, shape, imports::created_column))
    append(imports::created_column, "Created", false);
  json.end_array();
  append_texts(json, "match_fields", imports::match_fields(actor, imported, shape));
  append_texts(json, "encodings", imports::import_encodings());
  json.key("customers").begin_array();
  for (const records::ModuleDef* customers : imports::customers_in(shape, import.settings))
    json.string(customers->name);
  json.end_array();
}

/// With its first rows, as long as the file is there.
std::string import_json(Call& call, const imports::Import& import) {
  const Result<imports::ImportFile> file =
      imports::open_import_file(imports_of(call), call.actor.org, import);
  return call.database().read([&](db::Transaction& tx) {
    JsonWriter json;
    append_import(json, call, import);
    if (file) {
      const imports::ImportPreview preview = imports::preview_of(*file, import.settings.separator);
      append_texts(json, "headings", preview.headings);
      json.key("rows").begin_array();
      for (const std::vector<std::string>& row : preview.rows) {
        json.begin_array();
        for (const std::string& cell : row) json.string(cell);
        json.end_array();
      }
      json.end_array();
    }
    const records::ModuleDef& module = *call.actor.catalogue->find(import.module);
    append_choices(json, call, import, *call.actor.catalogue->shape(tx, call.actor.org, module));
    return json.end_object().take();
  });
}

Result<imports::Import> asked_for(Call& call) {
  const RecordId id = TRY(call.id());
  return call.database().read([&](db::Transaction& tx) -> Result<imports::Import> {
    return imports::find_import(tx, call.actor, id);
  });
}

Result<http::Response> begin(Call& call, imports::ImportRun run) {
  const RecordId id = TRY(call.id());
  const imports::Import import =
      TRY(call.database().write([&](db::Transaction& tx) -> Result<imports::Import> {
        return imports::begin_import(tx, imports_of(call), call.actor, id, run);
      }));
  call.services.wake();
  return http::Response::json(200, import_json(call, import));
}

}  // namespace

Result<http::Response> list_imports(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    JsonWriter json;
    json.begin_object().key("imports").begin_array();
    for (const imports::Import& import : imports::list_imports(tx, call.actor)) {
      append_import(json, call, import);
      json.end_object();
    }
    json.end_array().key("modules").begin_array();
    for (const imports::ImportedModule& each :
         imports_of(call).of(call.actor.catalogue->app()).modules) {
      if (access::has_right(call.actor, each.name, access::Right::import)) json.string(each.name);
    }
    json.end_array().end_object();
    return http::Response::json(200, json.take());
  });
}

Result<http::Response> upload_import(Call& call) {
  const std::vector<http::FormPart> parts =
      TRY(http::read_multipart(call.request.header("Content-Type"), call.request.body));
  imports::NewImport asked;
  bool has_file = false;
  for (const http::FormPart& part : parts) {
    if (part.name == "module") asked.module = part.bytes;
    if (part.name != "file") continue;
    asked.file_name = part.filename;
    asked.bytes = part.bytes;
    has_file = true;
  }
  if (!has_file) return invalid("file", "required", "Send the file as the form field \"file\".");
  const imports::Import import = TRY(imports::add_import(imports_of(call), call.actor, asked));
  return http::Response::json(201, import_json(call, import));
}

Result<http::Response> show_import(Call& call) {
  const imports::Import import = TRY(asked_for(call));
  if (call.query_text("brief") != "1") return http::Response::json(200, import_json(call, import));
  JsonWriter json;
  append_import(json, call, import);
  return http::Response::json(200, json.end_object().take());
}

Result<http::Response> change_import(Call& call) {
  const RecordId id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  const imports::Import import =
      TRY(imports::change_import(imports_of(call), call.actor, id, Json(body)));
  return http::Response::json(200, import_json(call, import));
}

Result<http::Response> check_import(Call& call) { return begin(call, imports::ImportRun::check); }

Result<http::Response> start_import(Call& call) { return begin(call, imports::ImportRun::import); }

Result<http::Response> stop_import(Call& call) {
  const RecordId id = TRY(call.id());
  const imports::Import import =
      TRY(call.database().write([&](db::Transaction& tx) -> Result<imports::Import> {
        return imports::stop_import(tx, call.actor, id);
      }));
  return http::Response::json(200, import_json(call, import));
}

Result<http::Response> list_import_faults(Call& call) {
  const imports::Import import = TRY(asked_for(call));
  const std::vector<std::string> cursor = split(call.query_text("cursor"), '.');
  imports::FaultPlace after;
  if (cursor.size() == 2) {
    after.line = id_from_text(cursor[0]).value_or(0);
    after.place = id_from_text(cursor[1]).value_or(0);
  }
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::vector<imports::ImportFault> faults =
        imports::list_import_faults(tx, call.actor.org, import, after);
    JsonWriter json;
    json.begin_object().key("faults").begin_array();
    for (const imports::ImportFault& fault : faults) {
      json.begin_object().number("line", fault.line).string("field", fault.field);
      json.string("code", fault.code).string("message", fault.message);
      json.string("value", fault.value).end_object();
    }
    json.end_array();
    const bool has_more = faults.size() == size_t(imports::import_faults_page);
    append_cursor(json, "next_cursor",
                  has_more ? fmt::format("{}.{}", faults.back().line, faults.back().place) : "");
    return http::Response::json(200, json.end_object().take());
  });
}

Result<http::Response> list_import_reasons(Call& call) {
  const imports::Import import = TRY(asked_for(call));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    JsonWriter json;
    json.begin_object().key("reasons").begin_array();
    for (const imports::ImportReason& reason :
         imports::list_import_reasons(tx, call.actor.org, import)) {
      json.begin_object().string("field", reason.field).string("code", reason.code);
      json.string("message", reason.message).end_object();
    }
    json.end_array().end_object();
    return http::Response::json(200, json.take());
  });
}

namespace {

constexpr size_t report_words_max = 20;
constexpr size_t report_word_bytes_max = 2'000;

Result<std::string> word_in(const JsonObject& object, const char* key) {
  const Json* json = object.if_contains(key);
  const bool is_word =
      json && json->is_string() && json->as_string().size() <= report_word_bytes_max;
  if (!is_word) return invalid(key, "wrong_type", fmt::format("Send {} as a short text.", key));
  return std::string(json->as_string());
}

Result<imports::ReportWords> report_words(const JsonObject& body) {
  imports::ReportWords words;
  if (const Json* json = body.if_contains("words")) {
    if (!json->is_object() || json->as_object().size() > report_words_max)
      return invalid("words", "wrong_type", "Send words as an object of at most 20 texts.");
    for (const auto& pair : json->as_object()) {
      const std::string key(pair.key());
      words.words[key] = TRY(word_in(json->as_object(), key.c_str()));
    }
  }
  if (const Json* json = body.if_contains("reasons")) {
    if (!json->is_array() || json->as_array().size() > size_t(imports::import_reasons_max))
      return invalid("reasons", "wrong_type", "Send reasons as a list of at most 200 objects.");
    for (const Json& each : json->as_array()) {
      if (!each.is_object())
        return invalid("reasons", "wrong_type", "Send reasons as a list of objects.");
      const std::string field = TRY(word_in(each.as_object(), "field"));
      const std::string code = TRY(word_in(each.as_object(), "code"));
      const std::string text = TRY(word_in(each.as_object(), "text"));
      words.reasons[{field, code}] = text;
    }
  }
  return words;
}

Result<imports::ReportedRows> reported_rows(std::string_view word) {
  if (word.empty() || word == "refused") return imports::ReportedRows::refused;
  if (word == "all") return imports::ReportedRows::all;
  return invalid("rows", "not_a_choice", "Ask for the rows refused or all.");
}

Result<http::Response> report(Call& call, imports::ReportedRows rows,
                              const imports::ReportWords& words) {
  const imports::Import import = TRY(asked_for(call));
  http::Response response;
  response.body =
      TRY(imports::report_of_import(imports_of(call), call.actor.org, import, rows, words));
  response.content_type = "text/csv; charset=utf-8";
  const bool is_all = rows == imports::ReportedRows::all;
  response.set_header(
      "Content-Disposition",
      http::content_disposition(http::Disposition::attachment,
                                (is_all ? "report-" : "refused-") + import.file_name));
  response.set_header("X-Content-Type-Options", "nosniff");
  response.set_header("Cache-Control", "no-store");
  return response;
}

}  // namespace

Result<http::Response> show_import_report(Call& call) {
  const imports::ReportedRows rows = TRY(reported_rows(call.query_text("rows")));
  return report(call, rows, {});
}

Result<http::Response> write_import_report(Call& call) {
  const JsonObject body = TRY(call.body());
  const Json* asked = body.if_contains("rows");
  const imports::ReportedRows rows =
      TRY(reported_rows(asked && asked->is_string() ? std::string_view(asked->as_string()) : ""));
  const imports::ReportWords words = TRY(report_words(body));
  return report(call, rows, words);
}

Result<http::Response> remove_import(Call& call) {
  const RecordId id = TRY(call.id());
  TRY(imports::remove_import(imports_of(call), call.actor, id));
  return http::Response::no_content();
}

}  // namespace tandem::api::native
