#include "files/store.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <set>

#include "base/crypto.h"
#include "files/lost_files.h"
#include "tests/support/both_databases.h"

namespace tandem::files {

namespace {

namespace fs = std::filesystem;

constexpr OrgId ours{1};
constexpr OrgId theirs{2};

/// A store on either database; with SQLite its folder goes with it.
class Files : public test::OnBothDatabases {
 protected:
  Files() {
    std::string pattern = (fs::temp_directory_path() / "tandem-files-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
    folder = pattern;
    store = open_file_store(*database, (folder / "files").string());
  }
  ~Files() override {
    std::error_code ignored;
    fs::remove_all(folder, ignored);
  }

  int64_t put(const std::string& bytes, OrgId org = ours) { return store->put(org, bytes)->id; }

  std::vector<fs::path> files_on_disk() const {
    std::vector<fs::path> found;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.is_regular_file()) found.push_back(entry.path());
    }
    return found;
  }

  int sweep_but(const std::set<int64_t>& kept) {
    return store->sweep([&](OrgId, int64_t id) { return kept.contains(id); });
  }

  // Leftovers are judged by the disk's clock, so the tests start at the machine's time.
  StoppedClock clock{SystemClock().now()};
  std::unique_ptr<db::Database> database = test::new_database(GetParam(), clock);
  fs::path folder;
  std::unique_ptr<FileStore> store;
};

/// Only what concerns the data folder.
class FilesOnDisk : public Files {};

}  // namespace

TANDEM_ON_BOTH_DATABASES(Files);
INSTANTIATE_TEST_SUITE_P(Sqlite, FilesOnDisk, ::testing::Values(db::Kind::sqlite),
                         test::OnBothDatabases::name_of);

TEST_P(Files, WhatWasPutComesBackByteByByte) {
  std::string bytes("\0\xff\r\n", 4);
  bytes += random_bytes(3 * 1'024 * 1'024 + 17);
  const auto stored = store->put(ours, bytes);
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->size_bytes, int64_t(bytes.size()));
  EXPECT_EQ(stored->sha256_hex, to_hex(sha256(bytes)));
  EXPECT_TRUE(store->get(ours, stored->id) == bytes);
}

TEST_P(Files, AnEmptyFileIsAFile) {
  const int64_t id = put("");
  EXPECT_EQ(store->get(ours, id), "");
}

TEST_P(Files, BytesOfExactlyOnePieceComeBack) {
  const std::string bytes(1'024 * 1'024, 'x');
  EXPECT_TRUE(store->get(ours, put(bytes)) == bytes);
}

TEST_P(Files, EqualBytesAreTwoFiles) {
  const int64_t one = put("same");
  const int64_t two = put("same");
  EXPECT_NE(one, two);
  store->forget(ours, one);
  EXPECT_EQ(store->get(ours, two), "same");
}

TEST_P(Files, AnotherOrganisationFindsNothingAndForgetsNothing) {
  const int64_t id = put("secret");
  EXPECT_EQ(store->get(theirs, id), std::nullopt);
  store->forget(theirs, id);
  EXPECT_EQ(store->get(ours, id), "secret");
}

TEST_P(Files, AFileThatIsTooLargeIsRefused) {
  const auto refused = store->put(ours, std::string(file_bytes_max + 1, 'x'));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, RefusalKind::too_large);
  EXPECT_TRUE(files_on_disk().empty());
}

TEST_P(Files, AForgottenFileIsGoneAndMayBeForgottenAgain) {
  const int64_t id = put("bytes");
  store->forget(ours, id);
  store->forget(ours, id);
  EXPECT_EQ(store->get(ours, id), std::nullopt);
  EXPECT_TRUE(files_on_disk().empty());
}

