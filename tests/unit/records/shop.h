#pragma once

#include <memory>
#include <string>
#include <vector>

#include "access/actor.h"
#include "records/change_log.h"
#include "records/custom_fields.h"
#include "records/fields/field_kind.h"
#include "records/search/search.h"
#include "records/store.h"
#include "tests/support/both_databases.h"

namespace tandem::records {

using test::OnBothDatabases;

/// Companies, which orders link to.
const ModuleDef& companies_module();
/// Orders: one field of every kind.
const ModuleDef& orders_module();

/// A database with the two modules, an organisation, and short ways to write and read.
class Shop {
 public:
  /// Shops of one name begin as copies of one database.
  explicit Shop(db::Kind kind, const std::string& name = "shop");

  ShapeRef shape(const ModuleDef& module);
  Result<Record> create(const ModuleDef& module, const Changes& changes);
  /// Creates and expects it to go well.
  Record add(const ModuleDef& module, const Changes& changes);
  Result<Record> update(const Record& before, const Changes& changes);
  Result<Record> turn(const Record& before, Verb verb);
  std::optional<Record> find(const ModuleDef& module, RecordId id, Bin bin = Bin::outside);
  Result<Page> list(const ModuleDef& module, const Query& query);
  /// Ids of all pages, in order; expects that no page is larger than `query.limit`.
  std::vector<int64_t> walk(const ModuleDef& module, Query query);
  std::vector<int64_t> search(const ModuleDef& module, std::string_view text, int limit = 50);
  std::vector<LogEntry> history(const Record& record);
  Result<FieldDef> add_field(const ModuleDef& module, FieldDef field);

  StoppedClock clock{Instant{1'770'000'000'000}};
  Catalogue catalogue;
  std::unique_ptr<db::Database> database;
  OrgId org{4711};
  OrgId other_org{4712};
  Author author{{77}, "person", "Ana", "ui"};
  access::Actor actor;
};

/// The code of a refusal, "ok" when there is none.
template <class T>
std::string code_of(const Result<T>& result) {
  return result ? "ok" : result.error().code;
}

}  // namespace tandem::records
