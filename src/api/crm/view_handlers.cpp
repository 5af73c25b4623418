#include <algorithm>
#include <array>

#include "access/roles.h"
#include "api/crm/criteria_words.h"
#include "api/crm/envelope.h"
#include "api/crm/handlers.h"
#include "api/crm/metadata.h"
#include "api/crm/views.h"
#include "crm/views/views.h"
#include "records/filter_compile.h"
#include "views/custom_view_query.h"

namespace tandem::api::crm_dialect {

namespace {

constexpr size_t view_columns_max = 10;

/// The dialect's name of a ready view, and what it asks for in the dialect's words.
struct ReadyWord {
  std::string_view name;
  std::string_view system_name;
  std::string_view field;  // of our own; "" asks for nothing
  std::string_view comparator;
  std::string_view value;
};
constexpr std::array ready_words{
    ReadyWord{"all", "ALLVIEWS", "", "", ""},
    ReadyWord{"mine", "MYVIEW", "owner", "equal", "${CURRENTUSER}"},
    ReadyWord{"recently_created", "NEWVIEW", "created_at", "greater_equal", "${AGEINDAYS}-7"},
    ReadyWord{"recently_changed", "MODIFIEDVIEW", "updated_at", "greater_equal", "${AGEINDAYS}-7"}};

const ReadyWord& word_of(std::string_view name) {
  return *std::find_if(ready_words.begin(), ready_words.end(),
                       [&](const ReadyWord& word) { return word.name == name; });
}

/// The views of one module, as its caller has them.
class ViewWriter {
 public:
  ViewWriter(db::Transaction& tx, const Call& call, const ModuleWords& words)
      : tx_(tx), call_(call), words_(words) {}

  void append(JsonWriter& json, const ReadyView& view) const {
    const ReadyWord& word = word_of(view.name);
    json.begin_object().id("id", view.id.value).string("name", view.label);
    json.string("display_value", view.label).string("system_name", view.system_name);
    json.string("category", "public_views").boolean("default", word.field.empty());
    json.boolean("system_defined", true).string("access_type", "public").null("shared_to");
    append_module(json);
    append_ready_criteria(json, word);
    append_fields(json, {});
    json.null("sort_by").null("sort_order");
    append_rest(json);
  }

  void append(JsonWriter& json, const views::CustomView& view) const {
    const bool is_own = view.owner == call_.actor.id;
    json.begin_object().id("id", view.id.value).string("name", view.name);
    json.string("display_value", view.name).null("system_name");
    json.string("category", is_own ? "created_by_me" : "shared_with_me").boolean("default", false);
    json.boolean("system_defined", false).string("access_type", access_word(view));
    append_audience(json, view);
    append_module(json);
    json.key("criteria");
    const Result<Json> conditions = json_from_text(view.filter_json);
    const Result<records::Filter> filter =
        conditions ? views::view_conditions(tx_, call_.actor, viewed(), *conditions)
                   : Result<records::Filter>(conditions.error());
    if (filter) {
      append_criteria(json, words_, *filter);
    } else {
      json.null();
    }
    append_fields(json, view.columns);
    append_sort(json, view.sort);
    append_rest(json);
  }

 private:
  const records::ModuleDef& module() const { return words_.shape().module(); }
  views::ViewedModule viewed() const { return crm::viewed_module(module()); }

  bool is_hidden(const records::FieldDef& field) const {
    return access::field_access(call_.actor, module().name, field) == access::FieldAccess::hidden;
  }

  void append_module(JsonWriter& json) const {
    json.key("module");
    append_module_name(json, call_, module());
  }

  void append_ready_criteria(JsonWriter& json, const ReadyWord& word) const {
    json.key("criteria");
    if (word.field.empty()) {
      json.null();
      return;
    }
    const std::string field(word.field);
    json.begin_object().string("comparator", word.comparator).key("field").begin_object();
    json.string("api_name", words_.api_name_of(field));
    json.id("id", id_of_name("field." + module().name + "." + field)).end_object();
    json.string("value", word.value).end_object();
  }

  static std::string_view access_word(const views::CustomView& view) {
    switch (view.audience) {
      case views::ViewAudience::owner: return "only_to_me";
      case views::ViewAudience::everybody: return "public";
      case views::ViewAudience::departments:
      case views::ViewAudience::roles: return "shared";
    }
    return "";
  }

  void append_audience(JsonWriter& json, const views::CustomView& view) const {
    json.key("shared_to");
    if (view.audience != views::ViewAudience::roles) {
      json.null();
      return;
    }
    json.begin_array();
    for (const int64_t id : view.audience_ids) {
      const std::optional<access::Role> role =
          access::find_role(tx_, call_.actor.org, RecordId{id});
      if (!role) continue;
      json.begin_object().string("type", "roles").id("id", id).string("name", role->name);
      json.end_object();
    }
    json.end_array();
  }

