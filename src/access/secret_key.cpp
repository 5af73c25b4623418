#include "access/secret_key.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <stdexcept>

#include "base/crypto.h"
#include "base/text.h"

namespace tandem::access {

namespace {

/// Closes the file when it goes.
class File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  ~File() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int descriptor() const { return descriptor_; }
  bool is_open() const { return descriptor_ >= 0; }

 private:
  int descriptor_ = -1;
};

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::string> from_hex(std::string_view text) {
  if (text.size() != 2 * secret_key_bytes) return std::nullopt;
  std::string bytes;
  for (size_t at = 0; at < text.size(); at += 2) {
    const int high = hex_value(text[at]);
    const int low = hex_value(text[at + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
}

std::optional<std::string> key_of_text(std::string_view text) {
  if (const auto bytes = from_hex(text)) return bytes;
  const auto bytes = from_base64(text);
  if (bytes && bytes->size() == secret_key_bytes) return bytes;
  return std::nullopt;
}

Refusal bad_key(std::string message) { return invalid("", "bad_secret_key", std::move(message)); }

Result<std::string> read_key_file(const File& file, const std::string& path) {
  struct stat about{};
  if (fstat(file.descriptor(), &about) != 0) {
    throw std::runtime_error(fmt::format("{} can't be examined: error {}", path, errno));
  }
  if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return bad_key(fmt::format("Others may read {}. Run: chmod 600 {}", path, path));
  }
  char bytes[256];
  const ssize_t count = read(file.descriptor(), bytes, sizeof bytes);
  const std::string_view text(bytes, count > 0 ? static_cast<size_t>(count) : 0);
  const std::optional<std::string> key = key_of_text(trim(text));
  if (!key) {
    return bad_key(
        fmt::format("{} must hold 64 hexadecimal digits. Restore it from a backup.", path));
  }
  return *key;
}

/// Nothing when another process was faster.
std::optional<std::string> make_key_file(const std::string& path) {
  const File file(open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (!file.is_open()) {
    if (errno == EEXIST) return std::nullopt;
    throw std::runtime_error(fmt::format("{} can't be made: error {}", path, errno));
  }
  const std::string key = random_bytes(secret_key_bytes);
  const std::string text = to_hex(key) + "\n";
  const ssize_t written = write(file.descriptor(), text.data(), text.size());
  if (written != static_cast<ssize_t>(text.size()) || fsync(file.descriptor()) != 0) {
    unlink(path.c_str());
    throw std::runtime_error(fmt::format("{} can't be written: error {}", path, errno));
  }
  return key;
}

}  // namespace

Result<std::string> load_secret_key(const std::string& data_folder, std::string_view configured) {
  if (!configured.empty()) {
    const std::optional<std::string> key = key_of_text(trim(configured));
    if (key) return *key;
    return bad_key("Give the secret key as 64 hexadecimal digits or as base64 of 32 bytes.");
  }
  const std::string path = data_folder + "/secret.key";
  for (int attempt = 0; attempt < 2; ++attempt) {
    const File file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.is_open()) return read_key_file(file, path);
    if (errno != ENOENT) {
      throw std::runtime_error(fmt::format("{} can't be opened: error {}", path, errno));
    }
    if (const std::optional<std::string> key = make_key_file(path)) return *key;
  }
  throw std::runtime_error(path + " appears and vanishes");
}

}  // namespace tandem::access
