#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"
#include "records/module.h"

// The roles that contacts have in deals of CRM: eight to begin with, and then those that the
// organisation makes of them. They are settings: who changes them needs the duty to manage fields.
// Manual, Deals 4.5.

namespace tandem::crm {

constexpr int64_t contact_roles_max = 100;
constexpr int contact_role_chars_max = 100;
/// Contacts of so many deals are given another role in one transaction, so that nobody waits long
/// behind it.
constexpr int64_t roles_exchanged_at_once_max = 5'000;

struct ContactRole {
  RecordId id = {};
  std::string name = {};
};

/// The eight, for a new organisation.
void add_usual_contact_roles(db::Transaction& tx, OrgId org);
/// In the order in which they are offered.
std::vector<ContactRole> list_contact_roles(db::Transaction& tx, OrgId org);
/// Refuses with not_found.
Result<ContactRole> find_contact_role(db::Transaction& tx, OrgId org, RecordId id);

/// What pairs keep of a role, which is also its name in the native API: a word for each of the
/// eight ("decision_maker"), whatever they are called now, the id for every other one.
std::string said_of_role(RecordId role);
/// The role that is meant; nothing for what is no role at all. It need not be there any more.
std::optional<RecordId> role_said(std::string_view said);
/// The roles as choices of what is said of a pair.
std::vector<records::ChoiceOption> contact_role_choices(db::Transaction& tx, OrgId org);

/// What is not given stays; a new role stands at the end.
struct ContactRoleWords {
  std::optional<std::string> name = {};
  std::optional<int64_t> place = {};  // from 1; beyond the last one: at the end
};
/// Refuses: forbidden (manage_fields), invalid (name: required, too_long; sequence_number
/// "out_of_range"; "too_many"), conflict (duplicate; capitals make no other name).
Result<ContactRole> add_contact_role(db::Transaction& tx, const access::Actor& actor,
                                     const ContactRoleWords& words);
/// Refuses as add_contact_role, and not_found.
Result<ContactRole> change_contact_role(db::Transaction& tx, const access::Actor& actor,
                                        RecordId id, const ContactRoleWords& words);

/// A role that goes, and what the contacts that have it become; without a target they stay in
/// their deals without a role.
struct RetiredRole {
  RecordId role = {};
  RecordId target = {};
};
struct RoleRetirement {
  int64_t exchanged = 0;
  bool is_done = false;
};
/// Gives up to `roles_exchanged_at_once_max` contacts the target, and when none is left, the role
/// is gone (`is_done`). Call it until then: each call leaves everything whole. The deals count as
/// unchanged, as they do when a role gets another name. Refuses: forbidden, not_found (the role),
/// invalid (target "not_found").
Result<RoleRetirement> retire_contact_role(db::Transaction& tx, const access::Actor& actor,
                                           const RetiredRole& retired);

}  // namespace tandem::crm
