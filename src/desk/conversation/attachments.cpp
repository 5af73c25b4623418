#include "desk/conversation/attachments.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "desk/modules.h"
#include "desk/rows.h"
#include "desk/tickets/ticket_files.h"
#include "mail/sent_files.h"
#include "operations/visible.h"
#include "records/store.h"

namespace tandem::desk {

using records::Changes;
using records::Record;

namespace {

constexpr int pages_of_parts_max = 40;  // 10,000 attachments

bool shows(std::string_view html, std::string_view content_id) {
  return !content_id.empty() && html.find(fmt::format("cid:{}", content_id)) != html.npos;
}

/// Uploads have a Content-ID from the beginning, so that a text may show them; copies have none.
constexpr std::string_view uploads = "IS NOT NULL";
constexpr std::string_view copies = "IS NULL";

int64_t count_waiting(db::Transaction& tx, const access::Actor& actor, std::string_view which) {
  return tx.integer(
      fmt::format("SELECT COUNT(*) FROM attachments WHERE org_id = $1 AND uploader = $2 "
                  "AND ticket IS NULL AND deleted_at IS NULL AND content_id {}",
                  which),
      {actor.org.value, actor.id.value});
}

}  // namespace

std::string upload_content_id(OrgId org, RecordId upload) {
  return fmt::format("upload.{}.{}@tandem", org.value, upload.value);
}

Result<Record> add_upload(const Desk& desk, const access::Actor& actor, const NewUpload& upload) {
  if (int64_t(upload.bytes.size()) > upload_bytes_max) {
    return too_large("file_too_large", "Choose a file of at most 25 MiB.", "file");
  }
  const int64_t waiting =
      desk.database.read([&](db::Transaction& tx) { return count_waiting(tx, actor, uploads); });
  if (waiting >= uploads_waiting_max) {
    return busy("Too many uploads wait to be attached; send or discard some first.");
  }
  const files::StoredFile file = TRY(desk.files.put(actor.org, upload.bytes));
  return desk.database.write([&](db::Transaction& tx) -> Result<Record> {
    const RecordId id{tx.new_id()};
    return add_row(tx, actor, attachments_module(),
                   {{"name", mail::harmless_file_name(upload.name)},
                    {"content_type", mail::harmless_content_type(upload.content_type)},
                    {"content_id", upload_content_id(actor.org, id)},
                    {"size_bytes", file.size_bytes},
                    {"file", file.id},
                    {"uploader", actor.id}},
                   {}, id);
  });
}

Result<Record> add_template_file(db::Transaction& tx, const access::Actor& actor,
                                 const Changes& file) {
  if (count_waiting(tx, actor, copies) >= template_files_waiting_max) {
    return busy("Too many files of templates wait in your drafts; send or discard some first.");
  }
  Changes values = file;
  values.set("uploader", actor.id);
  return add_row(tx, actor, attachments_module(), values);
}

Result<std::vector<Record>> attach_uploads(db::Transaction& tx, const access::Actor& actor,
                                           const std::vector<int64_t>& ids, const AttachTo& where) {
  std::vector<Record> attached;
  std::vector<int64_t> unique_ids = ids;
  std::sort(unique_ids.begin(), unique_ids.end());
  unique_ids.erase(std::unique(unique_ids.begin(), unique_ids.end()), unique_ids.end());
  for (const int64_t id : unique_ids) {
    const Result<Record> upload = read_row(tx, actor, attachments_module(), RecordId{id});
    const bool is_mine = upload && upload->get("ticket").is_null() &&
                         (actor.is_system() || upload->get("uploader").id() == actor.id);
    if (!is_mine) {
      return invalid("attachment_ids", "no_such_upload",
                     fmt::format("Upload the file {} again; it is gone or attached already.", id));
    }
    const bool is_inline = shows(where.html, upload->get("content_id").text());
    Record changed = TRY(change_row(tx, actor, *upload,
                                    {{"ticket", where.ticket},
                                     {"part_module", where.part_module},
                                     {"part", where.part},
                                     {"is_inline", int64_t{is_inline}},
                                     {"is_private", int64_t{where.is_private}}}));
    attached.push_back(std::move(changed));
  }
  return attached;
}

Result<std::vector<Record>> attach_to_ticket(db::Transaction& tx, const access::Actor& actor,
                                             RecordId ticket, const std::vector<int64_t>& ids) {
  return attach_for(tx, actor, {ticket, Audience::colleagues}, ids);
}

Result<AttachmentContent> read_attachment(const Desk& desk, const access::Actor& actor,
                                          RecordId attachment) {
  AttachmentContent content;
  content.attachment = TRY(desk.database.read([&](db::Transaction& tx) -> Result<Record> {
    const Record found = TRY(operations::find_visible(tx, actor, attachments_module(), attachment,
                                                      records::Bin::outside));
    if (const RecordId ticket = found.get("ticket").id()) {
      TRY(visible_ticket(tx, actor, ticket));
    }
    return found;
  }));
  std::optional<std::string> bytes =
      desk.files.get(actor.org, content.attachment.get("file").number());
  if (!bytes) return not_found("The file of this attachment is gone.");
  content.bytes = std::move(*bytes);
  return content;
}

std::vector<Record> attachments_of(db::Transaction& tx, const access::Actor& actor,
                                   std::string_view part_module, RecordId part) {
  records::Query query;
  query.filter = records::all_of({operations::visible_filter(actor, attachments_module()),
                                  records::field("part").is(part),
                                  records::field("part_module").is(part_module)});
  query.sort = {"id", false};
  query.limit = 250;
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, attachments_module());
  Result<records::Page> page = records::select_page(tx, actor.org, shape, query);
  if (!page) return {};
  return std::move(page->records);
}

Result<std::vector<Record>> attachments_of_parts(db::Transaction& tx, const access::Actor& actor,
                                                 RecordId ticket,
                                                 const std::vector<RecordId>& parts) {
  std::vector<Record> found;
  if (parts.empty()) return found;
  std::vector<records::Value> wanted(parts.begin(), parts.end());
  records::Query query;
  query.filter = records::all_of({operations::visible_filter(actor, attachments_module()),
                                  records::field("ticket").is(ticket),
                                  records::field("part").is_one_of(std::move(wanted))});
  query.sort = {"id", false};
  query.limit = 250;
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, attachments_module());
  for (int pages = 0; pages < pages_of_parts_max; ++pages) {
    records::Page page = TRY(records::select_page(tx, actor.org, shape, query));
    std::move(page.records.begin(), page.records.end(), std::back_inserter(found));
    query.cursor = page.next_cursor;
    if (query.cursor.empty()) break;
  }
  return found;
}

bool is_file_kept(db::Transaction& tx, OrgId org, int64_t file) {
  const db::Args args{org.value, file};
  // Attachments and messages are removed for good, never into the recycle bin, whose rows no list
  // index holds.
  return tx.row(
             "SELECT 1 FROM attachments WHERE org_id = $1 AND file = $2 "
             "AND deleted_at IS NULL LIMIT 1",
             args) ||
         tx.row("SELECT 1 FROM reply_template_files WHERE org_id = $1 AND file = $2 LIMIT 1",
                args) ||
         tx.row("SELECT 1 FROM raw_mails WHERE org_id = $1 AND file_id = $2 LIMIT 1", args) ||
         tx.row(
             "SELECT 1 FROM threads WHERE org_id = $1 AND raw_file = $2 "
             "AND deleted_at IS NULL LIMIT 1",
             args);
}

}  // namespace tandem::desk
