#include "desk/customers/contacts.h"

#include "base/text.h"
#include "mail/wire_address.h"

namespace tandem::desk {

std::optional<FoundContact> find_contact_by_address(db::Transaction& tx, OrgId org,
                                                    std::string_view address) {
  const db::Args args{org.value, ascii_lower(mail::readable_address(address))};
  std::optional<db::Row> found = tx.row(
      "SELECT id, title FROM contacts WHERE org_id = $1 AND email = $2 AND deleted_at IS NULL "
      "ORDER BY id LIMIT 1",
      args);
  if (!found) {
    found = tx.row(
        "SELECT id, title FROM contacts WHERE org_id = $1 AND secondary_email = $2 "
        "AND deleted_at IS NULL ORDER BY id LIMIT 1",
        args);
  }
  if (!found) {
    found = tx.row(
        "SELECT c.id, c.title FROM contact_addresses a JOIN contacts c "
        "ON c.org_id = a.org_id AND c.id = a.contact_id "
        "WHERE a.org_id = $1 AND a.address = $2 AND c.deleted_at IS NULL",
        args);
  }
  if (!found) return std::nullopt;
  return FoundContact{RecordId{found->integer(0)}, found->text(1)};
}

}  // namespace tandem::desk
