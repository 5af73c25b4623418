#include "api/crm/attachment_calls.h"
#include "api/crm/envelope.h"
#include "api/crm/handlers.h"
#include "api/crm/item_words.h"
#include "api/crm/joined_calls.h"
#include "api/crm/write_results.h"
#include "base/text.h"
#include "crm/notes/attachments.h"

// Lists of records that belong to another record: by a link of their own (its notes, files,
// contacts, tasks), so that each is in the list of one record alone, or joined many with many
// (joined_calls.h).

namespace tandem::api::crm_dialect {

namespace {

using records::Record;

/// The list of the path, for a token and a role that may do this with its records. Refuses with
/// invalid a name that no list of the module has.
Result<RelatedList> list_of_path(const Call& call, std::string_view operation) {
  const std::string asked = ascii_lower(call.request.param("list"));
  // Older clients of Bigin say Deals.
  const bool is_older = call.edition == Edition::bigin && asked == "deals";
  for (RelatedList& list : related_lists_of(call, *call.module)) {
    const std::string name = ascii_lower(list.api_name);
    if (name != asked && !(is_older && name == "pipelines")) continue;
    if (!list.side) {
      TRY(call.require_scope(*list.module, operation));
      return std::move(list);
    }
    TRY(call.require_scope(*list.module, "READ"));
    if (operation != "READ") TRY(call.require_scope(list.side->holder(), "UPDATE"));
    return std::move(list);
  }
  return invalid("", "no_such_list", "the relation name given seems to be invalid");
}

bool is_of_attachments(const RelatedList& list) { return list.module->name == "attachments"; }

/// Notes and files are made, changed and deleted below their record; other records are linked.
bool is_part(const RelatedList& list) {
  return list.module->name == "notes" || is_of_attachments(list);
}

/// A record of the list. Refuses with not_found what is in the list of another record.
Result<Record> related_record(db::Transaction& tx, const Call& call, const RelatedList& list,
                              RecordId parent, RecordId id) {
  TRY(operations::read_record(tx, call.actor, *call.module, parent));
  Record found = TRY(operations::read_record(tx, call.actor, *list.module, id));
  if (found.get(list.field).id() != parent)
    return not_found("the related id given seems to be invalid");
  return found;
}

/// Links each item to the record of the path, and changes what else it says.
Result<http::Response> link_items(Call& call, const RelatedList& list, RecordId parent,
                                  const JsonArray& items) {
  if (list.side) return join_items(call, list, parent, items);
  if (is_of_attachments(list))
    return invalid("", "not_supported", "Files are added with POST and can't be changed.");
  Call inner = call.about(*list.module);
  const std::string_view message = is_part(list) ? "record updated" : "relation added";
  return for_each_item(inner, items, 200,
                       [&](db::Transaction& tx, const ModuleWords& words, const JsonObject& item,
                           WriteResults& results) -> Result<void> {
                         const std::optional<RecordId> id = TRY(id_of(item));
                         if (!id) return invalid("id", "required", "required field not found");
                         if (is_part(list)) TRY(related_record(tx, call, list, parent, *id));
                         TRY(operations::read_record(tx, call.actor, *call.module, parent));
                         records::Changes changes = TRY(changes_from_item(tx, inner, words, item));
                         changes.set(list.field, parent);
                         TRY(operations::update_record(tx, call.actor, *list.module, *id, changes));
                         results.add_done(*id, message);
                         return {};
                       });
}

Result<http::Response> unlink_ids(Call& call, const RelatedList& list, RecordId parent,
                                  const std::vector<RecordId>& ids) {
  if (list.side) return part_ids(call, list, parent, ids);
  Call inner = call.about(*list.module);
  const std::string_view message = is_part(list) ? "record deleted" : "relation removed";
  return for_each_id(inner, ids, message, [&](db::Transaction& tx, RecordId id) -> Result<void> {
    TRY(related_record(tx, call, list, parent, id));
    if (is_of_attachments(list)) return crm::remove_attachment(tx, call.actor, id);
    if (is_part(list)) {
      TRY(operations::delete_record(tx, call.actor, *list.module, id));
      return {};
    }
    const records::Changes changes{{list.field, records::Value()}};
    TRY(operations::update_record(tx, call.actor, *list.module, id, changes));
    return {};
  });
}

}  // namespace

Result<http::Response> list_related(Call& call) {
  const RecordId parent = TRY(call.id());
  const RelatedList list = TRY(list_of_path(call, "READ"));
  if (list.side) return show_joined(call, list, parent);
  const Call inner = call.about(*list.module);
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    TRY(operations::read_record(tx, call.actor, *call.module, parent));
    records::ShapeRef shape;
    const ModuleWords words = inner.words(tx, shape);
    return show_list(tx, inner, words, records::field(list.field).is(parent));
  });
}

