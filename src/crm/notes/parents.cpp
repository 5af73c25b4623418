#include "crm/notes/parents.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "crm/common_fields.h"
#include "crm/organisation_setup.h"
#include "operations/rows.h"
#include "operations/visible.h"

namespace tandem::crm {

namespace {

using records::Change;
using records::FieldDef;
using records::Verb;

struct Parent {
  const char* field;
  const char* label;
  const char* module;
  bool is_in_bigin;
};

constexpr std::array parents{
    Parent{"lead", "Lead", "leads", false},
    Parent{"contact", "Contact", "contacts", true},
    Parent{"account", "Account", "accounts", true},
    Parent{"deal", "Deal", "deals", true},
    Parent{"product", "Product", "products", true},
    Parent{"campaign", "Campaign", "campaigns", false},
    Parent{"task", "Task", "tasks", true},
    Parent{"event", "Meeting", "events", true},
    Parent{"call", "Call", "calls", true},
};

/// Removes those of `parts` whose link `field` names what is gone.
Result<void> remove_parts(Change& gone, const records::ModuleDef& parts, const std::string& field) {
  const records::ShapeRef shape = gone.actor.catalogue->shape(gone.tx, gone.org, parts);
  records::Query query;
  query.filter = records::field(field).is(records::Value(gone.before.id));
  query.bin = records::Bin::either;
  query.limit = db::bulk_rows_max;
  int removed = 0;
  while (true) {
    const records::Page page = TRY(records::select_page(gone.tx, gone.org, shape, query));
    if (page.records.empty()) return {};
    removed += int(page.records.size());
    if (removed > parts_taken_along_max) {
      return conflict(
          "too_much_attached",
          fmt::format("More than {} {} belong to it; remove some of them "
                      "for good first.",
                      parts_taken_along_max, operations::label_in_sentence(parts) + "s"));
    }
    for (const records::Record& part : page.records)
      TRY(operations::remove_row(gone.tx, gone.actor, part));
  }
}

}  // namespace

Result<void> its_notes_and_files_go_along(Change& change) {
  if (change.verb != Verb::purged) return {};
  const records::Catalogue& catalogue = *change.actor.catalogue;
  const std::string& module = change.before.shape->module().name;
  const std::string field =
      module == "notes" ? "note" : parent_field_of(edition_of(catalogue), module);
  for (const char* parts : {"notes", "attachments"}) {
    const records::ModuleDef& definition = *catalogue.find(parts);
    if (catalogue.plain_shape(definition)->find(field) != nullptr)
      TRY(remove_parts(change, definition, field));
  }
  return {};
}

std::vector<FieldDef> parent_fields(Edition edition) {
  std::vector<FieldDef> fields;
  for (const Parent& parent : parents) {
    if (edition == Edition::crm || parent.is_in_bigin)
      fields.push_back(link_field(parent.field, parent.label, parent.module));
  }
  return fields;
}

records::Filter notes_visible_to(Edition edition, const access::Actor& actor) {
  if (actor.kind == access::ActorKind::contact) return records::nothing();
  std::vector<records::Filter> conditions;
  for (const Parent& parent : parents) {
    const bool is_there = edition == Edition::crm || parent.is_in_bigin;
    if (is_there && !access::has_right(actor, parent.module, access::Right::read))
      conditions.push_back(records::field(parent.field).is_empty());
  }
  // Who reads all modules walks the lists as they are stored.
  return conditions.empty() ? records::everything() : records::all_of(std::move(conditions));
}

records::Filter attachments_visible_to(Edition edition, const access::Actor& actor) {
  const records::Filter of_records = notes_visible_to(edition, actor);
  const records::Filter of_none = records::field("note").is_empty();
  if (!access::has_right(actor, "notes", access::Right::read))
    return records::all_of({of_records, of_none});
  if (of_records.kind == records::Filter::Kind::everything) return of_records;
  return records::all_of(
      {of_records, records::any_of({of_none, records::linked("note", of_records)})});
}

std::string parent_field_of(Edition edition, const std::string& module) {
  for (const Parent& parent : parents) {
    if (parent.module == module && (edition == Edition::crm || parent.is_in_bigin))
      return parent.field;
  }
  return "";
}

Result<void> it_has_one_parent(Change& change) {
  if (change.verb != Verb::created && change.verb != Verb::updated) return {};
  int count = 0;
  for (const Parent& parent : parents) {
    if (change.proposed.shape->find(parent.field) == nullptr) continue;
    if (!change.get(parent.field).is_null()) ++count;
    if (!change.is_new() && change.changes(parent.field))
      return invalid(parent.field, "parent_stays", "Add it to the other record instead.");
  }
  if (count == 1) return {};
  return invalid("contact", "one_parent", "Name the one record that it belongs to.");
}

}  // namespace tandem::crm
