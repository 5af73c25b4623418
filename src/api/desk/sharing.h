#pragma once

#include <optional>
#include <vector>

#include "api/desk/related.h"
#include "desk/sharing/ticket_sharing.h"

// With which departments a ticket is shared, in the words of the Desk dialect.

namespace tandem::api::desk_dialect {

/// "RESTRICTED_ACCESS" of restricted; "" of what is no access of a share.
std::string_view share_type(std::string_view access_word);

/// "sharedDepartments" and "sharedCount" of a ticket.
void append_shares(JsonWriter& json, const Related& related, const records::Record& ticket);

/// The whole new list that a body gives as "sharedDepartments"; nothing when it gives none. Refuses
/// with invalid naming "sharedDepartments/0/type".
Result<std::optional<std::vector<desk::Share>>> shares_of_body(const JsonObject& body);

/// Makes the list of the body the ticket's own. The same list again, as clients send it that send
/// whole tickets back, is no act.
Result<void> take_shares(db::Transaction& tx, const Call& call, RecordId ticket,
                         const JsonObject& body);

}  // namespace tandem::api::desk_dialect
