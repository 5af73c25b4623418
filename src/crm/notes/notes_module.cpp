#include "crm/common_fields.h"
#include "crm/modules.h"
#include "crm/notes/parents.h"
#include "crm/signals/signals.h"

namespace tandem::crm {

namespace {

using records::FieldKind;

/// A note without a title is known by how it begins.
std::string title_of_note(const records::Record& note) {
  const std::string& title = note.get("note_title").text();
  return title.empty() ? note.get("content").text() : title;
}

records::ModuleDef notes_of(Edition edition) {
  return {
      .name = "notes",
      .label = "Note",
      .label_plural = "Notes",
      .table = "crm_notes",
      .fields = joined(
          {{{.name = "note_title", .label = "Title", .searchable = true, .max_chars = 120},
            {.name = "content",
             .label = "Note",
             .kind = FieldKind::long_text,
             .required = true,
             .searchable = true,
             .max_chars = 32'000},
            {.name = "owner", .label = "Owner", .kind = FieldKind::user, .link_to = "agents"}},
           parent_fields(edition)}),
      .title_of = title_of_note,
      .visible_to =
          [edition](const access::Actor& actor) { return notes_visible_to(edition, actor); },
      .before_save = {it_has_an_owner, it_has_one_parent, its_notes_and_files_go_along},
      .after_save = {its_people_hear_of_it},
      .custom_fields = false,
  };
}

}  // namespace

const records::ModuleDef& notes_module(Edition edition) {
  static const records::ModuleDef crm = notes_of(Edition::crm);
  static const records::ModuleDef bigin = notes_of(Edition::bigin);
  return edition == Edition::crm ? crm : bigin;
}

}  // namespace tandem::crm
