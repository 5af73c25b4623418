#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/actor.h"
#include "db/database.h"

namespace tandem::access {

constexpr int organisation_name_chars_max = 100;

struct Organisation {
  OrgId id = {};
  std::string app = {};  // desk, crm, bigin, inventory
  std::string name = {};
  std::string locale = {};
  Instant created_at = {};
};

struct NewOrganisation {
  Organisation organisation = {};
  RecordId administrator_role = {};
  RecordId agent_role = {};
  RecordId light_agent_role = {};
};

/// Makes the organisation and its three system roles. Refuses with invalid: app, name, locale.
Result<NewOrganisation> create_organisation(db::Transaction& tx, const std::string& app,
                                            const std::string& name, const std::string& locale);
std::optional<Organisation> find_organisation(db::Transaction& tx, OrgId id);
std::vector<Organisation> all_organisations(db::Transaction& tx);
/// Refuses: forbidden (manage_organisation), invalid (name).
Result<Organisation> rename_organisation(db::Transaction& tx, const Actor& actor,
                                         const std::string& name);

/// The features that an administrator may switch off (S075). All are on at first.
const std::vector<std::string>& features();
std::vector<std::string> features_switched_off(db::Transaction& tx, OrgId org);
/// Holds at once for everybody. Refuses: forbidden (manage_organisation), not_found (no such
/// feature).
enum class FeatureState { off, on };
Result<void> switch_feature(db::Transaction& tx, const Actor& actor, const std::string& feature,
                            FeatureState state);

struct Membership {
  Organisation organisation = {};
  RecordId agent_id = {};
  RecordId role_id = {};
  std::string role_name = {};
};
/// Where the person is an active member, oldest first, at most 100.
std::vector<Membership> memberships_of(db::Transaction& tx, PersonId person);

/// Nobody has set the program up: there is no organisation.
bool setup_needed(db::Transaction& tx);

/// Makes cached roles and departments of the organisation old, and lets one transaction at a time
/// change them. Call it before reading what the change depends on.
void change_access(db::Transaction& tx, OrgId org);

}  // namespace tandem::access
