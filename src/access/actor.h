#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "records/shape.h"
#include "records/store.h"

namespace tandem::access {

/// What a role may allow on a module. Stored and shown by these words.
enum class Right {
  read,
  create,
  update,
  delete_,
  restore,
  purge,
  bulk,
  import,
  export_,
  reply,
  forward,
  comment,
  comment_public,
  assign,
  change_status,
  move,
  share
};
std::string_view word(Right right);
std::optional<Right> right_from_word(std::string_view word);

/// What a role may allow in the organisation as a whole.
enum class Duty {
  manage_people,
  manage_departments,
  manage_mailboxes,
  manage_fields,
  manage_api,
  read_audit_log,
  manage_organisation
};
std::string_view word(Duty duty);

enum class FieldAccess { hidden, read, write };
enum class RoleKind { administrator, agent, light_agent, custom };
std::string_view word(RoleKind kind);

/// A role of an organisation. Administrators may everything, whatever the tables say.
struct Role {
  RecordId id;
  std::string name;
  RoleKind kind = RoleKind::agent;
  std::map<std::string, uint32_t, std::less<>> rights;  // module -> bit per Right
  std::map<std::string, std::map<std::string, FieldAccess, std::less<>>, std::less<>>
      fields;           // absent: write
  uint32_t duties = 0;  // bit per Duty
};

/// The role with what it hides besides: each field that is computed from a hidden one, by the
/// definitions of the modules. What actors carry; never stored, so that opening the one opens the
/// other.
Role with_hidden_results(Role role, const records::Catalogue& catalogue);

enum class ActorKind { person, contact, system };
/// The way in by which an act comes; written into history.
enum class Path { ui, api, mail, import, macro, bulk, automation, system };
std::string_view word(Path path);

/// Who is asking, in which organisation, with which rights: the Scope of every call. Made by
/// access/ from a session, a token or for the program itself; never from a request's body.
struct Actor {
  const records::Catalogue* catalogue = nullptr;
  OrgId org;
  ActorKind kind = ActorKind::system;
  PersonId person;  // 0 for contacts and the program
  RecordId id;      // the agent's or contact's record; 0 for the program
  std::string name;
  std::string email;
  std::shared_ptr<const Role> role;     // null for contacts and the program
  std::vector<int64_t> department_ids;  // of an agent, sorted
  Path path = Path::system;
  std::vector<std::string> scopes;  // OAuth scopes; empty with a session
  // Features that the organisation switched off, by name: "ticket_sharing".
  std::shared_ptr<const std::vector<std::string>> switched_off;
  std::string address;  // network address for the audit log

  bool is_administrator() const { return role && role->kind == RoleKind::administrator; }
  bool is_agent() const { return kind == ActorKind::person; }
  bool is_system() const { return kind == ActorKind::system; }
  bool in_department(RecordId id_of_department) const {
    return std::binary_search(department_ids.begin(), department_ids.end(), id_of_department.value);
  }
  /// Whether the organisation uses a feature. The program goes by what it was told to do.
  bool uses(std::string_view feature) const {
    return !switched_off ||
           std::find(switched_off->begin(), switched_off->end(), feature) == switched_off->end();
  }
  records::Author author() const;
};

/// The program acting for itself: it may everything.
Actor system_actor(const records::Catalogue& catalogue, OrgId org, Path path);

/// Whether the role has the right on the module. The program may everything; a contact only what
/// its own face grants.
bool has_right(const Actor& actor, std::string_view module, Right right);
bool has_duty(const Actor& actor, Duty duty);
/// Refuses with forbidden and says which right is missing and who can give it.
Result<void> require_right(const Actor& actor, const records::ModuleDef& module, Right right);
Result<void> require_duty(const Actor& actor, Duty duty);
FieldAccess field_access(const Actor& actor, std::string_view module,
                         const records::FieldDef& field);

}  // namespace tandem::access