TEST_P(Files, TheSweepForgetsAfterADayWhatNobodyKeeps) {
  const int64_t kept = put("kept");
  const int64_t dropped = put("dropped", theirs);
  clock.advance_ms(day_ms);
  EXPECT_EQ(sweep_but({kept}), 0);
  clock.advance_ms(1);
  const int64_t young = put("young");
  EXPECT_EQ(sweep_but({kept}), 1);
  EXPECT_EQ(store->get(ours, kept), "kept");
  EXPECT_EQ(store->get(theirs, dropped), std::nullopt);
  EXPECT_EQ(store->get(ours, young), "young");
}

TEST_P(Files, WhatIsWholeIsNotLost) {
  put("one");
  put("", theirs);
  EXPECT_EQ(find_lost_files(*database, folder / "files", 10).count, 0);
}

TEST_P(Files, BytesThatAreGoneAreLost) {
  put("one");
  put("two", theirs);
  for (const fs::path& file : files_on_disk()) fs::remove(file);
  ASSERT_TRUE(database->write(
      [](db::Transaction& tx) -> Result<int64_t> { return tx.execute("DELETE FROM file_bytes"); }));
  const LostFiles lost = find_lost_files(*database, folder / "files", 1);
  EXPECT_EQ(lost.count, 2);
  EXPECT_EQ(lost.shown.size(), 1U);
}

TEST_P(FilesOnDisk, AMissingFileAndOneOfAnotherLengthAreLostAndNamed) {
  const int64_t missing = put("missing");
  fs::remove(files_on_disk().at(0));
  const int64_t longer = put("12345");
  std::ofstream(files_on_disk().at(0), std::ios::app) << "678";
  const LostFiles lost = find_lost_files(*database, folder / "files", 10);
  ASSERT_EQ(lost.count, 2);
  EXPECT_TRUE(lost.shown[0].starts_with("file " + std::to_string(missing)));
  EXPECT_TRUE(lost.shown[0].ends_with(" is missing"));
  EXPECT_TRUE(lost.shown[1].starts_with("file " + std::to_string(longer)));
  EXPECT_TRUE(lost.shown[1].ends_with(" has 8 bytes instead of 5"));
}

TEST_P(FilesOnDisk, TheNameOnTheDiskTellsNothing) {
  put("one");
  const std::vector<fs::path> found = files_on_disk();
  ASSERT_EQ(found.size(), 1U);
  const std::string name = found[0].filename().string();
  EXPECT_EQ(name.size(), 32U);
  EXPECT_EQ(found[0].parent_path().filename(), name.substr(2, 2));
  EXPECT_EQ(found[0].parent_path().parent_path().filename(), name.substr(0, 2));
  EXPECT_EQ(fs::status(found[0]).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_P(FilesOnDisk, WhatACrashLeftBehindIsSweptAfterADay) {
  const int64_t kept = put("kept");
  fs::create_directories(folder / "files/ab/cd");
  std::ofstream(folder / "files/tmp/0123456789abcdef0123456789abcdef") << "unfinished";
  std::ofstream(folder / "files/ab/cd/abcd456789abcdef0123456789abcdef") << "without a row";
  EXPECT_EQ(sweep_but({kept}), 0);
  EXPECT_EQ(files_on_disk().size(), 3U);
  clock.advance_ms(day_ms + minute_ms);
  EXPECT_EQ(sweep_but({kept}), 2);
  EXPECT_EQ(files_on_disk().size(), 1U);
  EXPECT_EQ(store->get(ours, kept), "kept");
}

TEST_P(FilesOnDisk, AFileThatVanishedIsNothing) {
  const int64_t id = put("bytes");
  fs::remove(files_on_disk().at(0));
  EXPECT_EQ(store->get(ours, id), std::nullopt);
}

TEST_P(FilesOnDisk, DamagedBytesAreNeverHandedOut) {
  const int64_t id = put("bytes");
  std::ofstream(files_on_disk().at(0)) << "bytez";
  EXPECT_THROW(store->get(ours, id), std::runtime_error);
}

TEST_P(FilesOnDisk, AStoreOpenedAgainFindsItsFiles) {
  const int64_t id = put("bytes");
  store = open_file_store(*database, (folder / "files").string());
  EXPECT_EQ(store->get(ours, id), "bytes");
}

}  // namespace tandem::files
