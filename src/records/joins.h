#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "records/store.h"

// Records of two modules that belong together, many with many. All pairs lie in one table. Knows no
// rights: operations/joins.h does.

namespace tandem::records {

/// What joins the records of two modules: a deal holds its contacts. Who may change the holder may
/// change whom it holds.
struct JoinDef {
  std::string holder = {};  // the module whose records hold the others
  std::string name = {};    // of their list, snake_case: "contact_roles"
  std::string label = {};
  std::string held = {};        // the module whose records are held
  std::string name_there = {};  // of the list that a held record has: the deals of a product
  std::string label_there = {};
  /// A choice that is said of each pair, such as the role of the contact. Without a name: nothing.
  FieldDef said = {};
};

/// A join, seen from one of its two modules.
struct JoinSide {
  const ModuleDef* of = nullptr;      // whose records have the list
  const ModuleDef* listed = nullptr;  // whose records stand in it
  const JoinDef* join = nullptr;
  bool is_held = false;  // seen from the module that the other one's records hold

  const ModuleDef& holder() const { return is_held ? *listed : *of; }
  const std::string& name() const { return is_held ? join->name_there : join->name; }
  const std::string& label() const { return is_held ? join->label_there : join->label; }
  /// One of its kind in an application: "deals.contact_roles".
  std::string key() const { return join->holder + "." + join->name; }
};

/// The records of the list that `with` has. To be used on the listed module alone.
Filter joined_with(const JoinSide& side, RecordId with);

/// How many records one holds in one list. What is held may be so by any number.
constexpr int held_records_max = 500;

/// A record and one of its list.
struct Pair {
  RecordId of = {};
  RecordId listed = {};
};
/// What is said of the pair, "" for nothing; no text when the two are not joined.
std::optional<std::string> said_of(db::Transaction& tx, OrgId org, const JoinSide& side,
                                   const Pair& pair);
/// The same of one record and many others, by the ids of those that are joined with it.
std::map<int64_t, std::string> said_of_all(db::Transaction& tx, OrgId org, const JoinSide& side,
                                           RecordId of, const std::vector<RecordId>& listed);
/// Whom each of these records holds, oldest first. `side` must be the holder's.
std::vector<Pair> held_by(db::Transaction& tx, OrgId org, const JoinSide& side,
                          const std::vector<RecordId>& holders);
int64_t count_held(db::Transaction& tx, OrgId org, const JoinSide& side, RecordId holder);

/// Joins the pair, or says something else of it.
void put_pair(db::Transaction& tx, OrgId org, const JoinSide& side, const Pair& pair,
              const std::string& said, RecordId by);
/// False when the two were not joined.
bool remove_pair(db::Transaction& tx, OrgId org, const JoinSide& side, const Pair& pair);

/// All pairs of a record that is gone for good go.
void remove_pairs_of(db::Transaction& tx, OrgId org, RecordId gone);

/// What was joined with one record by one join is joined with another by another: the products of a
/// lead that becomes a contact. What the other is joined with already stays as it is. Both sides
/// must be of holders, or both of held records. Does not ask held_records_max.
void move_pairs(db::Transaction& tx, OrgId org, const JoinSide& from_side, RecordId from,
                const JoinSide& to_side, RecordId to);

}  // namespace tandem::records
