#include "access/agents_module.h"
#include "tests/unit/access/office.h"

namespace tandem::access {

namespace {

class Rights : public Office {};
TANDEM_ON_BOTH_DATABASES(Rights);

std::string rights_on(const Actor& actor, std::string_view module) {
  std::string words;
  for (const Right right : all_rights()) {
    if (!has_right(actor, module, right)) continue;
    if (!words.empty()) words += ' ';
    words += word(right);
  }
  return words;
}

TEST_P(Rights, AnAgentMayReplyCommentAndForwardTickets) {  // S124, S127
  const Actor ben = add_member("ben@example.com", office.agent_role);
  EXPECT_EQ(rights_on(ben, "tickets"),
            "read create update delete restore bulk reply forward comment comment_public "
            "change_status move share");
  EXPECT_EQ(rights_on(ben, "departments"), "read");
  EXPECT_EQ(rights_on(ben, "something else"), "");
}

TEST_P(Rights, AnAgentMayNotAssignTicketsToOthers) {  // S126
  const Actor ben = add_member("ben@example.com", office.agent_role);
  EXPECT_FALSE(has_right(ben, "tickets", Right::assign));
}

TEST_P(Rights, ALightAgentMayOnlyCommentOnTickets) {  // S125
  const Actor lea = add_member("lea@example.com", office.light_agent_role);
  EXPECT_EQ(rights_on(lea, "tickets"), "read comment");
  EXPECT_EQ(rights_on(lea, "contacts"), "read");
}

TEST_P(Rights, AnAdministratorMayAssignAndDoEverything) {  // S126
  for (const Right right : all_rights()) EXPECT_TRUE(has_right(ada, "tickets", right));
  for (const Duty duty : all_duties()) EXPECT_TRUE(has_duty(ada, duty));
}

TEST_P(Rights, SettingsAreLimitedToThoseWithAdministrationRights) {  // S082, S035
  const Actor ben = add_member("ben@example.com", office.agent_role);
  for (const Duty duty : all_duties()) {
    const Result<void> refused = require_duty(ben, duty);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().kind, RefusalKind::forbidden);
    EXPECT_NE(refused.error().message.find("Ask an administrator"), std::string::npos);
  }
}

TEST_P(Rights, AMissingRightNamesItselfAndWhoCanGiveIt) {
  const Actor lea = add_member("lea@example.com", office.light_agent_role);
  const Result<void> refused = require_right(lea, *catalogue.find("tickets"), Right::reply);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().message,
            "You need the right to reply to tickets. Ask an administrator for it.");
}

TEST_P(Rights, AContactHasNoRightsOfItsOwn) {
  Actor contact = system_actor(catalogue, org, Path::mail);
  contact.kind = ActorKind::contact;
  for (const Right right : all_rights()) EXPECT_FALSE(has_right(contact, "tickets", right));
  EXPECT_EQ(agents_module().visible_to(contact).kind, records::Filter::Kind::nothing);
}

TEST_P(Rights, FieldsThatOnlyTheProgramWritesAreReadOnlyForPeople) {
  const records::FieldDef closed_at{.name = "closed_at", .written_by = records::WrittenBy::system};
  EXPECT_EQ(field_access(ada, "tickets", closed_at), FieldAccess::read);
  EXPECT_EQ(field_access(system_actor(catalogue, org, Path::system), "tickets", closed_at),
            FieldAccess::write);
}

TEST_P(Rights, EveryRightAndDutyIsReadBackFromItsWord) {
  for (const Right right : all_rights()) EXPECT_EQ(right_from_word(word(right)), right);
  for (const Duty duty : all_duties()) EXPECT_EQ(duty_from_word(word(duty)), duty);
  EXPECT_EQ(right_from_word("everything"), std::nullopt);
}

TEST_P(Rights, AnAuthorSaysWhoActedAndByWhichWay) {
  const records::Author author = ada.author();
  EXPECT_EQ(author.id, ada.id);
  EXPECT_EQ(author.kind, "person");
  EXPECT_EQ(author.name, "ada");
  EXPECT_EQ(author.path, "ui");
}

}  // namespace

}  // namespace tandem::access
