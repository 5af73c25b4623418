#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "crm/edition.h"
#include "records/joins.h"

// Which records of the sales side belong together, many with many: the contacts of a deal (in CRM
// with the role that each has in it), the products of deals and of customers, the members of a
// campaign with what became of them there.

namespace tandem::crm {

const std::vector<records::JoinDef>& joins(Edition edition);

/// What joins the records of a module with others: what they hold first, then what holds them.
std::vector<records::JoinSide> joins_of(const records::Catalogue& catalogue,
                                        const records::ModuleDef& module);
std::optional<records::JoinSide> find_join(const records::Catalogue& catalogue,
                                           const records::ModuleDef& module, std::string_view list);

/// The contacts of deals in CRM, as records::JoinSide::key() spells it.
constexpr std::string_view contact_roles_key = "deals.contact_roles";

/// A side with the choices that the organisation has for what is said of its pairs: its own contact
/// roles. Who says something of a pair, or shows what is said, takes this one. The side points into
/// it, so it stays where it is made.
class OwnSide {
 public:
  OwnSide(db::Transaction& tx, OrgId org, const records::JoinSide& side);
  OwnSide(const OwnSide&) = delete;
  OwnSide& operator=(const OwnSide&) = delete;

  const records::JoinSide& side() const { return side_; }

 private:
  records::JoinDef join_;
  records::JoinSide side_;
};

/// A record and the module it is of.
struct Placed {
  const records::ModuleDef& module;
  RecordId id;
};
/// What one record is joined with goes to another, in the lists that both modules have: from a lead
/// to the contact that it becomes, or to the record that it is merged into. Refuses with conflict
/// "too_much_joined" when the other would hold more than records::held_records_max in one list.
Result<void> move_joined(db::Transaction& tx, const records::Catalogue& catalogue, OrgId org,
                         const Placed& from, const Placed& to);

}  // namespace tandem::crm
