#pragma once

#include <string>
#include <vector>

#include "server/program.h"

namespace tandem::server {

/// What must hold in every database of ours, whatever happened; each line says what does not. Empty
/// when all is well: links point to records of the same organisation; a ticket's counters are those
/// of its parts; closed tickets have a closing time and others none; every stored raw mail was
/// taken in or parked; every attachment and mail names a stored file; the audit chain is whole.
std::vector<std::string> broken_invariants(Program& program);

}  // namespace tandem::server
