#include "access/organisations.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "access/audit.h"
#include "access/organisation_settings.h"
#include "access/people.h"
#include "access/role_rows.h"
#include "access/roles.h"
#include "base/crypto.h"
#include "base/json.h"
#include "base/names.h"

namespace tandem::access {

namespace {

constexpr int memberships_shown_max = 100;

/// Random and not counted on, so that a number of a transaction that was rolled back never comes
/// again with another meaning.
int64_t new_access_version() {
  const std::string bytes = random_bytes(sizeof(int64_t));
  int64_t version = 0;
  std::memcpy(&version, bytes.data(), sizeof version);
  return (version & INT64_MAX) | 1;
}

constexpr NameRule name_rule{.of = "the organisation", .chars_max = organisation_name_chars_max};

Organisation organisation_of(const db::Row& row) {
  return {.id = OrgId{row.integer(0)},
          .app = row.text(1),
          .name = row.text(2),
          .locale = row.text(3),
          .created_at = row.instant(4)};
}

RecordId add_system_role(db::Transaction& tx, OrgId org, const std::string& name, RoleKind kind) {
  Role role;
  role.id = RecordId{tx.new_id()};
  role.name = name;
  role.kind = kind;
  insert_role(tx, org, role);
  return role.id;
}

}  // namespace

Result<NewOrganisation> create_organisation(db::Transaction& tx, const std::string& app,
                                            const std::string& name, const std::string& locale) {
  if (app != "desk" && app != "crm" && app != "bigin" && app != "inventory") {
    return invalid("app", "not_a_choice", "Choose desk, crm, bigin or inventory.");
  }
  if (!is_locale(locale)) return invalid("locale", "not_a_choice", "Choose en, ja, zh or pt.");
  const std::string checked = TRY(checked_name(name, name_rule));
  NewOrganisation made;
  made.organisation = {OrgId{tx.new_id()}, app, checked, locale, tx.now()};
  tx.execute(
      "INSERT INTO organisations (id, app, name, locale, access_version, created_at) "
      "VALUES ($1, $2, $3, $4, $5, $6)",
      {db::arg(made.organisation.id), app, checked, locale, new_access_version(),
       db::arg(tx.now())});
  const OrgId org = made.organisation.id;
  made.administrator_role = add_system_role(tx, org, "Administrator", RoleKind::administrator);
  made.agent_role = add_system_role(tx, org, "Agent", RoleKind::agent);
  made.light_agent_role = add_system_role(tx, org, "Light agent", RoleKind::light_agent);
  return made;
}

std::optional<Organisation> find_organisation(db::Transaction& tx, OrgId id) {
  const auto row = tx.row(
      "SELECT id, app, name, locale, created_at FROM organisations WHERE id = $1", {db::arg(id)});
  if (!row) return std::nullopt;
  return organisation_of(*row);
}

std::vector<Organisation> all_organisations(db::Transaction& tx) {
  std::vector<Organisation> found;
  for (const db::Row& row :
       tx.rows("SELECT id, app, name, locale, created_at FROM organisations ORDER BY id")) {
    found.push_back(organisation_of(row));
  }
  return found;
}

Result<Organisation> rename_organisation(db::Transaction& tx, const Actor& actor,
                                         const std::string& name) {
  TRY(require_duty(actor, Duty::manage_organisation));
  const std::string checked = TRY(checked_name(name, name_rule));
  tx.execute("UPDATE organisations SET name = $2 WHERE id = $1", {db::arg(actor.org), checked});
  const std::optional<Organisation> renamed = find_organisation(tx, actor.org);
  if (!renamed) return not_found("There is no such organisation.");
  audit(tx, actor, "organisation_renamed", checked);
  return *renamed;
}

const std::vector<std::string>& features() {
  static const std::vector<std::string> all{"ticket_sharing"};
  return all;
}

std::vector<std::string> features_switched_off(db::Transaction& tx, OrgId org) {
  std::vector<std::string> names;
  const JsonObject settings = organisation_settings(tx, org);
  const Json* listed = settings.if_contains("switched_off");
  if (!listed || !listed->is_array()) return names;
  for (const Json& name : listed->get_array()) {
    if (name.is_string()) names.emplace_back(name.get_string());
  }
  return names;
}

Result<void> switch_feature(db::Transaction& tx, const Actor& actor, const std::string& feature,
                            FeatureState state) {
  TRY(require_duty(actor, Duty::manage_organisation));
  if (std::find(features().begin(), features().end(), feature) == features().end()) {
    return not_found(fmt::format("There is no feature {}.", feature));
  }
  change_access(tx, actor.org);
  std::vector<std::string> off = features_switched_off(tx, actor.org);
  std::erase(off, feature);
  if (state == FeatureState::off) off.push_back(feature);
  JsonArray names;
  for (const std::string& name : off) names.emplace_back(name);
  change_organisation_setting(tx, actor.org, "switched_off", std::move(names));
  audit(tx, actor, state == FeatureState::on ? "feature_switched_on" : "feature_switched_off",
        feature);
  return {};
}

std::vector<Membership> memberships_of(db::Transaction& tx, PersonId person) {
  std::vector<Membership> found;
  tx.for_each(
      "SELECT o.id, o.app, o.name, o.locale, o.created_at, m.agent_id, r.id, r.name "
      "FROM memberships m "
      "JOIN agents a ON a.org_id = m.org_id AND a.id = m.agent_id "
      "JOIN organisations o ON o.id = m.org_id "
      "JOIN roles r ON r.org_id = m.org_id AND r.id = m.role_id "
      "WHERE m.person_id = $1 AND a.status = 'active' AND a.deleted_at IS NULL "
      "ORDER BY o.id LIMIT $2",
      {db::arg(person), int64_t{memberships_shown_max}}, [&](const db::RowView& view) {
        const db::Row row(view);
        found.push_back({organisation_of(row), RecordId{row.integer(5)}, RecordId{row.integer(6)},
                         row.text(7)});
        return true;
      });
  return found;
}

bool setup_needed(db::Transaction& tx) {
  return !tx.row("SELECT id FROM organisations LIMIT 1").has_value();
}

void change_access(db::Transaction& tx, OrgId org) {
  tx.execute("UPDATE organisations SET access_version = $2 WHERE id = $1",
             {db::arg(org), new_access_version()});
}

}  // namespace tandem::access
