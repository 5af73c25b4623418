#include "access/actor_of.h"

#include <fmt/format.h>

#include <mutex>
#include <unordered_map>

#include "access/active_member.h"
#include "access/organisations.h"
#include "access/role_rows.h"

namespace tandem::access {

namespace {

constexpr size_t members_kept_max = 10'000;

struct Member {
  int64_t version = 0;
  std::string app;
  RecordId agent;
  std::string name;
  std::string email;
  // Shared by all Actors made of it: a role is read once and never changed.
  std::shared_ptr<const Role> role;
  std::vector<int64_t> department_ids;
  std::shared_ptr<const std::vector<std::string>> switched_off;
};

/// Members by organisation and person. An entry counts only while the organisation's
/// access_version, read in the same transaction, is the one it was made at; that number is random,
/// so it means the same in every database.
class KeptMembers {
 public:
  std::shared_ptr<const Member> find(OrgId org, PersonId person, int64_t version) {
    const std::lock_guard lock(mutex_);
    const auto at = kept_.find(Key{org.value, person.value});
    if (at == kept_.end() || at->second->version != version) return nullptr;
    return at->second;
  }
  void keep(OrgId org, PersonId person, std::shared_ptr<const Member> member) {
    const std::lock_guard lock(mutex_);
    if (kept_.size() >= members_kept_max) kept_.clear();
    kept_.insert_or_assign(Key{org.value, person.value}, std::move(member));
  }

 private:
  using Key = std::pair<int64_t, int64_t>;
  struct Hash {
    size_t operator()(const Key& key) const {
      return std::hash<uint64_t>()(uint64_t(key.first) * 31 + uint64_t(key.second));
    }
  };
  std::mutex mutex_;
  std::unordered_map<Key, std::shared_ptr<const Member>, Hash> kept_;
};

KeptMembers& kept_members() {
  static KeptMembers kept;
  return kept;
}

/// Null also for a member of another application than the catalogue's: the limits of a role are
/// worked out from the modules.
std::shared_ptr<const Member> read_member(db::Transaction& tx, const records::Catalogue& catalogue,
                                          OrgId org, PersonId person, int64_t version) {
  const auto row =
      tx.row(fmt::format("SELECT a.id, a.name, a.email, o.app, {} FROM memberships m "
                         "JOIN organisations o ON o.id = m.org_id "
                         "JOIN agents a ON a.org_id = m.org_id AND a.id = m.agent_id "
                         "JOIN roles r ON r.org_id = m.org_id AND r.id = m.role_id "
                         "JOIN people p ON p.id = m.person_id "
                         "WHERE m.org_id = $1 AND m.person_id = $2 AND a.status = 'active' "
                         "AND a.deleted_at IS NULL AND p.status = 'active'",
                         role_columns),
             {db::arg(org), db::arg(person)});
  if (!row || row->text(3) != catalogue.app()) return nullptr;
  const auto member = std::make_shared<Member>();
  member->version = version;
  member->agent = RecordId{row->integer(0)};
  member->name = row->text(1);
  member->email = row->text(2);
  member->app = row->text(3);
  member->role = std::make_shared<const Role>(with_hidden_results(role_of_row(*row, 4), catalogue));
  tx.for_each(
      "SELECT department_id FROM agent_departments WHERE org_id = $1 AND agent_id = $2 "
      "ORDER BY department_id",
      {db::arg(org), db::arg(member->agent)}, [&](const db::RowView& department) {
        member->department_ids.push_back(department.integer(0));
        return true;
      });
  member->switched_off =
      std::make_shared<const std::vector<std::string>>(features_switched_off(tx, org));
  return member;
}

}  // namespace

int64_t access_version(db::Transaction& tx, OrgId org) {
  return tx.integer("SELECT access_version FROM organisations WHERE id = $1", {db::arg(org)});
}

Result<Actor> actor_of(db::Transaction& tx, const records::Catalogue& catalogue, PersonId person,
                       OrgId org, Path path) {
  const int64_t version = access_version(tx, org);
  std::shared_ptr<const Member> member = kept_members().find(org, person, version);
  if (!member && version != 0) {
    member = read_member(tx, catalogue, org, person, version);
    if (member) kept_members().keep(org, person, member);
  }
  if (!member || member->app != catalogue.app()) return not_found("There is no such organisation.");
  Actor actor;
  actor.catalogue = &catalogue;
  actor.org = org;
  actor.kind = ActorKind::person;
  actor.person = person;
  actor.id = member->agent;
  actor.name = member->name;
  actor.email = member->email;
  actor.role = member->role;
  actor.department_ids = member->department_ids;
  actor.switched_off = member->switched_off;
  actor.path = path;
  return actor;
}

namespace {

Refusal org_mismatch() {
  return forbidden("org_mismatch", "This token belongs to another organisation.");
}

/// Who the token's person is in an organisation of another application than that of the client:
/// in `org`, or where they joined first. They must still be a member of the client's own.
Result<Actor> actor_elsewhere(db::Transaction& tx, const records::Catalogue& catalogue,
                              const OAuthToken& token, OrgId org) {
  const std::optional<Organisation> own = find_organisation(tx, token.org);
  const bool is_of_this_application = !own || own->app == catalogue.app();
  if (is_of_this_application || !is_active_member(tx, token.org, token.person))
    return not_found("There is no such organisation.");
  for (const Membership& membership : memberships_of(tx, token.person)) {
    const Organisation& organisation = membership.organisation;
    if (organisation.app != catalogue.app() || (org && org != organisation.id)) continue;
    return actor_of(tx, catalogue, token.person, organisation.id, Path::api);
  }
  if (org) return org_mismatch();
  return not_found("There is no such organisation.");
}

}  // namespace

Result<Actor> actor_of_token(db::Transaction& tx, const records::Catalogue& catalogue,
                             const OAuthToken& token, OrgId org) {
  Result<Actor> actor = actor_of(tx, catalogue, token.person, token.org, Path::api);
  if (actor && org && org != token.org) return org_mismatch();
  if (!actor) actor = actor_elsewhere(tx, catalogue, token, org);
  if (actor) actor->scopes = token.scopes;
  return actor;
}

}  // namespace tandem::access
