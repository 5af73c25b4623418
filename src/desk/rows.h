#pragma once

#include <string>

#include "access/actor.h"
#include "records/record.h"

// Writing what people do not write by the generic verbs: messages, comments, attachments, and the
// counters of their ticket. The module's rules and the change log hold here as well; the right to
// act was asked for before (ticket_act_rule).

namespace tandem::desk {

/// What the change log says about a write beyond its fields.
struct Happening {
  std::string event = {};        // "" for created and updated
  std::string detail_json = {};  // "" when none
  Instant created_at = {};       // of a new row that was there before; 0 is now
};

/// `id`: 0 makes one. Refuses as records::store and the module's rules do.
Result<records::Record> add_row(db::Transaction& tx, const access::Actor& actor,
                                const records::ModuleDef& module, const records::Changes& values,
                                const Happening& happening = {}, RecordId id = {});
Result<records::Record> change_row(db::Transaction& tx, const access::Actor& actor,
                                   const records::Record& before, const records::Changes& values,
                                   const Happening& happening = {});
/// Gone for good, without the recycle bin.
Result<void> remove_row(db::Transaction& tx, const access::Actor& actor,
                        const records::Record& before, const Happening& happening = {});

/// The row outside the bin, whoever may see it; refuses with not_found.
Result<records::Record> read_row(db::Transaction& tx, const access::Actor& actor,
                                 const records::ModuleDef& module, RecordId id);

/// The ticket, when the actor sees it and may do `act` (operations::require_act). With all fields,
/// also those hidden from the role, so that it can be written back.
Result<records::Record> ticket_for(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                                   std::string_view act);

/// The ticket, in the recycle bin or not, when the actor may read tickets and sees it.
Result<records::Record> visible_ticket(db::Transaction& tx, const access::Actor& actor,
                                       RecordId ticket);

}  // namespace tandem::desk
