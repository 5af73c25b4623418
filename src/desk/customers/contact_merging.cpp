#include "desk/customers/contact_merging.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "desk/customers/contact_addresses.h"
#include "desk/customers/contacts.h"
#include "desk/customers/phone_numbers.h"
#include "desk/modules.h"
#include "operations/merged_links.h"
#include "operations/visible.h"

namespace tandem::desk {

namespace {

using access::Actor;
using operations::merged_value;
using operations::MergePlan;
using records::Record;
using records::Value;

const operations::MergeKind& contact_merges() {
  static const operations::MergeKind kind{
      .module = contacts_module(),
      .many = "contacts",
      .one = "contact",
      .is_brought_together = [](const records::FieldDef& field) {
        return field.name == "other_emails" || field.name == "other_phones";
      }};
  return kind;
}

/// What a contact was asked of a ticket is its requester's.
void ratings_follow(db::Transaction& tx, OrgId org, const Record& before, const std::string& field,
                    RecordId to) {
  const bool is_requester = field == "contact" && before.shape->module().name == "tickets";
  if (!is_requester) return;
  tx.execute(
      "UPDATE ratings SET contact_id = $3 WHERE org_id = $1 AND ticket_id = $2 AND contact_id = $4",
      {org.value, before.id.value, to.value, before.get("contact").number()});
}

bool has_webhooks(db::Transaction& tx, OrgId org) {
  return tx.row("SELECT 1 FROM webhooks WHERE org_id = $1 AND is_enabled = 1", {org.value})
      .has_value();
}

bool webhooks_have_much_to_tell(db::Transaction& tx, OrgId org) {
  for (const db::Row& webhook : tx.rows("SELECT id FROM webhooks WHERE org_id = $1 "
                                        "AND is_enabled = 1",
                                        {org.value})) {
    const int64_t waiting = tx.integer(
        "SELECT COUNT(*) FROM (SELECT 1 FROM webhook_deliveries WHERE org_id = $1 "
        "AND webhook_id = $2 AND state = 'waiting' LIMIT $3) AS counted",
        {org.value, webhook.integer(0), operations::merge_told_at_once_max});
    if (waiting >= operations::merge_told_at_once_max) return true;
  }
  return false;
}

operations::MergeErrand errand_of(const Actor& actor, RecordId merge) {
  return {.catalogue = *actor.catalogue,
          .ties = contact_ties(),
          .org = actor.org,
          .module = contacts_module(),
          .merge = merge,
          .author = actor.author()};
}

void keep_addresses(MergePlan& merge) {
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

void keep_phones(MergePlan& merge) {
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

const operations::MergeTies& contact_ties() {
  static const operations::MergeTies ties{.job = "merge_contacts",
                                          .after_move = ratings_follow,
                                          .tells_receivers = has_webhooks,
                                          .has_much_to_tell = webhooks_have_much_to_tell};
  return ties;
}

Result<ContactMergePreview> preview_contact_merge(db::Transaction& tx, const Actor& actor,
                                                  const ContactMergeRequest& request) {
  ContactMergePreview preview;
  preview.plan = TRY(operations::plan_merge(tx, actor, contact_merges(), request));
  MergePlan& merge = preview.plan;
  for (const Record& other : merge.others) {
    preview.tickets.emplace_back();
    if (!access::has_right(actor, tickets_module().name, access::Right::read)) continue;
    preview.tickets.back() = TRY(operations::count_records(tx, actor, tickets_module(),
                                                           records::field("contact").is(other.id)));
  }
  keep_addresses(merge);
  keep_phones(merge);
  const bool fits = merged_value(merge, "other_emails").list().size() <= further_addresses_max &&
                    merged_value(merge, "other_phones").list().size() <= further_phones_max;
  if (fits) return preview;
  return invalid("contacts", "too_many_addresses",
                 "Together they have more addresses or telephones than one contact may have; take "
                 "away some first.");
}

namespace {

/// Answers which products the target did not have.
JsonArray take_products(db::Transaction& tx, OrgId org, const MergePlan& merge, RecordId by) {
  JsonArray taken;
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
      if (added > 0) taken.emplace_back(to_string(RecordId{row.integer(0)}));
    }
  }
  return taken;
}

void products_back(db::Transaction& tx, OrgId org, RecordId target, const Json& undo) {
  const Json* products = find(undo, "products");
  if (!products || !products->is_array()) return;
  for (const Json& one : products->as_array()) {
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

}  // namespace

Result<Record> merge_contacts(db::Transaction& tx, const Actor& actor,
                              const ContactMergeRequest& request) {
  const ContactMergePreview preview = TRY(preview_contact_merge(tx, actor, request));
  JsonObject more;
  more["products"] = take_products(tx, actor.org, preview.plan, actor.id);
  operations::DoneMergeStep done =
      TRY(operations::carry_out_merge(tx, actor, contact_merges(), preview.plan, more));
  TRY(operations::follow_merge(tx, errand_of(actor, done.merge)));
  operations::hide_fields(actor, done.target);
  return std::move(done.target);
}

Result<Record> undo_contact_merge(db::Transaction& tx, const Actor& actor, RecordId target,
                                  RecordId merge) {
  const auto give_back = [&](const Record& contact, const Json& undo) -> Result<void> {
    products_back(tx, actor.org, contact.id, undo);
    return {};
  };
  const auto settle = [&](Record& contact) { leave_taken_addresses(tx, actor.org, contact); };
  Record after = TRY(operations::undo_merge(tx, actor, contact_merges(), target, merge,
                                            {.before_return = give_back, .settle = settle}));
  TRY(operations::follow_merge(tx, errand_of(actor, merge)));
  operations::hide_fields(actor, after);
  return after;
}

Result<void> contact_act_rule(const Actor&, const Record& contact, std::string_view act) {
  return operations::merged_stays_away(contact, act);
}

void add_contact_jobs(jobs::Worker& worker, const Desk& desk) {
  worker.add(contact_ties().job, [&desk](db::Database& database, const jobs::Job& job) {
    return operations::run_merged_links(desk.catalogue, contact_ties(), database, job);
  });
}

}  // namespace tandem::desk
