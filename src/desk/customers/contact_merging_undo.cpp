#include <fmt/format.h>

#include <algorithm>

#include "access/audit.h"
#include "base/json.h"
#include "desk/customers/contact_merge_walk.h"
#include "desk/customers/contact_merging.h"
#include "desk/customers/contacts.h"
#include "desk/merge_to_undo.h"
#include "desk/modules.h"
#include "desk/rows.h"
#include "operations/visible.h"
#include "records/became.h"

namespace tandem::desk {

namespace {

using access::Actor;
using records::Changes;
using records::Record;
using records::Value;

constexpr int64_t merges_shown_max = 50;

const JsonArray& list_in(const Json& json, std::string_view key) {
  static const JsonArray none;
  const Json* found = find(json, key);
  return found && found->is_array() ? found->as_array() : none;
}

Value value_of(const records::FieldDef& field, const Json& one, std::string_view key) {
  const Json* json = find(one, key);
  if (!json || json->is_null()) return {};
  const Result<Value> value = records::value_from_json(field, *json);
  return value ? *value : Value();
}

/// The list without what the merge brought.
Value without_brought(const Value& now, const Value& before, const Value& after) {
  const auto holds = [](const Value& list, const std::string& one) {
    return std::find(list.list().begin(), list.list().end(), one) != list.list().end();
  };
  std::vector<std::string> kept;
  for (const std::string& one : now.list()) {
    const bool was_brought = holds(after, one) && !holds(before, one);
    if (!was_brought) kept.push_back(one);
  }
  // What moved from another field of the target into the list goes back by that field.
  for (const std::string& one : before.list()) {
    if (!holds(now, one) && !holds(after, one)) kept.push_back(one);
  }
  return kept.empty() ? Value() : Value(std::move(kept));
}

/// Fields that nobody changed since go back to what they were.
Changes fields_back(const Record& target, const Json& undo) {
  Changes changes;
  for (const Json& one : list_in(undo, "fields")) {
    const records::FieldDef* field = target.shape->find(text_of(one, "name"));
    if (!field) continue;
    const Value before = value_of(*field, one, "before");
    const Value after = value_of(*field, one, "after");
    const Value& now = target.get(field->name);
    if (field->kind == records::FieldKind::tags) {
      changes.set(field->name, without_brought(now, before, after));
    } else if (now == after) {
      changes.set(field->name, before);
    }
  }
  return changes;
}

void products_back(db::Transaction& tx, OrgId org, RecordId target, const Json& undo) {
  for (const Json& one : list_in(undo, "products")) {
    if (!one.is_string()) continue;
    tx.execute(
        "DELETE FROM product_customers WHERE org_id = $1 AND module = 'contacts' "
        "AND customer_id = $2 AND product_id = $3",
        {org.value, target.value, id_from_text(std::string_view(one.as_string())).value_or(0)});
  }
}

/// An address that somebody has by now stays with them.
void leave_taken_addresses(db::Transaction& tx, OrgId org, Record& contact) {
  const auto is_taken = [&](const std::string& address) {
    return find_contact_by_address(tx, org, address).has_value();
  };
  for (const char* name : {"email", "secondary_email"}) {
    const std::string address = contact.get(name).text();
    if (!address.empty() && is_taken(address)) contact.set(name, Value());
  }
  std::vector<std::string> further = contact.get("other_emails").list();
  std::erase_if(further, is_taken);
  contact.set("other_emails", further.empty() ? Value() : Value(std::move(further)));
}

/// What was removed for good since stays away.
Result<void> bring_back(db::Transaction& tx, const Actor& actor, RecordId id,
                        const Record& target) {
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, contacts_module());
  std::optional<Record> before = TRY(
      records::select_one(tx, actor.org, shape, id, records::everything(), records::Bin::inside));
  if (!before || before->get("merged_into").id() != target.id) return {};
  Record proposed = *before;
  proposed.set("merged_into", Value());
  proposed.deleted_at.reset();
  proposed.deleted_by = {};
  leave_taken_addresses(tx, actor.org, proposed);
  JsonWriter detail;
  detail.begin_object().id("contact", target.id.value).string("name", target.title).end_object();
  records::Change change{tx,
                         actor.org,
                         actor,
                         records::Verb::restored,
                         *before,
                         std::move(proposed),
                         "contact_merge_undone",
                         detail.take()};
  TRY(operations::save_change(change));
  return {};
}

/// Without those that were removed for good since, whose names are gone with them.
std::vector<MergedContact> named(std::vector<MergedContact> contacts) {
  std::erase_if(contacts, [](const MergedContact& one) { return one.name.empty(); });
  return contacts;
}

Result<Record> target_of(db::Transaction& tx, const Actor& actor, RecordId target) {
  TRY(access::require_right(actor, contacts_module(), access::Right::read));
  Record contact =
      TRY(operations::find_visible(tx, actor, contacts_module(), target, records::Bin::either));
  if (!contact.get("merged_into").is_null()) {
    return conflict("merged_on",
                    "This contact was merged into another one since; undo that merge first.");
  }
  if (contact.deleted_at) return not_found("There is no such contact here.");
  TRY(operations::require_act(actor, contact, "merge"));
  TRY(access::require_right(actor, contacts_module(), access::Right::delete_));
  return contact;
}

}  // namespace

