#pragma once

#include <deque>
#include <string>
#include <string_view>

#include "db/database.h"
#include "records/shape.h"

namespace tandem::access {

/// The applications of the suite, each with what its records are. Filled once at start.
class Applications {
 public:
  /// A new, empty catalogue for the application. Two of one application are our bug.
  records::Catalogue& add(const std::string& app);
  const std::deque<records::Catalogue>& all() const { return catalogues_; }
  /// Null when the program has no such application.
  const records::Catalogue* find(std::string_view app) const;
  /// That of the organisation. Refuses with not_found what is no organisation.
  Result<const records::Catalogue*> of(db::Transaction& tx, OrgId org) const;

 private:
  std::deque<records::Catalogue> catalogues_;  // they stay where they are
};

}  // namespace tandem::access
