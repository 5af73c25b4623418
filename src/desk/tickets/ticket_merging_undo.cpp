#include <fmt/format.h>

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "desk/conversation/held_replies.h"
#include "desk/modules.h"
#include "desk/rows.h"
#include "desk/sharing/merged_shares.h"
#include "desk/tickets/statuses.h"
#include "desk/tickets/ticket_merging.h"
#include "desk/time_tracking/ticket_timers.h"
#include "operations/merging.h"
#include "records/store.h"

namespace tandem::desk {

namespace {

using access::Actor;
using records::Changes;
using records::Record;

constexpr int64_t merges_shown_max = 50;

/// What one ticket gave to the merge, as undo_json wrote it.
struct Given {
  RecordId ticket;
  std::string number;
  std::string status;
  std::optional<std::vector<std::string>> shares;  // unknown of older merges
  TicketParts parts;
  std::vector<CameTimer> timers = {};
};

struct Undo {
  std::vector<std::string> copied;
  Json json;
  std::vector<Given> given;
};

std::vector<int64_t> ids_in(const Json& json, std::string_view key) {
  std::vector<int64_t> ids;
  const Json* listed = find(json, key);
  if (!listed || !listed->is_array()) return ids;
  for (const Json& one : listed->as_array()) {
    if (one.is_string()) ids.push_back(id_from_text(std::string_view(one.as_string())).value_or(0));
  }
  return ids;
}

int64_t number_in(const Json& json, std::string_view key) {
  return id_from_text(text_of(json, key)).value_or(0);
}

std::vector<CameTimer> timers_in(const Json& json) {
  std::vector<CameTimer> timers;
  const Json* listed = find(json, "timers");
  if (!listed || !listed->is_array()) return timers;
  for (const Json& one : listed->as_array()) {
    timers.push_back({.agent = RecordId{number_in(one, "agent")},
                      .started_at = Instant{number_in(one, "started_at")},
                      .worked_ms = number_in(one, "worked_ms"),
                      .target_started_at = Instant{number_in(one, "target_started_at")}});
  }
  return timers;
}

std::optional<std::vector<std::string>> texts_in(const Json& json, std::string_view key) {
  const Json* listed = find(json, key);
  if (!listed || !listed->is_array()) return std::nullopt;
  std::vector<std::string> texts;
  for (const Json& one : listed->as_array()) {
    if (one.is_string()) texts.emplace_back(one.as_string());
  }
  return texts;
}

Undo read_undo(const std::string& text) {
  Undo undo;
  const Result<Json> json = json_from_text(text);
  if (!json) return undo;
  undo.json = *json;
  if (const Json* copied = find(*json, "copied"); copied && copied->is_array()) {
    for (const Json& one : copied->as_array()) undo.copied.emplace_back(one.as_string());
  }
  if (const Json* tickets = find(*json, "tickets"); tickets && tickets->is_array()) {
    for (const Json& one : tickets->as_array()) {
      undo.given.push_back({.ticket = RecordId{id_from_text(text_of(one, "id")).value_or(0)},
                            .number = text_of(one, "number"),
                            .status = text_of(one, "status"),
                            .shares = texts_in(one, "shares"),
                            .parts = {ids_in(one, "threads"), ids_in(one, "comments"),
                                      ids_in(one, "attachments"), ids_in(one, "times")},
                            .timers = timers_in(one)});
    }
  }
  return undo;
}

/// Nothing that came from the ticket lies on a third one by now.
Result<void> is_all_here(db::Transaction& tx, OrgId org, const Given& given, RecordId target) {
  const auto check = [&](const std::string& table,
                         const std::vector<int64_t>& ids) -> Result<void> {
    for (const int64_t id : ids) {
      const std::optional<db::Row> row =
          tx.row("SELECT ticket FROM " + table + " WHERE org_id = $1 AND id = $2", {org.value, id});
      if (!row || row->integer(0) == target.value) continue;
      return conflict("part_moved_on",
                      fmt::format("Something of ticket #{} was moved to another ticket since; move "
                                  "it back first.",
                                  given.number));
    }
    return {};
  };
  TRY(check("threads", given.parts.threads));
  TRY(check("comments", given.parts.comments));
  TRY(check("attachments", given.parts.attachments));
  return check("time_entries", given.parts.times);
}

Result<Record> ticket_to_restore(db::Transaction& tx, const Actor& actor, const Given& given,
                                 RecordId target) {
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, tickets_module());
  std::optional<Record> ticket = TRY(records::select_one(
      tx, actor.org, shape, given.ticket, records::everything(), records::Bin::either));
  if (!ticket) {
    return conflict("ticket_gone",
                    fmt::format("Ticket #{} was removed for good since.", given.number));
  }
  if (ticket->deleted_at) {
    return conflict(
        "ticket_in_bin",
        fmt::format("Ticket #{} is in the recycle bin; restore it first.", given.number));
  }
  if (access_to(actor, *ticket) != TicketAccess::own) {
    return forbidden("shared_not_own",
                     fmt::format("Ticket #{} is no longer of one of your departments; ask somebody "
                                 "of its department.",
                                 given.number));
  }
  TRY(is_all_here(tx, actor.org, given, target));
  return std::move(*ticket);
}

/// Those of departments that are still there, without what somebody took back meanwhile: a share
/// that is gone although the department sees the target.
std::vector<Share> shares_to_restore(db::Transaction& tx, OrgId org, const Record& ticket,
                                     const Record& target, const std::vector<std::string>& words) {
  Record shared = ticket;
  shared.set("shares", words);
  std::vector<Share> shares = shares_of(shared);
  const std::vector<Share> seen = shares_beside(shared, target);
  const std::vector<Share> left = shares_of(ticket);
  const auto has = [](const std::vector<Share>& in, RecordId department) {
    return std::any_of(in.begin(), in.end(),
                       [&](const Share& one) { return one.department == department; });
  };
  std::erase_if(shares, [&](const Share& share) {
    if (has(seen, share.department) && !has(left, share.department)) return true;
    return !tx.row("SELECT 1 FROM departments WHERE org_id = $1 AND id = $2 AND deleted_at IS NULL",
                   {org.value, share.department.value});
  });
  return shares;
}

/// One that was removed since can't come back.
std::string status_to_restore(db::Transaction& tx, OrgId org, const Given& given) {
  const std::vector<Status> present = list_statuses(tx, org);
  const bool is_there = std::any_of(present.begin(), present.end(), [&](const Status& status) {
    return status.name == given.status;
  });
  return is_there ? given.status : "open";
}

Result<void> give_back(db::Transaction& tx, const Actor& actor, const Given& given,
                       const Record& ticket, const Record& target) {
  TRY(move_parts(tx, actor, given.parts, target.id, ticket.id));
  move_held_answers(tx, actor.org, target.id, ticket.id, given.parts.threads);
  Changes changes = counted_parts(tx, actor.org, ticket.id);
  changes.set("merged_into", records::Value());
  if (given.shares) {
    const std::vector<Share> shares =
        shares_to_restore(tx, actor.org, ticket, target, *given.shares);
    changes.set("shares", share_words(shares)).set("is_shared", int64_t{!shares.empty()});
  }
  JsonWriter detail;
  detail.begin_object().id("ticket", target.id.value);
  detail.string("number", std::to_string(target.get("number").number())).end_object();
  const Record apart = TRY(change_row(tx, actor, ticket, changes, {"merge_undone", detail.take()}));
  // An act of its own: while it pointed to the target, nothing could be done with it.
  const std::string status = status_to_restore(tx, actor.org, given);
  if (apart.get("status").text() != status) TRY(change_row(tx, actor, apart, {{"status", status}}));
  return {};
}

Changes changes_of_target(db::Transaction& tx, OrgId org, const Undo& undo, const Record& target) {
  Changes changes = counted_parts(tx, org, target.id);
  std::vector<std::string> left;
  for (const std::string& one : split(target.get("cc").text(), ',')) {
    const std::string address(trim(one));
    const bool came = std::find(undo.copied.begin(), undo.copied.end(), ascii_lower(address)) !=
                      undo.copied.end();
    if (!address.empty() && !came) left.push_back(address);
  }
  const std::string cc = join(left, ", ");
  changes.set("cc", cc.empty() ? records::Value() : records::Value(cc));
  const Json* said_at = find(undo.json, "said_at");
  const Json* before_at = find(undo.json, "last_word_at");
  // Whatever was said since stays the last word.
  const bool is_still_last =
      said_at && said_at->is_int64() && said_at->as_int64() == target.get("last_word_at").number();
  if (!is_still_last) return changes;
  const auto text_before = [&](const char* name) {
    const std::string text = text_of(undo.json, name);
    return text.empty() ? records::Value() : records::Value(text);
  };
  changes.set("last_word", text_before("last_word"));
  changes.set("last_word_by", text_before("last_word_by"));
  const bool was_said = before_at && before_at->is_int64();
  changes.set("last_word_at", was_said ? records::Value(before_at->as_int64()) : records::Value());
  return changes;
}

}  // namespace

