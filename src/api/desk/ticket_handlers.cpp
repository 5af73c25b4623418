#include "api/desk/envelope.h"
#include "api/desk/handlers.h"
#include "api/desk/input_words.h"
#include "api/desk/refusals.h"
#include "api/desk/secondary_contacts.h"
#include "api/desk/sharing.h"
#include "api/desk/words.h"
#include "base/text.h"
#include "desk/conversation/attachments.h"
#include "desk/customers/contacts.h"
#include "desk/modules.h"
#include "desk/views/ticket_views.h"
#include "desk/views/views.h"
#include "operations/missing_values.h"
#include "operations/visible.h"
#include "views/custom_view_query.h"

namespace tandem::api::desk_dialect {

namespace {

constexpr int ticket_rows_usual = 25;
constexpr int ticket_rows_max = 100;
constexpr size_t ids_per_call_max = 100;
constexpr size_t departments_per_call_max = 20;

/// Labels of a comma list as a condition on a choice. Refuses a word that is no choice.
Result<records::Filter> choice_filter(const Call& call, const records::Shape& shape,
                                      std::string_view key) {
  const FieldWord* word = find_word(*call.module, key);
  const records::FieldDef* field = shape.find(word->field);
  std::vector<records::Value> names;
  for (const std::string& text : split(call.query_text(key), ',')) {
    const std::optional<std::string> name = choice_of(*field, trim(text));
    if (!name) return invalid(std::string(key), "not_a_choice", "There is no such choice.");
    names.emplace_back(*name);
  }
  return records::field(std::string(word->field)).is_one_of(std::move(names));
}

/// "Unassigned", ids, or both, separated by commas.
Result<records::Filter> assignee_filter(const Call& call) {
  std::vector<records::Filter> either;
  for (const std::string& text : split(call.query_text("assignee"), ',')) {
    if (equal_ignoring_ascii_case(trim(text), "unassigned")) {
      either.push_back(records::field("owner").is_empty());
      continue;
    }
    const std::optional<int64_t> id = id_from_text(trim(text));
    if (!id) return invalid("assignee", "bad_id", "Give ids of agents, or Unassigned.");
    either.push_back(records::field("owner").is(RecordId{*id}));
  }
  return records::any_of(std::move(either));
}

/// "departmentIds", "departmentId" or both.
Result<std::vector<records::Value>> departments_asked_for(const Call& call) {
  std::vector<records::Value> wanted =
      TRY(call.query_ids("departmentIds", departments_per_call_max));
  const std::vector<records::Value> one =
      TRY(call.query_ids("departmentId", departments_per_call_max));
  wanted.insert(wanted.end(), one.begin(), one.end());
  return wanted;
}

/// A ready view by its place among the views by age, or a custom one by its id.
Result<std::string> view_name_of(const std::string& id_text) {
  const std::vector<std::string>& names = desk::views_by_age();
  if (id_text.empty()) return "all";
  const std::optional<int64_t> id = id_from_text(id_text);
  if (!id) return invalid("viewId", "not_found", "Give the id of a view from /views.");
  return *id <= int64_t(names.size()) ? names[size_t(*id) - 1] : id_text;
}

/// The view of `viewId`, in the departments asked for.
Result<views::ViewQuery> view_of_call(db::Transaction& tx, const Call& call) {
  const std::vector<records::Value> departments = TRY(departments_asked_for(call));
  // Spam stands in no other view.
  const bool asks_for_spam = call.query_text("isSpam") == "true";
  const std::string name =
      asks_for_spam ? std::string("spam") : TRY(view_name_of(call.query_text("viewId")));
  const RecordId only = departments.size() == 1 ? departments.front().id() : RecordId{};
  Result<views::ViewQuery> found =
      views::view_asked_for(tx, call.actor, desk::viewed_tickets(), name, only);
  if (!found && found.error().kind == RefusalKind::not_found)
    return invalid("viewId", "not_found", "Give the id of a view from /views.");
  views::ViewQuery query = TRY(std::move(found));
  if (departments.size() > 1) {
    query.filter = records::all_of(
        {std::move(query.filter), records::field("department").is_one_of(departments)});
  }
  return query;
}

Result<views::ViewQuery> tickets_asked_for(db::Transaction& tx, const Call& call,
                                           const records::Shape& shape) {
  if (!call.query_text("teamIds").empty()) {
    return invalid("teamIds", "unknown_field", "There are no teams yet.");
  }
  views::ViewQuery query = TRY(view_of_call(tx, call));
  std::vector<records::Filter> parts{std::move(query.filter)};
  for (const std::string_view key : {"status", "priority", "channel"}) {
    if (call.query_text(key).empty()) continue;
    records::Filter choices = TRY(choice_filter(call, shape, key));
    parts.push_back(std::move(choices));
  }
  if (!call.query_text("assignee").empty()) {
    records::Filter owners = TRY(assignee_filter(call));
    parts.push_back(std::move(owners));
  }
  if (const std::string days = call.query_text("receivedInDays"); !days.empty()) {
    if (days != "15" && days != "30" && days != "90") {
      return invalid("receivedInDays", "not_a_choice", "Give 15, 30 or 90.");
    }
    const Instant since = call.services.clock.now() - std::stoi(days) * day_ms;
    parts.push_back(records::field("created_at").at_least(since));
  }
  query.filter = records::all_of(std::move(parts));
  return query;
}

/// The contact of a new ticket: by id, or found by its e-mail address, or made from what the body
/// tells. Refusals name the fields of `given`.
Result<records::Value> contact_of(db::Transaction& tx, const Call& call, const JsonObject& given) {
  const records::ModuleDef& contacts = desk::contacts_module();
  const std::string email = ascii_lower(trim(text_member(given, "email")));
  if (!email.empty()) {
    TRY(access::require_right(call.actor, contacts, access::Right::read));
    TRY(operations::may_ask(call.actor, contacts, records::field("email").is(email)));
    if (const std::optional<desk::FoundContact> found =
            desk::find_contact_by_address(tx, call.actor.org, email)) {
      TRY(operations::read_record(tx, call.actor, contacts, found->id));
      return records::Value(found->id);
    }
  }
  const records::ShapeRef shape = call.actor.catalogue->shape(tx, call.actor.org, contacts);
  const records::Changes changes = TRY(new_values_from_body(*shape, given));
  const records::Record contact =
      TRY(in_words(*shape, operations::create_record(tx, call.actor, contacts, changes)));
  return records::Value(contact.id);
}

/// Who asks: `contactId`, else `contact`. Refuses with invalid a ticket that names neither.
Result<void> add_contact(db::Transaction& tx, const Call& call, const JsonObject& body,
                         records::Changes& changes) {
  const Json* given = body.if_contains("contact");
  if (!changes.contains("contact") && given && given->is_object()) {
    Result<records::Value> contact = contact_of(tx, call, given->as_object());
    if (!contact) {
      return in_words_below("contact", desk::contacts_module(), std::move(contact).error());
    }
    changes.set("contact", std::move(*contact));
  }
  return {};
}

bool names_contact(const JsonObject& body) {
  const Json* id = body.if_contains("contactId");
  const Json* contact = body.if_contains("contact");
  return (id && !id->is_null()) || (contact && contact->is_object());
}

/// The values of a new ticket. What it lacks and what is wrong with it is told together.
Result<records::Changes> ticket_values(const records::Shape& shape, const JsonObject& body) {
  Result<records::Changes> values = changes_from_body(shape, body);
  if (values && names_contact(body)) return values;
  std::vector<FieldFault> faults;
  if (!values) faults = operations::faults_of(values.error());
  operations::add_missing_values(
      shape, [&](const records::FieldDef& field) { return is_in_body(field, shape, body); },
      faults);
  if (!names_contact(body)) faults.push_back({"contact", "required", "Give contactId or contact."});
  return invalid(std::move(faults));
}

Result<records::Record> make_ticket(db::Transaction& tx, const Call& call, const JsonObject& body) {
  const records::ShapeRef shape = call.actor.catalogue->shape(tx, call.actor.org, *call.module);
  records::Changes changes = TRY(ticket_values(*shape, body));
  if (!changes.contains("channel")) changes.set("channel", "api");
  TRY(add_contact(tx, call, body, changes));
  TRY(take_secondary_contacts(tx, call, body, nullptr, changes));
  const records::Record ticket =
      TRY(in_words(*shape, operations::create_record(tx, call.actor, *call.module, changes)));
  const std::vector<int64_t> uploads = TRY(some_ids_of(body, "uploads", ids_per_call_max));
  if (!uploads.empty()) {
    TRY(in_words(upload_inputs, desk::attach_to_ticket(tx, call.actor, ticket.id, uploads)));
  }
  TRY(take_shares(tx, call, ticket.id, body));
  return operations::read_record(tx, call.actor, *call.module, ticket.id);
}

/// How many stretches of a custom view are walked to one page, so that a far page costs no more
/// than these, however many tickets there are.
constexpr int view_stretches_max = 25;
constexpr int stretch_rows = 250;

/// A page of a custom view, which is read from its beginning because the dialect knows no cursors.
Result<records::Page> rows_of_view(db::Transaction& tx, const Call& call,
                                   const views::ViewQuery& view, records::Query query,
                                   int64_t offset) {
  const size_t wanted = size_t(query.limit);
  query.limit = stretch_rows;
  records::Page rows;
  for (int stretch = 0; stretch < view_stretches_max; ++stretch) {
    records::Page part = TRY(views::list_view(tx, call.actor, desk::viewed_tickets(), view, query));
    rows.shape = part.shape;
    for (records::Record& record : part.records) {
      if (offset-- > 0) continue;
      if (rows.records.size() < wanted) rows.records.push_back(std::move(record));
    }
    if (rows.records.size() == wanted || part.next_cursor.empty()) break;
    query.cursor = part.next_cursor;
  }
  return rows;
}

Result<http::Response> show_tickets(db::Transaction& tx, Call& call, const PageWindow& window,
                                    views::ViewQuery asked) {
  records::Query query;
  query.sort = TRY(sort_of(call, {"last_activity_at", true}));
  query.limit = window.limit;
  if (asked.is_custom) {
    const records::Page page = TRY(rows_of_view(tx, call, asked, std::move(query), window.offset));
    return show_page(tx, call, page);
  }
  query.filter = std::move(asked.filter);
  query.offset = window.offset;
  const records::Page page = TRY(list_page(tx, call, *call.module, std::move(query), asked.reach));
  return show_page(tx, call, page);
}

}  // namespace

Result<http::Response> list_tickets(Call& call) {
  const PageWindow window = TRY(page_window(call, ticket_rows_usual, ticket_rows_max));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const records::ShapeRef shape = call.actor.catalogue->shape(tx, call.actor.org, *call.module);
    views::ViewQuery asked = TRY(tickets_asked_for(tx, call, *shape));
    return show_tickets(tx, call, window, std::move(asked));
  });
}