/// Notes and files alone are made here; what else there is has a module of its own to be made in.
Result<http::Response> add_related(Call& call) {
  const RecordId parent = TRY(call.id());
  const RelatedList list = TRY(list_of_path(call, "CREATE"));
  if (is_of_attachments(list)) return add_attachment(call, parent);
  if (!is_part(list))
    return invalid("", "not_supported", "Make it by POST to its module, then link it by PUT.");
  const JsonArray items = TRY(call.items("data", records_per_call_max));
  Call inner = call.about(*list.module);
  return for_each_item(inner, items, 201,
                       [&](db::Transaction& tx, const ModuleWords& words, const JsonObject& item,
                           WriteResults& results) -> Result<void> {
                         TRY(operations::read_record(tx, call.actor, *call.module, parent));
                         JsonObject own = item;
                         own.erase("Parent_Id");  // the address says it
                         records::Changes changes = TRY(changes_from_item(tx, inner, words, own));
                         changes.set(list.field, parent);
                         const Record made =
                             TRY(operations::create_record(tx, call.actor, *list.module, changes));
                         results.add_saved(tx, made, "record added");
                         return {};
                       });
}

Result<http::Response> link_related(Call& call) {
  const RecordId parent = TRY(call.id());
  const RelatedList list = TRY(list_of_path(call, "UPDATE"));
  const JsonArray items = TRY(call.items("data", records_per_call_max));
  return link_items(call, list, parent, items);
}

Result<http::Response> unlink_related(Call& call) {
  const RecordId parent = TRY(call.id());
  const RelatedList list = TRY(list_of_path(call, "DELETE"));
  const std::vector<RecordId> ids = TRY(call.query_ids("ids", records_per_call_max));
  return unlink_ids(call, list, parent, ids);
}

Result<http::Response> read_related(Call& call) {
  const RecordId parent = TRY(call.id());
  const RecordId id = TRY(call.id("related"));
  const RelatedList list = TRY(list_of_path(call, "READ"));
  if (is_of_attachments(list)) return show_attachment(call, parent, id);
  if (list.side) return show_one_joined(call, list, {parent, id});
  const Call inner = call.about(*list.module);
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    records::ShapeRef shape;
    const ModuleWords words = inner.words(tx, shape);
    const Record found = TRY(related_record(tx, call, list, parent, id));
    return show_records(tx, inner, words, {found}, "");
  });
}

Result<http::Response> link_one_related(Call& call) {
  const RecordId parent = TRY(call.id());
  const RecordId id = TRY(call.id("related"));
  const RelatedList list = TRY(list_of_path(call, "UPDATE"));
  JsonArray items = TRY(call.items("data", 1));
  if (items.front().is_object()) items.front().as_object()["id"] = to_string(id);
  return link_items(call, list, parent, items);
}

Result<http::Response> unlink_one_related(Call& call) {
  const RecordId parent = TRY(call.id());
  const RecordId id = TRY(call.id("related"));
  const RelatedList list = TRY(list_of_path(call, "DELETE"));
  return unlink_ids(call, list, parent, {id});
}

}  // namespace tandem::api::crm_dialect
