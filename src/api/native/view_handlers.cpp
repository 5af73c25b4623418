#include "api/native/view_handlers.h"

#include <fmt/format.h>

#include "api/native/answers.h"
#include "api/native/application.h"
#include "base/text.h"
#include "views/custom_view_query.h"

namespace tandem::api::native {

namespace {

constexpr size_t views_counted_max = 20;
constexpr size_t views_ordered_max =
    size_t(views::custom_views_per_agent_max + views::shared_views_max);

/// The module whose views the address names; a desk has views of tickets, which it need not name.
views::ViewedModule viewed_module(const Call& call) {
  return call.application.viewed_module(call.module ? *call.module
                                                    : *call.actor.catalogue->find("tickets"));
}

Result<RecordId> department_of_query(const Call& call, const views::ViewedModule& viewed) {
  const std::string text = call.query_text("department");
  if (text.empty()) return RecordId{};
  if (!viewed.departments)
    return invalid("department", "unknown_field", "This organisation has no departments.");
  const std::optional<int64_t> id = id_from_text(text);
  if (!id) return invalid("department", "bad_id", "Give the id of a department.");
  return RecordId{*id};
}

void append_count(JsonWriter& json, const records::Count& count) {
  json.number("count", count.value).boolean("count_is_exact", count.is_exact);
}

/// Owners by id, for as many views as there are.
std::vector<records::LinkTitle> owners_of(db::Transaction& tx, const Call& call,
                                          const std::vector<views::CustomView>& views) {
  std::vector<int64_t> ids;
  for (const views::CustomView& view : views) ids.push_back(view.owner.value);
  const records::ModuleDef* agents = call.actor.catalogue->find("agents");
  return records::link_titles(tx, call.actor.org, *agents, std::move(ids));
}

void append_audience(JsonWriter& json, const views::CustomView& view) {
  json.key("audience").begin_object().string("kind", word(view.audience)).key("ids").begin_array();
  for (const int64_t id : view.audience_ids) json.id(id);
  json.end_array().end_object();
}

void append_view(JsonWriter& json, db::Transaction& tx, const Call& call,
                 const views::CustomView& view, const std::vector<records::LinkTitle>& owners) {
  const std::optional<Refusal> fault = views::fault_of(tx, call.actor, viewed_module(call), view);
  const std::vector<std::string_view> may = views::may_with_view(call.actor, view);
  json.begin_object().id("id", view.id.value).string("name", view.name);
  json.string("kind", "custom").boolean("is_shared", view.is_shared());
  std::string owner;
  for (const records::LinkTitle& each : owners) {
    if (each.id == view.owner) owner = each.title;
  }
  json.key("owner").begin_object().id("id", view.owner.value).string("title", owner).end_object();
  append_audience(json, view);
  // A condition on a field that is hidden from the reader says nothing to them.
  const bool is_told = !fault || view.owner == call.actor.id || may.front() == "update";
  json.raw("filter", is_told ? std::string_view(view.filter_json) : "null");
  json.string("sort", view.sort).key("columns").begin_array();
  for (const std::string& name : view.columns) json.string(name);
  json.end_array().number("revision", view.revision).null("count");
  json.boolean("count_is_exact", false).key("fault");
  if (fault) {
    append_refusal(json, *fault);
  } else {
    json.null();
  }
  json.key("may").begin_array();
  for (const std::string_view act : may) json.string(act);
  json.end_array().end_object();
}

std::string view_json(db::Transaction& tx, const Call& call, const views::CustomView& view) {
  JsonWriter json;
  append_view(json, tx, call, view, owners_of(tx, call, {view}));
  return json.take();
}

Result<void> read_audience(const JsonObject& body, views::CustomView& view) {
  const Json* json = body.if_contains("audience");
  if (!json) return {};
  if (!json->is_object()) {
    return invalid("audience", "wrong_type", "Send audience as {\"kind\",\"ids\"}.");
  }
  const JsonObject& audience = json->as_object();
  TRY(only_keys(audience, {"kind", "ids"}));
  const std::string kind = TRY(body_text(audience, "kind"));
  const std::optional<views::ViewAudience> read = views::view_audience_from_word(kind);
  if (!read) {
    return invalid("audience", "not_a_choice", "Say owner, everybody, departments or roles.");
  }
  view.audience = *read;
  view.audience_ids = TRY(body_ids(audience, "ids", views::view_audience_max));
  return {};
}

/// What the body says of a view; the rest stays.
Result<views::CustomView> read_view(const JsonObject& body, views::CustomView view) {
  TRY(only_keys(body, {"name", "filter", "sort", "columns", "audience", "revision"}));
  if (body.contains("name")) view.name = TRY(body_text(body, "name", 1'000));
  if (const Json* filter = body.if_contains("filter")) {
    if (!filter->is_object())
      return invalid("filter", "wrong_type", "Send the conditions as an object.");
    view.filter_json = json_to_text(*filter);
  }
  if (body.contains("sort")) view.sort = TRY(body_text(body, "sort"));
  if (body.contains("columns")) {
    view.columns = TRY(body_texts(body, "columns", views::view_columns_max));
  }
  TRY(read_audience(body, view));
  return view;
}

/// The fixed ones with their counts. Custom ones are counted when they are asked about.
void append_ready_views(JsonWriter& json, const std::vector<views::ViewCount>& views) {
  for (const views::ViewCount& view : views) {
    json.begin_object().string("id", view.name).string("name", view.label);
    json.string("kind", "ready");
    append_count(json, view.count);
    json.end_object();
  }
}

}  // namespace

Result<http::Response> show_views(Call& call) {
  const views::ViewedModule viewed = viewed_module(call);
  const RecordId department = TRY(department_of_query(call, viewed));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    JsonWriter json;
    json.begin_object().key("views").begin_array();
    const std::vector<views::ViewCount> ready =
        TRY(views::count_ready_views(tx, call.actor, viewed, department));
    append_ready_views(json, ready);
    const std::vector<views::CustomView> views = views::list_custom_views(tx, call.actor, viewed);
    const std::vector<records::LinkTitle> owners = owners_of(tx, call, views);
    for (const views::CustomView& view : views) append_view(json, tx, call, view, owners);
    json.end_array().boolean("may_share", views::may_share_views(call.actor)).end_object();
    return http::Response::json(200, json.take());
  });
}

Result<http::Response> add_view(Call& call) {
  const views::ViewedModule viewed = viewed_module(call);
  const JsonObject body = TRY(call.body());
  const views::CustomView asked = TRY(read_view(body, {}));
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const views::CustomView view = TRY(views::create_custom_view(tx, call.actor, viewed, asked));
    return view_json(tx, call, view);
  }));
  return http::Response::json(201, std::move(json));
}

