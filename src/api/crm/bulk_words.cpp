#include "api/crm/bulk_words.h"

#include <fmt/format.h>

#include "api/crm/bulk_criteria.h"
#include "api/crm/envelope.h"
#include "api/crm/views.h"
#include "base/text.h"

namespace tandem::api::crm_dialect {

namespace {

using crm::BulkColumn;
using crm::BulkDirection;
using crm::BulkJob;
using crm::BulkOrder;
using crm::BulkState;
using crm::CellForm;

constexpr std::string_view id_name = "Id";

Refusal no_column(std::string_view name) {
  return invalid(std::string(name), "invalid_column", "column given seems to be invalid");
}

bool is_hidden(const Call& call, const ModuleWords& words, const FieldWord& word) {
  return access::field_access(call.actor, words.shape().module().name, *word.field) ==
         access::FieldAccess::hidden;
}

CellForm form_of(Form form) {
  switch (form) {
    case Form::name: return CellForm::title;
    case Form::duration: return CellForm::duration;
    default: return CellForm::plain;
  }
}

BulkColumn column_of(const FieldWord& word) {
  return {.name = word.api_name, .field = word.field->name, .form = form_of(word.form)};
}

BulkColumn relation_column(const Relation& relation) {
  return {.name = relation.api_name,
          .field = relation.fields.front(),
          .form = CellForm::relation,
          .fields = relation.fields};
}

BulkColumn system_column(std::string_view name, const std::string& field) {
  return {.name = std::string(name), .field = field};
}

std::optional<BulkColumn> relation_named(const ModuleWords& words, std::string_view name) {
  const std::optional<Relation>& relation = words.relation();
  if (!relation || ascii_lower(relation->api_name) != ascii_lower(name)) return std::nullopt;
  return relation_column(*relation);
}

/// One that a query names.
Result<BulkColumn> asked_column(const Call& call, const ModuleWords& words,
                                const std::string& name) {
  if (const FieldWord* word = words.find(name)) {
    if (is_hidden(call, words, *word)) return no_column(name);
    return column_of(*word);
  }
  if (std::optional<BulkColumn> relation = relation_named(words, name)) return std::move(*relation);
  const std::string field(system_field_of(name));
  if (field.empty()) return no_column(name);
  return system_column(name, field);
}

/// All that the person may see, when a query names none.
std::vector<BulkColumn> all_columns(const Call& call, const ModuleWords& words) {
  std::vector<BulkColumn> columns{system_column(id_name, "id")};
  for (const FieldWord& word : words.fields())
    if (!is_hidden(call, words, word)) columns.push_back(column_of(word));
  if (words.relation()) columns.push_back(relation_column(*words.relation()));
  for (const std::string_view name : {"Created_Time", "Modified_Time", "Created_By", "Modified_By"})
    columns.push_back(system_column(name, std::string(system_field_of(name))));
  return columns;
}

Result<std::vector<BulkColumn>> columns_of(const Call& call, const ModuleWords& words,
                                           const JsonObject& query) {
  const auto at = query.find("fields");
  const bool names_none = at == query.end() || at->value().is_null();
  if (names_none || (at->value().is_array() && at->value().get_array().empty()))
    return all_columns(call, words);
  if (!at->value().is_array()) return invalid("fields", "wrong_type", "Send fields as a list.");
  std::vector<BulkColumn> columns{system_column(id_name, "id")};
  for (const Json& name : at->value().get_array()) {
    if (!name.is_string()) return invalid("fields", "wrong_type", "Send fields as a list.");
    const std::string text(trim(std::string_view(name.get_string())));
    if (ascii_lower(text) == "id") continue;
    columns.push_back({});
    columns.back() = TRY(asked_column(call, words, text));
  }
  return columns;
}

/// A whole number, also as text; `absent` when there is none.
Result<int64_t> number_of(const JsonObject& object, std::string_view key, int64_t absent) {
  const auto at = object.find(key);
  if (at == object.end() || at->value().is_null()) return absent;
  if (at->value().is_int64()) return at->value().get_int64();
  const std::optional<int64_t> number =
      at->value().is_string() ? id_from_text(at->value().get_string()) : std::nullopt;
  if (!number) return invalid(std::string(key), "wrong_type", "Give a whole number.");
  return *number;
}

}  // namespace

Result<const records::ModuleDef*> bulk_module_of(const Call& call, const JsonObject& object) {
  const auto at = object.find("module");
  if (at == object.end())
    return invalid("module", "param_missing", "One of the expected parameter is missing");
  const std::string name = at->value().is_string() ? std::string(at->value().get_string())
                                                   : text_of(at->value(), "api_name");
  const records::ModuleDef* module = module_of_word(*call.actor.catalogue, call.edition, name);
  if (!module)
    return invalid("module", "invalid_module", "the module name given seems to be invalid");
  return module;
}

Result<BulkOrder> order_of_query(db::Transaction& tx, const Call& call, const JsonObject& query) {
  records::ShapeRef shape;
  const ModuleWords words = call.words(tx, shape);
  BulkOrder order{.direction = BulkDirection::read, .module = call.module->name};
  order.columns = TRY(columns_of(call, words, query));
  order.page = TRY(number_of(query, "page", 1));
  const auto view = query.find("cvid");
  const bool has_view = view != query.end() && view->value().is_string();
  records::Filter of_view = TRY(
      filter_of_view(tx, call, has_view ? std::string(view->value().get_string()) : std::string()));
  const auto token = query.find("page_token");
  if (token != query.end() && token->value().is_string())
    order.cursor = std::string(token->value().get_string());
  const auto criteria = query.find("criteria");
  if (criteria == query.end() || criteria->value().is_null()) {
    order.filter = std::move(of_view);
    return order;
  }
  const Condition condition = TRY(condition_of_bulk(criteria->value()));
  records::Filter asked = TRY(filter_of(tx, call, words, condition));
  order.filter = records::all_of({std::move(of_view), std::move(asked)});
  return order;
}

namespace {

/// A field of a module whose records are found by it, in our words.
Result<std::string> found_by(const ModuleWords& words, std::string_view name) {
  if (ascii_lower(name) == "name") return std::string("title");
  std::string field = words.field_of(name);
  if (field.empty()) return invalid("find_by", "not_a_choice", "invalid field");
  return field;
}

Result<std::string> link_found_by(db::Transaction& tx, const Call& call, const FieldWord* word,
                                  std::string_view name) {
  if (name.empty()) return std::string();
  const records::ModuleDef* other =
      word ? call.actor.catalogue->find(linked_module(*word->field)) : nullptr;
  if (!other) return invalid("find_by", "not_a_choice", "Only lookups are found by a field.");
  const records::ShapeRef shape = call.actor.catalogue->shape(tx, call.actor.org, *other);
  return found_by(ModuleWords(call.edition, *shape), name);
}

class Mapping {
 public:
  Mapping(db::Transaction& tx, const Call& call, const ModuleWords& words,
          const std::vector<std::string>& headings)
      : tx_(tx), call_(call), words_(words), headings_(headings) {}

