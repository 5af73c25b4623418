#include "desk/tickets/ticket_merging.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "desk/conversation/drafts.h"
#include "desk/conversation/held_replies.h"
#include "desk/customers/contact_addresses.h"
#include "desk/modules.h"
#include "desk/rows.h"
#include "desk/sharing/merged_shares.h"
#include "desk/tickets/copied_people.h"
#include "desk/tickets/ticket_followers.h"
#include "desk/time_tracking/ticket_timers.h"
#include "operations/operations.h"

namespace tandem::desk {

namespace {

using access::Actor;
using records::Changes;
using records::Record;

constexpr int merged_on_max = 20;  // tickets that were merged on and on

std::string number_of(const Record& ticket) {
  return std::to_string(ticket.get("number").number());
}

Result<Record> take_ticket(db::Transaction& tx, const Actor& actor, const SeenTicket& seen) {
  Record ticket = TRY(ticket_for(tx, actor, seen.id, "merge"));
  if (seen.revision && *seen.revision != ticket.revision) {
    return conflict("stale", fmt::format("Ticket #{} was changed meanwhile; look at it again.",
                                         number_of(ticket)));
  }
  return ticket;
}

std::vector<std::string> addresses_of(db::Transaction& tx, OrgId org, const Record& ticket) {
  std::vector<std::string> addresses{ascii_lower(ticket.get("email").text())};
  for (const std::string& one : addresses_of_contact(tx, org, ticket.get("contact").id())) {
    addresses.push_back(one);
  }
  std::erase(addresses, "");
  return addresses;
}

bool holds(const std::vector<std::string>& list, const std::string& one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

/// Who asked on the others and who was copied there, without who asks on the target and whom it
/// copies already.
std::vector<std::string> people_to_copy(db::Transaction& tx, OrgId org, const MergePreview& merge) {
  std::vector<std::string> known = addresses_of(tx, org, merge.target);
  for (const std::string& one : split(merge.target.get("cc").text(), ','))
    known.push_back(ascii_lower(trim(one)));
  std::vector<std::string> copied;
  const auto add = [&](const std::string& address) {
    if (address.empty() || holds(known, address)) return;
    known.push_back(address);
    copied.push_back(address);
  };
  for (const MergedTicket& other : merge.others) {
    const std::vector<std::string> theirs = addresses_of(tx, org, other.ticket);
    if (!theirs.empty()) add(theirs.front());
    for (const std::string& one : split(other.ticket.get("cc").text(), ','))
      add(ascii_lower(trim(one)));
  }
  return copied;
}

/// Whoever stands on one of the tickets was taken there and is not looked at again.
Result<void> copied_people_fit(const MergePreview& merge) {
  const std::string all = with_copied_people(merge.target.get("cc").text(), merge.copied);
  const int64_t chars_max = merge.target.shape->find("cc")->max_chars;
  if (settle_copied_people(all, all) && count_chars(all) <= chars_max) return {};
  return invalid("tickets", "too_many_people",
                 "So many copied people don't fit one ticket; merge fewer tickets.");
}

int64_t count_private(db::Transaction& tx, OrgId org, RecordId ticket) {
  return tx.integer(
             "SELECT COUNT(*) FROM threads WHERE org_id = $1 AND ticket = $2 AND is_private = 1 "
             "AND deleted_at IS NULL",
             {org.value, ticket.value}) +
         tx.integer(
             "SELECT COUNT(*) FROM comments WHERE org_id = $1 AND ticket = $2 AND is_public = 0 "
             "AND deleted_at IS NULL",
             {org.value, ticket.value});
}

Result<MergedTicket> look_at(db::Transaction& tx, const Actor& actor, const SeenTicket& seen,
                             const Record& target) {
  MergedTicket other{.ticket = TRY(take_ticket(tx, actor, seen)), .parts = {}};
  if (other.ticket.get("status_type").text() != "closed")
    TRY(operations::require_act(actor, other.ticket, "change_status"));
  other.parts = parts_of(tx, actor.org, seen.id);
  other.private_count = count_private(tx, actor.org, seen.id);
  other.draft_writers = writers_who_see(tx, actor, seen.id, target);
  other.is_of_another_contact = other.ticket.get("contact").id() != target.get("contact").id();
  return other;
}

Result<void> check_choice(const SeenTicket& target, const std::vector<SeenTicket>& others) {
  if (others.empty()) return invalid("tickets", "required", "Choose at least one other ticket.");
  if (others.size() > tickets_merged_max)
    return invalid("tickets", "too_many",
                   fmt::format("Merge at most {} tickets at a time.", tickets_merged_max));
  for (size_t at = 0; at < others.size(); ++at) {
    if (others[at].id == target.id)
      return invalid("tickets", "same_ticket", "A ticket can't be merged into itself.");
    for (size_t before = 0; before < at; ++before) {
      if (others[before].id == others[at].id)
        return invalid("tickets", "duplicate", "Name each ticket once.");
    }
  }
  return {};
}

void write_ids(JsonWriter& json, std::string_view key, const std::vector<int64_t>& ids) {
  json.key(key).begin_array();
  for (const int64_t id : ids) json.id(id);
  json.end_array();
}

void write_timers(JsonWriter& json, const std::vector<CameTimer>& timers) {
  json.key("timers").begin_array();
  for (const CameTimer& timer : timers) {
    json.begin_object().id("agent", timer.agent.value).id("started_at", timer.started_at.ms);
    json.id("worked_ms", timer.worked_ms).id("target_started_at", timer.target_started_at.ms);
    json.end_object();
  }
  json.end_array();
}

void write_optional(JsonWriter& json, std::string_view key, const records::Value& value) {
  json.key(key);
  if (value.is_number()) {
    json.number(value.number());
  } else {
    json.string(value.text());
  }
}

/// What undo_merge needs to know.
std::string undo_json(const MergePreview& merge, const Record& after,
                      const std::vector<std::vector<CameTimer>>& timers) {
  JsonWriter json;
  json.begin_object().key("copied").begin_array();
  for (const std::string& address : merge.copied) json.string(address);
  json.end_array();
  for (const char* name : {"last_word", "last_word_by", "last_word_at"}) {
    write_optional(json, name, merge.target.get(name));
  }
  json.number("said_at", after.get("last_word_at").number()).key("tickets").begin_array();
  for (size_t at = 0; at < merge.others.size(); ++at) {
    const MergedTicket& other = merge.others[at];
    json.begin_object().id("id", other.ticket.id.value);
    json.string("number", number_of(other.ticket));
    json.string("status", other.ticket.get("status").text()).key("shares").begin_array();
    for (const std::string& share : other.ticket.get("shares").list()) json.string(share);
    json.end_array();
    write_ids(json, "threads", other.parts.threads);
    write_ids(json, "comments", other.parts.comments);
    write_ids(json, "attachments", other.parts.attachments);
    write_ids(json, "times", other.parts.times);
    write_timers(json, timers[at]);
    json.end_object();
  }
  return json.end_array().end_object().take();
}

std::string detail_of_target(const MergePreview& merge) {
  JsonWriter json;
  json.begin_object().key("tickets").begin_array();
  for (const MergedTicket& other : merge.others) json.id(other.ticket.id.value);
  json.end_array().key("numbers").begin_array();
  for (const MergedTicket& other : merge.others) json.string(number_of(other.ticket));
  return json.end_array().end_object().take();
}

/// Answers the stopwatches that came along.
Result<std::vector<CameTimer>> take_in(db::Transaction& tx, const Actor& actor,
                                       const MergedTicket& other, const Record& target) {
  TRY(move_parts(tx, actor, other.parts, other.ticket.id, target.id));
  std::vector<CameTimer> timers = take_over_timers(tx, actor.org, other.ticket.id, target.id);
  take_over_followers(tx, actor.org, other.ticket.id, target.id);
  for (const RecordId writer : other.draft_writers)
    move_draft(tx, actor.org, writer, other.ticket.id, target.id);
  move_held_replies(tx, actor.org, other.ticket.id, target.id);
  Changes changes = counted_parts(tx, actor.org, other.ticket.id);
  changes.set("merged_into", to_string(target.id));
  const std::vector<Share> left = shares_beside(other.ticket, target);
  changes.set("shares", share_words(left)).set("is_shared", int64_t{!left.empty()});
  if (other.ticket.get("status_type").text() != "closed") changes.set("status", "closed");
  JsonWriter detail;
  detail.begin_object().id("ticket", target.id.value).string("number", number_of(target));
  const Record merged = TRY(
      change_row(tx, actor, other.ticket, changes, {"merged_into", detail.end_object().take()}));
  tell_ended_shares(tx, actor, merged, shares_of(other.ticket));
  return timers;
}

/// Departments that have one of the others as a child and lose sight of it.
std::vector<Share> shares_that_end(const MergePreview& merge) {
  std::vector<Share> ending;
  const auto holds_department = [](const std::vector<Share>& shares, RecordId department) {
    return std::any_of(shares.begin(), shares.end(),
                       [&](const Share& one) { return one.department == department; });
  };
  for (const MergedTicket& other : merge.others) {
    const std::vector<Share> left = shares_beside(other.ticket, merge.target);
    for (const Share& share : shares_of(other.ticket)) {
      const bool is_known =
          holds_department(left, share.department) || holds_department(ending, share.department);
      if (!is_known) ending.push_back(share);
    }
  }
  return ending;
}

Changes changes_of_target(db::Transaction& tx, OrgId org, const MergePreview& merge) {
  Changes changes = counted_parts(tx, org, merge.target.id);
  const Record* last = &merge.target;
  for (const MergedTicket& other : merge.others) {
    const bool is_later =
        other.ticket.get("last_word_at").number() > last->get("last_word_at").number();
    if (is_later) last = &other.ticket;
  }
  for (const char* name : {"last_word", "last_word_by", "last_word_at"}) {
    changes.set(name, last->get(name));
  }
  if (!merge.copied.empty()) {
    changes.set("cc", with_copied_people(merge.target.get("cc").text(), merge.copied));
  }
  return changes;
}

}  // namespace

std::string with_copied_people(const std::string& cc, const std::vector<std::string>& addresses) {
  std::vector<std::string> all;
  for (const std::string& one : split(cc, ',')) {
    if (!trim(one).empty()) all.emplace_back(trim(one));
  }
  for (const std::string& one : addresses) {
    if (!holds(all, one)) all.push_back(one);
  }
  return join(all, ", ");
}

Result<MergePreview> preview_merge(db::Transaction& tx, const Actor& actor,
                                   const SeenTicket& target,
                                   const std::vector<SeenTicket>& others) {
  TRY(check_choice(target, others));
  MergePreview merge{.target = TRY(take_ticket(tx, actor, target)), .others = {}};
  size_t parts = 0;
  for (const SeenTicket& seen : others) {
    MergedTicket other = TRY(look_at(tx, actor, seen, merge.target));
    parts += other.parts.count();
    merge.others.push_back(std::move(other));
  }
  if (parts > parts_moved_max) {
    return invalid(
        "tickets", "too_many_moved",
        fmt::format("These tickets hold more than {} messages, comments and files; merge "
                    "fewer of them.",
                    parts_moved_max));
  }
  merge.copied = people_to_copy(tx, actor.org, merge);
  TRY(copied_people_fit(merge));
  merge.shared_with = shares_of(merge.target);
  merge.shares_ending = shares_that_end(merge);
  std::vector<int64_t> tickets{merge.target.id.value};
  for (const MergedTicket& other : merge.others) tickets.push_back(other.ticket.id.value);
  merge.followers_left = followers_without_room(tx, actor.org, tickets);
  return merge;
}

Result<Record> merge_tickets(db::Transaction& tx, const Actor& actor, const SeenTicket& target,
                             const std::vector<SeenTicket>& others) {
  const MergePreview merge = TRY(preview_merge(tx, actor, target, others));
  std::vector<std::vector<CameTimer>> timers;
  for (const MergedTicket& other : merge.others) {
    std::vector<CameTimer> came = TRY(take_in(tx, actor, other, merge.target));
    timers.push_back(std::move(came));
  }
  Record after = TRY(change_row(tx, actor, merge.target, changes_of_target(tx, actor.org, merge),
                                {"merged", detail_of_target(merge)}));
  tx.execute(
      "INSERT INTO merges (org_id, id, module, target_id, merged_at, merged_by, undo) "
      "VALUES ($1, $2, 'tickets', $3, $4, $5, $6)",
      {actor.org.value, tx.new_id(), after.id.value, tx.now().ms, actor.id.value,
       undo_json(merge, after, timers)});
  return after;
}

RecordId ticket_in_force(db::Transaction& tx, OrgId org, RecordId ticket) {
  for (int step = 0; step < merged_on_max; ++step) {
    const std::optional<db::Row> row = tx.row(
        "SELECT merged_into FROM tickets WHERE org_id = $1 AND id = $2", {org.value, ticket.value});
    if (!row || row->is_null(0)) break;
    const std::optional<int64_t> next = id_from_text(row->text(0));
    if (!next) break;
    ticket = RecordId{*next};
  }
  return ticket;
}

}  // namespace tandem::desk
