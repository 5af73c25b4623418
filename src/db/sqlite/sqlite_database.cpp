#include "db/sqlite/sqlite_database.h"

#include <fmt/format.h>
#include <stdlib.h>

#include <filesystem>

#include "db/inside.h"
#include "db/resource_pool.h"
#include "db/sqlite/backup.h"
#include "db/sqlite/checkpointer.h"
#include "db/sqlite/process_number.h"
#include "db/sqlite/sqlite_transaction.h"
#include "db/sqlite/writer.h"
#include "db/write_guard.h"

namespace tandem::db {

namespace {

constexpr std::string_view memory_url = ":memory:";
constexpr int integrity_faults_max = 100;

/// Where the file lies. ":memory:" is a file of its own in the temporary folder that is never
/// synced and vanishes at the end: SQLite's shared in-memory databases let readers wait for
/// writers, and tests must meet the locks of the real one. What follows, ":memory:/folder/file", is
/// a database that it starts as.
class FilePlace {
 public:
  explicit FilePlace(const std::string& url) : path_(url) {
    if (!url.starts_with(memory_url)) return;
    std::string folder = (std::filesystem::temp_directory_path() / "tandem-memory-XXXXXX").string();
    if (mkdtemp(folder.data()) == nullptr) throw DatabaseFailure("can't make a temporary folder");
    folder_ = folder;
    path_ = folder + "/db";
    const std::string first = url.substr(memory_url.size());
    if (!first.empty()) std::filesystem::copy_file(first, path_);
  }
  ~FilePlace() {
    std::error_code ignored;
    if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
  }
  FilePlace(const FilePlace&) = delete;
  FilePlace& operator=(const FilePlace&) = delete;

  const std::string& path() const { return path_; }
  Durability durability() const { return folder_.empty() ? Durability::full : Durability::none; }

 private:
  std::string path_;
  std::string folder_;
};

class SqliteDatabase final : public Database {
 public:
  SqliteDatabase(const OpenOptions& options, const Clock& clock)
      : clock_(clock),
        place_(options.url),
        process_(place_.path()),
        ids_(clock, options.node < 0 ? process_.number() : options.node),
        checkpointer_(place_.path(), place_.durability()),
        writer_({place_.path(), place_.durability(),
                 [this](int pages) { checkpointer_.committed(pages); },
                 [this] { checkpointer_.give_way(); }},
                *this, clock, ids_) {
    for (int i = 0; i < options.connections; ++i) readers_.add(new_reader());
  }

  Kind kind() const override { return Kind::sqlite; }
  const Clock& clock() const override { return clock_; }

  Result<void> back_up_to(const std::string& file) override {
    throw_if_inside(*this);
    const std::unique_ptr<SqliteConnection> source = new_reader();
    return copy_sqlite(*source, file);
  }

  std::vector<std::string> integrity_faults() override {
    std::vector<std::string> faults;
    run_read([&](Transaction& tx) {
      for (const Row& row :
           tx.rows(fmt::format("PRAGMA integrity_check({})", integrity_faults_max))) {
        if (row.text(0) != "ok") faults.push_back(row.text(0));
      }
      for (const Row& row : tx.rows("PRAGMA foreign_key_check")) {
        if (faults.size() >= size_t(integrity_faults_max)) break;
        faults.push_back(fmt::format("row {} of {} points to a missing row of {}", row.integer(1),
                                     row.text(0), row.text(2)));
      }
    });
    return faults;
  }

  int64_t commits() const { return writer_.commits(); }
  size_t waiting() { return writer_.waiting(); }

 protected:
  void run_read(const std::function<void(Transaction&)>& body) override {
    throw_if_inside(*this);
    const ResourcePool<SqliteConnection>::Lent connection(readers_);
    const InsideBody inside(*this);
    SqliteTransaction transaction(*connection, clock_.now(), ids_);
    connection->begin_reading();
    try {
      body(transaction);
      connection->end_reading();
    } catch (...) {
      connection->roll_back();
      throw;
    }
  }

  void run_write(const std::function<Outcome(Transaction&)>& body, Priority priority) override {
    throw_if_inside(*this);
    const std::function<void(Transaction&)> check = WriteGuard::take();
    writer_.write(
        [&](Transaction& tx) {
          if (check) check(tx);
          return body(tx) == Outcome::commit;
        },
        priority);
  }

 private:
  std::unique_ptr<SqliteConnection> new_reader() const {
    return std::make_unique<SqliteConnection>(place_.path(), place_.durability(), Access::read);
  }

  const Clock& clock_;
  // In this order: the file must outlive every connection, the number the ids that are made with
  // it, and the checkpointer the writer that reports to it.
  FilePlace place_;
  ProcessNumber process_;
  IdMaker ids_;
  Checkpointer checkpointer_;
  SqliteWriter writer_;
  ResourcePool<SqliteConnection> readers_;
};

}  // namespace

std::unique_ptr<Database> open_sqlite(const OpenOptions& options, const Clock& clock) {
  return std::make_unique<SqliteDatabase>(options, clock);
}

size_t sqlite_waiting(Database& database) {
  return dynamic_cast<SqliteDatabase&>(database).waiting();
}

int64_t sqlite_commits(const Database& database) {
  return dynamic_cast<const SqliteDatabase&>(database).commits();
}

}  // namespace tandem::db
