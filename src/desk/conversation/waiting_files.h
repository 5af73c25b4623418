#pragma once

#include "base/stop_sign.h"
#include "desk/desk.h"

// Uploads that wait to be sent, and how long. Manual, Replies and comments 3.1.

namespace tandem::desk {

/// The files of a draft that nobody touched for so long go; its text stays and names them.
constexpr int64_t draft_files_kept_ms = 30 * day_ms;
/// Removed in one transaction; one draft more may be finished with it.
constexpr int waiting_files_at_once_max = 100;

/// Forgets uploads that waited for more than a day and that neither a draft nor a reply on its way
/// names, and the files of drafts that nobody touched for draft_files_kept_ms. Reads beside the
/// writes and goes in small steps; the sign is asked between two of them, and the next call goes
/// on. Answers how many it forgot.
int sweep_uploads(const Desk& desk, const StopSign& stop = {});

}  // namespace tandem::desk
