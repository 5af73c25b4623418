#include "files/durable.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace tandem::files {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const char* act, const fs::path& path) {
  throw std::system_error(errno, std::generic_category(), std::string(act) + " " + path.string());
}

class Descriptor {
 public:
  Descriptor(const fs::path& path, int flags) : descriptor_(::open(path.c_str(), flags, 0600)) {}
  ~Descriptor() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  bool is_open() const { return descriptor_ >= 0; }
  int get() const { return descriptor_; }

 private:
  int descriptor_ = -1;
};

}  // namespace

void make_folder_durably(const fs::path& folder) {
  if (folder.empty() || fs::is_directory(folder)) return;
  make_folder_durably(folder.parent_path());
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) fail("mkdir", folder);
  sync_folder(folder.has_parent_path() ? folder.parent_path() : fs::path("."));
}

void write_and_sync(const fs::path& path, std::string_view bytes) {
  const Descriptor file(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC);
  if (!file.is_open()) fail("open", path);
  while (!bytes.empty()) {
    const ssize_t written = ::write(file.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("write", path);
    bytes.remove_prefix(size_t(written));
  }
  if (::fsync(file.get()) != 0) fail("fsync", path);
}

void sync_folder(const fs::path& folder) {
  const Descriptor opened(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (!opened.is_open()) fail("open", folder);
  if (::fsync(opened.get()) != 0) fail("fsync", folder);
}

std::optional<std::string> read_whole(const fs::path& path) {
  const Descriptor file(path, O_RDONLY | O_CLOEXEC);
  if (!file.is_open() && errno == ENOENT) return std::nullopt;
  if (!file.is_open()) fail("open", path);
  struct stat facts{};
  if (::fstat(file.get(), &facts) != 0) fail("stat", path);
  std::string bytes(size_t(facts.st_size), '\0');
  size_t filled = 0;
  while (filled < bytes.size()) {
    const ssize_t count = ::read(file.get(), bytes.data() + filled, bytes.size() - filled);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail("read", path);
    if (count == 0) break;
    filled += size_t(count);
  }
  bytes.resize(filled);
  return bytes;
}

}  // namespace tandem::files
