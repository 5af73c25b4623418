#include "desk/tickets/ticket_splitting.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "desk/modules.h"
#include "desk/rows.h"
#include "desk/tickets/ticket_parts.h"
#include "operations/visible.h"

namespace tandem::desk {

namespace {

using access::Actor;
using records::Changes;
using records::Record;

constexpr int64_t subject_chars_max = 255;

/// The files that belong to one of the messages or comments.
std::vector<int64_t> files_of(db::Transaction& tx, OrgId org, RecordId ticket,
                              const TicketParts& parts) {
  std::vector<int64_t> files;
  tx.for_each(
      "SELECT id, part_module, part FROM attachments WHERE org_id = $1 AND ticket = $2 "
      "AND deleted_at IS NULL ORDER BY id",
      {org.value, ticket.value}, [&](const db::RowView& row) {
        const std::vector<int64_t>& owners =
            row.text(1) == "threads" ? parts.threads : parts.comments;
        const bool goes = row.text(1) != "tickets" &&
                          std::binary_search(owners.begin(), owners.end(), row.integer(2));
        if (goes) files.push_back(row.integer(0));
        return true;
      });
  return files;
}

Result<TicketParts> parts_that_go(db::Transaction& tx, OrgId org, const SplitRequest& request) {
  TicketParts parts{
      .threads = {request.thread.value}, .comments = {}, .attachments = {}, .times = {}};
  if (request.reach == SplitReach::and_what_follows)
    parts = parts_of(tx, org, request.ticket, request.thread.value);
  parts.attachments = files_of(tx, org, request.ticket, parts);
  if (parts.count() > parts_moved_max) {
    return conflict("too_many_moved",
                    fmt::format("More than {} messages, comments and files can't be split off at "
                                "once; split further down.",
                                parts_moved_max));
  }
  const int64_t threads = tx.integer(
      "SELECT COUNT(*) FROM threads WHERE org_id = $1 AND ticket = $2 AND deleted_at IS NULL",
      {org.value, request.ticket.value});
  if (int64_t(parts.threads.size()) >= threads) {
    return conflict("nothing_left",
                    "No message would be left on the ticket; change its subject instead.");
  }
  return parts;
}

std::string subject_of(const SplitRequest& request, const Record& thread, const Record& ticket) {
  for (const std::string& text :
       {request.subject, thread.get("subject").text(), ticket.get("subject").text()}) {
    if (!trim(text).empty()) return std::string(first_chars(trim(text), subject_chars_max));
  }
  return "";
}

std::string naming(const Record& other) {
  JsonWriter json;
  json.begin_object().id("ticket", other.id.value);
  return json.string("number", std::to_string(other.get("number").number())).end_object().take();
}

Changes counted_with_last_word(db::Transaction& tx, OrgId org, RecordId ticket) {
  Changes changes = counted_parts(tx, org, ticket);
  for (const char* name : {"last_word", "last_word_by", "last_word_at"})
    changes.set(name, records::Value());
  set_newest_word(tx, org, ticket, changes);
  return changes;
}

}  // namespace

Result<Record> split_ticket(db::Transaction& tx, const Actor& actor, const SplitRequest& request) {
  const Record ticket = TRY(ticket_for(tx, actor, request.ticket, "split"));
  const Record thread = TRY(
      operations::find_visible(tx, actor, threads_module(), request.thread, records::Bin::outside));
  if (thread.get("ticket").id() != ticket.id) return not_found("It is not part of this ticket.");
  if (count_chars(request.subject) > subject_chars_max)
    return invalid("subject", "too_long", "Give a subject of at most 255 characters.");
  const TicketParts parts = TRY(parts_that_go(tx, actor.org, request));
  Changes values{{"subject", subject_of(request, thread, ticket)}};
  for (const char* kept : {"department", "contact", "account", "email", "phone", "channel",
                           "language", "priority", "cc"}) {
    values.set(kept, ticket.get(kept));
  }
  const Record made = TRY(add_row(tx, actor, tickets_module(), values, {"created"}));
  TRY(move_parts(tx, actor, parts, ticket.id, made.id));
  TRY(change_row(tx, actor, ticket, counted_with_last_word(tx, actor.org, ticket.id),
                 {"split", naming(made)}));
  return change_row(tx, actor, made, counted_with_last_word(tx, actor.org, made.id),
                    {"split_from", naming(ticket)});
}

}  // namespace tandem::desk
