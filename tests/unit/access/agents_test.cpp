#include "access/agents.h"

#include "access/agents_module.h"
#include "access/sessions.h"
#include "records/change_log.h"
#include "tests/unit/access/office.h"

namespace tandem::access {

namespace {

class Agents : public Office {
 protected:
  std::string change(const Actor& who, RecordId id, const AgentChange& wanted) {
    return code_of(try_write(
        [&](db::Transaction& tx) -> Result<Agent> { return change_agent(tx, who, id, wanted); }));
  }
  std::string entry(PersonId person) {
    return code_of(database->read(
        [&](db::Transaction& tx) { return actor_of(tx, catalogue, person, org, Path::ui); }));
  }
};
TANDEM_ON_BOTH_DATABASES(Agents);

TEST_P(Agents, TheLastAdministratorIsKept) {
  EXPECT_EQ(change(ada, ada.id, {.status = AgentStatus::disabled}), "last_administrator");
  EXPECT_EQ(change(ada, ada.id, {.role_id = office.agent_role}), "last_administrator");
  const Actor bea = add_member("bea@example.com", office.administrator_role);
  EXPECT_EQ(change(ada, ada.id, {.role_id = office.agent_role}), "");
  EXPECT_EQ(change(bea, bea.id, {.status = AgentStatus::disabled}), "last_administrator");
}

TEST_P(Agents, ADisabledAdministratorDoesNotCountAsOneThatIsLeft) {
  const Actor bea = add_member("bea@example.com", office.administrator_role);
  EXPECT_EQ(change(ada, bea.id, {.status = AgentStatus::disabled}), "");
  EXPECT_EQ(change(ada, ada.id, {.status = AgentStatus::disabled}), "last_administrator");
}

TEST_P(Agents, AChangeOfRoleCountsFromTheNextRequest) {  // S127
  const Actor ben = add_member("ben@example.com", office.light_agent_role);
  EXPECT_FALSE(has_right(actor(ben.person), "tickets", Right::reply));
  EXPECT_EQ(change(ada, ben.id, {.role_id = office.agent_role}), "");
  EXPECT_TRUE(has_right(actor(ben.person), "tickets", Right::reply));
}

TEST_P(Agents, ADisabledMemberFindsNoOrganisation) {
  const Actor ben = add_member("ben@example.com", office.agent_role);
  EXPECT_EQ(change(ada, ben.id, {.status = AgentStatus::disabled}), "");
  EXPECT_EQ(entry(ben.person), "not_found");
  EXPECT_TRUE(
      database->read([&](db::Transaction& tx) { return memberships_of(tx, ben.person); }).empty());
  EXPECT_EQ(change(ada, ben.id, {.status = AgentStatus::active}), "");
  EXPECT_EQ(entry(ben.person), "");
}

TEST_P(Agents, ADisabledMemberOfNoOtherOrganisationIsSignedOutAtOnce) {
  const Actor ben = add_member("ben@example.com", office.agent_role);
  const Result<NewSession> made = database->write([&](db::Transaction& tx) -> Result<NewSession> {
    return create_session(tx, ben.person, "10.0.0.1", "browser");
  });
  ASSERT_TRUE(made);
  EXPECT_TRUE(find_session(*database, made->token));
  EXPECT_EQ(change(ada, ben.id, {.status = AgentStatus::disabled}), "");
  EXPECT_FALSE(find_session(*database, made->token));
}

TEST_P(Agents, ADisabledMemberIsToldSoWhenTheySignInAndGetsNoSession) {
  const Actor ben = add_member("ben@example.com", office.agent_role);
  const auto signs_in = [&](std::string password) {
    return code_of(sign_in_from("192.0.2.1", "ben@example.com", password));
  };
  EXPECT_EQ(signs_in(std::string(good_password)), "");
  EXPECT_EQ(change(ada, ben.id, {.status = AgentStatus::disabled}), "");
  EXPECT_EQ(signs_in(std::string(good_password)), "access_ended");
  // Whoever guesses learns nothing.
  EXPECT_EQ(signs_in("wrong password"), "wrong_credentials");
  EXPECT_EQ(database->read([&](db::Transaction& tx) {
    return tx.integer("SELECT COUNT(*) FROM sessions WHERE person_id = $1", {db::arg(ben.person)});
  }),
            0);
  EXPECT_EQ(audited().back(), "sign_in_failed");
  EXPECT_EQ(change(ada, ben.id, {.status = AgentStatus::active}), "");
  EXPECT_EQ(signs_in(std::string(good_password)), "");
}

TEST_P(Agents, TheRightPasswordOfADisabledMemberNeverThrottlesThem) {
  const Actor ben = add_member("ben@example.com", office.agent_role);
  EXPECT_EQ(change(ada, ben.id, {.status = AgentStatus::disabled}), "");
  for (int time = 0; time < 10; ++time) {
    EXPECT_EQ(code_of(sign_in_from("192.0.2.1", "ben@example.com", std::string(good_password))),
              "access_ended");
  }
}

TEST_P(Agents, WhoIsDisabledInOneOrganisationStaysSignedInForTheOther) {
  const Actor ben = add_member("ben@example.com", office.agent_role);
  const NewOrganisation other = write([&](db::Transaction& tx) -> Result<NewOrganisation> {
    return create_organisation(tx, "desk", "Lighthouse", "en");
  });
  write([&](db::Transaction& tx) -> Result<Agent> {
    const Actor program = system_actor(catalogue, other.organisation.id, Path::system);
    return add_agent(tx, program, {ben.person, other.agent_role, {}});
  });
  const Result<SignedIn> signed_in =
      sign_in_from("192.0.2.1", "ben@example.com", std::string(good_password));
  ASSERT_TRUE(signed_in);
  EXPECT_EQ(change(ada, ben.id, {.status = AgentStatus::disabled}), "");
  EXPECT_TRUE(find_session(*database, signed_in->token));
  EXPECT_EQ(entry(ben.person), "not_found");
  EXPECT_EQ(code_of(sign_in_from("192.0.2.1", "ben@example.com", std::string(good_password))), "");
}

TEST_P(Agents, WhoIsNoMemberFindsNoOrganisation) {
  const Person stranger = add_person("eve@example.com", "Eve");
  EXPECT_EQ(entry(stranger.id), "not_found");
}

TEST_P(Agents, DepartmentsAreOfTheSameOrganisation) {
  const int64_t billing = add_department("Billing");
  const Actor ben = add_member("ben@example.com", office.agent_role);
  EXPECT_EQ(change(ada, ben.id, {.department_ids = std::vector<int64_t>{billing, billing}}), "");
  EXPECT_TRUE(actor(ben.person).in_department(RecordId{billing}));
  EXPECT_EQ(change(ada, ben.id, {.department_ids = std::vector<int64_t>{billing, 77}}),
            "not_found");
  EXPECT_EQ(actor(ben.person).department_ids, std::vector<int64_t>{billing});
  write([&](db::Transaction& tx) -> Result<void> {
    forget_department(tx, org, RecordId{billing});
    return {};
  });
  EXPECT_TRUE(actor(ben.person).department_ids.empty());
}

TEST_P(Agents, OnlyWhoManagesPeopleChangesThem) {  // S082
  const Actor ben = add_member("ben@example.com", office.agent_role);
  EXPECT_EQ(change(ben, ben.id, {.role_id = office.administrator_role}), "duty_missing");
}

TEST_P(Agents, WhoManagesPeopleMakesNobodyMightierThanThemselves) {
  const Role managers = write([&](db::Transaction& tx) -> Result<Role> {
    return create_role(tx, ada,
                       {.name = "Managers",
                        .rights = {{{"tickets", bit(Right::read)}}},
                        .duties = bit(Duty::manage_people)});
  });
  const Actor mia = add_member("mia@example.com", managers.id);
  const Actor ben = add_member("ben@example.com", managers.id);
  EXPECT_EQ(change(mia, ben.id, {.role_id = office.administrator_role}), "more_than_own");
  EXPECT_EQ(change(mia, ben.id, {.role_id = office.agent_role}), "more_than_own");
  EXPECT_EQ(change(mia, ada.id, {.status = AgentStatus::disabled}), "more_than_own");
  EXPECT_EQ(change(mia, ben.id, {.status = AgentStatus::disabled}), "");
}

TEST_P(Agents, AreShownWithRoleDepartmentsAndWhenTheyWereSeen) {
  const int64_t billing = add_department("Billing");
  const Actor ben = add_member("ben@example.com", office.agent_role, {billing});
  ASSERT_EQ(code_of(sign_in_from("192.0.2.1", "ben@example.com", std::string(good_password))), "");
  const auto agents = database->read([&](db::Transaction& tx) { return list_agents(tx, org); });
  ASSERT_EQ(agents.size(), 2U);
  EXPECT_EQ(agents[1].name, "ben");
  EXPECT_EQ(agents[1].role_name, "Agent");
  EXPECT_EQ(agents[1].department_ids, std::vector<int64_t>{billing});
  EXPECT_EQ(agents[1].last_seen_at, clock.now());
  EXPECT_EQ(agents[0].last_seen_at, std::nullopt);
}

TEST_P(Agents, WhoSignedOutWasSeenAllTheSame) {
  const Actor ben = add_member("ben@example.com", office.agent_role);
  const auto signed_in = sign_in_from("192.0.2.1", "ben@example.com", std::string(good_password));
  ASSERT_TRUE(signed_in);
  const std::string token = signed_in->token;
  clock.advance_ms(5 * minute_ms);
  ASSERT_TRUE(find_session(*database, token));
  const Instant seen = clock.now();
  clock.advance_ms(hour_ms);
  write([&](db::Transaction& tx) -> Result<void> {
    sign_out(tx, token);
    return {};
  });
  const auto agent =
      database->read([&](db::Transaction& tx) { return find_agent(tx, org, ben.id); });
  EXPECT_EQ(agent->last_seen_at, seen);
  EXPECT_EQ(agent->session_seen_at, std::nullopt) << "they are not here";
}

TEST_P(Agents, ANewNameOfAPersonIsTheNameOfTheirRecord) {
  write([&](db::Transaction& tx) -> Result<Person> {
    return change_profile(tx, catalogue, ada.person, {.name = "Ada Lovelace"});
  });
  EXPECT_EQ(actor(ada.person).name, "Ada Lovelace");
  const auto agent =
      database->read([&](db::Transaction& tx) { return find_agent(tx, org, ada.id); });
  EXPECT_EQ(agent->name, "Ada Lovelace");
}

TEST_P(Agents, ChangesOfMembersStandInTheHistory) {
  const Actor ben = add_member("ben@example.com", office.agent_role);
  EXPECT_EQ(change(ada, ben.id, {.status = AgentStatus::disabled}), "");
  const auto page = database->read(
      [&](db::Transaction& tx) { return records::history_of(tx, org, "agents", ben.id, "", 10); });
  ASSERT_TRUE(page.has_value());
  ASSERT_EQ(page->entries.size(), 2U);
  EXPECT_EQ(page->entries[0].event, "updated");
  EXPECT_EQ(page->entries[0].author.name, "ada");
  EXPECT_NE(page->entries[0].changes_json.find("disabled"), std::string::npos);
}

TEST_P(Agents, OfAnotherOrganisationAreNotFound) {
  const NewOrganisation other = write([&](db::Transaction& tx) -> Result<NewOrganisation> {
    return create_organisation(tx, "desk", "Elsewhere", "pt");
  });
  const Person eve = add_person("eve@example.com", "Eve");
  const Agent theirs = write([&](db::Transaction& tx) -> Result<Agent> {
    return add_agent(tx, system_actor(catalogue, other.organisation.id, Path::system),
                     {eve.id, other.administrator_role, {}});
  });
  EXPECT_EQ(change(ada, theirs.id, {.status = AgentStatus::disabled}), "not_found");
  EXPECT_EQ(change(ada, ada.id, {.role_id = other.agent_role}), "not_found");
}

}  // namespace

}  // namespace tandem::access
