#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"
#include "desk/desk.h"
#include "records/record.h"

namespace tandem::desk {

constexpr int64_t upload_bytes_max = 25 * 1024 * 1024;
constexpr int uploads_waiting_max = 200;           // of one person
constexpr int template_files_waiting_max = 1'000;  // of one person, beside their uploads
constexpr int64_t upload_waits_ms = day_ms;

struct NewUpload {
  std::string_view name;  // as the browser says; made harmless here
  std::string_view content_type;
  std::string_view bytes;
};
/// Keeps a file that waits for its reply, comment or ticket. Opens its own transaction. It belongs
/// to the actor alone and vanishes after a day unless a draft names it. Refuses: too_large,
/// invalid, busy (too many wait).
Result<records::Record> add_upload(const Desk& desk, const access::Actor& actor,
                                   const NewUpload& upload);

/// A copy of a template's file that waits for the actor's reply like an upload; the bytes stay the
/// same. It counts by itself, so that drafts full of them leave room for uploads. Refuses: busy
/// (template_files_waiting_max).
Result<records::Record> add_template_file(db::Transaction& tx, const access::Actor& actor,
                                          const records::Changes& file);

/// The Content-ID of an upload: a text shows it by "cid:" and this.
std::string upload_content_id(OrgId org, RecordId upload);

/// Where waiting uploads go. `part`: the thread or comment; none for the ticket itself.
struct AttachTo {
  RecordId ticket;
  std::string part_module;  // "threads", "comments" or "tickets"
  RecordId part;
  bool is_private = false;
  std::string_view html = {};  // of the part: what it shows is inline
};
/// Refuses with invalid (attachment_ids) what is no waiting upload of the actor's.
Result<std::vector<records::Record>> attach_uploads(db::Transaction& tx, const access::Actor& actor,
                                                    const std::vector<int64_t>& ids,
                                                    const AttachTo& where);
/// Attaches to the ticket itself: needs the right to update it; counts it there.
Result<std::vector<records::Record>> attach_to_ticket(db::Transaction& tx,
                                                      const access::Actor& actor, RecordId ticket,
                                                      const std::vector<int64_t>& ids);

struct AttachmentContent {
  records::Record attachment;
  std::string bytes;
};
/// Opens its own transaction. Refuses: not_found, also when the ticket is invisible.
Result<AttachmentContent> read_attachment(const Desk& desk, const access::Actor& actor,
                                          RecordId attachment);
/// Those of one thread or comment, oldest first, at most 250.
std::vector<records::Record> attachments_of(db::Transaction& tx, const access::Actor& actor,
                                            std::string_view part_module, RecordId part);
/// Those of several threads and comments of one ticket, oldest first; asked for together. Refuses
/// with invalid more than records::filter_values_max parts.
Result<std::vector<records::Record>> attachments_of_parts(db::Transaction& tx,
                                                          const access::Actor& actor,
                                                          RecordId ticket,
                                                          const std::vector<RecordId>& parts);

/// Whether an attachment or a raw mail keeps this file: for FileStore::sweep.
bool is_file_kept(db::Transaction& tx, OrgId org, int64_t file);

}  // namespace tandem::desk
