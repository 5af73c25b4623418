#include "base/text.h"
#include "desk/conversation/comments.h"
#include "desk/modules.h"
#include "desk/sharing/ticket_visibility.h"
#include "desk/ticket_parts.h"
#include "records/record.h"

namespace tandem::desk {

const records::ModuleDef& comments_module() {
  using records::FieldKind;
  static const records::ModuleDef module = part_of_tickets({
      .name = "comments",
      .label = "Comment",
      .label_plural = "Comments",
      .fields =
          {
              ticket_link(),
              {.name = "html",
               .label = "Text",
               .kind = FieldKind::long_text,
               .required = true,
               .max_chars = 200'000},
              {.name = "text_preview",
               .label = "Preview",
               .kind = FieldKind::long_text,
               .searchable = true,
               .max_chars = comment_text_chars_max},
              {.name = "is_public",
               .label = "Public",
               .kind = FieldKind::boolean,
               .default_value = int64_t{0}},
              {.name = "author_kind",
               .label = "Kind of author",
               .kind = FieldKind::choice,
               .choices = {{"agent", "Agent"}, {"contact", "Contact"}, {"system", "System"}}},
              {.name = "author_id", .label = "Author", .kind = FieldKind::number},
              {.name = "author_name", .label = "Author's name"},
              {.name = "author_email", .label = "Author's e-mail", .max_chars = 320},
              // Of those whom the text names: JSON (mentions.h).
              {.name = "mentions",
               .label = "Mentions",
               .kind = FieldKind::long_text,
               .written_by = records::WrittenBy::system,
               .max_chars = 10'000},
              {.name = "edited_at", .label = "Edited", .kind = FieldKind::instant},
          },
      .indexes = {{"ticket", "id"}},
      .title_of =
          [](const records::Record& comment) {
            return std::string(first_chars(comment.get("text_preview").text(), 100));
          },
      .visible_to = comments_visible_to,
  });
  return module;
}

}  // namespace tandem::desk
