#include "db/sqlite/process_number.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "db/database.h"

namespace tandem::db {

namespace {

constexpr int numbers = 256;

bool lock_byte(int file, int number) {
  struct flock lock = {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  lock.l_start = number;
  lock.l_len = 1;
  return ::fcntl(file, F_OFD_SETLK, &lock) == 0;
}

}  // namespace

ProcessNumber::ProcessNumber(const std::string& database_file) {
  const std::string path = database_file + "-processes";
  file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file_ < 0) throw DatabaseFailure(fmt::format("can't open {}: {}", path, strerror(errno)));
  while (number_ < numbers && !lock_byte(file_, number_)) ++number_;
  if (number_ < numbers) return;
  ::close(file_);
  throw DatabaseFailure("256 processes have this database open, or its folder has no locks");
}

ProcessNumber::~ProcessNumber() { ::close(file_); }

}  // namespace tandem::db
