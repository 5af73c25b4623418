#include "operations/purged.h"

#include "records/purges.h"

namespace tandem::operations {

Result<records::LogPage> list_purged(db::Transaction& tx, const Actor& actor,
                                     const ModuleDef& module, const std::string& cursor,
                                     int limit) {
  TRY(access::require_right(actor, module, access::Right::read));
  return records::purges_of(tx, actor.org, module.name, cursor, limit);
}

}  // namespace tandem::operations
