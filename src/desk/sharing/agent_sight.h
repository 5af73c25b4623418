#pragma once

#include "access/agents.h"
#include "records/record.h"

namespace tandem::desk {

/// Whether a colleague sees the ticket as it stands in memory: they are active, and sees_ticket()
/// holds for them as they are now, wherever else they may look.
bool agent_sees(db::Transaction& tx, const access::Actor& asking, const access::Agent& agent,
                const records::Record& ticket);
bool agent_sees(db::Transaction& tx, const access::Actor& asking, RecordId agent,
                const records::Record& ticket);

}  // namespace tandem::desk