std::vector<MergedContact> merged_contacts_in(const std::string& undo) {
  std::vector<MergedContact> contacts;
  const Result<Json> json = json_from_text(undo);
  if (!json) return contacts;
  for (const Json& one : list_in(*json, "contacts")) {
    contacts.push_back(
        {RecordId{id_from_text(text_of(one, "id")).value_or(0)}, text_of(one, "name")});
  }
  return contacts;
}

Result<std::vector<DoneContactMerge>> contact_merges_into(db::Transaction& tx, const Actor& actor,
                                                          RecordId target) {
  TRY(operations::read_record(tx, actor, contacts_module(), target));
  std::vector<DoneContactMerge> merges;
  for (const db::Row& row :
       tx.rows("SELECT id, merged_at, undo FROM merges WHERE org_id = $1 AND module = 'contacts' "
               "AND target_id = $2 AND undone_at IS NULL AND merged_at >= $3 "
               "ORDER BY id DESC LIMIT $4",
               {actor.org.value, target.value, tx.now().ms - merge_undo_days * day_ms,
                merges_shown_max})) {
    merges.push_back({.id = {row.integer(0)},
                      .merged_at = {row.integer(1)},
                      .contacts = named(merged_contacts_in(row.text(2)))});
  }
  return merges;
}

Result<Record> undo_contact_merge(db::Transaction& tx, const Actor& actor, RecordId target,
                                  RecordId merge) {
  const Record contact = TRY(target_of(tx, actor, target));
  const db::Row row = TRY(merge_to_undo(tx, actor.org, contacts_module().name, target, merge));
  const std::vector<MergedContact> others = merged_contacts_in(row.text(2));
  const Result<Json> undo = json_from_text(row.text(2));
  if (!undo) return conflict("too_late", "Nothing is known any more about this merge.");
  JsonWriter detail;
  detail.begin_object().key("contacts").begin_array();
  for (const MergedContact& one : named(others))
    detail.begin_object().id("id", one.id.value).string("name", one.name).end_object();
  detail.end_array().end_object();
  Record after = TRY(change_row(tx, actor, contact, fields_back(contact, *undo),
                                {"contact_merge_undone", detail.take()}));
  products_back(tx, actor.org, target, *undo);
  for (const MergedContact& one : others) TRY(bring_back(tx, actor, one.id, contact));
  // What was kept for this is needed by nobody any more.
  tx.execute("UPDATE merges SET undone_at = $3, undo = '{}' WHERE org_id = $1 AND id = $2",
             {actor.org.value, merge.value, tx.now().ms});
  records::forget_what_became(tx, actor.org, merge);
  const ContactMergeErrand errand{*actor.catalogue, actor.org, merge, actor.author()};
  TRY(move_merged_records(tx, errand));
  queue_merged_records(tx, errand);
  access::audit(tx, actor, "contact_merge_undone", after.title);
  operations::hide_fields(actor, after);
  return after;
}

}  // namespace tandem::desk
