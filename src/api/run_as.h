#pragma once

#include <exception>
#include <utility>

#include "access/actor_of.h"
#include "db/write_guard.h"
#include "http/message.h"

// Who acts is read before a call runs, and what the call writes is written later. In between a
// role, a membership or a feature may have changed. So the first write of a call reads in its own
// transaction whether they are as they were; when not, nothing was written yet, and the call begins
// anew with the rights of now. A single read of a number, on the writer's connection. On PostgreSQL
// a change that commits while that very transaction runs is not seen.

namespace tandem::api {

/// The organisation's rights changed between the reading of the actor and the write.
struct RightsChanged : std::exception {
  const char* what() const noexcept override { return "the rights have changed meanwhile"; }
};

constexpr int rights_read_max = 3;

/// Runs `body(Actor)` as the one whom `read_actor(Transaction&)` answers. Refuses as both do, and
/// with conflict "stale" when the rights change again and again.
template <class ReadActor, class Body>
Result<http::Response> run_as(db::Database& database, const ReadActor& read_actor,
                              const Body& body) {
  for (int attempt = 1; attempt <= rights_read_max; ++attempt) {
    int64_t version = 0;
    access::Actor actor = TRY(database.read([&](db::Transaction& tx) -> Result<access::Actor> {
      access::Actor read = TRY(read_actor(tx));
      version = access::access_version(tx, read.org);
      return read;
    }));
    const OrgId org = actor.org;
    const db::WriteGuard guard([&](db::Transaction& tx) {
      if (access::access_version(tx, org) != version) throw RightsChanged();
    });
    try {
      return body(std::move(actor));
    } catch (const RightsChanged&) {
      continue;
    }
  }
  return conflict("stale", "The rights in this organisation are being changed; try again.");
}

}  // namespace tandem::api