Result<std::vector<DoneMerge>> merges_into(db::Transaction& tx, const Actor& actor,
                                           RecordId target) {
  TRY(visible_ticket(tx, actor, target));
  std::vector<DoneMerge> merges;
  for (const db::Row& row :
       tx.rows("SELECT id, merged_at, undo FROM merges WHERE org_id = $1 AND module = 'tickets' "
               "AND target_id = $2 AND undone_at IS NULL AND merged_at >= $3 "
               "ORDER BY id DESC LIMIT $4",
               {actor.org.value, target.value, tx.now().ms - operations::merge_undo_days * day_ms,
                merges_shown_max})) {
    DoneMerge merge{.id = {row.integer(0)}, .merged_at = {row.integer(1)}, .tickets = {}};
    for (const Given& given : read_undo(row.text(2)).given) merge.tickets.push_back(given.ticket);
    merges.push_back(std::move(merge));
  }
  return merges;
}

Result<Record> undo_merge(db::Transaction& tx, const Actor& actor, RecordId target,
                          RecordId merge) {
  const Record seen = TRY(visible_ticket(tx, actor, target));
  if (!seen.get("merged_into").is_null()) {
    return conflict("merged_on",
                    "This ticket was merged into another one since; undo that merge first.");
  }
  const Record ticket = TRY(ticket_for(tx, actor, target, "merge"));
  const db::Row row =
      TRY(operations::merge_to_undo(tx, actor.org, tickets_module().name, target, merge));
  const Undo undo = read_undo(row.text(2));
  std::vector<Record> apart;
  for (const Given& given : undo.given) {
    Record one = TRY(ticket_to_restore(tx, actor, given, target));
    apart.push_back(std::move(one));
  }
  JsonWriter detail;
  detail.begin_object().key("tickets").begin_array();
  for (const Given& given : undo.given) detail.id(given.ticket.value);
  detail.end_array().key("numbers").begin_array();
  for (const Given& given : undo.given) detail.string(given.number);
  detail.end_array().end_object();
  for (size_t at = 0; at < apart.size(); ++at)
    TRY(give_back(tx, actor, undo.given[at], apart[at], ticket));
  for (auto given = undo.given.rbegin(); given != undo.given.rend(); ++given) {
    for (const CameTimer& timer : given->timers)
      give_back_timer(tx, actor.org, timer, target, given->ticket);
  }
  Record after = TRY(change_row(tx, actor, ticket, changes_of_target(tx, actor.org, undo, ticket),
                                {"merge_undone", detail.take()}));
  tx.execute("UPDATE merges SET undone_at = $3 WHERE org_id = $1 AND id = $2",
             {actor.org.value, merge.value, tx.now().ms});
  return after;
}

}  // namespace tandem::desk
