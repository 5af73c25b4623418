#include "access/invitations.h"

#include "tests/unit/access/office.h"

namespace tandem::access {

namespace {

class Invitations : public Office {
 protected:
  Result<Invited> try_invite(const Actor& who, const std::string& email, RecordId role) {
    return try_write([&](db::Transaction& tx) -> Result<Invited> {
      return invite(tx, who, {.email = email, .name = "Ben", .role_id = role});
    });
  }
  Result<SignedIn> accept(const std::string& token, const std::string& password) {
    return accept_invitation(*database, catalogue, key,
                             {.token = token, .password = password, .address = "192.0.2.8"});
  }
  std::string look(const std::string& token) {
    return code_of(database->read([&](db::Transaction& tx) { return find_invitation(tx, token); }));
  }
};
TANDEM_ON_BOTH_DATABASES(Invitations);

TEST_P(Invitations, AreActivatedFromTheMail) {  // S121
  const auto invited = try_invite(ada, "Ben@Example.com", office.agent_role);
  ASSERT_EQ(code_of(invited), "");
  EXPECT_EQ(invited->mail.to, "ben@example.com");
  EXPECT_EQ(invited->mail.organisation_name, "Harbour");
  EXPECT_EQ(invited->mail.inviter_name, "ada");
  EXPECT_EQ(invited->agent.status, AgentStatus::invited);
  const auto signed_in = accept(invited->mail.token, "quiet harbour lights");
  ASSERT_EQ(code_of(signed_in), "");
  EXPECT_EQ(signed_in->person.name, "Ben");
  EXPECT_EQ(actor(signed_in->person.id).id, invited->agent.id);
  EXPECT_TRUE(find_session(*database, signed_in->token).has_value());
}

TEST_P(Invitations, ChooseOneOfTheRoles) {  // S123
  for (const RecordId role :
       {office.agent_role, office.light_agent_role, office.administrator_role}) {
    const auto invited = try_invite(ada, "p" + to_string(role) + "@example.com", role);
    ASSERT_EQ(code_of(invited), "");
    EXPECT_EQ(invited->agent.role_id, role);
  }
  EXPECT_EQ(code_of(try_invite(ada, "ben@example.com", RecordId{5})), "not_found");
}

TEST_P(Invitations, CountOnceAndForSevenDays) {
  const auto first = try_invite(ada, "ben@example.com", office.agent_role);
  ASSERT_EQ(code_of(accept(first->mail.token, "quiet harbour lights")), "");
  EXPECT_EQ(code_of(accept(first->mail.token, "quiet harbour lights")), "token_invalid");
  const auto second = try_invite(ada, "cem@example.com", office.agent_role);
  clock.advance_ms(7 * day_ms - 1);
  EXPECT_EQ(look(second->mail.token), "");
  clock.advance_ms(1);
  EXPECT_EQ(look(second->mail.token), "token_invalid");
  EXPECT_EQ(look("made up"), "token_invalid");
}

TEST_P(Invitations, ANewOneVoidsTheOld) {
  const auto first = try_invite(ada, "ben@example.com", office.agent_role);
  const Invited second = write(
      [&](db::Transaction& tx) -> Result<Invited> { return reinvite(tx, ada, first->agent.id); });
  EXPECT_EQ(look(first->mail.token), "token_invalid");
  EXPECT_EQ(code_of(accept(second.mail.token, "quiet harbour lights")), "");
  EXPECT_EQ(code_of(try_write([&](db::Transaction& tx) -> Result<Invited> {
              return reinvite(tx, ada, first->agent.id);
            })),
            "not_invited");
}

TEST_P(Invitations, NobodyHasAnAccountBeforeTheyProveTheirAddress) {
  const auto invited = try_invite(ada, "ben@example.com", office.agent_role);
  EXPECT_FALSE(invited->agent.person);
  EXPECT_FALSE(
      database
          ->read([&](db::Transaction& tx) { return find_person_by_email(tx, "ben@example.com"); })
          .has_value());
}

TEST_P(Invitations, WhoHasAnAccountProvesItsPassword) {
  const Person ben = add_person("ben@example.com", "Ben");
  const auto invited = try_invite(ada, "ben@example.com", office.agent_role);
  const auto view =
      database->read([&](db::Transaction& tx) { return find_invitation(tx, invited->mail.token); });
  EXPECT_TRUE(view->has_account);
  EXPECT_EQ(code_of(accept(invited->mail.token, "a stranger's password")), "wrong_credentials");
  const auto signed_in = accept(invited->mail.token, std::string(good_password));
  ASSERT_EQ(code_of(signed_in), "");
  EXPECT_EQ(signed_in->person.id, ben.id);
}

TEST_P(Invitations, AreRefusedForMembersBadAddressesAndByThoseWhoMayNot) {
  const Actor ben = add_member("ben@example.com", office.agent_role);
  EXPECT_EQ(code_of(try_invite(ada, "ben@example.com", office.agent_role)), "duplicate");
  EXPECT_EQ(code_of(try_invite(ada, "no address", office.agent_role)), "not_an_email");
  EXPECT_EQ(code_of(try_invite(ben, "cem@example.com", office.agent_role)), "duty_missing");
}

TEST_P(Invitations, AskForAnAddressWithAFullDomain) {  // S121; manual, People and roles 1.1
  for (const char* nowhere : {"ben@firma", "ben@localhost", "Ben@Firma", "ben@firma."}) {
    const auto invited = try_invite(ada, nowhere, office.agent_role);
    EXPECT_EQ(code_of(invited), "not_an_email") << nowhere;
    ASSERT_FALSE(invited);
    EXPECT_EQ(invited.error().field, "email") << nowhere;
  }
  EXPECT_EQ(code_of(try_invite(ada, "ben@firma.example", office.agent_role)), "");
}

TEST_P(Invitations, RefuseAWeakPasswordAndStayOpen) {
  const auto invited = try_invite(ada, "ben@example.com", office.agent_role);
  EXPECT_EQ(code_of(accept(invited->mail.token, "password1")), "password_common");
  EXPECT_EQ(code_of(accept(invited->mail.token, "quiet harbour lights")), "");
}

TEST_P(Invitations, TakenBackOpenNothing) {
  const auto invited = try_invite(ada, "ben@example.com", office.agent_role);
  write([&](db::Transaction& tx) -> Result<void> {
    return withdraw_invitation(tx, ada, invited->agent.id);
  });
  EXPECT_EQ(look(invited->mail.token), "token_invalid");
  EXPECT_EQ(code_of(try_invite(ada, "ben@example.com", office.agent_role)), "");
}

}  // namespace

}  // namespace tandem::access
