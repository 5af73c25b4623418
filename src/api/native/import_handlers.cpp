#include "api/native/import_handlers.h"

#include <fmt/format.h>

#include "api/native/answers.h"
#include "base/text.h"
#include "desk/imports/import_file.h"
#include "desk/imports/import_names.h"
#include "desk/imports/import_text.h"
#include "desk/imports/import_values.h"
#include "desk/imports/imports.h"
#include "http/multipart.h"

namespace tandem::api::native {

namespace {

void append_import(JsonWriter& json, const Call& call, const desk::Import& import) {
  const desk::ImportCounts& counts = import.counts;
  json.begin_object().id("id", import.id.value).string("module", import.module);
  json.string("state", desk::word(import.state)).string("file_name", import.file_name);
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
  json.raw("settings", desk::settings_to_json(import.settings));
}

void append_texts(JsonWriter& json, std::string_view key, const std::vector<std::string>& texts) {
  json.key(key).begin_array();
  for (const std::string& text : texts) json.string(text);
  json.end_array();
}

/// What a person needs to say what the columns mean.
void append_choices(JsonWriter& json, const access::Actor& actor, const records::Shape& shape) {
  json.key("fields").begin_array();
  const auto append = [&](std::string_view name, std::string_view label, bool is_required) {
    json.begin_object().string("name", name).string("label", label);
    json.boolean("required", is_required).end_object();
  };
  append("id", "Id", false);
  if (desk::may_be_column(actor, shape, desk::full_name_column))
    append(desk::full_name_column, "Whole name", false);
  for (const records::FieldDef& field : shape.fields()) {
    if (!desk::may_be_column(actor, shape, field.name)) continue;
    append(field.name, field.label, field.required && field.default_value.is_null());
  }
  if (desk::may_be_column(actor, shape, desk::created_column))
    append(desk::created_column, "Created", false);
  json.end_array();
  append_texts(json, "match_fields", desk::match_fields(actor, shape));
  append_texts(json, "encodings", desk::import_encodings());
}

/// With its first rows, as long as the file is there.
std::string import_json(Call& call, const desk::Import& import) {
  const Result<desk::ImportFile> file =
      desk::open_import_file(call.services.desk, call.actor.org, import);
  return call.database().read([&](db::Transaction& tx) {
    JsonWriter json;
    append_import(json, call, import);
    if (file) {
      const desk::ImportPreview preview = desk::preview_of(*file, import.settings.separator);
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
    append_choices(json, call.actor, *call.actor.catalogue->shape(tx, call.actor.org, module));
    return json.end_object().take();
  });
}

Result<desk::Import> asked_for(Call& call) {
  const RecordId id = TRY(call.id());
  return call.database().read([&](db::Transaction& tx) -> Result<desk::Import> {
    return desk::find_import(tx, call.actor, id);
  });
}

Result<http::Response> begin(Call& call, desk::ImportRun run) {
  const RecordId id = TRY(call.id());
  const desk::Import import =
      TRY(call.database().write([&](db::Transaction& tx) -> Result<desk::Import> {
        return desk::begin_import(tx, call.actor, id, run);
      }));
  call.services.wake();
  return http::Response::json(200, import_json(call, import));
}

}  // namespace

Result<http::Response> list_imports(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    JsonWriter json;
    json.begin_object().key("imports").begin_array();
    for (const desk::Import& import : desk::list_imports(tx, call.actor)) {
      append_import(json, call, import);
      json.end_object();
    }
    json.end_array().key("modules").begin_array();
    for (const std::string& name : desk::importable_modules()) {
      if (access::has_right(call.actor, name, access::Right::import)) json.string(name);
    }
    json.end_array().end_object();
    return http::Response::json(200, json.take());
  });
}

Result<http::Response> upload_import(Call& call) {
  const std::vector<http::FormPart> parts =
      TRY(http::read_multipart(call.request.header("Content-Type"), call.request.body));
  desk::NewImport asked;
  bool has_file = false;
  for (const http::FormPart& part : parts) {
    if (part.name == "module") asked.module = part.bytes;
    if (part.name != "file") continue;
    asked.file_name = part.filename;
    asked.bytes = part.bytes;
    has_file = true;
  }
  if (!has_file) return invalid("file", "required", "Send the file as the form field \"file\".");
  const desk::Import import = TRY(desk::add_import(call.services.desk, call.actor, asked));
  return http::Response::json(201, import_json(call, import));
}

