#include "api/desk/envelope.h"
#include "api/desk/handlers.h"
#include "api/desk/words.h"
#include "base/text.h"
#include "desk/modules.h"

// Numbers of tickets, each from an index and up to records::count_cap.

namespace tandem::api::desk_dialect {

namespace {

using records::Filter;

constexpr size_t counted_fields_max = 5;

Result<int64_t> count(db::Transaction& tx, const Call& call, std::vector<Filter> parts) {
  const records::Count found = TRY(operations::count_records(tx, call.actor, desk::tickets_module(),
                                                             records::all_of(std::move(parts))));
  return found.value;
}

Result<Filter> in_department(const Call& call) {
  const std::vector<records::Value> department = TRY(call.query_ids("departmentId", 1));
  if (department.empty()) return records::everything();
  return records::field("department").is(department.front());
}

}  // namespace

/// {"status":[{"value":"Open","count":"3"},…]} of the fields that `field` names.
Result<http::Response> count_tickets_by_values(Call& call) {
  const std::vector<std::string> keys = split(call.query_text("field"), ',');
  if (call.query_text("field").empty() || keys.size() > counted_fields_max) {
    return invalid("field", "required", "Name one to five of status, priority and channel.");
  }
  const Filter department = TRY(in_department(call));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const records::ShapeRef shape = call.actor.catalogue->shape(tx, call.actor.org, *call.module);
    JsonWriter json;
    json.begin_object();
    for (const std::string& text : keys) {
      const std::string key(trim(text));
      const FieldWord* word = find_word(*call.module, key);
      if (!word || (key != "status" && key != "priority" && key != "channel")) {
        return invalid("field", "not_a_choice", "Name status, priority or channel.");
      }
      const records::FieldDef* field = shape->find(word->field);
      json.key(key).begin_array();
      for (const records::ChoiceOption& choice : field->choices) {
        const int64_t found = TRY(count(
            tx, call, {department, records::field(std::string(word->field)).is(choice.name)}));
        json.begin_object().string("value", label_of(*field, choice.name));
        json.string("count", std::to_string(found)).end_object();
      }
      json.end_array();
    }
    json.end_object();
    return http::Response::json(200, json.take());
  });
}

}  // namespace tandem::api::desk_dialect
