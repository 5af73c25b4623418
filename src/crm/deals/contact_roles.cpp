#include "crm/deals/contact_roles.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "access/audit.h"
#include "base/text.h"
#include "crm/joins.h"

namespace tandem::crm {

namespace {

using access::Actor;

/// A role of the beginning. Its id is the same in every organisation, because programs knew it
/// before roles could be changed; migration 0048 gives the same.
struct UsualRole {
  int64_t id = 0;
  std::string_view said;
  const char* name = "";
};
constexpr std::array usual_roles{
    UsualRole{275438004949088930, "decision_maker", "Decision Maker"},
    UsualRole{220586225396741129, "developer_evaluator", "Developer/Evaluator"},
    UsualRole{149866936141870763, "economic_decision_maker", "Economic Decision Maker"},
    UsualRole{473812829688341075, "executive_sponsor", "Executive Sponsor"},
    UsualRole{786617996663970041, "influencer", "Influencer"},
    UsualRole{273346408269865689, "purchasing", "Purchasing"},
    UsualRole{298948299719304137, "end_user", "End User"},
    UsualRole{708206873606668225, "other", "Other"},
};

void insert_role(db::Transaction& tx, OrgId org, const ContactRole& role, int64_t position) {
  tx.execute(
      "INSERT INTO crm_contact_roles (org_id, id, name, folded_name, position) "
      "VALUES ($1, $2, $3, $4, $5)",
      {db::arg(org), db::arg(role.id), role.name, fold(role.name), position});
}

Result<std::string> checked_name(db::Transaction& tx, OrgId org, const std::string& given,
                                 RecordId except) {
  const std::string name = to_utf8_lossy(trim(given));
  if (name.empty()) return invalid("name", "required", "Give the role a name.");
  if (count_chars(name) > contact_role_chars_max) {
    return invalid("name", "too_long",
                   fmt::format("Give a name of at most {} characters.", contact_role_chars_max));
  }
  const std::optional<db::Row> same =
      tx.row("SELECT id FROM crm_contact_roles WHERE org_id = $1 AND folded_name = $2",
             {db::arg(org), fold(name)});
  if (same && RecordId{same->integer(0)} != except)
    return conflict("duplicate", "There is a role of this name.", "name");
  return name;
}

Result<void> check_place(const ContactRoleWords& words) {
  if (!words.place || *words.place >= 1) return {};
  return invalid("sequence_number", "out_of_range", "Give a place from 1.");
}

/// Brings the role to its place, and the others behind each other around it.
void put_in_place(db::Transaction& tx, OrgId org, RecordId moved, int64_t place) {
  std::vector<ContactRole> roles = list_contact_roles(tx, org);
  const auto is_moved = [&](const ContactRole& role) { return role.id == moved; };
  const auto from = std::find_if(roles.begin(), roles.end(), is_moved);
  const ContactRole role = *from;
  roles.erase(from);
  roles.insert(roles.begin() + ptrdiff_t(std::min(place - 1, int64_t(roles.size()))), role);
  int64_t position = 0;
  for (const ContactRole& one : roles) {
    tx.execute("UPDATE crm_contact_roles SET position = $3 WHERE org_id = $1 AND id = $2",
               {db::arg(org), db::arg(one.id), ++position});
  }
}

/// Two that change the roles at once would take one name or one place.
Result<void> may_change(db::Transaction& tx, const Actor& actor) {
  TRY(access::require_duty(actor, access::Duty::manage_fields));
  tx.run_alone();
  return {};
}

int64_t exchange_some(db::Transaction& tx, OrgId org, const std::string& said,
                      const std::string& instead) {
  // The index holds only pairs of which something is said: the condition lets it be found.
  return tx.execute(
      "UPDATE joined_records SET said = $4 WHERE org_id = $1 AND join_name = $2 AND "
      "(holder_id, held_id) IN (SELECT holder_id, held_id FROM joined_records "
      "WHERE org_id = $1 AND join_name = $2 AND said = $3 AND said <> '' LIMIT $5)",
      {db::arg(org), std::string(contact_roles_key), said, instead, roles_exchanged_at_once_max});
}

}  // namespace

void add_usual_contact_roles(db::Transaction& tx, OrgId org) {
  int64_t position = 0;
  for (const UsualRole& usual : usual_roles)
    insert_role(tx, org, {RecordId{usual.id}, usual.name}, ++position);
}

std::vector<ContactRole> list_contact_roles(db::Transaction& tx, OrgId org) {
  std::vector<ContactRole> roles;
  tx.for_each(
      "SELECT id, name FROM crm_contact_roles WHERE org_id = $1 ORDER BY position, id LIMIT $2",
      {db::arg(org), contact_roles_max}, [&](const db::RowView& row) {
        roles.push_back({RecordId{row.integer(0)}, std::string(row.text(1))});
        return true;
      });
  return roles;
}

Result<ContactRole> find_contact_role(db::Transaction& tx, OrgId org, RecordId id) {
  const std::optional<db::Row> row =
      tx.row("SELECT name FROM crm_contact_roles WHERE org_id = $1 AND id = $2",
             {db::arg(org), db::arg(id)});
  if (!row) return not_found("There is no such role.");
  return ContactRole{id, row->text(0)};
}

std::string said_of_role(RecordId role) {
  for (const UsualRole& usual : usual_roles)
    if (usual.id == role.value) return std::string(usual.said);
  return to_string(role);
}

std::optional<RecordId> role_said(std::string_view said) {
  for (const UsualRole& usual : usual_roles)
    if (usual.said == said) return RecordId{usual.id};
  const std::optional<int64_t> id = id_from_text(said);
  return id ? std::optional(RecordId{*id}) : std::nullopt;
}

std::vector<records::ChoiceOption> contact_role_choices(db::Transaction& tx, OrgId org) {
  std::vector<records::ChoiceOption> choices;
  for (const ContactRole& role : list_contact_roles(tx, org))
    choices.push_back({said_of_role(role.id), role.name});
  return choices;
}

Result<ContactRole> add_contact_role(db::Transaction& tx, const Actor& actor,
                                     const ContactRoleWords& words) {
  TRY(may_change(tx, actor));
  TRY(check_place(words));
  const ContactRole role{RecordId{tx.new_id()},
                         TRY(checked_name(tx, actor.org, words.name.value_or(""), {}))};
  const int64_t count =
      tx.integer("SELECT COUNT(*) FROM crm_contact_roles WHERE org_id = $1", {db::arg(actor.org)});
  if (count >= contact_roles_max) {
    return invalid("name", "too_many",
                   fmt::format("There are {} roles; use one of them, or delete one.", count));
  }
  insert_role(tx, actor.org, role, count + 1);
  put_in_place(tx, actor.org, role.id, words.place.value_or(count + 1));
  access::audit(tx, actor, "contact_role_added", role.name);
  return role;
}

Result<ContactRole> change_contact_role(db::Transaction& tx, const Actor& actor, RecordId id,
                                        const ContactRoleWords& words) {
  TRY(may_change(tx, actor));
  ContactRole role = TRY(find_contact_role(tx, actor.org, id));
  TRY(check_place(words));
  const std::string before = role.name;
  if (words.name) role.name = TRY(checked_name(tx, actor.org, *words.name, id));
  if (role.name != before) {
    tx.execute(
        "UPDATE crm_contact_roles SET name = $3, folded_name = $4 WHERE org_id = $1 AND id = $2",
        {db::arg(actor.org), db::arg(id), role.name, fold(role.name)});
    access::audit(tx, actor, "contact_role_changed", before + " → " + role.name);
  }
  if (words.place) put_in_place(tx, actor.org, id, *words.place);
  return role;
}

Result<RoleRetirement> retire_contact_role(db::Transaction& tx, const Actor& actor,
                                           const RetiredRole& retired) {
  TRY(may_change(tx, actor));
  const ContactRole role = TRY(find_contact_role(tx, actor.org, retired.role));
  std::string instead;
  if (retired.target) {
    const bool is_there =
        retired.target != retired.role && find_contact_role(tx, actor.org, retired.target);
    if (!is_there) return invalid("target", "not_found", "Choose another role that exists.");
    instead = said_of_role(retired.target);
  }
  RoleRetirement retirement;
  retirement.exchanged = exchange_some(tx, actor.org, said_of_role(role.id), instead);
  if (retirement.exchanged >= roles_exchanged_at_once_max) return retirement;
  tx.execute("DELETE FROM crm_contact_roles WHERE org_id = $1 AND id = $2",
             {db::arg(actor.org), db::arg(role.id)});
  access::audit(tx, actor, "contact_role_deleted", role.name);
  retirement.is_done = true;
  return retirement;
}

}  // namespace tandem::crm
