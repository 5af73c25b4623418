#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/actor.h"
#include "imports/imports.h"
#include "notifications/notifications.h"

// Signals about no single record: how work in the background ended, and how many records somebody
// was given at once. What they say is kept with them, because imports and jobs are forgotten
// sooner. Manual, Signals.

namespace tandem::crm {

struct BulkJob;

/// What such a signal says. Counts of what does not apply are 0.
struct Work {
  std::string module = {};  // of the records
  RecordId id = {};         // of the import or the job
  bool is_read = false;     // a job that gave records out
  std::string file_name = {};
  std::string fault = {};  // a code of what it failed of; "" when it ended well
  int64_t count = 0;       // records that were given, or given out
  int64_t added = 0;
  int64_t updated = 0;
  int64_t skipped = 0;
  int64_t refused = 0;
  bool has_report = false;  // the actor can still read it
};

/// Whoever began an import hears that it ended or failed.
void tell_of_import(db::Transaction& tx, const access::Actor& begun_by,
                    const imports::Import& import);
/// The same of a bulk job. `program`: of its organisation.
void tell_of_bulk_job(db::Transaction& tx, const access::Actor& program, const BulkJob& job);

struct ToldOfWork {
  notifications::Notification told = {};
  Work work = {};
};
/// What the actor was told by the kinds of this file whose records they may read, newest first.
/// `has_report` is not looked up.
std::vector<ToldOfWork> told_of_work(db::Transaction& tx, const access::Actor& actor);
/// Whether the report of the work is still there for the actor.
bool has_report(db::Transaction& tx, const access::Actor& actor, const ToldOfWork& one);

}  // namespace tandem::crm
