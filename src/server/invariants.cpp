#include "server/invariants.h"

#include <fmt/format.h>

#include "access/audit.h"
#include "access/organisations.h"

namespace tandem::server {

namespace {

constexpr int faults_shown_max = 20;

/// A query that finds what must not be: organisation and record in its first two columns.
struct Invariant {
  const char* what;
  const char* sql;
};

constexpr Invariant invariants[] = {
    {"a ticket's thread count is not that of its threads",
     "SELECT t.org_id, t.id FROM tickets t WHERE t.thread_count <> (SELECT COUNT(*) FROM threads h "
     "WHERE h.org_id = t.org_id "
     "AND h.ticket = t.id AND h.deleted_at IS NULL) LIMIT 20"},
    {"a ticket's comment count is not that of its comments",
     "SELECT t.org_id, t.id FROM tickets t WHERE t.comment_count <> (SELECT COUNT(*) FROM comments "
     "c WHERE c.org_id = "
     "t.org_id AND c.ticket = t.id AND c.deleted_at IS NULL) LIMIT 20"},
    {"a closed ticket has no closing time, or an open one has",
     "SELECT org_id, id FROM tickets WHERE (status_type = 'closed') <> (closed_at IS NOT NULL) "
     "AND status_type <> 'spam' LIMIT 20"},
    {"a ticket is spam in its mark or in its type of status alone",
     "SELECT org_id, id FROM tickets WHERE (status_type = 'spam') <> (spam_at IS NOT NULL) "
     "LIMIT 20"},
    {"a thread belongs to no ticket",
     "SELECT h.org_id, h.id FROM threads h LEFT JOIN tickets t ON t.org_id = h.org_id AND t.id = "
     "h.ticket WHERE t.id IS NULL "
     "LIMIT 20"},
    {"two tickets of one portal have the same number",
     "SELECT org_id, MIN(id) FROM tickets GROUP BY org_id, number HAVING COUNT(*) > 1 LIMIT 20"},
    {"a ticket's attachment count is not that of its attachments",
     "SELECT t.org_id, t.id FROM tickets t WHERE t.attachment_count <> (SELECT COUNT(*) FROM "
     "attachments a WHERE a.org_id "
     "= t.org_id AND a.ticket = t.id AND a.deleted_at IS NULL) LIMIT 20"},
    {"a raw mail is stored, and neither taken in nor parked",
     "SELECT org_id, id FROM raw_mails WHERE state NOT IN ('taken', 'parked', 'received') LIMIT "
     "20"},
    {"an attachment's file has no row",
     "SELECT a.org_id, a.id FROM attachments a LEFT JOIN files f ON f.org_id = a.org_id AND f.id = "
     "a.file WHERE a.file <> 0 AND a.deleted_at IS NULL AND f.id IS NULL LIMIT 20"},
    {"a raw mail's file has no row",
     "SELECT m.org_id, m.id FROM raw_mails m LEFT JOIN files f ON f.org_id = m.org_id AND f.id = "
     "m.file_id WHERE m.file_id <> 0 AND f.id IS NULL LIMIT 20"},
    {"the file of a thread's mail has no row",
     "SELECT h.org_id, h.id FROM threads h LEFT JOIN files f ON f.org_id = h.org_id AND f.id = "
     "h.raw_file WHERE h.raw_file <> 0 AND h.deleted_at IS NULL AND f.id IS NULL LIMIT 20"},
    {"a record has no entry in the change log",
     "SELECT t.org_id, t.id FROM tickets t WHERE NOT EXISTS (SELECT 1 FROM change_log l WHERE "
     "l.org_id = t.org_id AND "
     "l.module = 'tickets' AND l.record_id = t.id) LIMIT 20"},
};

/// Every link field of every module against the module it points to.
void check_links(db::Transaction& tx, const records::Catalogue& catalogue,
                 std::vector<std::string>& faults) {
  for (const records::ModuleDef* module : catalogue.modules()) {
    for (const records::FieldDef& field : module->fields) {
      const bool is_user = field.kind == records::FieldKind::user;
      if (field.kind != records::FieldKind::link && !is_user) continue;
      const std::string target = is_user ? "agents" : field.link_to;
      // Names come from the constants of the program, never from outside.
      const std::string sql = fmt::format(
          "SELECT m.org_id, m.id FROM {0} m LEFT JOIN {1} t ON t.org_id = m.org_id AND t.id = "
          "m.{2} WHERE m.{2} IS NOT NULL "
          "AND t.id IS NULL LIMIT 20",
          module->table_name(), catalogue.find(target)->table_name(), field.name);
      for (const db::Row& row : tx.rows(sql)) {
        faults.push_back(
            fmt::format("{} {}: {} points to nothing", module->name, row.integer(1), field.name));
      }
    }
  }
}

}  // namespace

std::vector<std::string> broken_invariants(Program& program) {
  std::vector<std::string> faults;
  program.database().read([&](db::Transaction& tx) {
    for (const Invariant& invariant : invariants) {
      for (const db::Row& row : tx.rows(invariant.sql)) {
        if (int(faults.size()) >= faults_shown_max) return;
        faults.push_back(fmt::format("{}: {}", invariant.what, row.integer(1)));
      }
    }
    for (const records::Catalogue& catalogue : program.applications().all())
      check_links(tx, catalogue, faults);
    for (const access::Organisation& organisation : access::all_organisations(tx)) {
      if (const int64_t seq = access::first_audit_fault(tx, organisation.id); seq != 0) {
        faults.push_back(
            fmt::format("the audit log of {} was changed at entry {}", organisation.name, seq));
      }
    }
  });
  return faults;
}

}  // namespace tandem::server
