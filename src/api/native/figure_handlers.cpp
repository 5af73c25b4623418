#include <fmt/format.h>

#include "api/native/list_query.h"
#include "api/native/sales_handlers.h"
#include "base/text.h"
#include "operations/figures.h"
#include "records/filter_compile.h"

// Counts and sums of the records that a list would show: what dashboards draw.

namespace tandem::api::native {

namespace {

constexpr size_t group_fields_max = 3;
constexpr size_t summed_fields_max = 5;

/// Names with commas between them. Refuses with invalid more than `most`.
Result<std::vector<std::string>> names_asked_for(const Call& call, std::string_view parameter,
                                                 size_t most) {
  const std::string text = call.query_text(parameter);
  if (text.empty()) return std::vector<std::string>();
  std::vector<std::string> names = split(text, ',');
  if (names.size() <= most) return names;
  return invalid(std::string(parameter), "too_many", fmt::format("Name at most {} fields.", most));
}

void append_keys(JsonWriter& json, const records::Shape& shape,
                 const std::vector<std::string>& fields, const records::Group& group) {
  json.key("keys").begin_array();
  for (size_t at = 0; at < fields.size(); ++at)
    records::append_value(json, *records::field_or_system(shape, fields[at]), group.keys[at]);
  json.end_array();
}

/// The first figure is the count, the others the sums.
void append_group(JsonWriter& json, const records::Shape& shape, const records::GroupQuery& query,
                  const records::Group& group) {
  json.begin_object();
  append_keys(json, shape, query.by, group);
  json.number("count", group.figures.front().value.number()).key("sums").begin_object();
  for (size_t at = 1; at < query.figures.size(); ++at) {
    const std::string& field = query.figures[at].field;
    json.key(field);
    records::append_value(json, *records::field_or_system(shape, field), group.figures[at].value);
  }
  json.end_object().end_object();
}

}  // namespace

Result<http::Response> show_figures(Call& call) {
  records::GroupQuery query;
  query.by = TRY(names_asked_for(call, "by", group_fields_max));
  query.figures.push_back({records::Figure::count, "id"});
  const std::vector<std::string> summed = TRY(names_asked_for(call, "sum", summed_fields_max));
  for (const std::string& field : summed) query.figures.push_back({records::Figure::sum, field});
  query.limit = records::groups_max;
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const views::ViewQuery asked = TRY(list_asked_for(tx, call));
    query.filter = asked.filter;
    const std::vector<records::Group> groups =
        TRY(operations::group_records(tx, call.actor, *call.module, query));
    const records::ShapeRef shape = call.actor.catalogue->shape(tx, call.actor.org, *call.module);
    JsonWriter json;
    json.begin_object().key("groups").begin_array();
    for (const records::Group& group : groups) append_group(json, *shape, query, group);
    json.end_array().boolean("is_whole", groups.size() < size_t(records::groups_max)).end_object();
    return http::Response::json(200, json.take());
  });
}

}  // namespace tandem::api::native
