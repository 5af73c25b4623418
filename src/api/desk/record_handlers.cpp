#include "api/desk/envelope.h"
#include "api/desk/handlers.h"
#include "api/desk/input_words.h"
#include "api/desk/words.h"
#include "base/text.h"
#include "desk/modules.h"

namespace tandem::api::desk_dialect {

namespace {

constexpr int list_rows_usual = 25;
constexpr int list_rows_max = 100;
constexpr int list_rows_max_of_departments = 200;
constexpr size_t trash_ids_max = 100;

Result<http::Response> list_where(Call& call, const records::ModuleDef& module,
                                  const std::string& field) {
  const RecordId id = TRY(call.id());
  const PageWindow window = TRY(page_window(call, list_rows_usual, list_rows_max));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    TRY(operations::read_record(tx, call.actor, *call.module, id));
    records::Query query;
    query.filter = records::field(field).is(id);
    query.offset = window.offset;
    query.limit = window.limit;
    const records::Page page = TRY(list_page(tx, call, module, std::move(query)));
    return show_page(tx, call, page);
  });
}

}  // namespace

Result<records::Sort> sort_of(const Call& call, const records::Sort& usual) {
  std::string text = call.query_text("sortBy");
  if (text.empty() || text == "relevance" || text == "-relevance") return usual;
  const bool descending = text.starts_with('-');
  if (descending) text.erase(0, 1);
  if (text == "createdTime") return records::Sort{"created_at", descending};
  if (text == "modifiedTime") return records::Sort{"updated_at", descending};
  if (text == "recentThread" || text == "customerResponseTime")
    return records::Sort{"last_activity_at", descending};
  if (text == "fullName" || text == "name") return records::Sort{"title", descending};
  const FieldWord* word = find_word(*call.module, text);
  if (!word) return invalid("sortBy", "not_a_choice", "This can't be sorted by.");
  return records::Sort{std::string(word->field), descending};
}

Result<http::Response> show_page(db::Transaction& tx, const Call& call, const records::Page& page) {
  TRY(check_fields(call));
  return show_list(records_json(tx, call, page.records));
}

namespace {

/// What departments are asked for by: searchStr in the name, isEnabled.
records::Filter department_filter(const Call& call) {
  std::vector<records::Filter> parts;
  const std::string words = call.query_text("searchStr");
  if (!words.empty()) parts.push_back(records::field("title").contains(words));
  const std::string enabled = call.query_text("isEnabled");
  if (!enabled.empty())
    parts.push_back(records::field("is_enabled").is(int64_t{enabled == "true"}));
  return records::all_of(std::move(parts));
}

/// Products of one department.
Result<records::Filter> product_filter(const Call& call) {
  std::vector<records::Filter> parts;
  const std::vector<records::Value> ids = TRY(call.query_ids("departmentId", 1));
  for (const records::Value& id : ids) {
    parts.push_back(records::field("departments").is(records::Value(to_string(id.id()))));
  }
  return records::all_of(std::move(parts));
}

}  // namespace

Result<http::Response> list_module(Call& call) {
  const bool is_about_departments = call.module->name == "departments";
  const int most = is_about_departments ? list_rows_max_of_departments : list_rows_max;
  const PageWindow window = TRY(page_window(call, list_rows_usual, most));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    records::Query query;
    if (is_about_departments) query.filter = department_filter(call);
    if (call.module->name == "products") query.filter = TRY(product_filter(call));
    query.sort = TRY(sort_of(call, {"id", false}));
    query.offset = window.offset;
    query.limit = window.limit;
    const records::Page page = TRY(list_page(tx, call, *call.module, std::move(query)));
    return show_page(tx, call, page);
  });
}

Result<http::Response> list_by_ids(Call& call) {
  std::vector<records::Value> ids = TRY(call.query_ids("ids", list_rows_max));
  if (ids.empty()) return invalid("ids", "required", "Give ids, separated by commas.");
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    records::Query query;
    query.filter = records::field("id").is_one_of(std::move(ids));
    query.sort = {"id", false};
    query.limit = list_rows_max;
    const records::Page page = TRY(list_page(tx, call, *call.module, std::move(query)));
    return show_page(tx, call, page);
  });
}

Result<http::Response> create_one(Call& call) {
  const JsonObject body = TRY(call.body());
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const records::ShapeRef shape = call.actor.catalogue->shape(tx, call.actor.org, *call.module);
    const records::Changes changes = TRY(new_values_from_body(*shape, body));
    const records::Record record =
        TRY(in_words(*shape, operations::create_record(tx, call.actor, *call.module, changes)));
    return record_json(tx, call, record);
  }));
  call.services.wake();
  return http::Response::json(200, std::move(json));
}

