#pragma once

#include "records/record.h"

namespace tandem::operations {

/// Whether somebody fills the record in, on a screen or by a program of theirs, and can be asked
/// for what is missing. What comes in by mail, form or telephone can't, nor what the program makes
/// by itself or as a part of another act, which names its event: splitting a ticket. Manual,
/// Layouts 2.2.
bool is_filled_in_by_hand(const records::Change& change);

}  // namespace tandem::operations