/// The caller's own tickets, or with isShared=true those shared with sharedDepartmentId, or with
/// any of the caller's departments.
Result<http::Response> list_associated_tickets(Call& call) {
  const PageWindow window = TRY(page_window(call, ticket_rows_usual, ticket_rows_max));
  const bool is_shared = call.query_text("isShared") == "true";
  const char* key = is_shared ? "sharedDepartmentId" : "departmentId";
  const std::vector<records::Value> departments = TRY(call.query_ids(key, 1));
  const RecordId department = departments.empty() ? RecordId{} : departments.front().id();
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    views::ViewQuery asked =
        TRY(desk::view_query(is_shared ? "shared" : "all", call.actor, tx.now(), department));
    if (!is_shared) {
      asked.filter =
          records::all_of({std::move(asked.filter), records::field("owner").is(call.actor.id)});
    }
    return show_tickets(tx, call, window, std::move(asked));
  });
}

Result<http::Response> update_ticket(Call& call) {
  const RecordId id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const records::ShapeRef shape = call.actor.catalogue->shape(tx, call.actor.org, *call.module);
    records::Changes changes = TRY(changes_from_body(*shape, body));
    const records::Record before = TRY(operations::read_record(tx, call.actor, *call.module, id));
    TRY(take_secondary_contacts(tx, call, body, &before, changes));
    TRY(in_words(*shape, operations::update_record(tx, call.actor, *call.module, id, changes)));
    TRY(take_shares(tx, call, id, body));
    const records::Record ticket = TRY(operations::read_record(tx, call.actor, *call.module, id));
    return record_json(tx, call, ticket);
  }));
  call.services.wake();
  return http::Response::json(200, std::move(json));
}

