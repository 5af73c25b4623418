#include "crm/notes/attachments.h"

#include "crm/notes/parents.h"
#include "crm/organisation_setup.h"
#include "mail/sent_files.h"
#include "operations/rows.h"
#include "operations/visible.h"

namespace tandem::crm {

namespace {

using access::Actor;
using records::ModuleDef;
using records::Record;

const ModuleDef& module_of(const Actor& actor) { return *actor.catalogue->find("attachments"); }

/// The link of an attachment that names its record. Refuses with invalid a module whose records
/// have no files.
Result<std::string> link_to(const Actor& actor, const ModuleDef& parent) {
  if (parent.name == "notes") return "note";
  std::string field = parent_field_of(edition_of(*actor.catalogue), parent.name);
  if (field.empty()) return invalid("parent", "no_files", "Records of this kind have no files.");
  return field;
}

/// Refuses what the actor may not attach to the record.
Result<std::string> may_attach(db::Transaction& tx, const Actor& actor,
                               const AttachmentParent& parent) {
  std::string link = TRY(link_to(actor, parent.module));
  TRY(access::require_right(actor, module_of(actor), access::Right::create));
  TRY(operations::read_record(tx, actor, parent.module, parent.id));
  return link;
}

}  // namespace

Result<Record> attach_file(db::Database& database, files::FileStore& files, const Actor& actor,
                           const AttachmentParent& parent, const NewFile& file) {
  if (int64_t(file.bytes.size()) > attachment_bytes_max)
    return too_large("file_too_large", "Choose a file of at most 20 MiB.", "file");
  // Asked before the file is kept, so that no bytes wait for a record they can't be attached to.
  TRY(database.read([&](db::Transaction& tx) { return may_attach(tx, actor, parent); }));
  const files::StoredFile stored = TRY(files.put(actor.org, file.bytes));
  return database.write([&](db::Transaction& tx) -> Result<Record> {
    const std::string link = TRY(may_attach(tx, actor, parent));
    return operations::add_row(tx, actor, module_of(actor),
                               {{"name", mail::harmless_file_name(file.name)},
                                {"content_type", mail::harmless_content_type(file.content_type)},
                                {"size", stored.size_bytes},
                                {"file", stored.id},
                                {link, parent.id}});
  });
}

Result<Record> attach_link(db::Transaction& tx, const Actor& actor, const AttachmentParent& parent,
                           const NewLink& link) {
  const std::string field = TRY(may_attach(tx, actor, parent));
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, module_of(actor));
  const records::Value url = TRY(records::value_from_text(*shape->find("url"), link.url));
  if (url.is_null()) return invalid("url", "required", "Give the address of a web page.");
  const std::string& title = link.title.empty() ? link.url : link.title;
  const records::Value name = TRY(records::value_from_text(*shape->find("name"), title));
  return operations::add_row(tx, actor, module_of(actor),
                             {{"name", name}, {"url", url}, {field, parent.id}});
}

Result<Record> attachment_of(db::Transaction& tx, const Actor& actor,
                             const AttachmentParent& parent, RecordId attachment) {
  const std::string link = TRY(link_to(actor, parent.module));
  TRY(operations::read_record(tx, actor, parent.module, parent.id));
  TRY(access::require_right(actor, module_of(actor), access::Right::read));
  Record found =
      TRY(operations::find_visible(tx, actor, module_of(actor), attachment, records::Bin::outside));
  if (found.get(link).id() != parent.id)
    return not_found("There is no such attachment of this record.");
  return found;
}

Result<Record> readable_attachment(db::Transaction& tx, const Actor& actor, RecordId attachment) {
  Record found = TRY(operations::read_record(tx, actor, module_of(actor), attachment));
  for (const records::FieldDef& field : found.shape->fields()) {
    if (field.kind != records::FieldKind::link || found.get(field.name).is_null()) continue;
    TRY(operations::read_record(tx, actor, *actor.catalogue->find(field.link_to),
                                found.get(field.name).id()));
  }
  return found;
}

Result<std::string> read_file(files::FileStore& files, OrgId org, const Record& attachment) {
  const records::Value& file = attachment.get("file");
  std::optional<std::string> bytes = file.is_null() ? std::nullopt : files.get(org, file.number());
  if (!bytes) return not_found("The file of this attachment is gone.");
  return std::move(*bytes);
}

Result<void> remove_attachment(db::Transaction& tx, const Actor& actor, RecordId attachment) {
  TRY(access::require_right(actor, module_of(actor), access::Right::read));
  TRY(access::require_right(actor, module_of(actor), access::Right::delete_));
  const Record before =
      TRY(operations::find_visible(tx, actor, module_of(actor), attachment, records::Bin::outside));
  return operations::remove_row(tx, actor, before);
}

bool is_file_kept(db::Transaction& tx, OrgId org, int64_t file) {
  return tx
      .row(
          "SELECT 1 FROM crm_attachments WHERE org_id = $1 AND file = $2 AND deleted_at IS NULL "
          "LIMIT 1",
          {org.value, file})
      .has_value();
}

}  // namespace tandem::crm
