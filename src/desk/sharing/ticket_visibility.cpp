#include "desk/sharing/ticket_visibility.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "desk/modules.h"
#include "records/filter_meets.h"

namespace tandem::desk {

using access::Actor;
using access::ActorKind;
using records::field;
using records::Filter;

namespace {

constexpr TicketAccess share_accesses[] = {TicketAccess::full, TicketAccess::restricted,
                                           TicketAccess::read_only};

std::string share_word(int64_t department, TicketAccess access) {
  return fmt::format("{}:{}", department, word(access));
}

std::optional<Share> share_of_word(std::string_view text) {
  const size_t colon = text.find(':');
  if (colon == text.npos) return std::nullopt;
  const std::optional<int64_t> department = id_from_text(text.substr(0, colon));
  if (!department) return std::nullopt;
  for (const TicketAccess access : share_accesses) {
    if (word(access) == text.substr(colon + 1)) return Share{RecordId{*department}, access};
  }
  return std::nullopt;
}

}  // namespace

std::string_view word(TicketAccess access) {
  switch (access) {
    case TicketAccess::none: return "";
    case TicketAccess::read_only: return "read_only";
    case TicketAccess::restricted: return "restricted";
    case TicketAccess::full: return "full";
    case TicketAccess::own: return "own";
  }
  return "";
}

std::vector<Share> shares_of(const records::Record& ticket) {
  std::vector<Share> shares;
  for (const std::string& text : ticket.get("shares").list()) {
    if (const std::optional<Share> share = share_of_word(text)) shares.push_back(*share);
  }
  return shares;
}

std::vector<std::string> share_words(const std::vector<Share>& shares) {
  std::vector<std::string> words;
  for (const Share& share : shares)
    words.push_back(share_word(share.department.value, share.access));
  return words;
}

namespace {

Filter tickets_of_departments(const Actor& actor) {
  if (actor.is_system() || actor.is_administrator()) return records::everything();
  if (actor.kind == ActorKind::contact) return field("contact").is(actor.id);
  if (actor.department_ids.empty()) return records::nothing();
  std::vector<records::Value> departments(actor.department_ids.begin(), actor.department_ids.end());
  return field("department").is_one_of(std::move(departments));
}

}  // namespace

Filter tickets_listed_to(const Actor& actor) {
  Filter of_departments = tickets_of_departments(actor);
  if (actor.is_system() || of_departments.kind == Filter::Kind::nothing) return of_departments;
  Filter no_spam = field("status_type").is_not("spam");
  if (of_departments.kind == Filter::Kind::everything) return no_spam;
  return records::all_of({std::move(of_departments), std::move(no_spam)});
}

std::vector<int64_t> listed_departments(db::Transaction& tx, const Actor& actor) {
  if (actor.kind == ActorKind::contact) return {};
  if (!actor.is_system() && !actor.is_administrator()) return actor.department_ids;
  std::vector<int64_t> departments;
  tx.for_each("SELECT id FROM departments WHERE org_id = $1 ORDER BY id", {actor.org.value},
              [&](const db::RowView& row) {
                departments.push_back(row.integer(0));
                return true;
              });
  return departments;
}

Filter shared_with(const std::vector<int64_t>& departments) {
  std::vector<records::Value> words;
  for (const int64_t department : departments) {
    for (const TicketAccess access : share_accesses) {
      words.emplace_back(share_word(department, access));
    }
  }
  return field("shares").is_one_of(std::move(words));
}

Filter tickets_visible_to(const Actor& actor) {
  Filter listed = tickets_of_departments(actor);
  const bool sees_shared = actor.is_agent() && !actor.is_administrator() &&
                           !actor.department_ids.empty() && actor.uses("ticket_sharing");
  if (!sees_shared) return listed;
  return records::any_of({std::move(listed), shared_with(actor.department_ids)});
}

bool sees_ticket(const Actor& actor, const records::Record& ticket) {
  const bool may_read = actor.kind == ActorKind::contact ||
                        access::has_right(actor, tickets_module().name, access::Right::read);
  return may_read && records::meets(ticket, tickets_visible_to(actor));
}

TicketAccess access_to(const Actor& actor, const records::Record& ticket) {
  if (!actor.is_agent() || actor.is_administrator()) return TicketAccess::own;
  // A ticket that is being written has no department yet.
  const RecordId department = ticket.get("department").id();
  const bool is_being_written = !department && ticket.revision == 0;
  if (is_being_written || actor.in_department(department)) return TicketAccess::own;
  if (!actor.uses("ticket_sharing")) return TicketAccess::none;
  TicketAccess most = TicketAccess::none;
  for (const Share& share : shares_of(ticket)) {
    if (actor.in_department(share.department)) most = std::max(most, share.access);
  }
  return most;
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

Filter time_visible_to(const Actor& actor) {
  return actor.kind == ActorKind::contact ? records::nothing() : of_visible_tickets(actor);
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

/// A merged ticket is a pointer to another one: it may be thrown away or taken from a department
/// that has it, and nothing else.
Result<void> fits_the_merge(const records::Record& ticket, std::string_view act) {
  if (ticket.get("merged_into").is_null()) return {};
  for (const std::string_view kept : {"delete", "restore", "purge", "unshare"}) {
    if (act == kept) return {};
  }
  return conflict("merged", "The ticket was merged into another one; work on that one.");
}

/// Nobody answers or works on spam by mistake: the mark goes first.
Result<void> fits_the_mark(const records::Record& ticket, std::string_view act) {
  if (ticket.get("spam_at").is_null()) return {};
  for (const std::string_view kept : {"mark_spam", "delete", "restore", "purge", "unshare"}) {
    if (act == kept) return {};
  }
  return conflict("is_spam", "The ticket is marked as spam; choose Not spam first.");
}

Result<void> fits_the_status(const records::Record& ticket, std::string_view act) {
  if (act != "close" && act != "reopen") return {};
  const bool is_closed = ticket.get("status_type").text() == "closed";
  if (act == "close" && is_closed) return conflict("already_closed", "The ticket is closed.");
  if (act == "reopen" && !is_closed) return conflict("not_closed", "The ticket is not closed.");
  return {};
}

/// What an act takes. Whatever is not named takes the ticket's own department: its status, owner
/// and department, its shares, and every act that is yet to come.
TicketAccess least_access_for(std::string_view act) {
  if (act == "comment" || act == "follow") return TicketAccess::read_only;
  if (act == "forward") return TicketAccess::restricted;
  for (const std::string_view known : {"reply", "comment_public", "update", "delete", "restore",
                                       "set_followers", "log_time", "log_call", "plan"}) {
    if (act == known) return TicketAccess::full;
  }
  return TicketAccess::own;
}

Result<void> fits_the_access(const Actor& actor, const records::Record& ticket,
                             std::string_view act) {
  const TicketAccess access = access_to(actor, ticket);
  if (access >= least_access_for(act)) return {};
  if (access == TicketAccess::read_only) {
    return forbidden("shared_read_only",
                     "Your department may read this ticket and comment privately; ask the "
                     "department that shared it for more.");
  }
  if (access == TicketAccess::restricted) {
    return forbidden("shared_restricted",
                     "Your department may read this ticket, comment privately and forward it; ask "
                     "the department that shared it for more.");
  }
  return forbidden("shared_not_own",
                   "Only the department of this ticket changes its status, owner, department or "
                   "sharing, merges or splits it, marks it as spam or corrects its time; ask the "
                   "department that shared it.");
}

}  // namespace

Result<void> ticket_act_rule(const Actor& actor, const records::Record& ticket,
                             std::string_view act) {
  if (!actor.is_system()) TRY(fits_the_access(actor, ticket, act));
  TRY(fits_the_bin(ticket, act));
  TRY(fits_the_merge(ticket, act));
  TRY(fits_the_mark(ticket, act));
  TRY(fits_the_status(ticket, act));
  if (actor.is_system()) return {};
  const bool is_for_light_agents = act == "comment" || act == "follow" || act == "log_call";
  if (actor.role && actor.role->kind == access::RoleKind::light_agent && !is_for_light_agents) {
    return forbidden("light_agents_comment",
                     "Light agents may only comment privately, follow and note calls; ask an "
                     "administrator for the role Agent.");
  }
  // What is split off becomes a ticket of its own.
  if (act == "split") TRY(access::require_right(actor, tickets_module(), access::Right::create));
  // Who may assign may also take what belongs to someone else.
  if (act == "take" && !access::has_right(actor, "tickets", access::Right::assign)) {
    const RecordId owner = ticket.get("owner").id();
    if (owner && owner != actor.id) {
      return forbidden("owned_by_another",
                       "The ticket has an owner; ask someone who may assign tickets.");
    }
  }
  if (act == "share" && !actor.uses("ticket_sharing")) {
    return forbidden("sharing_is_off",
                     "Sharing of tickets is switched off; ask an administrator to switch it on.");
  }
  return {};
}

}  // namespace tandem::desk
