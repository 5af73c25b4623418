#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"
#include "db/database.h"

// What an administrator must be able to prove later: who did what to rights, people, settings,
// tokens and exports. Each entry holds the hash of the one before, so that a changed or missing one
// is found.

namespace tandem::access {

constexpr int audit_detail_chars_max = 2'000;

struct AuditAuthor {
  OrgId org = {};  // 0: the installation itself
  int64_t id = 0;
  std::string name = {};
  std::string address = {};
};

struct AuditEntry {
  int64_t seq = 0;
  Instant at = {};
  std::string actor = {};
  std::string what = {};    // stable words: "role_changed"
  std::string detail = {};  // a sentence without secrets
  std::string address = {};
};

struct AuditPage {
  std::vector<AuditEntry> entries = {};
  std::string next_cursor = {};
};

void audit(db::Transaction& tx, const Actor& actor, std::string_view what, std::string_view detail);
void audit(db::Transaction& tx, const AuditAuthor& author, std::string_view what,
           std::string_view detail);
/// Into the log of one organisation of the person: what they did there and nowhere else.
void audit_member(db::Transaction& tx, OrgId org, PersonId person, std::string_view address,
                  std::string_view what, std::string_view detail);
/// Into the log of every organisation the person belongs to, or the installation's when there is
/// none.
void audit_person(db::Transaction& tx, PersonId person, std::string_view address,
                  std::string_view what, std::string_view detail);

/// Newest first, 1 to 200 a page. Refuses: forbidden (read_audit_log), invalid (cursor, limit).
Result<AuditPage> list_audit(db::Transaction& tx, const Actor& actor, const std::string& cursor,
                             int limit);

/// The first entry whose hash, place or predecessor is not what the chain says; 0 when all is well.
int64_t first_audit_fault(db::Transaction& tx, OrgId org);

}  // namespace tandem::access
