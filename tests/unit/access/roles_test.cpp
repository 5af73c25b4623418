#include "access/roles.h"

#include "base/json.h"
#include "tests/unit/access/office.h"

namespace tandem::access {

namespace {

class Roles : public Office {
 protected:
  Result<Role> make(const std::string& json) {
    return try_write([&](db::Transaction& tx) -> Result<Role> {
      const RoleDraft draft = TRY(role_draft_from_json(tx, ada, json_from_text(json).value()));
      return create_role(tx, ada, draft);
    });
  }
  std::string change(RecordId id, const std::string& json) {
    return code_of(try_write([&](db::Transaction& tx) -> Result<Role> {
      const RoleDraft draft = TRY(role_draft_from_json(tx, ada, json_from_text(json).value()));
      return update_role(tx, ada, id, draft);
    }));
  }
  std::string remove(RecordId id) {
    return code_of(
        try_write([&](db::Transaction& tx) -> Result<void> { return delete_role(tx, ada, id); }));
  }
};
TANDEM_ON_BOTH_DATABASES(Roles);

TEST_P(Roles, AnOrganisationBeginsWithAdministratorAgentAndLightAgent) {  // S123
  const auto roles = database->read([&](db::Transaction& tx) { return list_roles(tx, org); });
  ASSERT_EQ(roles.size(), 3U);
  EXPECT_EQ(roles[0].name, "Administrator");
  EXPECT_EQ(roles[1].name, "Agent");
  EXPECT_EQ(roles[2].name, "Light agent");
  for (const Role& role : roles) EXPECT_TRUE(is_system(role));
}

TEST_P(Roles, AnAdministratorMakesRolesOfTheirOwn) {  // S127
  const auto role = make(
      R"({"name":"Dispatcher","rights":{"tickets":["update","assign"]},
          "fields":{"tickets":{"due_at":"read"}},"duties":["manage_departments"]})");
  ASSERT_EQ(code_of(role), "");
  const Actor dan = add_member("dan@example.com", role->id);
  EXPECT_TRUE(has_right(dan, "tickets", Right::assign));
  EXPECT_TRUE(has_right(dan, "tickets", Right::read));
  EXPECT_FALSE(has_right(dan, "tickets", Right::delete_));
  EXPECT_TRUE(has_duty(dan, Duty::manage_departments));
  EXPECT_FALSE(has_duty(dan, Duty::manage_people));
  EXPECT_EQ(field_access(dan, "tickets", {.name = "due_at"}), FieldAccess::read);
  EXPECT_EQ(field_access(dan, "tickets", {.name = "name"}), FieldAccess::write);
}

TEST_P(Roles, RefuseWhatIsUnknown) {
  EXPECT_EQ(code_of(make(R"({"name":"A","rights":{"planets":["read"]}})")), "unknown_module");
  EXPECT_EQ(code_of(make(R"({"name":"A","rights":{"tickets":["fly"]}})")), "not_a_choice");
  EXPECT_EQ(code_of(make(R"({"name":"A","fields":{"tickets":{"wings":"read"}}})")),
            "unknown_field");
  EXPECT_EQ(code_of(make(R"({"name":"A","fields":{"tickets":{"due_at":"see"}}})")), "not_a_choice");
  EXPECT_EQ(code_of(make(R"({"name":"A","duties":["rule"]})")), "not_a_choice");
  EXPECT_EQ(code_of(make(R"({"name":"A","kind":"administrator"})")), "unknown_field");
  EXPECT_EQ(code_of(make(R"({"name":"  "})")), "required");
  EXPECT_EQ(code_of(make(R"({"name":"AGENT"})")), "duplicate");
}

TEST_P(Roles, OfTheProgramAreNeitherChangedNorDeleted) {
  EXPECT_EQ(change(office.agent_role, R"({"rights":{"tickets":["purge"]}})"), "system_role");
  EXPECT_EQ(remove(office.light_agent_role), "system_role");
}

TEST_P(Roles, ThatSomebodyHasAreNotDeleted) {
  const auto role = make(R"({"name":"Dispatcher","rights":{"tickets":["read"]}})");
  const Actor dan = add_member("dan@example.com", role->id);
  EXPECT_EQ(remove(role->id), "role_in_use");
  write([&](db::Transaction& tx) -> Result<Agent> {
    return change_agent(tx, ada, dan.id, {.role_id = office.agent_role});
  });
  EXPECT_EQ(remove(role->id), "");
  EXPECT_EQ(remove(role->id), "not_found");
}

TEST_P(Roles, ANewNameIsShownWithEveryMember) {
  const auto role = make(R"({"name":"Dispatcher"})");
  const Actor dan = add_member("dan@example.com", role->id);
  EXPECT_EQ(change(role->id, R"({"name":"Router"})"), "");
  const std::string shown = database->read([&](db::Transaction& tx) {
    return tx
        .row("SELECT role FROM agents WHERE org_id = $1 AND id = $2",
             {db::arg(org), db::arg(dan.id)})
        ->text(0);
  });
  EXPECT_EQ(shown, "Router");
}

TEST_P(Roles, ARoleThatWasRolledBackIsNotRemembered) {
  const auto role = make(R"({"name":"Dispatcher","rights":{"tickets":["read"]}})");
  const Actor dan = add_member("dan@example.com", role->id);
  const auto refused = try_write([&](db::Transaction& tx) -> Result<void> {
    TRY(update_role(tx, ada, role->id,
                    {.rights = {{{"tickets", bit(Right::read) | bit(Right::purge)}}}}));
    const Actor within = TRY(actor_of(tx, catalogue, dan.person, org, Path::ui));
    EXPECT_TRUE(has_right(within, "tickets", Right::purge));
    return conflict("no", "Not this time.");
  });
  EXPECT_EQ(code_of(refused), "no");
  EXPECT_FALSE(has_right(actor(dan.person), "tickets", Right::purge));
}

TEST_P(Roles, AreShownAsTheSettingsPageReadsThem) {
  const auto role = make(R"({"name":"Dispatcher","rights":{"tickets":["assign"]}})");
  JsonWriter json;
  append_role(json, *role, ada);
  EXPECT_EQ(
      json.text(),
      "{\"id\":\"" + to_string(role->id) +
          "\",\"name\":\"Dispatcher\",\"kind\":\"custom\",\"is_system\":false,\"may_give\":true,"
          "\"rights\":{\"tickets\":[\"read\",\"assign\"]},\"fields\":{},"
          "\"duties\":[]}");
}

}  // namespace

}  // namespace tandem::access
