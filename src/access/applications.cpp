#include "access/applications.h"

#include <cstdlib>

#include "access/organisations.h"
#include "base/log.h"

namespace tandem::access {

records::Catalogue& Applications::add(const std::string& app) {
  if (find(app) != nullptr) {
    log_error("The application " + app + " is there twice");
    std::abort();
  }
  return catalogues_.emplace_back(app);
}

const records::Catalogue* Applications::find(std::string_view app) const {
  for (const records::Catalogue& catalogue : catalogues_)
    if (catalogue.app() == app) return &catalogue;
  return nullptr;
}

Result<const records::Catalogue*> Applications::of(db::Transaction& tx, OrgId org) const {
  const std::optional<Organisation> organisation = find_organisation(tx, org);
  const records::Catalogue* catalogue = organisation ? find(organisation->app) : nullptr;
  if (catalogue == nullptr) return not_found("There is no such organisation.");
  return catalogue;
}

}  // namespace tandem::access
