#include <algorithm>
#include <functional>

#include "api/crm/envelope.h"
#include "api/crm/handlers.h"
#include "api/crm/metadata.h"
#include "api/crm/tag_words.h"
#include "api/crm/write_results.h"
#include "base/text.h"
#include "crm/tags/tags.h"
#include "operations/figures.h"

// Tags of a module in /settings/tags, and tags given to records and taken from them.

namespace tandem::api::crm_dialect {

namespace {

using records::Record;

constexpr size_t tags_per_call_max = 50;

void append_tag(JsonWriter& json, const Record& tag, const LinkNames& names) {
  json.begin_object().id("id", tag.id.value).string("name", tag.get("name").text());
  const records::Value& color = tag.get("color");
  color.is_null() ? json.null("color_code") : json.string("color_code", color.text());
  json.string("created_time", moment_text(tag.created_at));
  json.string("modified_time", moment_text(tag.updated_at));
  append_member(json, "created_by", names, tag.created_by);
  append_member(json, "modified_by", names, tag.updated_by);
  json.end_object();
}

std::string tag_json(db::Transaction& tx, const Call& call, const Record& tag) {
  LinkNames names;
  names.look_up(tx, call.actor, "agents", {tag.created_by.value, tag.updated_by.value});
  JsonWriter json;
  append_tag(json, tag, names);
  return json.take();
}

crm::TagWords tag_words_of(const JsonObject& item) {
  const auto text = [&](std::string_view key) {
    const auto at = item.find(key);
    return at != item.end() && at->value().is_string() ? std::string(at->value().get_string()) : "";
  };
  return {.name = text("name"), .color = text("color_code")};
}

/// One write of tags of the module that the query names.
template <class Act>
Result<http::Response> write_tags(Call& call, int status_when_good, std::string_view message,
                                  const Act& act) {
  const records::ModuleDef* module = TRY(asked_module(call));
  const JsonArray items = TRY(call.items("tags", tags_per_call_max));
  Call inner = call.about(*module);
  return for_each_item(
      inner, items, status_when_good,
      [&](db::Transaction& tx, const ModuleWords&, const JsonObject& item,
          WriteResults& results) -> Result<void> {
        const Record tag = TRY(act(tx, *module, item));
        results.add_details(tag_json(tx, call, tag), message);
        return {};
      },
      "tags");
}

Result<Record> change(db::Transaction& tx, const Call& call, const records::ModuleDef& module,
                      const JsonObject& item, std::optional<RecordId> id) {
  if (!id) return invalid("id", "required", "required field not found");
  return crm::change_tag(tx, call.actor, module, *id, tag_words_of(item));
}

}  // namespace

Result<http::Response> list_tags(Call& call) {
  const records::ModuleDef* module = TRY(asked_module(call));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::vector<Record> tags = crm::list_tags(tx, call.actor, *module);
    if (tags.empty()) return http::Response::no_content();
    std::vector<int64_t> members;
    for (const Record& tag : tags) {
      members.push_back(tag.created_by.value);
      members.push_back(tag.updated_by.value);
    }
    LinkNames names;
    names.look_up(tx, call.actor, "agents", std::move(members));
    JsonWriter json;
    json.begin_object().key("tags").begin_array();
    for (const Record& tag : tags) append_tag(json, tag, names);
    json.end_array().key("info").begin_object().number("count", int64_t(tags.size()));
    json.number("allowed_count", crm::tags_per_module_max).end_object();
    return http::Response::json(200, json.end_object().take());
  });
}

Result<http::Response> create_tags(Call& call) {
  return write_tags(
      call, 201, "tags created successfully",
      [&](db::Transaction& tx, const records::ModuleDef& module, const JsonObject& item) {
        return crm::create_tag(tx, call.actor, module, tag_words_of(item));
      });
}

Result<http::Response> update_tags(Call& call) {
  return write_tags(call, 200, "tags updated successfully",
                    [&](db::Transaction& tx, const records::ModuleDef& module,
                        const JsonObject& item) -> Result<Record> {
                      const std::optional<RecordId> id = TRY(id_of(item));
                      return change(tx, call, module, item, id);
                    });
}

