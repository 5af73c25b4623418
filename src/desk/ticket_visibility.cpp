#include "desk/ticket_visibility.h"

#include <fmt/format.h>

#include "desk/modules.h"

namespace tandem::desk {

using access::Actor;
using access::ActorKind;
using records::field;
using records::Filter;

Filter tickets_visible_to(const Actor& actor) {
  if (actor.is_system() || actor.is_administrator()) return records::everything();
  if (actor.kind == ActorKind::contact) return field("contact").is(actor.id);
  if (actor.department_ids.empty()) return records::nothing();
  std::vector<records::Value> departments(actor.department_ids.begin(), actor.department_ids.end());
  return field("department").is_one_of(std::move(departments));
}

namespace {

Filter of_visible_tickets(const Actor& actor) {
  if (actor.is_system() || actor.is_administrator()) return records::everything();
  return records::linked("ticket", tickets_visible_to(actor));
}

}  // namespace

Filter threads_visible_to(const Actor& actor) {
  Filter visible = of_visible_tickets(actor);
  if (actor.kind != ActorKind::contact) return visible;
  return records::all_of({std::move(visible), field("is_private").is(int64_t{0})});
}

Filter comments_visible_to(const Actor& actor) {
  Filter visible = of_visible_tickets(actor);
  if (actor.kind != ActorKind::contact) return visible;
  return records::all_of({std::move(visible), field("is_public").is(int64_t{1})});
}

Filter attachments_visible_to(const Actor& actor) {
  if (actor.is_system()) return records::everything();
  if (actor.kind == ActorKind::contact) {
    return records::all_of(
        {records::linked("ticket", tickets_visible_to(actor)), field("is_private").is(int64_t{0})});
  }
  // What waits to be attached belongs to its uploader alone, administrators included.
  Filter mine_waiting =
      records::all_of({field("ticket").is_empty(), field("uploader").is(actor.id)});
  Filter attached = records::all_of({field("ticket").is_not_empty(), of_visible_tickets(actor)});
  return records::any_of({std::move(attached), std::move(mine_waiting)});
}

namespace {

Result<void> fits_the_bin(const records::Record& ticket, std::string_view act) {
  const bool is_for_the_bin = act == "restore" || act == "purge";
  if (ticket.deleted_at && !is_for_the_bin) {
    return conflict("in_recycle_bin", "The ticket is in the recycle bin; restore it first.");
  }
  if (!ticket.deleted_at && is_for_the_bin) {
    return conflict("not_in_bin", "The ticket is not in the recycle bin.");
  }
  return {};
}

Result<void> fits_the_status(const records::Record& ticket, std::string_view act) {
  if (act != "close" && act != "reopen") return {};
  const bool is_closed = ticket.get("status_type").text() == "closed";
  if (act == "close" && is_closed) return conflict("already_closed", "The ticket is closed.");
  if (act == "reopen" && !is_closed) return conflict("not_closed", "The ticket is not closed.");
  return {};
}

}  // namespace

Result<void> ticket_act_rule(const Actor& actor, const records::Record& ticket,
                             std::string_view act) {
  TRY(fits_the_bin(ticket, act));
  TRY(fits_the_status(ticket, act));
  if (actor.is_system()) return {};
  if (actor.role && actor.role->kind == access::RoleKind::light_agent && act != "comment") {
    return forbidden("light_agents_comment",
                     "Light agents may only comment privately; ask an administrator for the role "
                     "Agent.");
  }
  // Who may assign may also take what belongs to someone else.
  if (act == "take" && !access::has_right(actor, "tickets", access::Right::assign)) {
    const RecordId owner = ticket.get("owner").id();
    if (owner && owner != actor.id) {
      return forbidden("owned_by_another",
                       "The ticket has an owner; ask someone who may assign tickets.");
    }
  }
  // Levels of access of other departments (full, restricted, read-only) will be asked here.
  return {};
}

}  // namespace tandem::desk
