#include "desk/tickets/ticket_rules.h"

#include <fmt/format.h>

#include "access/agents.h"
#include "base/seen_text.h"
#include "base/text.h"
#include "desk/automation/automation.h"
#include "desk/automation/timed_checks.h"
#include "desk/conversation/conversation.h"
#include "desk/customers/contact_addresses.h"
#include "desk/departments.h"
#include "desk/layouts/layouts.h"
#include "desk/modules.h"
#include "desk/notifications/notifications.h"
#include "desk/products/products_module.h"
#include "desk/rows.h"
#include "desk/service_levels/service_level_clock.h"
#include "desk/sharing/lost_tickets.h"
#include "desk/sharing/merged_shares.h"
#include "desk/sharing/ticket_sharing.h"
#include "desk/tickets/copied_people.h"
#include "desk/tickets/statuses.h"
#include "desk/tickets/ticket_moments.h"
#include "desk/tickets/ticket_tags.h"
#include "desk/tickets/ticket_times.h"
#include "operations/operations.h"
#include "records/record.h"

namespace tandem::desk {

namespace {

using access::Right;
using records::Change;
using records::Verb;

/// Changing a field is often an act with a right of its own: a list, a bulk update, an API and a
/// macro all come by here, so that none of them is a way around it. Manual, Tickets 3.1; S055.
Result<void> fields_are_acts(Change& ticket) {
  const access::Actor& actor = ticket.actor;
  if (!actor.is_agent()) return {};
  const records::Record& asked_of = ticket.is_new() ? ticket.proposed : ticket.before;
  if (!ticket.is_new() && ticket.changes("status")) {
    TRY(operations::require_act(actor, asked_of, "change_status"));
  }
  if (!ticket.is_new() && ticket.changes("department")) {
    TRY(operations::require_act(actor, asked_of, "move"));
  }
  const RecordId owner = ticket.get("owner").id();
  const bool is_given = ticket.is_new() ? bool(owner) : ticket.changes("owner");
  if (!is_given) return {};
  return operations::require_act(actor, asked_of, act_of_giving(actor, owner));
}

/// Manual, Contacts and accounts 4.1: nothing new comes to a contact that became another one.
Result<void> the_contact_is_in_force(Change& ticket) {
  const RecordId contact = ticket.get("contact").id();
  if (!contact || !ticket.changes("contact")) return {};
  ticket.set("contact", contact_in_force(ticket.tx, ticket.org, contact));
  return {};
}

Result<void> the_subject_is_said(Change& ticket) {
  const std::string subject = seen_line(ticket.get("subject").text());
  if (subject.empty()) return invalid("subject", "required", "Give the ticket a subject.");
  ticket.set("subject", subject);
  return {};
}

/// Manual, Tickets 2.1: copied people are addresses, each once, so that a reply to all reaches
/// them. What a mail, an older system or another ticket brings was checked on its way in.
Result<void> the_copied_people_are_addresses(Change& ticket) {
  const bool was_checked = ticket.actor.path == access::Path::mail || ticket.event == "merged";
  if (!ticket.changes("cc") || was_checked) return {};
  const std::string before = ticket.is_new() ? "" : ticket.before.get("cc").text();
  const std::string settled = TRY(settle_copied_people(ticket.get("cc").text(), before));
  if (settled.empty()) {
    ticket.clear("cc");
  } else {
    ticket.set("cc", settled);
  }
  return {};
}

/// Manual, Departments 1.2: a ticket belongs to one enabled department, and agents make tickets in
/// their own ones.
Result<void> the_department_takes_tickets(Change& ticket) {
  const RecordId department = ticket.get("department").id();
  if (!department) return invalid("department", "required", "Choose the department.");
  if (!ticket.changes("department")) return {};
  TRY(require_enabled_department(ticket.tx, ticket.org, department));
  if (ticket.is_new() && !may_open_tickets_in(ticket.actor, department)) {
    return invalid("department", "not_your_department", "Choose one of your own departments.");
  }
  return {};
}

/// Manual, Tickets 2.2: closing notes the time, reopening forgets it; an import may tell when a
/// ticket was closed elsewhere. Manual, Spam 1.3: spam keeps its status and its time of closing,
/// and comes back with them.
Result<void> the_status_has_a_type(Change& ticket) {
  const std::string type = status_type_of(ticket.tx, ticket.org, ticket.get("status").text());
  const bool is_spam = !ticket.get("spam_at").is_null();
  ticket.set("status_type", is_spam ? "spam" : type);
  const bool is_told = ticket.is_new() && ticket.actor.path == access::Path::import &&
                       !ticket.get("closed_at").is_null();
  if (is_told && type != "closed") {
    return invalid("closed_at", "not_closed",
                   "Only a closed ticket has a time of closing. Give it a closed status.");
  }
  if (type != "closed") {
    ticket.clear("closed_at");
  } else if (ticket.get("closed_at").is_null()) {
    ticket.set("closed_at", ticket.now());
  }
  return {};
}

/// Manual, Tickets 2.3: the owner works in the department; who does not, loses the ticket when it
/// moves.
Result<void> the_owner_belongs(Change& ticket) {
  const RecordId owner = ticket.get("owner").id();
  if (!owner || (!ticket.changes("owner") && !ticket.changes("department"))) return {};
  const std::optional<access::Agent> agent = access::find_agent(ticket.tx, ticket.org, owner);
  if (agent && may_own(*agent, ticket.get("department").id())) return {};
  const bool is_left_behind = !ticket.is_new() && !ticket.changes("owner");
  if (is_left_behind) {
    ticket.clear("owner");
    return {};
  }
  return invalid("owner", "not_in_department",
                 "Choose an active agent who belongs to the department.");
}

struct Brought {
  records::Value account;
  records::Value email;
  records::Value phone;
};

/// What a contact brings along; nothing of one that is gone. Also of one in the recycle bin.
std::optional<Brought> brought_by(const Change& ticket, RecordId contact, std::string_view where) {
  const std::optional<db::Row> row = ticket.tx.row(
      fmt::format("SELECT account, email, phone FROM contacts WHERE org_id = $1 AND id = $2{}",
                  where),
      {ticket.org.value, contact.value});
  if (!row) return std::nullopt;
  Brought brought;
  if (!row->is_null(0)) brought.account = row->integer(0);
  if (!row->is_null(1)) brought.email = row->text(1);
  if (!row->is_null(2)) brought.phone = row->text(2);
  return brought;
}

/// What the former contact brought goes with them, or their mail address would stand under the new
/// one's name. Other values were given on purpose.
void take_back_what_was_brought(Change& ticket) {
  const RecordId former = ticket.is_new() ? RecordId{} : ticket.before.get("contact").id();
  if (!former) return;
  const Brought brought = brought_by(ticket, former, "").value_or(Brought{});
  const auto is_kept = [&](const char* field) {
    return ticket.changes(field) || ticket.get(field).is_null();
  };
  if (!is_kept("account") && ticket.get("account") == brought.account) ticket.clear("account");
  if (!is_kept("phone") && ticket.get("phone") == brought.phone) ticket.clear("phone");
  const std::string email = ascii_lower(ticket.get("email").text());
  const bool is_theirs =
      !is_kept("email") && is_address_of_person(ticket.tx, ticket.org, former, email);
  if (is_theirs) ticket.clear("email");
}

/// Manual, Tickets 2.6: a new contact brings along account, address and telephone, unless others
/// are given.
Result<void> the_account_follows_the_contact(Change& ticket) {
  const RecordId contact = ticket.get("contact").id();
  if (!contact || !ticket.changes("contact")) return {};
  const std::optional<Brought> brought = brought_by(ticket, contact, " AND deleted_at IS NULL");
  if (!brought) return invalid("contact", "not_found", "Choose a contact that exists.");
  take_back_what_was_brought(ticket);
  if (ticket.get("account").is_null()) ticket.set("account", brought->account);
  if (ticket.get("email").is_null()) ticket.set("email", brought->email);
  if (ticket.get("phone").is_null()) ticket.set("phone", brought->phone);
  return {};
}

Result<void> activity_is_noted(Change& ticket) {
  ticket.set("last_activity_at", last_activity_of(ticket));
  return {};
}

/// A description is what was said first, so that it opens the conversation. A mail brings its own
/// message along.
bool opens_with_its_description(const Change& ticket) {
  return ticket.is_new() && ticket.actor.path != access::Path::mail &&
         !ticket.get("description").text().empty();
}

Result<void> the_description_is_counted(Change& ticket) {
  if (!opens_with_its_description(ticket)) return {};
  ticket.set("thread_count", int64_t{1});
  records::Changes said;
  set_last_word(said, preview_of(html_to_text(ticket.get("description").text())),
                speaker_of_description(ticket), beginning_of(ticket));
  for (const auto& [name, value] : said) ticket.set(name, value);
  return {};
}

Result<void> the_description_opens_the_conversation(Change& ticket) {
  if (!opens_with_its_description(ticket)) return {};
  return add_description(ticket);
}

/// Gone for good means all of it: what was said, its files and the unsent drafts.
Result<void> what_belongs_to_it_goes_too(Change& ticket) {
  if (ticket.verb != Verb::purged) return {};
  return forget_conversation(ticket.tx, ticket.actor, ticket.before.id);
}

/// The rule runs when a ticket is made or changed, not on its way into the recycle bin and back.
records::SaveRule when_written(records::SaveRule rule) {
  return [rule = std::move(rule)](Change& ticket) -> Result<void> {
    if (ticket.verb != Verb::created && ticket.verb != Verb::updated) return {};
    return rule(ticket);
  };
}

}  // namespace

bool may_open_tickets_in(const access::Actor& actor, RecordId department) {
  return !actor.is_agent() || actor.is_administrator() || actor.in_department(department);
}

bool may_own(const access::Agent& agent, RecordId department) {
  return agent.status == access::AgentStatus::active &&
         agent.role_kind != access::RoleKind::light_agent &&
         (agent.role_kind == access::RoleKind::administrator ||
          std::binary_search(agent.department_ids.begin(), agent.department_ids.end(),
                             department.value));
}

std::string_view act_of_giving(const access::Actor& actor, RecordId owner) {
  return !owner || owner == actor.id ? "take" : "assign";
}

std::vector<records::SaveRule> ticket_rules_before_save() {
  return {when_written(the_subject_is_said),
          when_written(the_copied_people_are_addresses),
          when_written(the_department_takes_tickets),
          when_written(fields_are_acts),
          when_written(shares_fit_the_department),
          when_written(the_status_has_a_type),
          when_written(the_layout_is_kept),
          when_written(the_owner_belongs),
          when_written(the_product_is_of_the_department),
          when_written(the_contact_is_in_force),
          when_written(the_account_follows_the_contact),
          when_written(the_description_is_counted),
          when_written(the_moments_are_kept),
          when_written(activity_is_noted),
          the_clock_is_kept,
          when_written(the_times_are_kept)};
}

std::vector<records::SaveRule> ticket_rules_after_save() {
  return {the_description_opens_the_conversation,
          merged_tickets_are_seen_with_their_target,  // by the merges that the next one removes
          what_belongs_to_it_goes_too,
          a_move_that_takes_a_share_is_told,
          who_lost_the_ticket_is_not_seen_on_it,
          tags_are_kept_in_use,
          people_are_told,
          the_rules_are_run,
          the_time_is_watched};
}

}  // namespace tandem::desk
