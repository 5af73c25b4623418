#include "desk/tickets/ticket_tags.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "desk/modules.h"
#include "desk/rows.h"
#include "operations/operations.h"

namespace tandem::desk {

namespace {

using access::Actor;
using TagsByKey = std::map<std::string, std::string>;

std::string key_of(std::string_view tag) { return ascii_lower(trim(tag)); }

/// Steps from one tag to the next one along the key, so that a tag of many tickets costs as much as
/// one of a single ticket.
void add_tags_of(db::Transaction& tx, OrgId org, int64_t department, const std::string& begin,
                 TagsByKey& found) {
  constexpr std::string_view first =
      "SELECT key, name FROM ticket_tags WHERE org_id = $1 AND department_id = $2 AND key >= $3 "
      "ORDER BY org_id, department_id, key LIMIT 1";
  constexpr std::string_view next =
      "SELECT key, name FROM ticket_tags WHERE org_id = $1 AND department_id = $2 AND key > $3 "
      "ORDER BY org_id, department_id, key LIMIT 1";
  std::string key = begin;
  for (int step = 0; step < tags_suggested_max; ++step) {
    const std::optional<db::Row> row =
        tx.row(std::string(step == 0 ? first : next), {org.value, department, key});
    if (!row || !row->text(0).starts_with(begin)) return;
    key = row->text(0);
    found.emplace(key, row->text(1));
  }
}

std::vector<int64_t> departments_of(db::Transaction& tx, const Actor& actor, RecordId department) {
  const bool sees_all = actor.is_administrator() || actor.is_system();
  if (department) {
    if (!sees_all && !actor.in_department(department)) return {};
    return {department.value};
  }
  std::vector<int64_t> departments = actor.department_ids;
  if (sees_all) {
    departments.clear();
    for (const db::Row& row :
         tx.rows("SELECT id FROM departments WHERE org_id = $1 AND deleted_at IS NULL ORDER BY id "
                 "LIMIT $2",
                 {actor.org.value, int64_t{tag_departments_asked_max}})) {
      departments.push_back(row.integer(0));
    }
  }
  if (departments.size() > tag_departments_asked_max) departments.resize(tag_departments_asked_max);
  return departments;
}

bool may_read_tags(const Actor& actor) {
  const records::ModuleDef& tickets = tickets_module();
  const records::FieldDef* field = actor.catalogue->plain_shape(tickets)->find("tags");
  return actor.kind != access::ActorKind::contact &&
         access::has_right(actor, tickets.name, access::Right::read) &&
         access::field_access(actor, tickets.name, *field) != access::FieldAccess::hidden;
}

bool has_tag(const std::vector<std::string>& tags, std::string_view tag) {
  return std::any_of(tags.begin(), tags.end(),
                     [key = key_of(tag)](const std::string& one) { return key_of(one) == key; });
}

}  // namespace

std::vector<std::string> tags_in_use(db::Transaction& tx, const Actor& actor,
                                     std::string_view words, RecordId department) {
  if (!may_read_tags(actor)) return {};
  TagsByKey found;
  const std::string begin = key_of(words);
  for (const int64_t one : departments_of(tx, actor, department)) {
    add_tags_of(tx, actor.org, one, begin, found);
  }
  std::vector<std::string> names;
  for (const auto& [key, name] : found) {
    if (names.size() == size_t(tags_suggested_max)) break;
    names.push_back(name);
  }
  return names;
}

Result<records::Record> add_tags(db::Transaction& tx, const Actor& actor, RecordId ticket,
                                 const std::vector<std::string>& tags) {
  const records::Record before = TRY(visible_ticket(tx, actor, ticket));
  std::vector<std::string> wanted = before.get("tags").list();
  for (const std::string& tag : tags) {
    if (!has_tag(wanted, tag)) wanted.push_back(tag);
  }
  return operations::update_record(tx, actor, tickets_module(), ticket, {{"tags", wanted}});
}

Result<records::Record> remove_tags(db::Transaction& tx, const Actor& actor, RecordId ticket,
                                    const std::vector<std::string>& tags) {
  const records::Record before = TRY(visible_ticket(tx, actor, ticket));
  std::vector<std::string> left = before.get("tags").list();
  std::erase_if(left, [&](const std::string& tag) { return has_tag(tags, tag); });
  const records::Value value = left.empty() ? records::Value() : records::Value(std::move(left));
  return operations::update_record(tx, actor, tickets_module(), ticket, {{"tags", value}});
}

Result<void> tags_are_kept_in_use(records::Change& ticket) {
  const bool is_written =
      ticket.verb == records::Verb::created || ticket.verb == records::Verb::updated;
  if (!is_written || (!ticket.changes("tags") && !ticket.changes("department"))) return {};
  if (!ticket.is_new()) {
    if (ticket.before.get("tags").list().empty() && ticket.get("tags").list().empty()) return {};
    ticket.tx.execute("DELETE FROM ticket_tags WHERE org_id = $1 AND ticket_id = $2",
                      {ticket.org.value, ticket.proposed.id.value});
  }
  for (const std::string& tag : ticket.get("tags").list()) {
    ticket.tx.execute(
        "INSERT INTO ticket_tags (org_id, department_id, key, ticket_id, name) "
        "VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
        {ticket.org.value, ticket.get("department").number(), key_of(tag), ticket.proposed.id.value,
         tag});
  }
  return {};
}

}  // namespace tandem::desk
