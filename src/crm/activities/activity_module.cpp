#include "crm/activities/activity_module.h"

#include "crm/common_fields.h"
#include "crm/notes/parents.h"
#include "crm/signals/signals.h"
#include "crm/tags/tags.h"

namespace tandem::crm {

namespace {

using records::Change;
using records::FieldDef;
using records::FieldKind;
using records::Verb;
using records::WrittenBy;

/// Whom it is with, and what it is about.
std::vector<FieldDef> relation_fields(Edition edition) {
  std::vector<FieldDef> fields{
      link_field("contact", "Contact", "contacts"), link_field("account", "Account", "accounts"),
      link_field("deal", "Deal", "deals"), link_field("product", "Product", "products")};
  if (edition == Edition::crm) {
    fields.push_back(link_field("lead", "Lead", "leads"));
    fields.push_back(link_field("campaign", "Campaign", "campaigns"));
  }
  return fields;
}

std::vector<FieldDef> reminder_fields() {
  return {
      {.name = "remind_at", .label = "Reminder", .kind = FieldKind::instant},
      {.name = "reminded_at",
       .label = "Reminded",
       .kind = FieldKind::instant,
       .written_by = WrittenBy::system,
       .computed_from = {"remind_at"}},
  };
}

/// An activity of a lead is of nothing else yet.
Result<void> it_is_with_one_person(Change& activity) {
  if (activity.verb != Verb::created && activity.verb != Verb::updated) return {};
  if (activity.proposed.shape->find("lead") == nullptr) return {};
  if (activity.get("lead").is_null() || activity.get("contact").is_null()) return {};
  return invalid("contact", "two_people", "Choose either a lead or a contact.");
}

/// A reminder that is put off reminds again.
Result<void> a_new_reminder_reminds(Change& activity) {
  const bool is_written = activity.verb == Verb::created || activity.verb == Verb::updated;
  if (is_written && activity.changes("remind_at")) activity.clear("reminded_at");
  return {};
}

}  // namespace

records::ModuleDef activity_module(Edition edition, records::ModuleDef module) {
  module.fields = joined(
      {std::move(module.fields), relation_fields(edition), reminder_fields(), working_fields()});
  module.indexes.push_back({"remind_at"});
  module.visible_to = visible_to_members;
  module.before_save.insert(module.before_save.begin(),
                            {it_has_an_owner, it_is_with_one_person, a_new_reminder_reminds,
                             its_notes_and_files_go_along});
  module.after_save.insert(module.after_save.end(), {its_tags_are_known, its_people_hear_of_it});
  return module;
}

}  // namespace tandem::crm
