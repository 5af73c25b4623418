#include "server/secret_probe.h"

#include <fmt/format.h>

#include "base/crypto.h"

namespace tandem::server {

namespace {

constexpr std::string_view probe_text = "the secret key of this database";

std::optional<std::string> sealed_probe(db::Database& database) {
  return database.read([](db::Transaction& tx) -> std::optional<std::string> {
    const std::optional<db::Row> row = tx.row("SELECT sealed FROM secret_probe WHERE id = 1");
    if (!row) return std::nullopt;
    return row->bytes(0);
  });
}

}  // namespace

bool has_secret_probe(db::Database& database) { return sealed_probe(database).has_value(); }

void keep_secret_probe(db::Database& database, const std::string& key) {
  if (has_secret_probe(database)) return;
  const std::string sealed = seal(key, probe_text);
  // Of two nodes that start together the first one wins.
  const Result<int64_t> kept = database.write([&](db::Transaction& tx) -> Result<int64_t> {
    return tx.execute("INSERT INTO secret_probe (id, sealed) VALUES (1, $1) ON CONFLICT DO NOTHING",
                      {db::Bytes{sealed}});
  });
  if (!kept) throw db::DatabaseFailure("can't keep the secret probe: " + kept.error().message);
}

Result<void> require_own_key(db::Database& database, const std::string& key,
                             const std::string& place) {
  const std::optional<std::string> sealed = sealed_probe(database);
  if (!sealed || open_sealed(key, *sealed) == probe_text) return {};
  return conflict(
      "wrong_secret_key",
      fmt::format("{} is not the secret key of this database: it opens neither the passwords of "
                  "mailboxes nor second factors. Put back the key that this database was served "
                  "with. If it is lost for good, see \"A lost secret key\" in docs/OPERATIONS.md.",
                  place));
}

}  // namespace tandem::server
