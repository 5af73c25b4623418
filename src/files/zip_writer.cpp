#include "files/zip_writer.h"

#include <fcntl.h>
#include <unistd.h>
#include <zip.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <system_error>

#include "files/temporary_file.h"

// libzip asks for what it packs and says where the bytes of the archive go, by functions of ours.
// It knows no exceptions, so these keep what was thrown until it has come back.

namespace tandem::files {

namespace {

template <class T>
T& as(void* data) {
  return *static_cast<T*>(data);
}

struct Errors {
  Errors() { zip_error_init(&error); }
  ~Errors() { zip_error_fini(&error); }
  Errors(const Errors&) = delete;
  Errors& operator=(const Errors&) = delete;
  zip_int64_t fail(int system_error) {
    zip_error_set(&error, ZIP_ER_WRITE, system_error);
    return -1;
  }
  zip_error_t error;
};

/// The file that is packed.
struct Packed {
  ZipSource source;
  std::string piece = {};
  size_t at = 0;
  std::optional<Refusal> refusal = {};
  std::exception_ptr thrown = {};
  Errors errors = {};

  zip_int64_t read(char* out, size_t wanted) {
    try {
      if (at == piece.size()) {
        Result<std::string> next = source();
        if (!next) {
          refusal = std::move(next).error();
          return errors.fail(ECANCELED);
        }
        piece = std::move(*next);
        at = 0;
      }
    } catch (...) {
      thrown = std::current_exception();
      return errors.fail(EIO);
    }
    const size_t count = std::min(wanted, piece.size() - at);
    std::memcpy(out, piece.data() + at, count);
    at += count;
    return zip_int64_t(count);
  }
};

zip_int64_t answer_packed(void* user, void* data, zip_uint64_t length, zip_source_cmd_t command) {
  Packed& packed = as<Packed>(user);
  switch (command) {
    case ZIP_SOURCE_SUPPORTS:
      return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE,
                                            ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, -1);
    case ZIP_SOURCE_READ: return packed.read(static_cast<char*>(data), size_t(length));
    case ZIP_SOURCE_STAT: zip_stat_init(&as<zip_stat_t>(data)); return sizeof(zip_stat_t);
    case ZIP_SOURCE_ERROR: return zip_error_to_data(&packed.errors.error, data, length);
    default: return 0;
  }
}

/// Where the archive goes: a file without a name.
class Archive {
 public:
  explicit Archive(int64_t bytes_max) : bytes_max_(bytes_max) {
    descriptor_ = ::open(file_.path().c_str(), O_RDWR | O_CLOEXEC);
    if (descriptor_ < 0)
      throw std::system_error(errno, std::generic_category(), "open a temporary file");
  }
  ~Archive() { ::close(descriptor_); }
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;

  bool is_too_large() const { return is_too_large_; }
  int failure() const { return failure_; }
  std::string take() {
    std::string bytes(size_t(size_), '\0');
    int64_t at = 0;
    while (at < size_) {
      const ssize_t count = ::pread(descriptor_, bytes.data() + at, size_t(size_ - at), at);
      if (count <= 0 && errno != EINTR)
        throw std::system_error(errno, std::generic_category(), "read a temporary file");
      at += std::max<ssize_t>(count, 0);
    }
    return bytes;
  }

