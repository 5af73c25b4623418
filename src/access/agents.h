#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/actor.h"
#include "db/database.h"

namespace tandem::access {

enum class AgentStatus { active, invited, disabled };
std::string_view word(AgentStatus status);
std::optional<AgentStatus> agent_status_from_word(std::string_view word);

constexpr int agents_per_organisation_max = 10'000;
constexpr int departments_per_agent_max = 500;

/// An agent as the settings page shows them.
struct Agent {
  RecordId id = {};
  PersonId person = {};  // 0 until the invitation was accepted
  std::string name = {};
  std::string email = {};
  AgentStatus status = AgentStatus::invited;
  RecordId role_id = {};
  std::string role_name = {};
  RoleKind role_kind = RoleKind::agent;
  std::vector<int64_t> department_ids = {};  // sorted
  std::optional<Instant> invited_at = {};
  std::optional<Instant> last_seen_at = {};     // stays when they sign out
  std::optional<Instant> session_seen_at = {};  // of who is signed in
  bool totp_enabled = false;
};

/// By name, all statuses.
std::vector<Agent> list_agents(db::Transaction& tx, OrgId org);
std::optional<Agent> find_agent(db::Transaction& tx, OrgId org, RecordId id);

struct AgentChange {
  std::optional<RecordId> role_id = {};
  std::optional<std::vector<int64_t>> department_ids = {};
  std::optional<AgentStatus> status =
      {};  // active or disabled; an invited agent can't be made active
};
/// Refuses: forbidden (manage_people, "more_than_own"), not_found, invalid (role, a department that
/// is none, status), conflict "last_administrator".
Result<Agent> change_agent(db::Transaction& tx, const Actor& actor, RecordId id,
                           const AgentChange& change);

struct NewAgent {
  PersonId person = {};
  RecordId role_id = {};
  std::vector<int64_t> department_ids = {};
};
/// Makes an existing person an active member without an invitation: for set-up, import and tests.
/// Rights as change_agent. Refuses also: conflict "duplicate" when they are one already.
Result<Agent> add_agent(db::Transaction& tx, const Actor& actor, const NewAgent& agent);

/// The agents of a department, sorted. A person's own departments stand in their Actor.
std::vector<int64_t> agents_of_department(db::Transaction& tx, OrgId org, RecordId department);
/// Those of them who are active, sorted, at most `limit`.
std::vector<RecordId> active_agents_of_department(db::Transaction& tx, OrgId org,
                                                  RecordId department, int limit);
/// When a department is gone for good: nobody belongs to it any more.
void forget_department(db::Transaction& tx, OrgId org, RecordId department);

}  // namespace tandem::access