Result<http::Response> create_ticket(Call& call) {
  const JsonObject body = TRY(call.body());
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const records::Record ticket = TRY(make_ticket(tx, call, body));
    return record_json(tx, call, ticket);
  }));
  call.services.wake();
  return http::Response::json(200, std::move(json));
}

Result<http::Response> close_tickets(Call& call) {
  const JsonObject body = TRY(call.body());
  const std::vector<RecordId> ids = TRY(ids_of(body, "ids", ids_per_call_max));
  const auto outcomes = TRY(call.database().write(
      [&](db::Transaction& tx) -> Result<std::vector<operations::BulkOutcome>> {
        return operations::bulk_update(tx, call.actor, *call.module, ids,
                                       {{"status", records::Value("closed")}});
      }));
  JsonWriter json;
  json.begin_object().key("results").begin_array();
  for (const operations::BulkOutcome& outcome : outcomes) {
    json.begin_object().id("id", outcome.id.value).boolean("success", !outcome.refusal);
    if (outcome.refusal) {
      json.key("errors").begin_object().string("errorCode", error_code(*outcome.refusal));
      json.string("message", outcome.refusal->message).end_object();
    } else {
      json.null("errors");
    }
    json.end_object();
  }
  json.end_array().end_object();
  call.services.wake();
  return http::Response::json(200, json.take());
}