  zip_int64_t answer(void* data, zip_uint64_t length, zip_source_cmd_t command) {
    switch (command) {
      case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(
            ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR,
            ZIP_SOURCE_FREE, ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL, ZIP_SOURCE_BEGIN_WRITE,
            ZIP_SOURCE_COMMIT_WRITE, ZIP_SOURCE_ROLLBACK_WRITE, ZIP_SOURCE_WRITE,
            ZIP_SOURCE_SEEK_WRITE, ZIP_SOURCE_TELL_WRITE, ZIP_SOURCE_REMOVE, -1);
      case ZIP_SOURCE_READ: return read(static_cast<char*>(data), size_t(length));
      case ZIP_SOURCE_WRITE: return write(static_cast<const char*>(data), size_t(length));
      case ZIP_SOURCE_SEEK: return seek(read_at_, data, length);
      case ZIP_SOURCE_SEEK_WRITE: return seek(write_at_, data, length);
      case ZIP_SOURCE_TELL: return read_at_;
      case ZIP_SOURCE_TELL_WRITE: return write_at_;
      case ZIP_SOURCE_ERROR: return zip_error_to_data(&errors_.error, data, length);
      case ZIP_SOURCE_STAT: {
        zip_stat_t& stat = as<zip_stat_t>(data);
        zip_stat_init(&stat);
        stat.size = zip_uint64_t(size_);
        stat.valid = ZIP_STAT_SIZE;
        return sizeof(zip_stat_t);
      }
      default: return 0;
    }
  }

 private:
  zip_int64_t read(char* out, size_t wanted) {
    const ssize_t count = ::pread(descriptor_, out, wanted, read_at_);
    if (count < 0) return note_failure(errno);
    read_at_ += count;
    return count;
  }
  zip_int64_t write(const char* bytes, size_t length) {
    if (write_at_ + int64_t(length) > bytes_max_) {
      is_too_large_ = true;
      return errors_.fail(EFBIG);
    }
    size_t done = 0;
    while (done < length) {
      const ssize_t count = ::pwrite(descriptor_, bytes + done, length - done, write_at_);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return note_failure(errno);
      done += size_t(count);
      write_at_ += count;
    }
    size_ = std::max(size_, write_at_);
    return zip_int64_t(length);
  }
  zip_int64_t seek(int64_t& place, void* data, zip_uint64_t length) {
    const zip_int64_t to = zip_source_seek_compute_offset(zip_uint64_t(place), zip_uint64_t(size_),
                                                          data, length, &errors_.error);
    if (to < 0) return -1;
    place = to;
    return 0;
  }
  zip_int64_t note_failure(int system_error) {
    failure_ = system_error;
    return errors_.fail(system_error);
  }

  TemporaryFile file_;
  int descriptor_ = -1;
  int64_t bytes_max_ = 0;
  int64_t read_at_ = 0;
  int64_t write_at_ = 0;
  int64_t size_ = 0;
  int failure_ = 0;
  bool is_too_large_ = false;
  Errors errors_;
};

zip_int64_t answer_archive(void* user, void* data, zip_uint64_t length, zip_source_cmd_t command) {
  return as<Archive>(user).answer(data, length, command);
}

struct Discard {
  void operator()(zip_t* zip) const { zip_discard(zip); }
};

}  // namespace

Result<std::string> zip_one(const std::string& name, ZipSource source, int64_t bytes_max) {
  Archive archive(bytes_max);
  Packed packed{.source = std::move(source)};
  Errors errors;
  zip_source_t* target = zip_source_function_create(answer_archive, &archive, &errors.error);
  std::unique_ptr<zip_t, Discard> zip(
      target ? zip_open_from_source(target, ZIP_CREATE | ZIP_TRUNCATE, &errors.error) : nullptr);
  if (!zip) throw std::runtime_error("a zip archive can't be begun");
  zip_source_t* file = zip_source_function(zip.get(), answer_packed, &packed);
  const bool is_added = file && zip_file_add(zip.get(), name.c_str(), file, ZIP_FL_ENC_UTF_8) == 0;
  if (!is_added) throw std::runtime_error("a file can't be added to a zip archive");
  if (zip_close(zip.get()) == 0) {
    static_cast<void>(zip.release());  // closing has freed it
    return archive.take();
  }
  if (packed.thrown) std::rethrow_exception(packed.thrown);
  if (packed.refusal) return *packed.refusal;
  if (archive.is_too_large()) {
    return too_large("archive_too_large",
                     "The result is too large for one file. Ask for fewer fields or rows.");
  }
  if (archive.failure() != 0)
    throw std::system_error(archive.failure(), std::generic_category(), "write a zip archive");
  throw std::runtime_error("a zip archive can't be written");
}

}  // namespace tandem::files
