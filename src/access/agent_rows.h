#pragma once

#include "access/actor.h"
#include "db/database.h"
#include "records/record.h"

// Writes of the module "agents": row, history and search together. For the files of access alone.

namespace tandem::access {

/// Refuses with conflict "duplicate" an address that is a member already.
Result<RecordId> create_agent_record(db::Transaction& tx, const Actor& actor,
                                     const records::Changes& values);
/// Does nothing when nothing changes.
Result<void> update_agent_record(db::Transaction& tx, const Actor& actor, RecordId id,
                                 const records::Changes& values);
Result<void> delete_agent_record(db::Transaction& tx, const Actor& actor, RecordId id);

}  // namespace tandem::access
