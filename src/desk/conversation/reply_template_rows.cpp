#include "desk/conversation/reply_template_rows.h"

#include <algorithm>
#include <unordered_map>

#include "base/text.h"
#include "desk/modules.h"
#include "desk/rows.h"

namespace tandem::desk {

namespace {

constexpr int64_t templates_read_max = 1'000;

TemplateFile file_in(const db::RowView& row) {
  return {.id = row.integer(1),
          .file = row.integer(2),
          .name = std::string(row.text(3)),
          .content_type = std::string(row.text(4)),
          .size_bytes = row.integer(5)};
}

constexpr std::string_view file_query =
    "SELECT template_id, id, file, name, content_type, size_bytes FROM reply_template_files "
    "WHERE org_id = $1 AND template_id ";

std::vector<TemplateFile> files_of(db::Transaction& tx, OrgId org, RecordId id) {
  std::vector<TemplateFile> files;
  tx.for_each(std::string(file_query) + "= $2 ORDER BY id", {org.value, id.value},
              [&](const db::RowView& row) {
                files.push_back(file_in(row));
                return true;
              });
  return files;
}

ReplyTemplate template_in(const db::Row& row) {
  return {.id = RecordId{row.integer(0)},
          .audience = template_audience_from_word(row.text(1)).value_or(TemplateAudience::owner),
          .owner = RecordId{row.is_null(2) ? 0 : row.integer(2)},
          .department = RecordId{row.is_null(3) ? 0 : row.integer(3)},
          .folder = row.text(4),
          .name = row.text(5),
          .subject = row.text(6),
          .html = row.text(7),
          .locale = row.text(8),
          .files = {},
          .use_count = row.integer(9),
          .used_at = row.is_null(10) ? std::nullopt : std::optional(row.instant(10))};
}

/// The upload becomes a file of the template, and is no upload any more.
Result<void> take_upload(db::Transaction& tx, const access::Actor& actor, RecordId id,
                         int64_t upload) {
  const Result<records::Record> found = read_row(tx, actor, attachments_module(), RecordId{upload});
  const bool is_mine =
      found && found->get("ticket").is_null() && found->get("uploader").id() == actor.id;
  if (!is_mine) {
    return invalid("attachment_ids", "no_such_upload", "Upload the file again; it is gone.");
  }
  tx.execute(
      "INSERT INTO reply_template_files (org_id, template_id, id, file, name, content_type, "
      "size_bytes) VALUES ($1, $2, $3, $4, $5, $6, $7)",
      {actor.org.value, id.value, upload, found->get("file").number(), found->get("name").text(),
       found->get("content_type").text(), found->get("size_bytes").number()});
  return remove_row(tx, actor, *found);
}

}  // namespace

std::vector<ReplyTemplate> templates_where(db::Transaction& tx, const std::string& more,
                                           const db::Args& args) {
  const std::string chosen = "FROM reply_templates WHERE org_id = $1" + more +
                             " ORDER BY name_key, id LIMIT " + std::to_string(templates_read_max);
  std::vector<ReplyTemplate> found;
  std::unordered_map<int64_t, size_t> places;
  for (const db::Row& row :
       tx.rows("SELECT id, audience, owner_id, department_id, folder, name, subject, html, locale, "
               "use_count, used_at " +
                   chosen,
               args)) {
    places.emplace(row.integer(0), found.size());
    found.push_back(template_in(row));
  }
  if (found.empty()) return found;
  tx.for_each(std::string(file_query) + "IN (SELECT id " + chosen + ") ORDER BY id", args,
              [&](const db::RowView& row) {
                found[places.at(row.integer(0))].files.push_back(file_in(row));
                return true;
              });
  return found;
}

void store_template(db::Transaction& tx, OrgId org, const ReplyTemplate& one) {
  tx.execute(
      "INSERT INTO reply_templates (org_id, id, audience, owner_id, department_id, folder, name, "
      "name_key, subject, html, locale, use_count, changed_at) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, $12) "
      "ON CONFLICT (org_id, id) DO UPDATE SET audience = excluded.audience, "
      "owner_id = excluded.owner_id, department_id = excluded.department_id, "
      "folder = excluded.folder, name = excluded.name, name_key = excluded.name_key, "
      "subject = excluded.subject, html = excluded.html, locale = excluded.locale, "
      "changed_at = excluded.changed_at",
      {org.value, one.id.value, db::arg(word(one.audience)), db::arg(one.owner),
       db::arg(one.department), one.folder, one.name, fold(one.name), one.subject, one.html,
       one.locale, db::arg(tx.now())});
}

void forget_template(db::Transaction& tx, OrgId org, RecordId id) {
  tx.execute("DELETE FROM reply_template_files WHERE org_id = $1 AND template_id = $2",
             {org.value, id.value});
  tx.execute("DELETE FROM reply_templates WHERE org_id = $1 AND id = $2", {org.value, id.value});
}

void count_template_use(db::Transaction& tx, OrgId org, RecordId id) {
  tx.execute(
      "UPDATE reply_templates SET use_count = use_count + 1, used_at = $3 "
      "WHERE org_id = $1 AND id = $2",
      {org.value, id.value, db::arg(tx.now())});
}

Result<void> keep_template_files(db::Transaction& tx, const access::Actor& actor,
                                 TemplateWrite& write) {
  ReplyTemplate& wanted = write.wanted;
  const auto stays = [&](int64_t id) {
    return std::any_of(wanted.files.begin(), wanted.files.end(),
                       [&](const TemplateFile& file) { return file.id == id; });
  };
  for (const TemplateFile& file : files_of(tx, actor.org, wanted.id)) {
    if (stays(file.id)) continue;
    tx.execute(
        "DELETE FROM reply_template_files WHERE org_id = $1 AND template_id = $2 AND id = $3",
        {actor.org.value, wanted.id.value, file.id});
  }
  for (const int64_t upload : write.new_uploads) {
    TRY(take_upload(tx, actor, wanted.id, upload));
  }
  wanted.files = files_of(tx, actor.org, wanted.id);
  if (wanted.files.size() > template_files_max) {
    return invalid("attachment_ids", "too_many", "Attach at most 10 files.");
  }
  int64_t bytes = 0;
  for (const TemplateFile& file : wanted.files) bytes += file.size_bytes;
  if (bytes > template_files_bytes_max) {
    return too_large("attachments_too_large", "Attach at most 20 MiB in all.", "attachment_ids");
  }
  return {};
}

}  // namespace tandem::desk
