#pragma once

#include <gmock/gmock.h>

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "access/agents.h"
#include "access/roles.h"
#include "crm/watches/watch_feed.h"
#include "crm/watches/watch_sending.h"
#include "http/egress.h"
#include "tests/rules/sales_office.h"
#include "tests/support/scripted_http.h"

namespace tandem::test {

inline const std::vector<crm::Operation> all_operations{
    crm::Operation::insert, crm::Operation::update, crm::Operation::delete_};

/// Our own names, so that the rules are seen and no dialect.
inline crm::WatchFace plain_face() {
  return {.shown_fields =
              [](const records::Shape& shape) {
                std::set<std::string, std::less<>> names;
                for (const records::FieldDef& field : shape.fields()) names.insert(field.name);
                return names;
              },
          .write = [](db::Transaction&, const access::Actor&, const crm::Watch&,
                      const crm::Notice& notice) { return crm::notice_to_text(notice); }};
}

/// A sales office with a receiver on a loopback port.
class WatchOffice : public testing::TestWithParam<crm::Edition> {
 protected:
  static constexpr int timeout_ms = 400;

  void SetUp() override {
    crm::add_watch_jobs(worker_, *office_.database, office_.applications, plain_face(),
                        {.may_reach =
                             [this](const std::string& address) {
                               return !only_public_ || http::is_public_address(address);
                             },
                         .timeout_ms = timeout_ms});
  }
  crm::Watch asking_for(const std::string& module,
                        std::vector<crm::Operation> operations = all_operations) {
    crm::Watch watch;
    watch.channel = 1'000'000'068'001;
    watch.module = module;
    watch.operations = std::move(operations);
    watch.url = http_.url("/hook");
    watch.token = "between us";
    watch.tells_related = false;
    return watch;
  }
  Result<crm::Watch> set(const access::Actor& actor, const crm::Watch& watch) {
    return office_.database->write([&](db::Transaction& tx) -> Result<crm::Watch> {
      return crm::set_watch(tx, actor, watch);
    });
  }
  crm::Watch must_set(const access::Actor& actor, const crm::Watch& watch) {
    const Result<crm::Watch> made = set(actor, watch);
    EXPECT_TRUE(made) << made.error().message;
    return made ? *made : crm::Watch{};
  }
  std::vector<crm::Watch> watches_of(const access::Actor& actor) {
    return office_.database->read(
        [&](db::Transaction& tx) { return crm::list_watches(tx, actor); });
  }
  void end_watches() { crm::end_watches(*office_.database, office_.applications); }
  RecordId contact(const std::string& name, const std::string& email = "") {
    records::Changes changes{{"last_name", name}};
    if (!email.empty()) changes.set("email", email);
    const Result<records::Record> made = office_.create(office_.ada, "contacts", changes);
    EXPECT_TRUE(made) << made.error().message;
    return made ? made->id : RecordId{};
  }
  void change(RecordId contact, const records::Changes& changes) {
    EXPECT_TRUE(office_.change(office_.ada, "contacts", contact, changes));
  }
  /// What changed is taken up, and what is due is sent.
  void run() {
    feed_.take_news();
    worker_.run_due();
  }
  std::vector<crm::Notice> heard() {
    std::vector<crm::Notice> notices;
    for (const std::string& raw : http_.requests())
      notices.push_back(crm::notice_from_text(raw.substr(raw.find("\r\n\r\n") + 4)));
    return notices;
  }
  /// "insert 2" and so on: what happened, to how many records.
  std::vector<std::string> told() {
    std::vector<std::string> all;
    for (const crm::Notice& notice : heard())
      all.push_back(std::string(crm::word(notice.operation)) + " " +
                    std::to_string(notice.records.size()));
    return all;
  }
  int64_t count(const std::string& sql) {
    return office_.database->read([&](db::Transaction& tx) { return tx.integer(sql); });
  }
  enum class Contacts { unseen, seen };
  RecordId role(const std::vector<std::string>& hidden_fields, Contacts contacts = Contacts::seen) {
    access::RoleDraft draft;
    draft.name = "Partner " + std::to_string(++roles_);
    draft.rights = access::system_rights(access::RoleKind::agent);
    if (contacts == Contacts::unseen) draft.rights->erase("contacts");
    draft.fields.emplace();
    for (const std::string& field : hidden_fields)
      (*draft.fields)["contacts"][field] = access::FieldAccess::hidden;
    const Result<access::Role> made = office_.database->write(
        [&](db::Transaction& tx) { return access::create_role(tx, office_.ada, draft); });
    EXPECT_TRUE(made) << made.error().message;
    return made ? made->id : RecordId{};
  }
  void change_member(const access::Actor& member, const access::AgentChange& change) {
    EXPECT_TRUE(office_.database->write([&](db::Transaction& tx) -> Result<access::Agent> {
      return access::change_agent(tx, office_.ada, member.id, change);
    }));
  }

  SalesOffice office_{GetParam()};
  ScriptedHttp http_;
  jobs::Worker worker_{*office_.database, 1, 7};
  deliveries::ChangeFeed feed_{*office_.database,
                               crm::watch_feed_reader(office_.applications, plain_face())};
  bool only_public_ = false;
  int roles_ = 0;
};

}  // namespace tandem::test
