#pragma once

#include "imports/imports.h"

namespace tandem::imports {

/// Queues the next piece of a check or a run, in the caller's transaction.
void queue_import(db::Transaction& tx, OrgId org, RecordId import);
/// Works on the next piece, batch by batch, and queues the one after it. What a batch wrote and how
/// far the import came are one transaction, so that nothing is imported twice.
jobs::Outcome run_import_piece(const Imports& imports, const jobs::Job& job);
/// The job was given up: the import says so.
void import_given_up(db::Transaction& tx, const Imports& imports, const jobs::Job& job);

}  // namespace tandem::imports