Result<http::Response> update_tag(Call& call) {
  const RecordId id = TRY(call.id());
  return write_tags(call, 200, "tags updated successfully",
                    [&](db::Transaction& tx, const records::ModuleDef& module,
                        const JsonObject& item) { return change(tx, call, module, item, id); });
}

namespace {

/// The tag of the path, and the module that it is of: its address does not say.
struct TagOfPath {
  Record tag;
  const records::ModuleDef* module = nullptr;
};
Result<TagOfPath> tag_of_path(db::Transaction& tx, const Call& call) {
  const RecordId id = TRY(call.id());
  Record tag = TRY(crm::find_tag(tx, call.actor, id));
  const records::ModuleDef* module = call.actor.catalogue->find(tag.get("of_module").text());
  if (!module) return not_found("There is no such tag.");
  return TagOfPath{std::move(tag), module};
}

Result<http::Response> write_tag(
    Call& call, std::string_view message,
    const std::function<Result<void>(db::Transaction&, const TagOfPath&)>& act) {
  http::Response response =
      TRY(call.database().write([&](db::Transaction& tx) -> Result<http::Response> {
        const TagOfPath found = TRY(tag_of_path(tx, call));
        TRY(act(tx, found));
        const Call inner = call.about(*found.module);
        records::ShapeRef shape;
        const ModuleWords words = inner.words(tx, shape);
        WriteResults results(inner, words, "tags");
        results.add_done(found.tag.id, message);
        return results.take(200);
      }));
  call.services.wake();
  return response;
}

}  // namespace

Result<http::Response> delete_tag(Call& call) {
  return write_tag(call, "tags deleted successfully",
                   [&](db::Transaction& tx, const TagOfPath& found) {
                     return crm::delete_tag(tx, call.actor, *found.module, found.tag.id);
                   });
}

/// The records of the tag of the path are given the tag `conflict_id`.
Result<http::Response> merge_tag(Call& call) {
  const JsonArray items = TRY(call.items("tags", 1));
  const std::optional<int64_t> into = id_from_text(text_of(items.front(), "conflict_id"));
  if (!into) return invalid("conflict_id", "required", "required field not found");
  return write_tag(
      call, "tags updated successfully", [&](db::Transaction& tx, const TagOfPath& found) {
        return crm::merge_tags(tx, call.actor, *found.module, found.tag.id, RecordId{*into});
      });
}

Result<http::Response> count_tagged(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const TagOfPath found = TRY(tag_of_path(tx, call));
    const records::Filter filter = records::field("tags").is(found.tag.get("name"));
    const records::Count count = TRY(operations::count_far(tx, call.actor, *found.module, filter));
    JsonWriter json;
    json.begin_object().string("count", std::to_string(count.value));
    return http::Response::json(200, json.end_object().take());
  });
}