Result<http::Response> change_view(Call& call) {
  const views::ViewedModule viewed = viewed_module(call);
  const RecordId id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  const std::optional<int64_t> seen = TRY(body_revision(body));
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    views::CustomView before = TRY(views::find_custom_view(tx, call.actor, viewed, id));
    views::CustomView asked = TRY(read_view(body, std::move(before)));
    const views::CustomView view =
        TRY(views::change_custom_view(tx, call.actor, viewed, std::move(asked), seen));
    return view_json(tx, call, view);
  }));
  return http::Response::json(200, std::move(json));
}

Result<http::Response> remove_view(Call& call) {
  const views::ViewedModule viewed = viewed_module(call);
  const RecordId id = TRY(call.id());
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    return views::delete_custom_view(tx, call.actor, viewed, id);
  }));
  return http::Response::no_content();
}

Result<http::Response> restore_view(Call& call) {
  const views::ViewedModule viewed = viewed_module(call);
  const RecordId id = TRY(call.id());
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const views::CustomView view = TRY(views::restore_custom_view(tx, call.actor, viewed, id));
    return view_json(tx, call, view);
  }));
  return http::Response::json(200, std::move(json));
}

Result<http::Response> order_views(Call& call) {
  const views::ViewedModule viewed = viewed_module(call);
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"ids"}));
  const std::vector<int64_t> ids = TRY(body_ids(body, "ids", views_ordered_max));
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    return views::order_custom_views(tx, call.actor, viewed, ids);
  }));
  return http::Response::no_content();
}

Result<http::Response> count_some_views(Call& call) {
  const views::ViewedModule viewed = viewed_module(call);
  const RecordId department = TRY(department_of_query(call, viewed));
  const std::string asked = call.query_text("ids");
  const std::vector<std::string> ids =
      asked.empty() ? std::vector<std::string>() : split(asked, ',');
  if (ids.empty() || ids.size() > views_counted_max) {
    return invalid("ids", "out_of_range",
                   fmt::format("Name 1 to {} custom views.", views_counted_max));
  }
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    JsonWriter json;
    json.begin_object().key("counts").begin_array();
    for (const std::string& id : ids) {
      if (!id_from_text(id)) return invalid("ids", "bad_id", "Name custom views by their ids.");
      // One that was deleted or does not hold any more has no count; the others keep theirs.
      const Result<views::ViewQuery> query =
          views::view_asked_for(tx, call.actor, viewed, id, department);
      if (!query) continue;
      const records::Count count = TRY(views::count_view(tx, call.actor, viewed, *query));
      json.begin_object().string("id", id);
      append_count(json, count);
      json.end_object();
    }
    json.end_array().end_object();
    return http::Response::json(200, json.take());
  });
}

Result<http::Response> count_conditions(Call& call) {
  const views::ViewedModule viewed = viewed_module(call);
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"filter"}));
  const Json* conditions = body.if_contains("filter");
  if (!conditions) return invalid("filter", "required", "Send the conditions to count.");
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const views::ViewQuery query =
        TRY(views::view_of_conditions(tx, call.actor, viewed, *conditions));
    const records::Count count = TRY(views::count_view(tx, call.actor, viewed, query));
    JsonWriter json;
    json.begin_object();
    append_count(json, count);
    json.end_object();
    return http::Response::json(200, json.take());
  });
}

}  // namespace tandem::api::native
