#pragma once

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace tandem::test {

/// The temporary folder, in memory where there is plenty: tests make thousands of files, and wait
/// for no disk.
inline std::filesystem::path fast_folder() {
  constexpr std::uintmax_t bytes_min = std::uintmax_t(6) << 30;
  const std::filesystem::path memory = "/dev/shm";
  std::error_code none;
  const bool is_plenty = std::filesystem::space(memory, none).available > bytes_min;
  return !none && is_plenty ? memory : std::filesystem::temp_directory_path();
}

/// An empty folder of one test, gone with it.
class FolderOfTest {
 public:
  FolderOfTest() {
    char pattern[] = "/tmp/tandem-test-XXXXXX";
    if (::mkdtemp(pattern) == nullptr) throw std::runtime_error("mkdtemp failed");
    path_ = pattern;
  }
  ~FolderOfTest() { std::filesystem::remove_all(path_); }
  FolderOfTest(const FolderOfTest&) = delete;
  FolderOfTest& operator=(const FolderOfTest&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace tandem::test
