#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "access/actor_of.h"
#include "access/applications.h"
#include "base/instant.h"
#include "crm/modules.h"
#include "crm/organisation_setup.h"
#include "operations/operations.h"

namespace tandem::test {

/// A sales organisation of one edition with its administrator Ada. The clock stands still on Monday
/// 2026-03-02, 09:00 UTC. On SQLite in memory, or on PostgreSQL when TANDEM_TEST_DATABASE is
/// "postgres".
class SalesOffice {
 public:
  explicit SalesOffice(crm::Edition edition);

  StoppedClock clock{Instant{1'772'442'000'000}};
  access::Applications applications;
  const records::Catalogue* catalogue = nullptr;
  std::unique_ptr<db::Database> database;
  OrgId org;
  access::Actor ada;
  access::NewOrganisation made;

  access::Actor member(const std::string& name, RecordId role);
  Result<records::Record> create(const access::Actor& actor, const std::string& module,
                                 const records::Changes& values);
  Result<records::Record> change(const access::Actor& actor, const std::string& module, RecordId id,
                                 const records::Changes& values);
  Result<records::Record> remove(const access::Actor& actor, const std::string& module,
                                 RecordId id);
  records::Record read(const std::string& module, RecordId id);
  /// The record of a module with this title; a test fails without it.
  RecordId named(const std::string& module, const std::string& title);
  const records::ModuleDef& module(const std::string& name) const;

 private:
  crm::Edition edition_;
};

}  // namespace tandem::test
