#include "server/serve_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace tandem::server {

ServeLock::~ServeLock() { ::close(file_); }

Result<std::unique_ptr<ServeLock>> ServeLock::take(const std::string& data_folder) {
  const std::string path = data_folder + "/serve.lock";
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) throw std::system_error(errno, std::generic_category(), "can't open " + path);
  std::unique_ptr<ServeLock> lock(new ServeLock(file));
  if (::flock(file, LOCK_EX | LOCK_NB) == 0) return lock;
  if (errno != EWOULDBLOCK)
    throw std::system_error(errno, std::generic_category(), "can't lock " + path);
  return conflict(
      "folder_is_served",
      fmt::format("Another tandem serve runs on the folder {}. End that one first, or name another "
                  "folder with --data. Several nodes need PostgreSQL.",
                  data_folder));
}

}  // namespace tandem::server
