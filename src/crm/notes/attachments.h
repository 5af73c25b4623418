#pragma once

#include <string>
#include <string_view>

#include "access/actor.h"
#include "files/store.h"
#include "records/record.h"

// Files and addresses of web pages that stand with a record.

namespace tandem::crm {

constexpr int64_t attachment_bytes_max = 20 * 1024 * 1024;

/// The record that a file belongs to: of any module that notes may belong to, or a note.
struct AttachmentParent {
  const records::ModuleDef& module;
  RecordId id;
};

struct NewFile {
  std::string_view name;  // as the sender says; made harmless here
  std::string_view content_type;
  std::string_view bytes;
};
struct NewLink {
  std::string title;  // "": the address
  std::string url;
};

/// Keeps the bytes and then the row. Opens its own transactions. Refuses: forbidden (right to
/// create attachments), not_found (the record), too_large, invalid (records that have no files).
Result<records::Record> attach_file(db::Database& database, files::FileStore& files,
                                    const access::Actor& actor, const AttachmentParent& parent,
                                    const NewFile& file);
/// Keeps an address instead of a file. Refuses as attach_file, and with invalid what is no address.
Result<records::Record> attach_link(db::Transaction& tx, const access::Actor& actor,
                                    const AttachmentParent& parent, const NewLink& link);

/// Refuses with not_found also what belongs to another record, or to one that the actor may not
/// read.
Result<records::Record> attachment_of(db::Transaction& tx, const access::Actor& actor,
                                      const AttachmentParent& parent, RecordId attachment);
/// The same of an attachment whose record is not named: refuses one whose record the actor may not
/// read.
Result<records::Record> readable_attachment(db::Transaction& tx, const access::Actor& actor,
                                            RecordId attachment);
/// The bytes, outside any transaction. Refuses with not_found an address and a file that is gone.
Result<std::string> read_file(files::FileStore& files, OrgId org,
                              const records::Record& attachment);

/// Gone for good. Refuses: forbidden (right to delete attachments), not_found.
Result<void> remove_attachment(db::Transaction& tx, const access::Actor& actor,
                               RecordId attachment);

/// Whether an attachment keeps this file: for FileStore::sweep.
bool is_file_kept(db::Transaction& tx, OrgId org, int64_t file);

}  // namespace tandem::crm
