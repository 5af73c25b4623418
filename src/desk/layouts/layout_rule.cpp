#include <fmt/format.h>

#include "desk/layouts/layouts.h"
#include "desk/modules.h"
#include "operations/filled_in.h"

namespace tandem::desk {

namespace {

using records::Change;

/// Which fields are asked for by this write. A field that the role may not write can't be asked.
bool is_asked_now(const Change& ticket, const LayoutField& field) {
  const records::FieldDef& definition = *ticket.proposed.shape->find(field.name);
  if (access::field_access(ticket.actor, tickets_module().name, definition) !=
      access::FieldAccess::write) {
    return false;
  }
  if (ticket.turns("status_type", "closed")) return field.asked != Asked::never;
  if (field.asked != Asked::always) return false;
  return ticket.is_new() || ticket.changes(field.name);
}

/// Merging closes tickets as a part of another act, which asks for no fields.
bool is_merged(const Change& ticket) { return !ticket.get("merged_into").is_null(); }

FieldFault fault_of(const Change& ticket, const LayoutField& field) {
  const std::string& label = ticket.proposed.shape->find(field.name)->label;
  const bool is_closing = !ticket.is_new() && ticket.turns("status_type", "closed");
  if (is_closing) {
    return {field.name, "required_to_close",
            fmt::format("Give a value for {} before the ticket is closed.", label)};
  }
  return {field.name, "required", fmt::format("Give a value for {}.", label)};
}

}  // namespace

Result<void> the_layout_is_kept(Change& ticket) {
  const bool concerns_many = ticket.is_new() || ticket.turns("status_type", "closed");
  if (!concerns_many && !ticket.actor.is_agent()) return {};
  const Layout layout =
      layout_of(ticket.tx, *ticket.proposed.shape, ticket.org, ticket.get("department").id());
  if (!layout.is_own) return {};
  if (ticket.is_new()) {
    for (const auto& [name, value] : layout.defaults) {
      if (ticket.get(name).is_null()) ticket.set(name, value);
    }
  }
  if (is_merged(ticket) || !operations::is_filled_in_by_hand(ticket)) return {};
  std::vector<FieldFault> missing;
  for (const LayoutSection& section : layout.sections) {
    for (const LayoutField& field : section.fields) {
      if (ticket.get(field.name).is_null() && is_asked_now(ticket, field)) {
        missing.push_back(fault_of(ticket, field));
      }
    }
  }
  if (!missing.empty()) return invalid(std::move(missing));
  return {};
}

}  // namespace tandem::desk
