#include "desk/customers/contact_purging.h"

#include "base/json.h"
#include "desk/customers/contact_addresses.h"
#include "desk/customers/contact_merging.h"
#include "records/became.h"

namespace tandem::desk {

namespace {

using records::Change;
using records::Verb;

std::vector<db::Row> merges_into(db::Transaction& tx, OrgId org, RecordId target) {
  return tx.rows(
      "SELECT id, undo FROM merges WHERE org_id = $1 AND module = 'contacts' AND target_id = $2 "
      "ORDER BY id LIMIT $3",
      {org.value, target.value, int64_t{merged_contacts_max}});
}

/// Who is in a merge, with the names of all but one.
JsonArray contacts_without_name(const std::string& undo, RecordId gone) {
  JsonArray contacts;
  for (const MergedContact& one : merged_contacts_in(undo)) {
    JsonObject contact;
    contact["id"] = to_string(one.id);
    contact["name"] = one.id == gone ? std::string() : one.name;
    contacts.push_back(std::move(contact));
  }
  return contacts;
}

void store_undo(db::Transaction& tx, OrgId org, int64_t merge, const JsonObject& undo) {
  tx.execute("UPDATE merges SET undo = $3 WHERE org_id = $1 AND id = $2",
             {org.value, merge, json_to_text(undo)});
}

void forget_name(const Change& contact, RecordId gone, RecordId target) {
  for (const db::Row& merge : merges_into(contact.tx, contact.org, target)) {
    const Result<Json> undo = json_from_text(merge.text(1));
    if (!undo || !undo->is_object()) continue;
    JsonObject without = undo->as_object();
    without["contacts"] = contacts_without_name(merge.text(1), gone);
    if (Json(without) != *undo) store_undo(contact.tx, contact.org, merge.integer(0), without);
  }
}

}  // namespace

Result<void> merged_contacts_stay_led(Change& contact) {
  if (contact.verb != Verb::purged) return {};
  const RecordId gone = contact.before.id;
  const RecordId next = contact.before.get("merged_into").id();
  if (records::is_on_its_way(contact.tx, contact.org, "contacts", gone)) {
    return conflict("merge_running",
                    "What belonged to this contact is still being moved to the one it was merged "
                    "into; try again in a few minutes.");
  }
  if (!next) return {};
  for (const db::Row& merge : merges_into(contact.tx, contact.org, gone)) {
    for (const MergedContact& one : merged_contacts_in(merge.text(1))) {
      contact.tx.execute(
          "UPDATE contacts SET merged_into = $3 WHERE org_id = $1 AND id = $2 AND merged_into = $4",
          {contact.org.value, one.id.value, next.value, gone.value});
    }
  }
  return {};
}

Result<void> merges_forget_the_purged(Change& contact) {
  if (contact.verb != Verb::purged) return {};
  const RecordId gone = contact.before.id;
  const RecordId next = contact.before.get("merged_into").id();
  if (next) {
    for (const RecordId one : same_person(contact.tx, contact.org, next))
      forget_name(contact, gone, one);
  }
  for (const db::Row& merge : merges_into(contact.tx, contact.org, gone)) {
    JsonObject undo;
    undo["contacts"] = contacts_without_name(merge.text(1), gone);
    store_undo(contact.tx, contact.org, merge.integer(0), undo);
  }
  return {};
}

}  // namespace tandem::desk
