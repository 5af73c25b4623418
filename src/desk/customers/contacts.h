#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "db/database.h"

namespace tandem::desk {

struct FoundContact {
  RecordId id;
  std::string name;
};

/// The contact with this address, the first, the second or a further one, in any case of letters;
/// not those in the recycle bin. Asks for no right.
std::optional<FoundContact> find_contact_by_address(db::Transaction& tx, OrgId org,
                                                    std::string_view address);

}  // namespace tandem::desk