  /// The columns of the view, or the first that there are.
  void append_fields(JsonWriter& json, const std::vector<std::string>& columns) const {
    std::vector<const FieldWord*> shown;
    for (const FieldWord& word : words_.fields()) {
      if (is_hidden(*word.field)) continue;
      const auto at = std::find(columns.begin(), columns.end(), word.field->name);
      if (columns.empty() ? shown.size() < view_columns_max : at != columns.end())
        shown.push_back(&word);
    }
    const auto place = [&](const FieldWord* word) {
      return std::find(columns.begin(), columns.end(), word->field->name) - columns.begin();
    };
    std::stable_sort(shown.begin(), shown.end(), [&](const FieldWord* one, const FieldWord* other) {
      return place(one) < place(other);
    });
    json.key("fields").begin_array();
    for (const FieldWord* word : shown) {
      json.begin_object().string("api_name", word->api_name);
      json.id("id", field_id(module(), *word->field)).boolean("_pin", false).end_object();
    }
    json.end_array();
  }

  void append_sort(JsonWriter& json, const std::string& sort) const {
    const bool is_descending = sort.starts_with('-');
    const std::string name = sort.substr(is_descending ? 1 : 0);
    const records::FieldDef* field = records::field_or_system(words_.shape(), name);
    json.key("sort_by");
    if (!field || is_hidden(*field)) {
      json.null().null("sort_order");
      return;
    }
    json.begin_object().string("api_name", words_.api_name_of(name));
    json.id("id", field_id(module(), *field)).end_object();
    json.string("sort_order", is_descending ? "desc" : "asc");
  }

  static void append_rest(JsonWriter& json) {
    json.null("favorite").boolean("offline", false);
    json.null("created_time").null("created_by").null("modified_time").null("modified_by");
    json.null("last_accessed_time").end_object();
  }

  db::Transaction& tx_;
  const Call& call_;
  const ModuleWords& words_;
};

/// The views that the caller has, or the one with this id.
Result<http::Response> show_views(Call& call, std::optional<RecordId> id) {
  const records::ModuleDef* module = TRY(asked_module(call));
  const Call inner = call.about(*module);
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    records::ShapeRef shape;
    const ModuleWords words = inner.words(tx, shape);
    const ViewWriter writer(tx, inner, words);
    int count = 0;
    JsonWriter json;
    json.begin_object().key("custom_views").begin_array();
    const auto append_asked = [&](const auto& view) {
      if (id && view.id != *id) return;
      writer.append(json, view);
      ++count;
    };
    const std::vector<ReadyView> ready = ready_views_of(*module);
    for (const ReadyView& view : ready) append_asked(view);
    for (const views::CustomView& view :
         views::list_custom_views(tx, inner.actor, crm::viewed_module(*module)))
      append_asked(view);
    if (count == 0) return not_found("the id given seems to be invalid");
    json.end_array().key("info").begin_object().number("per_page", std::max(count, page_rows_max));
    json.number("count", count).number("page", 1).boolean("more_records", false);
    json.id("default", ready.front().id.value).end_object();
    return http::Response::json(200, json.end_object().take());
  });
}

}  // namespace

std::vector<ReadyView> ready_views_of(const records::ModuleDef& module) {
  std::vector<ReadyView> all;
  for (const views::ReadyView& view : crm::viewed_module(module).ready) {
    const std::string system_name(word_of(view.name).system_name);
    all.push_back({.id = RecordId{id_of_name("view." + module.name + "." + system_name)},
                   .name = view.name,
                   .label = view.label,
                   .system_name = system_name});
  }
  return all;
}

Result<records::Filter> filter_of_view(db::Transaction& tx, const Call& call) {
  return filter_of_view(tx, call, call.query_text("cvid"));
}

Result<records::Filter> filter_of_view(db::Transaction& tx, const Call& call,
                                       const std::string& asked) {
  if (asked.empty()) return records::everything();
  std::string view = asked;
  for (const ReadyView& ready : ready_views_of(*call.module))
    if (to_string(ready.id) == asked) view = ready.name;
  const bool is_word = view == asked && !id_from_text(asked);
  const views::ViewedModule viewed = crm::viewed_module(*call.module);
  Result<views::ViewQuery> query =
      is_word ? Result<views::ViewQuery>(not_found("Views are named by their ids."))
              : views::view_asked_for(tx, call.actor, viewed, view);
  if (!query && query.error().kind == RefusalKind::not_found)
    return invalid("cvid", "not_found", "the cvid given seems to be invalid");
  if (!query) return invalid("cvid", query.error().code, query.error().message);
  return std::move(query->filter);
}

Result<http::Response> list_views(Call& call) { return show_views(call, std::nullopt); }

Result<http::Response> read_view(Call& call) {
  const RecordId id = TRY(call.id());
  return show_views(call, id);
}

}  // namespace tandem::api::crm_dialect