Result<http::Response> update_many(Call& call) {
  const JsonObject body = TRY(call.body());
  const std::vector<RecordId> ids = TRY(ids_of(body, "ids", ids_per_call_max));
  const std::string key = text_member(body, "fieldName");
  const Json* value = body.if_contains("fieldValue");
  if (key.empty() || !value)
    return invalid("fieldName", "required", "Give fieldName and fieldValue.");
  JsonObject one;
  one[flag_member(body, "isCustomField") ? "cf" : key] =
      flag_member(body, "isCustomField") ? Json(JsonObject{{key, *value}}) : *value;
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    const records::ShapeRef shape = call.actor.catalogue->shape(tx, call.actor.org, *call.module);
    const records::Changes changes = TRY(changes_from_body(*shape, one));
    if (changes.empty())
      return invalid("fieldName", "unknown_field", "There is no such field to write.");
    return in_words(*shape, operations::update_all(tx, call.actor, *call.module, ids, changes));
  }));
  call.services.wake();
  return http::Response::no_content();
}

Result<http::Response> move_ticket(Call& call) {
  const RecordId id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  const std::optional<RecordId> department = id_member(body, "departmentId");
  if (!department) return invalid("department", "required", "Give departmentId.");
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const records::Record ticket = TRY(operations::update_record(
        tx, call.actor, *call.module, id, {{"department", records::Value(*department)}}));
    return record_json(tx, call, ticket);
  }));
  call.services.wake();
  return http::Response::json(200, std::move(json));
}

Result<http::Response> count_tickets(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const records::ShapeRef shape = call.actor.catalogue->shape(tx, call.actor.org, *call.module);
    const views::ViewQuery asked = TRY(tickets_asked_for(tx, call, *shape));
    const records::Count count =
        TRY(views::count_view(tx, call.actor, desk::viewed_tickets(), asked));
    return http::Response::json(
        200, JsonWriter().begin_object().number("count", count.value).end_object().take());
  });
}

}  // namespace tandem::api::desk_dialect
