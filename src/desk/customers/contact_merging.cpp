#include "desk/customers/contact_merging.h"

#include <fmt/format.h>

#include <algorithm>

#include "access/audit.h"
#include "base/json.h"
#include "base/text.h"
#include "desk/customers/contact_addresses.h"
#include "desk/customers/contact_merge_walk.h"
#include "desk/customers/phone_numbers.h"
#include "desk/modules.h"
#include "desk/rows.h"
#include "operations/visible.h"
#include "records/became.h"

namespace tandem::desk {

namespace {

using access::Actor;
using records::Changes;
using records::FieldDef;
using records::Record;
using records::Value;

Result<void> check_choice(const ContactMergeRequest& request) {
  if (request.others.empty()) {
    return invalid("contacts", "required", "Choose at least one other contact.");
  }
  if (request.others.size() > contacts_merged_max) {
    return invalid("contacts", "too_many",
                   fmt::format("Merge at most {} other contacts at a time.", contacts_merged_max));
  }
  std::vector<int64_t> known{request.target.id.value};
  for (const SeenContact& other : request.others) {
    if (std::find(known.begin(), known.end(), other.id.value) != known.end()) {
      return invalid("contacts", "duplicate", "Name each contact once.");
    }
    known.push_back(other.id.value);
  }
  for (const auto& [field, contact] : request.winners) {
    if (std::find(known.begin(), known.end(), contact.value) == known.end()) {
      return invalid("winners", "not_a_choice", "Choose among the contacts that are merged.");
    }
  }
  return {};
}

Result<Record> take_contact(db::Transaction& tx, const Actor& actor, const SeenContact& seen,
                            std::string_view act) {
  TRY(access::require_right(actor, contacts_module(), access::Right::read));
  Record contact =
      TRY(operations::find_visible(tx, actor, contacts_module(), seen.id, records::Bin::outside));
  TRY(operations::require_act(actor, contact, act));
  if (seen.revision && *seen.revision != contact.revision) {
    return conflict("stale", fmt::format("{} was changed by someone else meanwhile; look again.",
                                         contact.title));
  }
  return contact;
}

bool is_list_of_reach(const FieldDef& field) {
  return field.name == "other_emails" || field.name == "other_phones";
}

std::vector<const Record*> all_of(const ContactMergePreview& merge) {
  std::vector<const Record*> all{&merge.target};
  for (const Record& other : merge.others) all.push_back(&other);
  return all;
}

/// Who is named, else the first that has a value, the target before the others.
const Record& winner_of(const ContactMergePreview& merge, const ContactMergeRequest& request,
                        const FieldDef& field) {
  const std::vector<const Record*> all = all_of(merge);
  const auto named = request.winners.find(field.name);
  for (const Record* one : all) {
    const bool wins =
        named != request.winners.end() ? one->id == named->second : !one->get(field.name).is_null();
    if (wins) return *one;
  }
  return merge.target;
}

Result<void> choose_fields(const Actor& actor, const ContactMergeRequest& request,
                           ContactMergePreview& merge) {
  std::vector<std::string> known;
  for (const FieldDef& field : merge.target.shape->fields()) {
    if (field.written_by != records::WrittenBy::person || is_list_of_reach(field)) continue;
    const Record& winner = winner_of(merge, request, field);
    const Value& value = winner.get(field.name);
    if (value != merge.target.get(field.name)) merge.changes.set(field.name, value);
    if (access::field_access(actor, contacts_module().name, field) != access::FieldAccess::write)
      continue;
    known.push_back(field.name);
    const std::vector<const Record*> all = all_of(merge);
    const bool differs = std::any_of(all.begin(), all.end(), [&](const Record* one) {
      return one->get(field.name) != merge.target.get(field.name);
    });
    if (differs) merge.choices.push_back({&field, winner.id});
  }
  for (const auto& [field, contact] : request.winners) {
    if (std::find(known.begin(), known.end(), field) == known.end()) {
      return invalid("winners", "unknown_field",
                     fmt::format("There is no field {} to choose for.", field));
    }
  }
  return {};
}

/// What the target holds in a field once it is merged.
const Value& merged_value(const ContactMergePreview& merge, const std::string& field) {
  const Value* changed = merge.changes.find(field);
  return changed ? *changed : merge.target.get(field);
}

void keep_addresses(ContactMergePreview& merge) {
  std::vector<std::string> further;
  for (const Record* one : all_of(merge)) {
    for (const std::string& address : addresses_in(*one)) {
      const bool is_said = address == merged_value(merge, "email").text() ||
                           address == merged_value(merge, "secondary_email").text();
      const bool is_known = std::find(further.begin(), further.end(), address) != further.end();
      if (!is_said && !is_known) further.push_back(address);
    }
  }
  std::sort(further.begin(), further.end());
  merge.changes.set("other_emails", further.empty() ? Value() : Value(further));
}

void keep_phones(ContactMergePreview& merge) {
  std::vector<std::string> known{phone_digits(merged_value(merge, "phone").text()),
                                 phone_digits(merged_value(merge, "mobile").text())};
  std::vector<std::string> further;
  const auto add = [&](const std::string& number) {
    const std::string digits = phone_digits(number);
    if (digits.empty() || std::find(known.begin(), known.end(), digits) != known.end()) return;
    known.push_back(digits);
    further.push_back(number);
  };
  for (const Record* one : all_of(merge)) {
    for (const std::string& number : one->get("other_phones").list()) add(number);
    for (const char* name : {"phone", "mobile"}) add(one->get(name).text());
  }
  std::sort(further.begin(), further.end());
  merge.changes.set("other_phones", further.empty() ? Value() : Value(further));
}

}  // namespace

Result<ContactMergePreview> preview_contact_merge(db::Transaction& tx, const Actor& actor,
                                                  const ContactMergeRequest& request) {
  TRY(check_choice(request));
  ContactMergePreview merge;
  merge.target = TRY(take_contact(tx, actor, request.target, "merge"));
  for (const SeenContact& seen : request.others) {
    Record other = TRY(take_contact(tx, actor, seen, "delete"));
    merge.others.push_back(std::move(other));
    merge.tickets.emplace_back();
    if (!access::has_right(actor, tickets_module().name, access::Right::read)) continue;
    merge.tickets.back() = TRY(operations::count_records(tx, actor, tickets_module(),
                                                         records::field("contact").is(seen.id)));
  }
  TRY(choose_fields(actor, request, merge));
  keep_addresses(merge);
  keep_phones(merge);
  const bool fits = merged_value(merge, "other_emails").list().size() <= further_addresses_max &&
                    merged_value(merge, "other_phones").list().size() <= further_phones_max;
  if (fits) return merge;
  return invalid("contacts", "too_many_addresses",
                 "Together they have more addresses or telephones than one contact may have; take "
                 "away some first.");
}

namespace {

std::string names_of(const std::vector<Record>& contacts) {
  std::vector<std::string> names;
  for (const Record& one : contacts) names.push_back(one.title);
  return join(names, ", ");
}

void write_contacts(JsonWriter& json, const std::vector<Record>& contacts) {
  json.key("contacts").begin_array();
  for (const Record& one : contacts)
    json.begin_object().id("id", one.id.value).string("name", one.title).end_object();
  json.end_array();
}

/// Into the bin, with its addresses free and a pointer to the target.
Result<void> put_away(db::Transaction& tx, const Actor& actor, const Record& other,
                      const Record& target) {
  JsonWriter detail;
  detail.begin_object().id("contact", target.id.value).string("name", target.title).end_object();
  Record proposed = other;
  proposed.set("merged_into", target.id);
  proposed.deleted_at = tx.now();
  proposed.deleted_by = actor.id;
  records::Change change{tx,
                         actor.org,
                         actor,
                         records::Verb::deleted,
                         other,
                         std::move(proposed),
                         "contact_merged_into",
                         detail.take()};
  TRY(operations::save_change(change));
  return {};
}

/// Answers which products the target did not have.
std::vector<int64_t> take_products(db::Transaction& tx, OrgId org, const ContactMergePreview& merge,
                                   RecordId by) {
  std::vector<int64_t> taken;
  for (const Record& other : merge.others) {
    for (const db::Row& row :
         tx.rows("SELECT product_id FROM product_customers WHERE org_id = $1 "
                 "AND module = 'contacts' AND customer_id = $2 ORDER BY product_id",
                 {org.value, other.id.value})) {
      const int64_t added = tx.execute(
          "INSERT INTO product_customers "
          "(org_id, module, customer_id, product_id, added_at, added_by) "
          "VALUES ($1, 'contacts', $2, $3, $4, $5) ON CONFLICT DO NOTHING",
          {org.value, merge.target.id.value, row.integer(0), tx.now().ms, db::arg(by)});
      if (added > 0) taken.push_back(row.integer(0));
    }
  }
  return taken;
}

/// What undo_contact_merge needs to know.
std::string undo_json(const ContactMergePreview& merge, const Record& after,
                      const std::vector<int64_t>& products) {
  JsonWriter json;
  json.begin_object().key("fields").begin_array();
  for (const FieldDef& field : after.shape->fields()) {
    const Value& before = merge.target.get(field.name);
    if (before == after.get(field.name)) continue;
    json.begin_object().string("name", field.name).key("before");
    records::append_value(json, field, before);
    json.key("after");
    records::append_value(json, field, after.get(field.name));
    json.end_object();
  }
  json.end_array().key("products").begin_array();
  for (const int64_t id : products) json.id(id);
  json.end_array();
  write_contacts(json, merge.others);
  return json.end_object().take();
}

}  // namespace

Result<Record> merge_contacts(db::Transaction& tx, const Actor& actor,
                              const ContactMergeRequest& request) {
  const ContactMergePreview merge = TRY(preview_contact_merge(tx, actor, request));
  for (const Record& other : merge.others) TRY(put_away(tx, actor, other, merge.target));
  JsonWriter detail;
  detail.begin_object();
  write_contacts(detail, merge.others);
  Record after = TRY(change_row(tx, actor, merge.target, merge.changes,
                                {"contacts_merged", detail.end_object().take()}));
  const std::vector<int64_t> products = take_products(tx, actor.org, merge, actor.id);
  const RecordId id{tx.new_id()};
  tx.execute(
      "INSERT INTO merges (org_id, id, module, target_id, merged_at, merged_by, undo) "
      "VALUES ($1, $2, 'contacts', $3, $4, $5, $6)",
      {actor.org.value, id.value, after.id.value, tx.now().ms, db::arg(actor.id),
       undo_json(merge, after, products)});
  for (const Record& other : merge.others)
    records::note_became(tx, actor.org, contacts_module().name, other.id, after.id, id);
  const ContactMergeErrand errand{*actor.catalogue, actor.org, id, actor.author()};
  TRY(move_merged_records(tx, errand));
  queue_merged_records(tx, errand);
  access::audit(tx, actor, "contacts_merged",
                fmt::format("{} into {}", names_of(merge.others), after.title));
  operations::hide_fields(actor, after);
  return after;
}

Result<void> contact_act_rule(const Actor&, const Record& contact, std::string_view act) {
  if (act != "restore" || contact.get("merged_into").is_null()) return {};
  return conflict("contact_merged",
                  "The contact was merged into another one; undo the merge there, under Merge.");
}

void add_contact_jobs(jobs::Worker& worker, const Desk& desk) {
  worker.add("merge_contacts", [&desk](db::Database& database, const jobs::Job& job) {
    return run_merged_records(desk, database, job);
  });
}

}  // namespace tandem::desk
