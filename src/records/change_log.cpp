#include "records/change_log.h"

#include <fmt/format.h>

#include "base/crypto.h"
#include "base/text.h"
#include "records/change_log_table.h"
#include "records/change_source.h"
#include "records/fields/field_kind.h"
#include "records/purges.h"

// Readers must never miss an entry. On SQLite there is one writer, so numbers are given in the
// order of commits. On PostgreSQL a slow transaction commits an older number later, and whoever
// asked for "greater than the last number" would never see it. So entries also carry their
// transaction, and the feed reads by (transaction, number) and only below the oldest transaction
// that is still running.

namespace tandem::records {

namespace {

constexpr int history_limit_max = 200;
constexpr int feed_limit_max = 1'000;
constexpr std::string_view entry_columns =
    "seq, module, record_id, revision, event, at, author_id, author_kind, author_name, path, "
    "changes, detail";

LogEntry read_entry(const db::RowView& row) {
  LogEntry entry;
  entry.id = row.integer(0);
  entry.module = row.text(1);
  entry.record = {row.integer(2)};
  entry.revision = row.integer(3);
  entry.event = row.text(4);
  entry.at = {row.integer(5)};
  entry.author.id = {row.integer(6)};
  entry.author.kind = row.text(7);
  entry.author.name = row.text(8);
  entry.author.path = row.text(9);
  entry.changes_json = row.text(10);
  entry.detail_json = row.text(11);
  return entry;
}

/// Where a reader of the feed stands. `transaction` is "0" on SQLite.
struct FeedPlace {
  std::string transaction = "0";
  int64_t seq = 0;
};

std::string epoch_of(db::Transaction& tx) {
  const std::optional<db::Row> row = tx.row("SELECT epoch FROM database_epoch WHERE id = 1");
  return row ? row->text(0) : "";
}

std::string to_cursor(const std::string& epoch, const FeedPlace& place) {
  return to_base64url(fmt::format("{}.{}.{}", epoch, place.transaction, place.seq));
}

Result<FeedPlace> place_of(const std::string& epoch, const std::string& cursor) {
  if (cursor.empty()) return FeedPlace();
  const Refusal bad = invalid("cursor", "bad_cursor", "Start again without a cursor.");
  const std::optional<std::string> plain = from_base64url(cursor);
  if (!plain) return bad;
  const std::vector<std::string> parts = split(*plain, '.');
  if (parts.size() != 3) return bad;
  if (parts[0] != epoch) {
    return conflict("cursor_expired",
                    "The cursor comes from another database; start again without it.", "cursor");
  }
  const auto transaction = whole_number(parts[1], std::numeric_limits<int64_t>::max());
  const auto seq = whole_number(parts[2], std::numeric_limits<int64_t>::max());
  if (!transaction || !seq || *transaction < 0 || *seq < 0) return bad;
  return FeedPlace{parts[1], *seq};
}

std::string feed_sql(db::Kind kind) {
  if (kind == db::Kind::sqlite) {
    return fmt::format("SELECT {}, org_id, 0 FROM change_log WHERE seq > $1 ORDER BY seq LIMIT $2",
                       entry_columns);
  }
  // The order names the table: the bare name would be the column of the answer, which is text, and
  // "1000" comes before "999" there.
  return fmt::format(
      "SELECT {}, org_id, CAST(transaction_id AS TEXT) FROM change_log "
      "WHERE (transaction_id, seq) > (CAST(CAST($3 AS TEXT) AS xid8), $1) "
      "AND transaction_id < pg_snapshot_xmin(pg_current_snapshot()) "
      "ORDER BY change_log.transaction_id, seq LIMIT $2",
      entry_columns);
}

}  // namespace

// Only this table's shape differs between the databases; everything else that is written is the
// same.
void create_change_log(db::Transaction& tx) {
  const bool is_sqlite = tx.kind() == db::Kind::sqlite;
  const char* text = is_sqlite ? "TEXT" : "TEXT COLLATE \"C\"";
  const char* key = is_sqlite ? "seq INTEGER PRIMARY KEY AUTOINCREMENT, "
                              : "seq BIGINT GENERATED ALWAYS AS IDENTITY, "
                                "transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id(), ";
  tx.run_script(fmt::format(
      "CREATE TABLE IF NOT EXISTS change_log ({0}org_id BIGINT NOT NULL, module {1} NOT NULL, "
      "record_id BIGINT NOT NULL, revision BIGINT NOT NULL, event {1} NOT NULL, "
      "at BIGINT NOT NULL, author_id BIGINT, author_kind {1} NOT NULL, "
      "author_name {1} NOT NULL, path {1} NOT NULL, changes {1} NOT NULL, detail {1} NOT NULL{2})",
      key, text, is_sqlite ? "" : ", PRIMARY KEY (org_id, seq)"));
  tx.run_script(
      "CREATE INDEX IF NOT EXISTS change_log_by_record "
      "ON change_log (org_id, module, record_id, seq)");
  tx.run_script(
      "CREATE INDEX IF NOT EXISTS change_log_of_purges "
      "ON change_log (org_id, module, seq) WHERE event = 'purged'");
  if (!is_sqlite) {
    tx.run_script(
        "CREATE INDEX IF NOT EXISTS change_log_by_transaction "
        "ON change_log (transaction_id, seq)");
  }
}

void append_to_log(db::Transaction& tx, LogLine line, const Author& author) {
  tx.execute(
      "INSERT INTO change_log (org_id, module, record_id, revision, event, at, author_id, "
      "author_kind, author_name, path, changes, detail) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
      {line.org.value, line.module, line.record.value, line.revision, std::string(line.event),
       tx.now().ms, db::arg(author.id), author.kind, author.name, author.path,
       std::move(line.changes_json), detail_with_source(line.detail_json)});
}

void log_event(db::Transaction& tx, OrgId org, const std::string& module, RecordId record,
               int64_t revision, const std::string& event, const Author& author,
               const std::string& detail_json) {
  append_to_log(tx, {org, module, record, revision, event, "{}", detail_json}, author);
}

std::string history_cursor_at(db::Transaction& tx, OrgId org, const std::string& module,
                              RecordId record, Instant at) {
  const int64_t newest = tx.integer(
      "SELECT seq FROM change_log WHERE org_id = $1 AND module = $2 AND record_id = $3 "
      "AND at <= $4 ORDER BY seq DESC LIMIT 1",
      {org.value, module, record.value, at.ms});
  return to_base64url(std::to_string(newest + 1));
}

namespace {

/// The entries that `sql` selects with `args`, below the number of `cursor` (bound behind them) and
/// one more than `limit` of them.
Result<LogPage> newest_entries(db::Transaction& tx, const std::string& sql, db::Args args,
                               const std::string& cursor, int limit) {
  if (limit < 1 || limit > history_limit_max) {
    return invalid("limit", "out_of_range",
                   fmt::format("Ask for 1 to {} entries.", history_limit_max));
  }
  int64_t below = std::numeric_limits<int64_t>::max();
  if (!cursor.empty()) {
    const auto seq = id_from_text(from_base64url(cursor).value_or("x"));
    if (!seq) return invalid("cursor", "bad_cursor", "Start again without a cursor.");
    below = *seq;
  }
  args.emplace_back(below);
  args.emplace_back(int64_t(limit) + 1);
  LogPage page;
  tx.for_each(sql, args, [&](const db::RowView& row) {
    page.entries.push_back(read_entry(row));
    return true;
  });
  if (page.entries.size() > size_t(limit)) {
    page.entries.pop_back();
    page.next_cursor = to_base64url(std::to_string(page.entries.back().id));
  }
  return page;
}

}  // namespace

Result<LogPage> history_of(db::Transaction& tx, OrgId org, const std::string& module,
                           RecordId record, const std::string& cursor, int limit) {
  static const std::string sql = fmt::format(
      "SELECT {} FROM change_log WHERE org_id = $1 AND module = $2 AND record_id = $3 "
      "AND seq < $4 ORDER BY seq DESC LIMIT $5",
      entry_columns);
  return newest_entries(tx, sql, {org.value, module, record.value}, cursor, limit);
}

Result<LogPage> purges_of(db::Transaction& tx, OrgId org, const std::string& module,
                          const std::string& cursor, int limit) {
  static const std::string sql = fmt::format(
      "SELECT {} FROM change_log WHERE org_id = $1 AND module = $2 AND event = 'purged' "
      "AND seq < $3 ORDER BY seq DESC LIMIT $4",
      entry_columns);
  return newest_entries(tx, sql, {org.value, module}, cursor, limit);
}

Result<Feed> read_feed(db::Transaction& tx, const std::string& cursor, int limit) {
  if (limit < 1 || limit > feed_limit_max) {
    return invalid("limit", "out_of_range",
                   fmt::format("Ask for 1 to {} entries.", feed_limit_max));
  }
  const std::string epoch = epoch_of(tx);
  FeedPlace place = TRY(place_of(epoch, cursor));
  static const std::string sqlite_sql = feed_sql(db::Kind::sqlite);
  static const std::string postgres_sql = feed_sql(db::Kind::postgres);
  const bool is_sqlite = tx.kind() == db::Kind::sqlite;
  db::Args args{place.seq, int64_t(limit)};
  if (!is_sqlite) args.emplace_back(place.transaction);
  Feed feed;
  tx.for_each(is_sqlite ? sqlite_sql : postgres_sql, args, [&](const db::RowView& row) {
    feed.entries.emplace_back(OrgId{row.integer(12)}, read_entry(row));
    place.seq = row.integer(0);
    if (!is_sqlite) place.transaction = row.text(13);
    return true;
  });
  feed.cursor = to_cursor(epoch, place);
  return feed;
}

std::string cursor_at_end(db::Transaction& tx) {
  FeedPlace place;
  if (tx.kind() == db::Kind::sqlite) {
    place.seq = tx.integer("SELECT COALESCE(MAX(seq), 0) FROM change_log");
  } else {
    // Everything older has ended; what is still running will come after this place.
    const std::optional<db::Row> row =
        tx.row("SELECT CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT)");
    if (row) place.transaction = row->text(0);
  }
  return to_cursor(epoch_of(tx), place);
}

}  // namespace tandem::records
