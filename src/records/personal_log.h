#pragma once

#include "records/change_log.h"

// What concerns one person alone stands in the same log as everything else, so that the browsers of
// every node hear of it, but under a name that is no module: nobody lists it, and it is no record's
// history.

namespace tandem::records {

/// The module of such an entry; its record is the agent whom it concerns.
inline const std::string personal_module = "notifications";
/// Its record when it concerns everybody of the organisation.
constexpr RecordId everybody = {};

/// The module of entries about a telephone call that rings, is taken or ends; the record is the
/// department that is called, or the agent.
inline const std::string calls_module = "calls";

}  // namespace tandem::records
