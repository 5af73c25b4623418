#include "desk/conversation/attachments.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "access/organisations.h"
#include "base/text.h"
#include "desk/conversation/drafts.h"
#include "desk/modules.h"
#include "desk/rows.h"
#include "mail/header_values.h"
#include "operations/visible.h"
#include "records/store.h"

namespace tandem::desk {

using records::Changes;
using records::Record;

namespace {

constexpr int sweep_rows_max = 200;
constexpr int pages_of_parts_max = 40;  // 10,000 attachments

/// As the names of files that come by mail. Never empty.
std::string harmless_name(std::string_view given) {
  std::string name = mail::clean_file_name(given);
  return name.empty() ? "file" : name;
}

/// "type/subtype" of plain letters, else unknown bytes.
std::string harmless_type(std::string_view given) {
  const std::string type = ascii_lower(trim(given.substr(0, given.find(';'))));
  const bool is_plain = std::all_of(type.begin(), type.end(), [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ||
           std::string_view("/.+-_").find(letter) != std::string_view::npos;
  });
  const bool has_form = std::count(type.begin(), type.end(), '/') == 1 && type.size() <= 120;
  return is_plain && has_form ? type : "application/octet-stream";
}

bool shows(std::string_view html, std::string_view content_id) {
  return !content_id.empty() && html.find(fmt::format("cid:{}", content_id)) != html.npos;
}

}  // namespace

std::string upload_content_id(OrgId org, RecordId upload) {
  return fmt::format("upload.{}.{}@tandem", org.value, upload.value);
}

Result<Record> add_upload(const Desk& desk, const access::Actor& actor, const NewUpload& upload) {
  if (int64_t(upload.bytes.size()) > upload_bytes_max) {
    return too_large("file_too_large", "Choose a file of at most 25 MiB.", "file");
  }
  const int64_t waiting = desk.database.read([&](db::Transaction& tx) {
    return tx.integer(
        "SELECT COUNT(*) FROM attachments WHERE org_id = $1 AND uploader = $2 AND ticket IS NULL "
        "AND deleted_at IS NULL",
        {actor.org.value, actor.id.value});
  });
  if (waiting >= uploads_waiting_max) {
    return busy("Too many uploads wait to be attached; send or discard some first.");
  }
  const files::StoredFile file = TRY(desk.files.put(actor.org, upload.bytes));
  return desk.database.write([&](db::Transaction& tx) -> Result<Record> {
    const RecordId id{tx.new_id()};
    return add_row(tx, actor, attachments_module(),
                   {{"name", harmless_name(upload.name)},
                    {"content_type", harmless_type(upload.content_type)},
                    {"content_id", upload_content_id(actor.org, id)},
                    {"size_bytes", file.size_bytes},
                    {"file", file.id},
                    {"uploader", actor.id}},
                   {}, id);
  });
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
  const Record found = TRY(ticket_for(tx, actor, ticket, "update"));
  std::vector<Record> attached = TRY(attach_uploads(tx, actor, ids, {ticket, "tickets", ticket}));
  JsonWriter detail;
  detail.begin_object().key("names").begin_array();
  for (const Record& attachment : attached) detail.string(attachment.get("name").text());
  detail.end_array().end_object();
  TRY(change_row(
      tx, actor, found,
      {{"attachment_count", found.get("attachment_count").number() + int64_t(attached.size())}},
      {"attachment_added", detail.take()}));
  return attached;
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

namespace {

/// Those that wait for more than a day, behind a place. By the id, which tells when the upload was
/// made: so the index of what has no ticket serves.
std::vector<int64_t> old_uploads(db::Transaction& tx, OrgId org, int64_t after) {
  std::vector<int64_t> ids;
  for (const db::Row& row : tx.rows(
           "SELECT id FROM attachments WHERE org_id = $1 AND ticket IS NULL AND id > $2 "
           "AND id < $3 AND deleted_at IS NULL ORDER BY id LIMIT $4",
           {org.value, after, first_id_at(tx.now() - upload_waits_ms), int64_t{sweep_rows_max}})) {
    ids.push_back(row.integer(0));
  }
  return ids;
}

/// A draft may wait for longer than a day, and its files with it.
Result<int> forget_uploads(db::Transaction& tx, const access::Actor& program) {
  int swept = 0;
  std::vector<int64_t> old = old_uploads(tx, program.org, 0);
  if (old.empty()) return 0;
  const std::set<int64_t> named = files_named_in_drafts(tx, program.org);
  while (!old.empty() && swept < sweep_rows_max) {
    for (const int64_t id : old) {
      if (named.contains(id)) continue;
      const Record upload = TRY(read_row(tx, program, attachments_module(), RecordId{id}));
      TRY(remove_row(tx, program, upload));
      ++swept;
    }
    old = old_uploads(tx, program.org, old.back());
  }
  return swept;
}

int sweep_uploads_of(const Desk& desk, OrgId org) {
  const access::Actor program = access::system_actor(desk.catalogue, org, access::Path::system);
  const auto swept = desk.database.write(
      [&](db::Transaction& tx) -> Result<int> { return forget_uploads(tx, program); },
      db::Priority::bulk);
  return swept ? *swept : 0;
}

}  // namespace

int sweep_uploads(const Desk& desk) {
  const std::vector<access::Organisation> organisations =
      desk.database.read([](db::Transaction& tx) { return access::all_organisations(tx); });
  int swept = 0;
  for (const access::Organisation& organisation : organisations) {
    swept += sweep_uploads_of(desk, organisation.id);
  }
  return swept;
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
         tx.row("SELECT 1 FROM imports WHERE org_id = $1 AND file_id = $2 LIMIT 1", args) ||
         tx.row(
             "SELECT 1 FROM threads WHERE org_id = $1 AND raw_file = $2 "
             "AND deleted_at IS NULL LIMIT 1",
             args);
}

}  // namespace tandem::desk
