#pragma once

#include <string>

namespace tandem::test {

/// The URL of a fresh, empty PostgreSQL database, which is dropped when the test program ends.
///
/// The server is started once per test program, on a free loopback port, in a temporary folder,
/// without waiting for the disk. When the environment variable TANDEM_TEST_POSTGRES holds the URL
/// of a running server, that one is used. Throws std::runtime_error saying what to install when
/// there is no server to start.
std::string new_postgres_database();

/// The URL of a database that may have served other tests of this program: their tables are there,
/// with no rows but those of schema_migrations. To make all tables anew takes longer than most
/// tests. Not for tests of the schema itself.
std::string emptied_postgres_database();

/// Ends all sessions of a database, as a restart of the server would.
void cut_postgres_connections(const std::string& url);

}  // namespace tandem::test