  Result<std::vector<BulkColumn>> listed(const JsonArray& mappings) {
    std::vector<BulkColumn> columns;
    for (const Json& mapping : mappings) {
      if (!mapping.is_object())
        return invalid("field_mappings", "wrong_type", "Send field_mappings as a list of objects.");
      columns.push_back({});
      columns.back() = TRY(mapped(mapping));
    }
    return columns;
  }

  /// The headings are the api names; what the program writes itself is left aside.
  Result<std::vector<BulkColumn>> by_headings(crm::BulkOperation operation) {
    std::vector<BulkColumn> columns;
    for (size_t at = 0; at < headings_.size(); ++at) {
      const FieldWord* word = words_.find(headings_[at]);
      if (word && word->field->written_by == records::WrittenBy::system) continue;
      const std::string_view field = word ? "" : system_field_of(headings_[at]);
      const bool is_left_aside =
          !field.empty() && (field != "id" || operation == crm::BulkOperation::insert);
      if (is_left_aside) continue;
      columns.push_back({});
      columns.back() = TRY(named(headings_[at]));
      columns.back().index = int(at);
    }
    return columns;
  }

 private:
  Result<BulkColumn> named(const std::string& name) {
    if (const FieldWord* word = words_.find(name)) return column_of(*word);
    if (ascii_lower(name) == "id") return system_column(id_name, "id");
    if (std::optional<BulkColumn> relation = relation_named(words_, name))
      return std::move(*relation);
    return no_column(name);
  }