Result<http::Response> read_one(Call& call) {
  const RecordId id = TRY(call.id());
  TRY(check_fields(call));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const records::Record record = TRY(operations::read_record(tx, call.actor, *call.module, id));
    return http::Response::json(200, record_json(tx, call, record));
  });
}

Result<http::Response> update_one(Call& call) {
  const RecordId id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const records::ShapeRef shape = call.actor.catalogue->shape(tx, call.actor.org, *call.module);
    const records::Changes changes = TRY(changes_from_body(*shape, body));
    const records::Record record =
        TRY(in_words(*shape, operations::update_record(tx, call.actor, *call.module, id, changes)));
    return record_json(tx, call, record);
  }));
  call.services.wake();
  return http::Response::json(200, std::move(json));
}

Result<http::Response> move_to_trash(Call& call) {
  const JsonObject body = TRY(call.body());
  // "ticketIds" of tickets, "contactIds" of contacts.
  const std::string& name = call.module->name;
  const std::string key =
      name == "appointments" ? "eventIds" : name.substr(0, name.size() - 1) + "Ids";
  const std::vector<RecordId> ids = TRY(ids_of(body, key, trash_ids_max));
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    return operations::delete_all(tx, call.actor, *call.module, ids);
  }));
  call.services.wake();
  return http::Response::no_content();
}

Result<http::Response> list_tickets_of(Call& call) {
  // "contact" of contacts.
  const std::string field = call.module->name.substr(0, call.module->name.size() - 1);
  return list_where(call, desk::tickets_module(), field);
}

Result<http::Response> list_contacts_of(Call& call) {
  return list_where(call, desk::contacts_module(), "account");
}

Result<http::Response> list_accounts_of(Call& call) {
  const RecordId id = TRY(call.id());
  const PageWindow window = TRY(page_window(call, list_rows_usual, list_rows_max));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const records::Record contact = TRY(operations::read_record(tx, call.actor, *call.module, id));
    const RecordId account = contact.get("account").id();
    if (!account || window.offset > 0) return http::Response::no_content();
    records::Query query;
    query.filter = records::field("id").is(account);
    const records::Page page = TRY(list_page(tx, call, desk::accounts_module(), std::move(query)));
    return show_page(tx, call, page);
  });
}

/// {"ids":["…"],"associate":true}. A contact has one account, so that the new one replaces it.
Result<http::Response> associate_accounts(Call& call) {
  const RecordId id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  const std::vector<RecordId> accounts = TRY(ids_of(body, "ids", 1));
  const bool gives = !body.contains("associate") || flag_member(body, "associate");
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    const records::Record contact = TRY(operations::read_record(tx, call.actor, *call.module, id));
    TRY(operations::read_record(tx, call.actor, desk::accounts_module(), accounts.front()));
    if (!gives && contact.get("account").id() != accounts.front()) {
      return invalid("ids", "not_found", "The contact is not of this account.");
    }
    const RecordId account = gives ? accounts.front() : RecordId{};
    TRY(operations::update_record(tx, call.actor, *call.module, id, {{"account", account}}));
    return {};
  }));
  call.services.wake();
  JsonWriter json;
  json.begin_object().key("results").begin_array().begin_object();
  json.id("id", accounts.front().value).boolean("success", true).null("errors");
  return http::Response::json(200, json.end_object().end_array().end_object().take());
}

Result<http::Response> show_history(Call& call) {
  const RecordId id = TRY(call.id());
  const PageWindow window = TRY(page_window(call, 50, list_rows_max));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const records::ShapeRef shape = call.actor.catalogue->shape(tx, call.actor.org, *call.module);
    const int wanted = int(window.offset) + window.limit;
    std::vector<std::string> items;
    std::string cursor;
    int row = 0;
    while (row < wanted) {
      const records::LogPage page =
          TRY(operations::record_history(tx, call.actor, *call.module, id, cursor, list_rows_max));
      for (const records::LogEntry& entry : page.entries) {
        if (row >= window.offset && row < wanted)
          items.push_back(history_json(tx, call.actor.org, *shape, entry));
        ++row;
      }
      cursor = page.next_cursor;
      if (cursor.empty()) break;
    }
    return show_list(items);
  });
}

}  // namespace tandem::api::desk_dialect
