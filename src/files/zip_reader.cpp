#include "files/zip_reader.h"

#include <fmt/format.h>
#include <zip.h>

#include "base/text.h"

namespace tandem::files {

namespace {

constexpr size_t piece_bytes = 64 * 1024;

Refusal bad_zip() {
  return invalid("file", "bad_zip",
                 "The file is no zip archive, or it is damaged. Pack it again with the usual "
                 "compression (deflate).");
}

struct CloseArchive {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

}  // namespace

struct ZippedFile::Inside {
  std::unique_ptr<zip_t, CloseArchive> archive;
  std::unique_ptr<zip_file_t, CloseFile> file;  // closed before the archive
  std::string name;
  int64_t size_bytes = 0;  // as the archive says
  int64_t read_bytes = 0;
};

ZippedFile::ZippedFile(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
ZippedFile::ZippedFile(ZippedFile&&) noexcept = default;
ZippedFile::~ZippedFile() = default;

namespace {

Result<void> check_entry(const zip_stat_t& entry, const ZipLimits& limits) {
  constexpr zip_uint64_t needed =
      ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD;
  if ((entry.valid & needed) != needed) return bad_zip();
  const bool is_encrypted =
      (entry.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && entry.encryption_method != ZIP_EM_NONE;
  if (is_encrypted) {
    return invalid("file", "encrypted_zip",
                   "The archive is encrypted. Pack it again without a password.");
  }
  const std::string_view name = entry.name;
  if (name.empty() || name.ends_with('/'))
    return invalid("file", "not_one_file", "Pack exactly one file, without a folder.");
  if (entry.comp_method != ZIP_CM_STORE && entry.comp_method != ZIP_CM_DEFLATE) return bad_zip();
  // Both numbers come from the archive, and may be larger than any file.
  const auto most = zip_uint64_t(limits.unpacked_bytes_max);
  const zip_uint64_t packed = entry.comp_size > 0 ? entry.comp_size : 1;
  if (entry.size > most || entry.size / packed > zip_uint64_t(limits.ratio_max)) {
    return too_large("unpacked_too_large",
                     fmt::format("Unpacked, the file may have {} MiB and be {} times as large as "
                                 "the archive. Cut it into several.",
                                 limits.unpacked_bytes_max / (1024 * 1024), limits.ratio_max),
                     "file");
  }
  return {};
}

}  // namespace

Result<ZippedFile> ZippedFile::open(std::string_view archive, const ZipLimits& limits) {
  auto inside = std::make_unique<Inside>();
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(archive.data(), archive.size(), 0, &error);
  if (source) inside->archive.reset(zip_open_from_source(source, ZIP_RDONLY, &error));
  if (source && !inside->archive) zip_source_free(source);
  zip_error_fini(&error);
  if (!inside->archive) return bad_zip();
  if (zip_get_num_entries(inside->archive.get(), 0) != 1)
    return invalid("file", "not_one_file", "Pack exactly one file, without a folder.");
  zip_stat_t entry;
  zip_stat_init(&entry);
  if (zip_stat_index(inside->archive.get(), 0, 0, &entry) != 0) return bad_zip();
  TRY(check_entry(entry, limits));
  inside->name = to_utf8_lossy(entry.name);
  inside->size_bytes = int64_t(entry.size);
  inside->file.reset(zip_fopen_index(inside->archive.get(), 0, 0));
  if (!inside->file) return bad_zip();
  return ZippedFile(std::move(inside));
}

const std::string& ZippedFile::name() const { return inside_->name; }

Result<std::string> ZippedFile::read() {
  std::string piece(piece_bytes, '\0');
  const zip_int64_t count = zip_fread(inside_->file.get(), piece.data(), piece.size());
  if (count < 0) return bad_zip();
  inside_->read_bytes += count;
  const bool is_short = count == 0 && inside_->read_bytes < inside_->size_bytes;
  if (is_short || inside_->read_bytes > inside_->size_bytes) return bad_zip();
  piece.resize(size_t(count));
  return piece;
}

}  // namespace tandem::files
