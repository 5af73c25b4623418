#include "files/lost_files.h"

#include <fmt/format.h>

#include <system_error>

#include "files/disk_store.h"
#include "files/file_rows.h"

namespace tandem::files {

namespace {

constexpr int64_t rows_at_once = 500;

struct Candidate {
  OrgId org;
  FileRow row;
  int64_t bytes_in_rows = 0;
};

std::vector<Candidate> candidates_after(db::Transaction& tx, const Candidate& last) {
  std::vector<Candidate> candidates;
  tx.for_each(
      "SELECT org_id, id, name, size_bytes, CASE WHEN name = '' THEN (SELECT SUM(LENGTH(b.bytes)) "
      "FROM file_bytes b WHERE b.org_id = f.org_id AND b.id = f.id) ELSE 0 END FROM files f "
      "WHERE org_id > $1 OR (org_id = $1 AND id > $2) ORDER BY org_id, id LIMIT $3",
      {last.org.value, last.row.file.id, rows_at_once}, [&](const db::RowView& row) {
        candidates.push_back({OrgId{row.integer(0)},
                              {std::string(row.text(2)), {row.integer(1), row.integer(3), ""}},
                              row.integer(4)});
        return true;
      });
  return candidates;
}

/// What is wrong with the bytes; empty when nothing.
std::string fault_of(const Candidate& candidate, const std::filesystem::path& folder) {
  const FileRow& row = candidate.row;
  const bool is_on_disk = !row.name.empty();
  const std::filesystem::path path = is_on_disk ? stored_path(folder, row.name) : "";
  std::error_code missing;
  const int64_t found =
      is_on_disk ? int64_t(std::filesystem::file_size(path, missing)) : candidate.bytes_in_rows;
  if (!missing && found == row.file.size_bytes) return "";
  const std::string file = is_on_disk ? fmt::format("file {} ({})", row.file.id, path.string())
                                      : fmt::format("file {}", row.file.id);
  if (missing) return file + " is missing";
  return fmt::format("{} has {} bytes instead of {}", file, found, row.file.size_bytes);
}

/// Whether nobody forgot the file after its row was read.
bool is_still_there(db::Database& database, const Candidate& candidate) {
  return database.read([&](db::Transaction& tx) {
    return find_file(tx, candidate.org, candidate.row.file.id).has_value();
  });
}

}  // namespace

LostFiles find_lost_files(db::Database& database, const std::filesystem::path& folder,
                          size_t shown_max) {
  LostFiles lost;
  Candidate last;
  while (true) {
    const std::vector<Candidate> candidates =
        database.read([&](db::Transaction& tx) { return candidates_after(tx, last); });
    if (candidates.empty()) return lost;
    for (const Candidate& candidate : candidates) {
      std::string fault = fault_of(candidate, folder);
      if (fault.empty() || !is_still_there(database, candidate)) continue;
      ++lost.count;
      if (lost.shown.size() < shown_max) lost.shown.push_back(std::move(fault));
    }
    last = candidates.back();
  }
}

}  // namespace tandem::files
