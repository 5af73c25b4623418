#include <algorithm>

#include "api/crm/handlers.h"
#include "api/crm/metadata.h"
#include "api/crm/views.h"

namespace tandem::api::crm_dialect {

namespace {

constexpr int64_t recent_ms = 7 * day_ms;
constexpr size_t view_columns_max = 10;

void append_criteria(JsonWriter& json, const ModuleWords& words, const View& view) {
  json.key("criteria");
  if (view.field.empty()) {
    json.null();
    return;
  }
  const bool is_mine = view.field == "owner";
  json.begin_object().string("comparator", is_mine ? "equal" : "greater_equal");
  json.key("field").begin_object().string("api_name", words.api_name_of(view.field));
  json.id("id", id_of_name("field." + words.shape().module().name + "." + view.field));
  json.end_object().string("value", is_mine ? "${CURRENTUSER}" : "${AGEINDAYS}-7").end_object();
}

void append_view(JsonWriter& json, const Call& call, const ModuleWords& words, const View& view) {
  const records::ModuleDef& module = words.shape().module();
  json.begin_object().id("id", view.id.value).string("name", view.name);
  json.string("display_value", view.name).string("system_name", view.system_name);
  json.string("category", "public_views").boolean("default", view.field.empty());
  json.boolean("system_defined", true).string("access_type", "public").null("shared_to");
  json.key("module");
  append_module_name(json, call, module);
  append_criteria(json, words, view);
  json.key("fields").begin_array();
  size_t shown = 0;
  for (const FieldWord& word : words.fields()) {
    const bool is_hidden =
        access::field_access(call.actor, module.name, *word.field) == access::FieldAccess::hidden;
    if (is_hidden || shown++ >= view_columns_max) continue;
    json.begin_object().string("api_name", word.api_name);
    json.id("id", field_id(module, *word.field)).boolean("_pin", false).end_object();
  }
  json.end_array().null("sort_by").null("sort_order").null("favorite").boolean("offline", false);
  json.null("created_time").null("created_by").null("modified_time").null("modified_by");
  json.null("last_accessed_time").end_object();
}

/// The views for which `is_asked` says yes.
template <class IsAsked>
Result<http::Response> show_views(Call& call, const IsAsked& is_asked) {
  const records::ModuleDef* module = TRY(asked_module(call));
  const Call inner = call.about(*module);
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    records::ShapeRef shape;
    const ModuleWords words = inner.words(tx, shape);
    int count = 0;
    JsonWriter json;
    json.begin_object().key("custom_views").begin_array();
    for (const View& view : views_of(*module)) {
      if (!is_asked(view)) continue;
      append_view(json, inner, words, view);
      ++count;
    }
    if (count == 0) return not_found("the id given seems to be invalid");
    json.end_array().key("info").begin_object().number("per_page", page_rows_max);
    json.number("count", count).number("page", 1).boolean("more_records", false);
    json.id("default", views_of(*module).front().id.value).end_object();
    return http::Response::json(200, json.end_object().take());
  });
}

}  // namespace

std::vector<View> views_of(const records::ModuleDef& module) {
  const auto view = [&](const std::string& name, const char* system_name, const char* field) {
    return View{.id = RecordId{id_of_name("view." + module.name + "." + system_name)},
                .name = name,
                .system_name = system_name,
                .field = field};
  };
  const std::string& label = module.label_plural;
  std::vector<View> views{view("All " + label, "ALLVIEWS", "")};
  const bool has_owner = std::any_of(module.fields.begin(), module.fields.end(),
                                     [](const auto& field) { return field.name == "owner"; });
  if (has_owner) views.push_back(view("My " + label, "MYVIEW", "owner"));
  views.push_back(view("Recently Created " + label, "NEWVIEW", "created_at"));
  views.push_back(view("Recently Modified " + label, "MODIFIEDVIEW", "updated_at"));
  return views;
}

Result<records::Filter> filter_of_view(const Call& call, Instant now) {
  return filter_of_view(call, call.query_text("cvid"), now);
}

Result<records::Filter> filter_of_view(const Call& call, const std::string& asked, Instant now) {
  if (asked.empty()) return records::everything();
  for (const View& view : views_of(*call.module)) {
    if (to_string(view.id) != asked) continue;
    if (view.field.empty()) return records::everything();
    if (view.field == "owner") return records::field("owner").is(call.actor.id);
    return records::field(view.field).at_least(now - recent_ms);
  }
  return invalid("cvid", "not_found", "the cvid given seems to be invalid");
}

Result<http::Response> list_views(Call& call) {
  return show_views(call, [](const View&) { return true; });
}

Result<http::Response> read_view(Call& call) {
  const RecordId id = TRY(call.id());
  return show_views(call, [&](const View& view) { return view.id == id; });
}

}  // namespace tandem::api::crm_dialect
