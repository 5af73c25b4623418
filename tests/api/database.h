#pragma once

#include "base/instant.h"
#include "server/config.h"

namespace tandem::test {

/// Gives a company's program its database: one with the tables of all applications, and no rows. In
/// its data folder, or on PostgreSQL when TANDEM_TEST_DATABASE is "postgres".
void place_database(server::Config& config, const Clock& clock);

}  // namespace tandem::test
