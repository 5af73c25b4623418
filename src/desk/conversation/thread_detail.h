#pragma once

#include <string>

#include "base/id.h"

namespace tandem::desk {

/// What the history of a ticket keeps of a message beside the event: which one it is.
std::string thread_detail(RecordId thread);

}  // namespace tandem::desk
