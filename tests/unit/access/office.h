#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "access/actor_of.h"
#include "access/agents.h"
#include "access/invitations.h"
#include "access/organisations.h"
#include "access/people.h"
#include "access/roles.h"
#include "access/sign_in.h"
#include "base/crypto.h"
#include "tests/support/both_databases.h"

namespace tandem::access {

constexpr std::string_view good_password = "quiet river crossing";

/// Changes to the database that a test takes for granted: a refusal fails the test.
template <class Body>
auto done(db::Database& database, Body&& body) {
  auto answer = database.write(std::forward<Body>(body));
  if (!answer) throw std::runtime_error(answer.error().code + ": " + answer.error().message);
  if constexpr (!std::is_void_v<typename decltype(answer)::value_type>) return std::move(*answer);
}

/// The code of a refusal, "" when there is none.
template <class T>
std::string code_of(const Result<T>& result) {
  return result ? "" : result.error().code;
}

/// An organisation with its administrator Ada, on a stopped clock.
class Office : public test::OnBothDatabases {
 protected:
  void SetUp() override;

  Person add_person(const std::string& email, const std::string& name);
  /// An active member; S123.
  Actor add_member(const std::string& email, RecordId role, std::vector<int64_t> departments = {});
  Actor actor(PersonId person);
  int64_t add_department(const std::string& name);
  Result<SignedIn> sign_in_from(const std::string& address, const std::string& email,
                                const std::string& password, const std::string& code = "");
  /// Every audit word of the organisation, oldest first.
  std::vector<std::string> audited();

  template <class Body>
  auto write(Body&& body) {
    return done(*database, std::forward<Body>(body));
  }
  /// A write whose refusal the test looks at.
  template <class Body>
  auto try_write(Body&& body) {
    return database->write(std::forward<Body>(body));
  }

  StoppedClock clock{Instant{1'767'600'000'000}};
  std::string key = std::string(32, 'k');
  records::Catalogue catalogue;
  std::unique_ptr<db::Database> database;
  NewOrganisation office;
  OrgId org;
  Actor ada;
};

}  // namespace tandem::access
