#include "access/invitations.h"

#include <fmt/format.h>

#include "access/agent_rows.h"
#include "access/audit.h"
#include "access/member_rules.h"
#include "access/organisations.h"
#include "access/people.h"
#include "access/sign_in_steps.h"
#include "base/crypto.h"
#include "base/reachable_address.h"
#include "base/text.h"

namespace tandem::access {

namespace {

Refusal token_invalid() {
  return invalid("token", "token_invalid",
                 "This invitation was used or has expired. Ask for a new one.");
}

/// Writes a fresh token over an older one and answers what the mail says.
InvitationMail issue_token(db::Transaction& tx, const Actor& actor, const Agent& agent) {
  const Organisation organisation = *find_organisation(tx, actor.org);
  InvitationMail mail{.to = agent.email,
                      .name = agent.name,
                      .token = random_token(),
                      .organisation_name = organisation.name,
                      .inviter_name = actor.name,
                      .role_name = agent.role_name,
                      .locale = organisation.locale,
                      .expires_at = tx.now() + invitation_lifetime_ms};
  tx.execute(
      "INSERT INTO invitations (org_id, agent_id, token_hash, created_at, expires_at) "
      "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (org_id, agent_id) DO UPDATE SET "
      "token_hash = excluded.token_hash, created_at = excluded.created_at, "
      "expires_at = excluded.expires_at",
      {db::arg(actor.org), db::arg(agent.id), db::Bytes{sha256(mail.token)}, db::arg(tx.now()),
       db::arg(mail.expires_at)});
  tx.execute("UPDATE memberships SET invited_at = $3 WHERE org_id = $1 AND agent_id = $2",
             {db::arg(actor.org), db::arg(agent.id), db::arg(tx.now())});
  return mail;
}

Result<Agent> invited_agent(db::Transaction& tx, const Actor& actor, RecordId id) {
  TRY(require_duty(actor, Duty::manage_people));
  const std::optional<Agent> agent = find_agent(tx, actor.org, id);
  if (!agent) return not_found("There is no such person in this organisation.");
  TRY(may_manage(tx, actor, *agent));
  if (agent->status != AgentStatus::invited) {
    return conflict("not_invited", "This person has accepted already.");
  }
  return *agent;
}

struct Open {
  OrgId org;
  Agent agent;
};

std::optional<Open> open_invitation(db::Transaction& tx, std::string_view token) {
  const auto row =
      tx.row("SELECT org_id, agent_id, expires_at FROM invitations WHERE token_hash = $1",
             {db::Bytes{sha256(token)}});
  if (!row || tx.now() >= row->instant(2)) return std::nullopt;
  const OrgId org{row->integer(0)};
  std::optional<Agent> agent = find_agent(tx, org, RecordId{row->integer(1)});
  if (!agent || agent->status != AgentStatus::invited) return std::nullopt;
  return Open{org, std::move(*agent)};
}

Result<void> join(db::Transaction& tx, const records::Catalogue& catalogue,
                  const Acceptance& acceptance, const Person& person) {
  std::optional<Open> open = open_invitation(tx, acceptance.token);
  if (!open || open->agent.email != person.email) return token_invalid();
  change_access(tx, open->org);
  tx.execute("DELETE FROM invitations WHERE org_id = $1 AND agent_id = $2",
             {db::arg(open->org), db::arg(open->agent.id)});
  tx.execute("UPDATE memberships SET person_id = $3 WHERE org_id = $1 AND agent_id = $2",
             {db::arg(open->org), db::arg(open->agent.id), db::arg(person.id)});
  Actor self = system_actor(catalogue, open->org, Path::ui);
  self.kind = ActorKind::person;
  self.person = person.id;
  self.id = open->agent.id;
  self.name = person.name;
  self.address = acceptance.address;
  TRY(update_agent_record(tx, self, self.id, {{"name", person.name}, {"status", "active"}}));
  audit(tx, self, "invitation_accepted", person.email);
  return {};
}

SignInRequest sign_in_request(const Acceptance& acceptance, const std::string& email) {
  return {.email = email,
          .password = acceptance.password,
          .totp_code = acceptance.totp_code,
          .address = acceptance.address,
          .agent = acceptance.agent};
}

Result<SignedIn> accept_as_new_person(db::Database& database, const records::Catalogue& catalogue,
                                      const Acceptance& acceptance, const InvitationView& view) {
  TRY(check_new_password(acceptance.password, view.email));
  const std::string hash = hash_password(acceptance.password);
  return database.write([&](db::Transaction& tx) -> Result<SignedIn> {
    const std::string name(trim(acceptance.name));
    const Person person = TRY(create_person(tx, {.email = view.email,
                                                 .name = name.empty() ? view.name : name,
                                                 .password_hash = hash,
                                                 .locale = acceptance.locale}));
    TRY(join(tx, catalogue, acceptance, person));
    return begin_session(tx, person, sign_in_request(acceptance, view.email));
  });
}

}  // namespace

Result<Invited> invite(db::Transaction& tx, const Actor& actor, const NewInvitation& invitation) {
  TRY(require_duty(actor, Duty::manage_people));
  change_access(tx, actor.org);
  const std::string email = TRY(normal_email(invitation.email));
  // The token leaves by mail alone.
  if (!is_reachable_address(email)) {
    return invalid("email", "not_an_email",
                   "Give an address with its whole domain, such as ana@example.com.");
  }
  const std::string name(trim(invitation.name));
  if (count_chars(name) > person_name_chars_max) {
    return invalid("name", "too_long",
                   fmt::format("Give a name of at most {} characters.", person_name_chars_max));
  }
  const Role role = TRY(grantable_role(tx, actor, invitation.role_id));
  const RecordId id = TRY(create_agent_record(tx, actor,
                                              {{"name", name.empty() ? email : name},
                                               {"email", email},
                                               {"status", "invited"},
                                               {"role", role.name}}));
  tx.execute("INSERT INTO memberships (org_id, agent_id, role_id) VALUES ($1, $2, $3)",
             {db::arg(actor.org), db::arg(id), db::arg(role.id)});
  TRY(set_departments(tx, actor, id, invitation.department_ids));
  audit(tx, actor, "member_invited", fmt::format("{} as {}", email, role.name));
  InvitationMail mail = issue_token(tx, actor, *find_agent(tx, actor.org, id));
  return Invited{*find_agent(tx, actor.org, id), std::move(mail)};
}

Result<Invited> reinvite(db::Transaction& tx, const Actor& actor, RecordId id) {
  const Agent agent = TRY(invited_agent(tx, actor, id));
  audit(tx, actor, "member_invited", agent.email + " again");
  InvitationMail mail = issue_token(tx, actor, agent);
  return Invited{*find_agent(tx, actor.org, id), std::move(mail)};
}

Result<void> withdraw_invitation(db::Transaction& tx, const Actor& actor, RecordId id) {
  change_access(tx, actor.org);
  const Agent agent = TRY(invited_agent(tx, actor, id));
  for (const std::string_view sql :
       {"DELETE FROM invitations WHERE org_id = $1 AND agent_id = $2",
        "DELETE FROM agent_departments WHERE org_id = $1 AND agent_id = $2",
        "DELETE FROM memberships WHERE org_id = $1 AND agent_id = $2"}) {
    tx.execute(sql, {db::arg(actor.org), db::arg(id)});
  }
  TRY(delete_agent_record(tx, actor, id));
  audit(tx, actor, "invitation_withdrawn", agent.email);
  return {};
}

Result<InvitationView> find_invitation(db::Transaction& tx, std::string_view token) {
  const std::optional<Open> open = open_invitation(tx, token);
  if (!open) return token_invalid();
  return InvitationView{.email = open->agent.email,
                        .name = open->agent.name,
                        .org = open->org,
                        .organisation_name = find_organisation(tx, open->org)->name,
                        .role_name = open->agent.role_name,
                        .has_account = find_person_by_email(tx, open->agent.email).has_value()};
}

Result<SignedIn> accept_invitation(db::Database& database, const records::Catalogue& catalogue,
                                   const std::string& key, const Acceptance& acceptance) {
  const InvitationView view = TRY(
      database.read([&](db::Transaction& tx) { return find_invitation(tx, acceptance.token); }));
  if (!view.has_account) return accept_as_new_person(database, catalogue, acceptance, view);
  return sign_in_and(database, key, sign_in_request(acceptance, view.email),
                     [&](db::Transaction& tx, const Person& person) -> Result<void> {
                       return join(tx, catalogue, acceptance, person);
                     });
}

}  // namespace tandem::access