Result<http::Response> show_import(Call& call) {
  const desk::Import import = TRY(asked_for(call));
  if (call.query_text("brief") != "1") return http::Response::json(200, import_json(call, import));
  JsonWriter json;
  append_import(json, call, import);
  return http::Response::json(200, json.end_object().take());
}

Result<http::Response> change_import(Call& call) {
  const RecordId id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  const desk::Import import =
      TRY(desk::change_import(call.services.desk, call.actor, id, Json(body)));
  return http::Response::json(200, import_json(call, import));
}

Result<http::Response> check_import(Call& call) { return begin(call, desk::ImportRun::check); }

Result<http::Response> start_import(Call& call) { return begin(call, desk::ImportRun::import); }

Result<http::Response> stop_import(Call& call) {
  const RecordId id = TRY(call.id());
  const desk::Import import =
      TRY(call.database().write([&](db::Transaction& tx) -> Result<desk::Import> {
        return desk::stop_import(tx, call.actor, id);
      }));
  return http::Response::json(200, import_json(call, import));
}

Result<http::Response> list_import_faults(Call& call) {
  const desk::Import import = TRY(asked_for(call));
  const std::vector<std::string> cursor = split(call.query_text("cursor"), '.');
  desk::FaultPlace after;
  if (cursor.size() == 2) {
    after.line = id_from_text(cursor[0]).value_or(0);
    after.place = id_from_text(cursor[1]).value_or(0);
  }
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::vector<desk::ImportFault> faults =
        desk::list_import_faults(tx, call.actor.org, import, after);
    JsonWriter json;
    json.begin_object().key("faults").begin_array();
    for (const desk::ImportFault& fault : faults) {
      json.begin_object().number("line", fault.line).string("field", fault.field);
      json.string("code", fault.code).string("message", fault.message);
      json.string("value", fault.value).end_object();
    }
    json.end_array();
    const bool has_more = faults.size() == size_t(desk::import_faults_page);
    append_cursor(json, "next_cursor",
                  has_more ? fmt::format("{}.{}", faults.back().line, faults.back().place) : "");
    return http::Response::json(200, json.end_object().take());
  });
}

Result<http::Response> list_import_reasons(Call& call) {
  const desk::Import import = TRY(asked_for(call));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    JsonWriter json;
    json.begin_object().key("reasons").begin_array();
    for (const desk::ImportReason& reason : desk::list_import_reasons(tx, call.actor.org, import)) {
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

Result<desk::ReportWords> report_words(const JsonObject& body) {
  desk::ReportWords words;
  if (const Json* json = body.if_contains("words")) {
    if (!json->is_object() || json->as_object().size() > report_words_max)
      return invalid("words", "wrong_type", "Send words as an object of at most 20 texts.");
    for (const auto& pair : json->as_object()) {
      const std::string key(pair.key());
      words.words[key] = TRY(word_in(json->as_object(), key.c_str()));
    }
  }
  if (const Json* json = body.if_contains("reasons")) {
    if (!json->is_array() || json->as_array().size() > size_t(desk::import_reasons_max))
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

Result<desk::ReportedRows> reported_rows(std::string_view word) {
  if (word.empty() || word == "refused") return desk::ReportedRows::refused;
  if (word == "all") return desk::ReportedRows::all;
  return invalid("rows", "not_a_choice", "Ask for the rows refused or all.");
}

Result<http::Response> report(Call& call, desk::ReportedRows rows, const desk::ReportWords& words) {
  const desk::Import import = TRY(asked_for(call));
  http::Response response;
  response.body =
      TRY(desk::report_of_import(call.services.desk, call.actor.org, import, rows, words));
  response.content_type = "text/csv; charset=utf-8";
  const bool is_all = rows == desk::ReportedRows::all;
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
  const desk::ReportedRows rows = TRY(reported_rows(call.query_text("rows")));
  return report(call, rows, {});
}

Result<http::Response> write_import_report(Call& call) {
  const JsonObject body = TRY(call.body());
  const Json* asked = body.if_contains("rows");
  const desk::ReportedRows rows =
      TRY(reported_rows(asked && asked->is_string() ? std::string_view(asked->as_string()) : ""));
  const desk::ReportWords words = TRY(report_words(body));
  return report(call, rows, words);
}

Result<http::Response> remove_import(Call& call) {
  const RecordId id = TRY(call.id());
  TRY(desk::remove_import(call.services.desk, call.actor, id));
  return http::Response::no_content();
}

}  // namespace tandem::api::native
