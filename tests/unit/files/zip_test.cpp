#include <gtest/gtest.h>

#include <random>

#include "files/zip_reader.h"
#include "files/zip_writer.h"

namespace tandem::files {
namespace {

constexpr ZipLimits limits{.unpacked_bytes_max = 16 << 20, .ratio_max = 250};
constexpr int64_t much = 64 << 20;

/// Digits that hardly repeat.
std::string table(size_t rows) {
  std::mt19937_64 random(7);
  std::string text;
  for (size_t row = 0; row < rows; ++row) text += std::to_string(random()) + ",b\r\n";
  return text;
}

Result<std::string> packed(std::string text, const std::string& name = "a.csv",
                           int64_t bytes_max = much) {
  return zip_one(
      name,
      [&]() -> Result<std::string> {
        const std::string piece = text.substr(0, 10'000);
        text.erase(0, piece.size());
        return piece;
      },
      bytes_max);
}

Result<std::string> unpacked(std::string_view archive) {
  Result<ZippedFile> file = ZippedFile::open(archive, limits);
  if (!file) return file.error();
  std::string text;
  while (true) {
    const std::string piece = TRY(file->read());
    if (piece.empty()) return text;
    text += piece;
  }
}

std::string code(const Result<std::string>& result) { return result ? "" : result.error().code; }

TEST(Zip, WhatIsPackedIsUnpackedAgain) {
  for (const size_t rows : {size_t(0), size_t(1), size_t(40'000)}) {
    const std::string text = table(rows);
    const Result<std::string> archive = packed(text, "räume.csv");
    ASSERT_TRUE(archive);
    if (rows > 1) {
      EXPECT_LT(archive->size(), text.size() * 3 / 4);
    }
    ASSERT_TRUE(unpacked(*archive));
    EXPECT_EQ(*unpacked(*archive), text);
    EXPECT_EQ(ZippedFile::open(*archive, limits)->name(), "räume.csv");
  }
}

TEST(Zip, WhatTheSourceRefusesOrThrowsEndsTheArchive) {
  int calls = 0;
  const auto refuses = [&]() -> Result<std::string> {
    if (++calls < 3) return std::string("abc");
    return forbidden("lost_right", "No more.");
  };
  EXPECT_EQ(code(zip_one("a.csv", refuses, much)), "lost_right");
  const auto throws = []() -> Result<std::string> { throw std::runtime_error("the disk broke"); };
  EXPECT_THROW(static_cast<void>(zip_one("a.csv", throws, much)), std::runtime_error);
}

TEST(Zip, AnArchiveThatGrowsTooLargeIsRefused) {
  const std::string text = table(20'000);
  EXPECT_EQ(code(packed(text, "a.csv", 50'000)), "archive_too_large");
  const Result<std::string> archive = packed(text);
  ASSERT_TRUE(archive);
  EXPECT_TRUE(packed(text, "a.csv", int64_t(archive->size())));
  EXPECT_EQ(code(packed(text, "a.csv", int64_t(archive->size()) - 1)), "archive_too_large");
}

TEST(Zip, WhatUnpacksToTooMuchIsRefusedBeforeItIsUnpacked) {
  const Result<std::string> bomb = packed(std::string(4 << 20, '0'));
  ASSERT_TRUE(bomb);
  EXPECT_EQ(code(unpacked(*bomb)), "unpacked_too_large") << "by its ratio";
  const std::string text = table(1'000);
  const Result<std::string> large = packed(text);
  ASSERT_TRUE(large);
  const auto size = int64_t(text.size());
  EXPECT_TRUE(ZippedFile::open(*large, {.unpacked_bytes_max = size, .ratio_max = 250}));
  EXPECT_FALSE(ZippedFile::open(*large, {.unpacked_bytes_max = size - 1, .ratio_max = 250}));
}

TEST(Zip, WhatIsNoArchiveOfOneFileIsRefused) {
  EXPECT_EQ(code(unpacked("")), "not_one_file");
  EXPECT_EQ(code(unpacked("a,b\n1,2\n")), "bad_zip");
  // An archive without a file is its end alone.
  EXPECT_EQ(code(unpacked(std::string("PK\x05\x06") + std::string(18, '\0'))), "not_one_file");
  const Result<std::string> folder = packed("", "folder/");
  if (folder) {
    EXPECT_EQ(code(unpacked(*folder)), "not_one_file");
  }
}

/// Where the entry's flags stand in both headers: bit 0 says that it is encrypted.
TEST(Zip, AnEncryptedFileIsRefused) {
  std::string archive = *packed("a,b\n");
  archive[6] = char(archive[6] | 1);
  const size_t central = archive.find("PK\x01\x02");
  ASSERT_NE(central, std::string::npos);
  archive[central + 8] = char(archive[central + 8] | 1);
  EXPECT_EQ(code(unpacked(archive)), "encrypted_zip");
}

/// An archive that says less than it holds gives no byte more than it said.
TEST(Zip, WhatAnArchiveSaysOfItsFileIsNotBelieved) {
  std::string archive = *packed(std::string(3'000'000, 'x') + table(20'000));
  const size_t central = archive.find("PK\x01\x02");
  ASSERT_NE(central, std::string::npos);
  archive.replace(central + 24, 4, std::string("\x00\x10\x00\x00", 4));  // 4,096 bytes
  EXPECT_NE(code(unpacked(archive)), "");
}

/// A fixed seed, so that a failure comes again.
TEST(Zip, HoweverAnArchiveIsBrokenItIsReadOrRefused) {
  const std::string text = table(300);
  const std::string whole = *packed(text);
  std::mt19937_64 random(20'261'123);
  int refused = 0;
  for (int number = 0; number < 3'000; ++number) {
    std::string archive = whole;
    for (int change = 0; change < 1 + int(random() % 4) && !archive.empty(); ++change) {
      const size_t at = random() % archive.size();
      switch (random() % 4) {
        case 0: archive[at] = char(random() % 256); break;
        case 1: archive.erase(at, 1 + random() % 40); break;
        case 2: archive.insert(at, archive.substr(random() % archive.size(), 30)); break;
        case 3: archive.resize(at); break;
      }
    }
    const Result<std::string> read = unpacked(archive);
    if (!read) ++refused;
    if (read) {
      EXPECT_EQ(read->size(), text.size()) << "the checksum holds";
    }
  }
  EXPECT_GT(refused, 1'000);
}

}  // namespace
}  // namespace tandem::files