  Result<BulkColumn> mapped(const Json& mapping) {
    const std::string name = text_of(mapping, "api_name");
    BulkColumn column = TRY(named(name));
    column.index = TRY(index_of(mapping, name));
    if (const Json* absent = find(mapping, "default_value")) {
      const Json* value = absent->is_object() ? find(*absent, "value") : absent;
      if (value && !value->is_null())
        column.absent =
            value->is_string() ? std::string(value->get_string()) : json_to_text(*value);
    }
    const std::string format = text_of(mapping, "format");
    if (!format.empty() && !format.starts_with("yyyy-MM-dd"))
      return invalid("format", "not_supported", "Write days as yyyy-MM-dd.");
    column.found_by =
        TRY(link_found_by(tx_, call_, words_.find(name), text_of(mapping, "find_by")));
    return column;
  }

  /// By its number, or by its heading: the one that is given, or the field's own name.
  Result<int> index_of(const Json& mapping, const std::string& name) {
    const int64_t number = TRY(number_of(mapping.get_object(), "index", -1));
    const auto columns = int64_t(headings_.size());
    if (number >= columns || number < -1)
      return invalid("index", "out_of_range", "The file has no such column.");
    if (number >= 0) return int(number);
    const std::string given = text_of(mapping, "header");
    const std::string wanted = ascii_lower(given.empty() ? name : given);
    for (size_t at = 0; at < headings_.size(); ++at)
      if (ascii_lower(headings_[at]) == wanted) return int(at);
    if (given.empty() && find(mapping, "default_value")) return -1;
    return invalid("header", "not_found", "The file has no such column.");
  }

