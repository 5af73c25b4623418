#include "db/sqlite/checkpointer.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <functional>
#include <thread>

namespace tandem::db {
namespace {

// Far more than anything here takes; a test that waits this long is broken.
constexpr auto patience = std::chrono::seconds(60);
constexpr int page_bytes = 4'096;

/// A database file, its one writer, and a checkpointer that looks often.
class WriteAheadLog : public testing::Test {
 protected:
  WriteAheadLog() {
    std::string folder = (std::filesystem::temp_directory_path() / "tandem-log-XXXXXX").string();
    if (mkdtemp(folder.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = folder;
    path_ = folder_ + "/db";
    writer_ = std::make_unique<SqliteConnection>(path_, Durability::none, Access::write);
    writer_->run("CREATE TABLE things (data BLOB)");
    sqlite3_wal_hook(
        writer_->handle(),
        [](void* waiting, sqlite3*, const char*, int in_log) {
          *static_cast<int*>(waiting) = in_log;
          return SQLITE_OK;
        },
        &pages_waiting_);
  }
  ~WriteAheadLog() override {
    checkpointer_.reset();
    writer_.reset();
    std::filesystem::remove_all(folder_);
  }

  void checkpoint_with(Checkpointer::Limits limits) {
    limits.interval = std::chrono::milliseconds(5);
    checkpointer_ = std::make_unique<Checkpointer>(path_, Durability::none, limits);
  }
  /// Commits about so many pages and says so.
  void write_pages(int pages) {
    const std::string sql =
        "INSERT INTO things VALUES (zeroblob(" + std::to_string(int64_t{pages} * page_bytes) + "))";
    writer_->run(sql.c_str());
    checkpointer_->committed(pages_waiting_);
  }
  int64_t log_bytes() const { return int64_t(std::filesystem::file_size(path_ + "-wal")); }
  bool becomes(const std::function<bool()>& is_so) const {
    const auto give_up_at = std::chrono::steady_clock::now() + patience;
    while (!is_so()) {
      if (std::chrono::steady_clock::now() > give_up_at) return false;
      std::this_thread::yield();
    }
    return true;
  }

  int pages_waiting_ = 0;
  std::string folder_;
  std::string path_;
  std::unique_ptr<SqliteConnection> writer_;
  std::unique_ptr<Checkpointer> checkpointer_;
};

TEST_F(WriteAheadLog, IsEmptiedWhenNobodyWrites) {
  checkpoint_with({.quiet_intervals_before_truncate = 2});
  write_pages(50);
  EXPECT_TRUE(becomes([&] { return log_bytes() == 0; }));
}

// A bulk write never rests: between two of its transactions the lock is free for microseconds.
TEST_F(WriteAheadLog, BeginsAnewAboveItsLimitAlsoWhileTheWriterNeverRests) {
  checkpoint_with({.quiet_intervals_before_truncate = 1'000'000, .wal_pages_hard_max = 200});
  EXPECT_TRUE(becomes([&] {
    const int waited = pages_waiting_;
    write_pages(20);
    checkpointer_->give_way();
    return waited > 200 && pages_waiting_ < waited;
  }));
}

TEST_F(WriteAheadLog, GrowsWhileSomebodyReadsForLongAndShrinksWhenTheyHaveGone) {
  checkpoint_with({.quiet_intervals_before_truncate = 2, .wal_pages_hard_max = 200});
  SqliteConnection reader(path_, Durability::none, Access::read);
  reader.begin_reading();
  reader.run("SELECT COUNT(*) FROM things");
  for (int round = 0; round < 10; ++round) write_pages(100);
  EXPECT_GT(log_bytes(), 1'000 * page_bytes);
  reader.end_reading();
  EXPECT_TRUE(becomes([&] { return log_bytes() == 0; }));
  write_pages(1);
  EXPECT_LT(log_bytes(), 100 * page_bytes);
}

TEST_F(WriteAheadLog, KeepsNoMoreOfALongOneThanItsLimitWhenItStartsAnew) {
  int64_t limit_bytes = 0;
  const auto read_limit = [](void* limit, int, char** values, char**) {
    *static_cast<int64_t*>(limit) = std::stoll(values[0]);
    return 0;
  };
  ASSERT_EQ(sqlite3_exec(writer_->handle(), "PRAGMA journal_size_limit", read_limit, &limit_bytes,
                         nullptr),
            SQLITE_OK);
  EXPECT_EQ(limit_bytes, 64 * 1024 * 1024);
}

}  // namespace
}  // namespace tandem::db
