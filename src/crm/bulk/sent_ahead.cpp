#include "crm/bulk/sent_ahead.h"

#include <fmt/format.h>

#include "base/crypto.h"
#include "crm/bulk/bulk_jobs.h"
#include "crm/bulk/bulk_table.h"
#include "mail/sent_files.h"

namespace tandem::crm {

namespace {

constexpr size_t token_digits = 64;

std::string_view word(SentFor purpose) {
  return purpose == SentFor::bulk_write ? "bulk_write" : "fetching";
}

/// `rest` compares what follows $1, the organisation, and $2, the person.
Result<SentFile> find(db::Transaction& tx, const access::Actor& actor, const std::string& rest,
                      const db::Value& value, SentFor purpose) {
  const std::optional<db::Row> row = tx.row(
      "SELECT id, token, file_id, name, content_type, size_bytes, created_at FROM "
      "sent_ahead WHERE org_id = $1 AND person_id = $2 AND purpose = $3 AND created_at > $4 "
      "AND " +
          rest,
      {actor.org.value, actor.person.value, std::string(word(purpose)),
       tx.now().ms - sent_ahead_kept_ms, value});
  if (!row) return not_found("There is no such file, or its day is over. Send it again.");
  return SentFile{.id = {row->integer(0)},
                  .token = row->text(1),
                  .file = row->integer(2),
                  .name = row->text(3),
                  .content_type = row->text(4),
                  .size_bytes = row->integer(5),
                  .created_at = row->instant(6)};
}

Result<void> has_room(db::Transaction& tx, const access::Actor& actor, SentFor purpose,
                      int64_t size_bytes) {
  const std::optional<db::Row> row = tx.row(
      "SELECT COUNT(*), COALESCE(SUM(size_bytes), 0) FROM sent_ahead WHERE org_id = $1 AND "
      "person_id = $2 AND purpose = $3",
      {actor.org.value, actor.person.value, std::string(word(purpose))});
  const bool has =
      row->integer(0) < sent_ahead_max && row->integer(1) + size_bytes <= sent_ahead_bytes_max;
  if (has) return {};
  return busy("Too many files wait already. Each is forgotten after a day; send more then.");
}

}  // namespace

Result<SentFile> send_ahead(db::Database& database, files::FileStore& files,
                            const access::Actor& actor, SentFor purpose, const NewSentFile& file) {
  const auto size_bytes = int64_t(file.bytes.size());
  const int64_t most = purpose == SentFor::bulk_write ? bulk_zip_bytes_max : sent_file_bytes_max;
  if (size_bytes > most) {
    return too_large("file_too_large",
                     fmt::format("Send a file of at most {} MiB.", most / (1024 * 1024)), "file");
  }
  if (size_bytes == 0) return invalid("file", "empty", "The file is empty.");
  if (purpose == SentFor::bulk_write) TRY(open_table(file.bytes));
  // Asked before the bytes are kept, and again with the row.
  TRY(database.read([&](db::Transaction& tx) { return has_room(tx, actor, purpose, size_bytes); }));
  const files::StoredFile stored = TRY(files.put(actor.org, file.bytes));
  return database.write([&](db::Transaction& tx) -> Result<SentFile> {
    TRY(has_room(tx, actor, purpose, size_bytes));
    const SentFile sent{.id = {tx.new_id()},
                        .token = random_hex(token_digits),
                        .file = stored.id,
                        .name = mail::harmless_file_name(file.name),
                        .content_type = mail::harmless_content_type(file.content_type),
                        .size_bytes = size_bytes,
                        .created_at = tx.now()};
    tx.execute(
        "INSERT INTO sent_ahead (org_id, id, token, purpose, person_id, file_id, name, "
        "content_type, size_bytes, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        {actor.org.value, sent.id.value, sent.token, std::string(word(purpose)), actor.person.value,
         sent.file, sent.name, sent.content_type, sent.size_bytes, sent.created_at.ms});
    return sent;
  });
}

Result<SentFile> find_sent(db::Transaction& tx, const access::Actor& actor, SentFor purpose,
                           RecordId id) {
  return find(tx, actor, "id = $5", id.value, purpose);
}

Result<SentFile> find_sent_by_token(db::Transaction& tx, const access::Actor& actor,
                                    std::string_view token) {
  const bool is_token = token.size() == token_digits &&
                        token.find_first_not_of("0123456789abcdef") == std::string_view::npos;
  if (!is_token) return not_found("There is no such file, or its day is over. Send it again.");
  return find(tx, actor, "token = $5", std::string(token), SentFor::fetching);
}

void forget_sent(db::Database& database, const StopSign& stop) {
  int64_t gone = db::bulk_rows_max;
  while (gone == db::bulk_rows_max && !stop.is_up()) {
    const Result<int64_t> forgotten = database.write(
        [&](db::Transaction& tx) -> Result<int64_t> {
          return tx.execute(
              "DELETE FROM sent_ahead WHERE (org_id, id) IN (SELECT org_id, id FROM sent_ahead "
              "WHERE created_at <= $1 ORDER BY created_at LIMIT $2)",
              {tx.now().ms - sent_ahead_kept_ms, int64_t{db::bulk_rows_max}});
        },
        db::Priority::bulk);
    gone = forgotten.value_or(0);
  }
}

bool is_sent_file_kept(db::Transaction& tx, OrgId org, int64_t file) {
  return tx.row("SELECT 1 FROM sent_ahead WHERE org_id = $1 AND file_id = $2", {org.value, file})
      .has_value();
}

}  // namespace tandem::crm
