// What `tandem check`, `backup` and `serve` say of a folder that is not as it should be.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "access/organisations.h"
#include "server/commands.h"
#include "server/program.h"
#include "tests/unit/server/command_end.h"

namespace tandem::server {

namespace {

namespace fs = std::filesystem;

/// An installation with a company and two stored files.
class Installation : public testing::Test {
 protected:
  Installation() {
    std::string pattern = (fs::temp_directory_path() / "tandem-check-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
    folder_ = pattern;
    config_.data_folder = folder_ / "data";
    config_.port = 0;
    const CommandEnd setup = end_of([&] {
      return run_setup(config_, {.company = "Acme", .email = "ada@acme.example", .name = "Ada"});
    });
    if (setup.exit_code != 0) throw std::runtime_error(setup.output);
    store({"first", "second"});
  }
  ~Installation() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  void store(const std::vector<std::string>& texts) {
    const auto program = Program::open(config_, clock_);
    const OrgId org = (*program)->database().read(
        [](db::Transaction& tx) { return access::all_organisations(tx).at(0).id; });
    for (const std::string& text : texts) ASSERT_TRUE((*program)->files().put(org, text));
  }
  CommandEnd check() {
    return end_of([&] { return run_check(config_); });
  }
  CommandEnd backup(const std::string& name) {
    return end_of([&] { return run_backup(config_, folder_ / name); });
  }
  /// Starts and ends at once.
  CommandEnd serve() {
    return end_of([&] { return run_serve(config_, [] { return true; }); });
  }
  std::vector<fs::path> stored_files() const {
    std::vector<fs::path> found;
    for (const auto& entry : fs::recursive_directory_iterator(folder_ / "data/files")) {
      if (entry.is_regular_file()) found.push_back(entry.path());
    }
    return found;
  }
  void change_key() { std::ofstream(folder_ / "data/secret.key") << std::string(64, 'a') << "\n"; }
  void expect_refusal(const CommandEnd& end, const std::string& words) const {
    EXPECT_EQ(end.exit_code, 1) << end.output;
    EXPECT_NE(end.output.find(words), std::string::npos) << end.output;
  }

  const SystemClock clock_;
  fs::path folder_;
  Config config_;
};

}  // namespace

TEST_F(Installation, OneThatIsWholeIsWell) {
  const CommandEnd end = check();
  EXPECT_EQ(end.exit_code, 0);
  EXPECT_EQ(end.output, "All is well.\n");
}

TEST_F(Installation, EachLostFileIsAFaultAndTheRemedyIsSaid) {
  for (const fs::path& file : stored_files()) fs::remove(file);
  const CommandEnd end = check();
  expect_refusal(end, " is missing\n");
  expect_refusal(end, "2 faults.\n2 files are missing or of another length: copy them from");
}

TEST_F(Installation, AFileOfAnotherLengthIsAFault) {
  std::ofstream(stored_files().at(0), std::ios::app) << "more";
  expect_refusal(check(), "bytes instead of ");
}

TEST_F(Installation, ManyLostFilesAreCountedNotListed) {
  store(std::vector<std::string>(103, "text"));
  fs::remove_all(folder_ / "data/files");
  const CommandEnd end = check();
  expect_refusal(end, "5 more files are missing or of another length\n101 faults.\n105 files are");
}

TEST_F(Installation, AFolderWithoutADatabaseIsRefusedAndStaysAsItIs) {
  config_.data_folder = folder_ / "elsewhere";
  expect_refusal(check(), "There is no database in ");
  expect_refusal(backup("copy.db"), "There is no database in ");
  EXPECT_FALSE(fs::exists(config_.data_folder));
  EXPECT_FALSE(fs::exists(folder_ / "copy.db"));
  fs::create_directories(config_.data_folder);
  std::ofstream(config_.database()).close();
  expect_refusal(check(), "give the folder of `tandem setup`");
  expect_refusal(backup("copy.db"), "give the folder of `tandem setup`");
  EXPECT_FALSE(fs::exists(config_.data_folder + "/secret.key"));
  EXPECT_EQ(fs::file_size(config_.database()), 0U);
}

TEST_F(Installation, AnotherSecretKeyIsRefusedByEveryStart) {
  change_key();
  const std::string words = "secret.key is not the secret key of this database";
  expect_refusal(serve(), words);
  expect_refusal(check(), words);
  config_.secret_key = std::string(64, 'b');
  expect_refusal(check(), "The configured secret_key is not the secret key of this database");
}

TEST_F(Installation, AMissingSecretKeyIsAskedForAndNoOtherIsMade) {
  fs::remove(folder_ / "data/secret.key");
  expect_refusal(serve(), "secret.key, and the database needs the one it was served with");
  expect_refusal(check(), "Put it back.");
  EXPECT_FALSE(fs::exists(folder_ / "data/secret.key"));
  EXPECT_EQ(backup("copy.db").exit_code, 0);
}

TEST_F(Installation, ADatabaseThatNoKeyWasTiedToIsTiedByItsNextStart) {
  {
    const auto program = Program::open(config_, clock_);
    ASSERT_TRUE((*program)->database().write([](db::Transaction& tx) -> Result<int64_t> {
      return tx.execute("DELETE FROM secret_probe");
    }));
  }
  EXPECT_EQ(check().exit_code, 0);
  EXPECT_EQ(serve().exit_code, 0);
  change_key();
  expect_refusal(check(), "is not the secret key of this database");
}

TEST_F(Installation, DamageIsOneLineEachWithItsRemedy) {
  {
    // Every page but the first; the log was put into the file when the last connection went.
    std::fstream file(config_.database(), std::ios::in | std::ios::out | std::ios::binary);
    const auto bytes = fs::file_size(config_.database());
    for (size_t at = 4'096; at + 4'096 <= bytes; at += 4'096) {
      file.seekp(std::streamoff(at));
      file << std::string(512, '\x5a');
    }
  }
  expect_refusal(check(), "faults.\nThe database is damaged. Stop the program");
  EXPECT_EQ(check().output.find("All is well"), std::string::npos);
}

TEST_F(Installation, AFileThatIsNoDatabaseIsDamageToo) {
  fs::remove(config_.database() + "-wal");
  std::ofstream(config_.database()) << std::string(8'192, 'x');
  expect_refusal(check(), "restore the last backup");
}

TEST_F(Installation, ASecondServerOnTheFolderIsRefusedAndCommandsBesideTheFirstWork) {
  int second_looks = 0;
  const CommandEnd first = end_of([&] {
    return run_serve(config_, [&] {
      if (second_looks++ > 0) return true;
      EXPECT_EQ(run_serve(config_, [] { return true; }), 1);
      EXPECT_EQ(run_check(config_), 0);
      EXPECT_EQ(run_backup(config_, folder_ / "beside.db"), 0);
      return true;
    });
  });
  EXPECT_EQ(first.exit_code, 0) << first.output;
  expect_refusal({1, first.output}, "Another tandem serve runs on the folder");
  EXPECT_EQ(serve().exit_code, 0);
}

}  // namespace tandem::server
