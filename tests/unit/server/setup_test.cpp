// `tandem setup`: an organisation of each application, and who looks after it.

#include <gtest/gtest.h>

#include <filesystem>

#include "access/organisations.h"
#include "access/people.h"
#include "crm/deals/pipelines.h"
#include "server/commands.h"
#include "server/program.h"
#include "tests/unit/server/command_end.h"

namespace tandem::server {

namespace {

namespace fs = std::filesystem;

class SettingUp : public testing::Test {
 protected:
  SettingUp() {
    std::string pattern = (fs::temp_directory_path() / "tandem-setup-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
    folder_ = pattern;
    config_.data_folder = folder_ / "data";
  }
  ~SettingUp() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  CommandEnd set_up(const std::string& app, const std::string& name = "Ada") {
    return end_of([&] {
      return run_setup(
          config_,
          {.app = app, .company = "Acme " + app, .email = "ada@acme.example", .name = name});
    });
  }
  template <class Look>
  auto look(Look&& at) {
    const auto program = Program::open(config_, clock_);
    return (*program)->database().read(std::forward<Look>(at));
  }
  std::vector<std::string> apps() {
    return look([](db::Transaction& tx) {
      std::vector<std::string> found;
      for (const access::Organisation& one : access::all_organisations(tx))
        found.push_back(one.app);
      return found;
    });
  }
  static void expect_refusal(const CommandEnd& end, const std::string& words) {
    EXPECT_EQ(end.exit_code, 1) << end.output;
    EXPECT_NE(end.output.find(words), std::string::npos) << end.output;
  }

  SystemClock clock_;
  fs::path folder_;
  Config config_;
};

TEST_F(SettingUp, EachApplicationGetsOneOrganisation) {
  for (const char* app : {"desk", "crm", "bigin"}) {
    const CommandEnd made = set_up(app);
    EXPECT_EQ(made.exit_code, 0) << made.output;
    EXPECT_NE(made.output.find("/invitation/"), std::string::npos) << made.output;
    expect_refusal(set_up(app), "has an organisation already, Acme " + std::string(app));
  }
  EXPECT_EQ(apps(), (std::vector<std::string>{"desk", "crm", "bigin"}));
}

TEST_F(SettingUp, ASalesOrganisationBeginsWithAPipeline) {
  ASSERT_EQ(set_up("bigin").exit_code, 0);
  const size_t stages = look([](db::Transaction& tx) {
    return crm::list_pipelines(tx, access::all_organisations(tx).at(0).id).at(0).stages.size();
  });
  EXPECT_EQ(stages, 6U);
}

TEST_F(SettingUp, SomebodyWhoIsThereIsItsAdministratorAtOnce) {
  {
    const auto program = Program::open(config_, clock_);
    const auto person = (*program)->database().write([](db::Transaction& tx) {
      return access::create_person(
          tx, {.email = "ada@acme.example", .name = "Ada Lovelace", .password_hash = "none"});
    });
    ASSERT_TRUE(person);
  }
  const CommandEnd made = set_up("crm", "");
  EXPECT_EQ(made.exit_code, 0) << made.output;
  EXPECT_NE(made.output.find("Ada Lovelace is its administrator."), std::string::npos)
      << made.output;
  const access::Membership membership = look([](db::Transaction& tx) {
    const auto person = access::find_person_by_email(tx, "ada@acme.example");
    return access::memberships_of(tx, person->id).at(0);
  });
  EXPECT_EQ(membership.organisation.app, "crm");
  EXPECT_EQ(membership.role_name, "Administrator");
}

TEST_F(SettingUp, WhatIsRefusedMakesNothing) {
  expect_refusal(set_up("crm", ""), "Give the administrator's name with --name.");
  expect_refusal(set_up("inventory"), "Choose desk, crm or bigin.");
  expect_refusal(end_of([&] {
                   return run_setup(
                       config_,
                       {.app = "crm", .company = "", .email = "ada@acme.example", .name = "Ada"});
                 }),
                 "name: ");
  EXPECT_TRUE(apps().empty());
}

}  // namespace

}  // namespace tandem::server
