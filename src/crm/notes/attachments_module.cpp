#include "crm/common_fields.h"
#include "crm/modules.h"
#include "crm/notes/parents.h"

namespace tandem::crm {

namespace {

using records::FieldKind;
using records::WrittenBy;

/// Files of records, written by attachments.h alone.
records::ModuleDef attachments_of(Edition edition) {
  return {
      .name = "attachments",
      .label = "Attachment",
      .label_plural = "Attachments",
      .table = "crm_attachments",
      .fields = joined(
          {{{.name = "name",
             .label = "File name",
             .required = true,
             .searchable = true,
             .max_chars = 255},
            {.name = "content_type",
             .label = "Kind of file",
             .written_by = WrittenBy::system,
             .max_chars = 120},
            {.name = "size",
             .label = "Size in bytes",
             .kind = FieldKind::number,
             .written_by = WrittenBy::system},
            {.name = "file",
             .label = "File",
             .kind = FieldKind::number,
             .written_by = WrittenBy::system},
            {.name = "url",
             .label = "Address",
             .kind = FieldKind::url,
             .written_by = WrittenBy::system,
             .max_chars = 2'000},
            {.name = "owner", .label = "Owner", .kind = FieldKind::user, .link_to = "agents"},
            link_field("note", "Note", "notes")},
           parent_fields(edition)}),
      .indexes = {{"file"}},
      .visible_to =
          [edition](const access::Actor& actor) { return attachments_visible_to(edition, actor); },
      .before_save = {it_has_an_owner},
      .custom_fields = false,
      .generic_writes = false,
  };
}

}  // namespace

const records::ModuleDef& attachments_module(Edition edition) {
  static const records::ModuleDef crm = attachments_of(Edition::crm);
  static const records::ModuleDef bigin = attachments_of(Edition::bigin);
  return edition == Edition::crm ? crm : bigin;
}

}  // namespace tandem::crm
