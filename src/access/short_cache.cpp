#include "access/short_cache.h"

namespace tandem::access {

namespace {

std::atomic<uint64_t> epoch{1};

}  // namespace

uint64_t cache_epoch() { return epoch.load(); }

void forget_cached(db::Transaction& tx) {
  tx.after_commit([] { epoch.fetch_add(1); });
}

}  // namespace tandem::access