namespace {

enum class Giving { add, replace, remove };

struct TagOrder {
  std::vector<RecordId> ids;
  JsonArray tags;
  Giving giving = Giving::add;
};

/// Newer clients say it in the body, older ones in the query.
Result<TagOrder> order_of(const Call& call, Giving giving) {
  const JsonObject body = TRY(call.body());
  TagOrder order{.ids = {}, .tags = {}, .giving = giving};
  const auto over_write = body.find("over_write");
  const bool is_over_write = over_write != body.end() && over_write->value() == Json(true);
  if (giving == Giving::add && (is_over_write || call.query_text("over_write") == "true"))
    order.giving = Giving::replace;
  if (body.contains("tags")) {
    order.tags = TRY(call.items("tags", tags_per_call_max));
  } else {
    for (const std::string& name : split(call.query_text("tag_names"), ','))
      if (!trim(name).empty()) order.tags.emplace_back(trim(name));
  }
  if (order.tags.empty()) return invalid("tags", "required", "required field not found");
  if (order.tags.size() > tags_per_call_max) return invalid("tags", "too_many", "Send at most 50.");
  if (!call.request.param("id").empty()) {
    const RecordId id = TRY(call.id());
    order.ids = {id};
  } else if (body.contains("ids")) {
    order.ids = TRY(call.ids_of(body, "ids", records_per_call_max));
  } else {
    order.ids = TRY(call.query_ids("ids", records_per_call_max));
  }
  return order;
}

/// Tags that are not there yet are made with the colour that the call gives them.
Result<void> make_coloured(db::Transaction& tx, const Call& call, const JsonArray& tags) {
  for (const Json& tag : tags) {
    if (!tag.is_object()) continue;
    const crm::TagWords words = tag_words_of(tag.get_object());
    if (words.name.empty() || words.color.empty()) continue;
    const Result<Record> made =
        tx.attempt([&] { return crm::create_tag(tx, call.actor, *call.module, words); });
    if (!made && made.error().code != "duplicate") return made.error();
  }
  return {};
}

std::vector<std::string> changed_tags(const std::vector<std::string>& before,
                                      const std::vector<std::string>& named, Giving giving) {
  std::vector<std::string> tags = giving == Giving::replace ? std::vector<std::string>() : before;
  for (const std::string& name : named) {
    const auto is_it = [&](const std::string& tag) { return crm::is_same_tag(tag, name); };
    const bool is_there = std::any_of(tags.begin(), tags.end(), is_it);
    if (giving == Giving::remove) {
      std::erase_if(tags, is_it);
    } else if (!is_there) {
      tags.push_back(name);
    }
  }
  return tags;
}

/// Answers the details of the record's result.
Result<std::string> tag_record(db::Transaction& tx, const Call& call,
                               const std::vector<std::string>& named, Giving giving, RecordId id) {
  const Record before = TRY(operations::read_record(tx, call.actor, *call.module, id));
  const records::FieldDef* field = before.shape->find("tags");
  if (!field) return invalid("", "not_supported", "Records of this module have no tags.");
  JsonArray tags;
  for (const std::string& tag : changed_tags(before.get("tags").list(), named, giving))
    tags.emplace_back(tag);
  const records::Value value = TRY(records::value_from_json(*field, Json(std::move(tags))));
  const Record saved =
      TRY(operations::update_record(tx, call.actor, *call.module, id, {{"tags", value}}));
  KnownTags known;
  known.look_up(tx, call.actor, *call.module);
  JsonWriter json;
  json.begin_object().id("id", id.value).key("tags");
  known.append(json, saved.get("tags").list());
  return json.end_object().take();
}

Result<http::Response> tag_records(Call& call, Giving giving) {
  const TagOrder order = TRY(order_of(call, giving));
  if (order.ids.size() > 1)
    TRY(access::require_right(call.actor, *call.module, access::Right::bulk));
  http::Response response =
      TRY(call.database().write([&](db::Transaction& tx) -> Result<http::Response> {
        records::ShapeRef shape;
        const ModuleWords words = call.words(tx, shape);
        const std::vector<std::string> named =
            TRY(tag_names_of(tx, call, *call.module, order.tags));
        if (order.giving != Giving::remove) TRY(make_coloured(tx, call, order.tags));
        WriteResults results(call, words);
        for (size_t position = 0; position < order.ids.size(); ++position) {
          const Result<std::string> details = tx.attempt(
              [&] { return tag_record(tx, call, named, order.giving, order.ids[position]); });
          if (details) {
            results.add_details(*details, "tags updated successfully");
          } else {
            results.add_refusal(details.error(), position);
          }
        }
        JsonWriter count;
        count.string(std::to_string(results.good()));
        return results.take(
            200,
            {{"wf_scheduler", "false"}, {"success_count", count.take()}, {"locked_count", "0"}});
      }));
  call.services.wake();
  return response;
}

}  // namespace

Result<http::Response> add_record_tags(Call& call) { return tag_records(call, Giving::add); }

Result<http::Response> remove_record_tags(Call& call) { return tag_records(call, Giving::remove); }

}  // namespace tandem::api::crm_dialect
