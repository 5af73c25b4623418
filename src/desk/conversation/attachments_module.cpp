#include "desk/modules.h"
#include "desk/sharing/ticket_visibility.h"
#include "desk/ticket_parts.h"
#include "records/record.h"

namespace tandem::desk {

const records::ModuleDef& attachments_module() {
  using records::FieldKind;
  static const records::ModuleDef module = part_of_tickets({
      .name = "attachments",
      .label = "Attachment",
      .label_plural = "Attachments",
      .fields =
          {
              {.name = "name", .label = "Name", .required = true, .searchable = true},
              // Empty while the upload waits to be attached.
              {.name = "ticket", .label = "Ticket", .kind = FieldKind::link, .link_to = "tickets"},
              // The message or comment it belongs to; "tickets" for the ticket itself.
              {.name = "part_module", .label = "Part of", .max_chars = 60},
              {.name = "part", .label = "Part", .kind = FieldKind::number},
              {.name = "content_type", .label = "Type"},
              {.name = "size_bytes", .label = "Size", .kind = FieldKind::number},
              {.name = "file", .label = "File", .kind = FieldKind::number},
              {.name = "is_inline",
               .label = "Shown in the text",
               .kind = FieldKind::boolean,
               .default_value = int64_t{0}},
              {.name = "content_id", .label = "Content-ID", .max_chars = 600},
              {.name = "is_private",
               .label = "Private",
               .kind = FieldKind::boolean,
               .default_value = int64_t{0}},
              {.name = "uploader",
               .label = "Uploaded by",
               .kind = FieldKind::user,
               .link_to = "agents"},
          },
      .indexes = {{"ticket", "id"}, {"part", "id"}, {"file"}, {"uploader", "ticket"}},
      .visible_to = attachments_visible_to,
  });
  return module;
}

}  // namespace tandem::desk
