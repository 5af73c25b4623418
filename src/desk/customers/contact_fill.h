#pragma once

#include <functional>
#include <string_view>

#include "db/database.h"

// Contacts that were there before something was kept of them are gone through once, in batches
// behind people's writes. Where it stands is in the table contact_numbers_filled, so that a restart
// goes on there.

namespace tandem::desk {

struct ContactFill {
  std::string_view name;       // of what is kept, for ever
  std::string_view columns;    // read behind org_id and id, SQL
  std::string_view condition;  // further " AND …", SQL; "" takes the recycle bin along
};

/// Takes the next batch: `each` gets the columns org_id, id and those asked for. Answers how many
/// there were; 0 when all are done.
int fill_contacts(db::Database& database, const ContactFill& fill,
                  const std::function<void(db::Transaction&, const db::Row&)>& each);

}  // namespace tandem::desk
