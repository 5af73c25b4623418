#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "access/actor.h"
#include "base/stop_sign.h"
#include "files/store.h"

// Files that a program sends before it says what is to be done with them: tables for a bulk write,
// and files that it fetches again by their token. They are its person's alone, for a day.

namespace tandem::crm {

constexpr int64_t sent_ahead_kept_ms = day_ms;
constexpr int64_t sent_file_bytes_max = 20 * 1024 * 1024;
/// Of a person, of each purpose, and of all of them together.
constexpr int sent_ahead_max = 100;
constexpr int64_t sent_ahead_bytes_max = 1024LL * 1024 * 1024;

enum class SentFor { bulk_write, fetching };

struct SentFile {
  RecordId id = {};
  std::string token = {};  // 64 digits that nobody can guess
  int64_t file = 0;
  std::string name = {};
  std::string content_type = {};
  int64_t size_bytes = 0;
  Instant created_at = {};
};

struct NewSentFile {
  std::string_view name;  // as the sender says; made harmless here
  std::string_view content_type;
  std::string_view bytes;
};
/// Keeps the bytes and then the row. Opens its own transactions. Refuses: too_large (one file,
/// bulk_zip_bytes_max for a bulk write and sent_file_bytes_max else), busy (too many wait),
/// invalid (an empty file; for a bulk write what is no zip archive of one CSV file).
Result<SentFile> send_ahead(db::Database& database, files::FileStore& files,
                            const access::Actor& actor, SentFor purpose, const NewSentFile& file);

/// Refuses with not_found what is not there, too old, of another purpose, or somebody else's.
Result<SentFile> find_sent(db::Transaction& tx, const access::Actor& actor, SentFor purpose,
                           RecordId id);
Result<SentFile> find_sent_by_token(db::Transaction& tx, const access::Actor& actor,
                                    std::string_view token);

/// Forgets what is older than a day.
void forget_sent(db::Database& database, const StopSign& stop);
bool is_sent_file_kept(db::Transaction& tx, OrgId org, int64_t file);

}  // namespace tandem::crm
