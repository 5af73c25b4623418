#include "api/desk/handlers.h"
#include "base/text.h"
#include "desk/rows.h"
#include "desk/tickets/ticket_tags.h"

// Tags in the Desk dialect. Ours are words without a record of their own, so that the word is the
// id, too.

namespace tandem::api::desk_dialect {

namespace {

constexpr size_t tags_per_call_max = 100;
constexpr int tagged_rows_usual = 25;
constexpr int tagged_rows_max = 100;

std::string tag_json(const std::string& tag, RecordId department) {
  JsonWriter json;
  json.begin_object().string("id", tag).string("name", tag);
  json.id("departmentId", department.value).end_object();
  return json.take();
}

Result<std::vector<std::string>> tags_of_body(const Call& call) {
  const JsonObject body = TRY(call.body());
  const Json* given = body.if_contains("tags");
  if (!given || !given->is_array() || given->as_array().empty())
    return invalid("tags", "required", "Give tags as a list of names.");
  if (given->as_array().size() > tags_per_call_max)
    return invalid("tags", "too_many", "Give at most 100 tags.");
  std::vector<std::string> tags;
  for (const Json& one : given->as_array()) {
    // A tag as it is shown, or its name alone.
    const bool is_object = one.is_object();
    if (!is_object && !one.is_string())
      return invalid("tags", "wrong_type", "Give tags as a list of names.");
    tags.push_back(is_object ? text_member(one.as_object(), "name") : std::string(one.as_string()));
  }
  return tags;
}

using TagAct = Result<records::Record> (*)(db::Transaction&, const access::Actor&, RecordId,
                                           const std::vector<std::string>&);

Result<http::Response> change_tags(Call& call, TagAct act) {
  const RecordId id = TRY(call.id());
  const std::vector<std::string> tags = TRY(tags_of_body(call));
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    TRY(act(tx, call.actor, id, tags));
    return {};
  }));
  call.services.wake();
  return http::Response::no_content();
}

}  // namespace

Result<http::Response> list_tags_of(Call& call) {
  const RecordId id = TRY(call.id());
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const records::Record ticket = TRY(operations::read_record(tx, call.actor, *call.module, id));
    std::vector<std::string> items;
    for (const std::string& tag : ticket.get("tags").list())
      items.push_back(tag_json(tag, ticket.get("department").id()));
    return show_list(items);
  });
}

Result<http::Response> associate_tags(Call& call) { return change_tags(call, desk::add_tags); }

Result<http::Response> dissociate_tags(Call& call) { return change_tags(call, desk::remove_tags); }

Result<http::Response> list_tags_in_use(Call& call) {
  const std::vector<records::Value> departments = TRY(call.query_ids("departmentId", 1));
  const RecordId department = departments.empty() ? RecordId{} : departments.front().id();
  std::string words = call.query_text("searchVal");
  if (words.ends_with('*')) words.pop_back();
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    std::vector<std::string> items;
    for (const std::string& tag : desk::tags_in_use(tx, call.actor, words, department))
      items.push_back(tag_json(tag, department));
    return show_list(items);
  });
}

/// The tag is in the path, under its word.
Result<http::Response> list_tickets_tagged(Call& call) {
  const std::string tag(trim(call.request.param("tag")));
  const PageWindow window = TRY(page_window(call, tagged_rows_usual, tagged_rows_max));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    records::Query query;
    query.filter = records::field("tags").is(records::Value(tag));
    query.sort = {"last_activity_at", true};
    query.offset = window.offset;
    query.limit = window.limit;
    const records::Page page = TRY(list_page(tx, call, *call.module, std::move(query)));
    return show_page(tx, call, page);
  });
}

}  // namespace tandem::api::desk_dialect