  db::Transaction& tx_;
  const Call& call_;
  const ModuleWords& words_;
  const std::vector<std::string>& headings_;
};

}  // namespace

Result<BulkOrder> order_of_resource(db::Transaction& tx, const Call& call,
                                    const JsonObject& resource, crm::BulkOperation operation,
                                    const std::vector<std::string>& headings) {
  records::ShapeRef shape;
  const ModuleWords words = call.words(tx, shape);
  BulkOrder order{.direction = BulkDirection::write,
                  .module = call.module->name,
                  .operation = operation,
                  .cells = int64_t(headings.size())};
  Mapping mapping(tx, call, words, headings);
  const auto listed = resource.find("field_mappings");
  const bool is_listed = listed != resource.end() && listed->value().is_array() &&
                         !listed->value().get_array().empty();
  order.columns =
      TRY(is_listed ? mapping.listed(listed->value().get_array()) : mapping.by_headings(operation));
  if (operation != crm::BulkOperation::insert) {
    const auto by = resource.find("find_by");
    const bool is_given = by != resource.end() && by->value().is_string();
    order.found_by =
        TRY(found_by(words, is_given ? std::string_view(by->value().get_string()) : "id"));
  }
  const auto ignores = resource.find("ignore_empty");
  order.ignores_empty =
      ignores != resource.end() && ignores->value().is_bool() && ignores->value().get_bool();
  return order;
}

namespace {

std::string_view state_word(const BulkJob& job) {
  const bool is_read = job.order.direction == BulkDirection::read;
  switch (job.state) {
    case BulkState::added: return "ADDED";
    case BulkState::running: return is_read ? "IN PROGRESS" : "INPROGRESS";
    case BulkState::completed: return "COMPLETED";
    case BulkState::failed: return is_read ? "FAILURE" : "FAILED";
  }
  return "";
}

std::string result_address(const BulkJob& job) {
  return fmt::format("{}/{}/{}/result", job.base, crm::word(job.order.direction),
                     to_string(job.id));
}

/// The parts of what was asked, as it was asked.
void append_asked(JsonWriter& json, const BulkJob& job, std::string_view key,
                  std::string_view shown_as = "") {
  const Result<Json> asked = json_from_text(job.asked_json);
  const Json* part = asked ? find(*asked, key) : nullptr;
  if (part) json.key(shown_as.empty() ? key : shown_as).value(*part);
}

void append_read(JsonWriter& json, const BulkJob& job) {
  json.string("operation", "read").string("state", state_word(job));
  append_asked(json, job, "query");
  append_asked(json, job, "callback");
  json.string("file_type", "csv");
  if (job.state == BulkState::failed) {
    json.key("result").begin_object().key("error_message").begin_object();
    json.string("code", job.fault).end_object().end_object();
  }
  if (job.state != BulkState::completed) return;
  json.key("result").begin_object().number("page", job.order.page);
  json.number("count", job.counts.done).string("download_url", result_address(job));
  json.number("per_page", crm::bulk_read_rows_max);
  json.boolean("more_records", !job.next_cursor.empty()).key("next_page_token");
  job.next_cursor.empty() ? json.null() : json.string(job.next_cursor);
  json.end_object();
}

void append_resource(JsonWriter& json, const BulkJob& job) {
  const Result<Json> asked = json_from_text(job.asked_json);
  const Json* resources = asked ? find(*asked, "resource") : nullptr;
  JsonObject resource;
  if (resources && resources->is_array() && !resources->get_array().empty() &&
      resources->get_array().front().is_object())
    resource = resources->get_array().front().get_object();
  json.key("resource").begin_array().begin_object().string("status", state_word(job));
  resource.erase("status");
  resource.erase("file");
  for (const auto& member : resource) json.key(member.key()).value(member.value());
  json.key("file").begin_object().string("status", state_word(job));
  json.string("name", job.file_name).number("added_count", job.counts.added);
  json.number("updated_count", job.counts.updated);
  json.number("skipped_count", job.counts.skipped);
  json.number("total_count", job.counts.done).end_object();
  if (!job.fault.empty()) json.string("message", job.fault).string("code", job.fault);
  json.end_object().end_array();
}

void append_write(JsonWriter& json, const BulkFace& face, const BulkJob& job) {
  json.string("status", state_word(job)).string("character_encoding", "UTF-8");
  json.string("operation", crm::word(job.order.operation));
  append_resource(json, job);
  append_asked(json, job, "callback");
  if (job.result_file == 0) return;
  json.key("result").begin_object();
  json.string("download_url", face.base_url + result_address(job)).end_object();
}

}  // namespace

void append_asker(JsonWriter& json, db::Transaction& tx, const BulkFace& face, const BulkJob& job) {
  LinkNames names;
  names.look_up(tx, access::system_actor(face.catalogue, job.org, access::Path::system), "agents",
                {job.agent.value});
  append_member(json, "created_by", names, job.agent);
}

void append_bulk_job(JsonWriter& json, db::Transaction& tx, const BulkFace& face,
                     const BulkJob& job) {
  json.id("id", job.id.value);
  job.order.direction == BulkDirection::read ? append_read(json, job)
                                             : append_write(json, face, job);
  append_asker(json, tx, face, job);
  json.string("created_time", moment_text(job.created_at));
}

std::string bulk_callback_body(db::Transaction& tx, const access::Applications& applications,
                               const std::string& base_url, const BulkJob& job) {
  JsonWriter json;
  json.begin_object().id("job_id", job.id.value);
  append_bulk_job(json, tx, {*applications.find(job.app), base_url}, job);
  return json.end_object().take();
}

}  // namespace tandem::api::crm_dialect
