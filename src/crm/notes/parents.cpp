#include "crm/notes/parents.h"

#include <algorithm>
#include <array>

#include "crm/common_fields.h"

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

}  // namespace

std::vector<FieldDef> parent_fields(Edition edition) {
  std::vector<FieldDef> fields;
  for (const Parent& parent : parents) {
    if (edition == Edition::crm || parent.is_in_bigin)
      fields.push_back(link_field(parent.field, parent.label, parent.module));
  }
  return fields;
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
