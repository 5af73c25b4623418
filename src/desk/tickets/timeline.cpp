#include "desk/tickets/timeline.h"

#include <algorithm>
#include <iterator>
#include <map>

#include "base/remote_images.h"
#include "base/text.h"
#include "desk/conversation/attachments.h"
#include "desk/conversation/comments.h"
#include "desk/modules.h"
#include "desk/rows.h"
#include "mail/quote.h"
#include "operations/visible.h"
#include "records/store.h"

// Three lists are joined by their place in time. A message or comment stands at its id, which is
// ordered by time; an entry of the change log stands where an id of its moment would, its sequence
// in the low bits, so that a place is the cursor of all three. Each list gives its newest `limit`
// items, and the newest `limit` of them all are shown.

namespace tandem::desk {

using records::field;
using records::Record;

namespace {

// What the messages and comments themselves show is no event beside them.
bool is_shown_elsewhere(const records::LogEntry& entry) {
  for (const char* event : {"reply_sent", "forwarded", "comment_added", "comment_edited",
                            "comment_removed", "mail_received", "mail_sent", "message_received",
                            "call_logged", "followed", "unfollowed"}) {
    if (entry.event == event) return true;
  }
  return false;
}

Result<std::vector<Record>> parts_before(db::Transaction& tx, const access::Actor& actor,
                                         const records::ModuleDef& module, RecordId ticket,
                                         int64_t before, int limit) {
  records::Query query;
  query.filter =
      records::all_of({operations::visible_filter(actor, module), field("ticket").is(ticket)});
  if (before > 0) {
    query.filter = records::all_of({std::move(query.filter), field("id").before(before)});
  }
  query.limit = limit;
  records::Page page = TRY(
      records::select_page(tx, actor.org, actor.catalogue->shape(tx, actor.org, module), query));
  return std::move(page.records);
}

int64_t place_of(const records::LogEntry& entry) {
  constexpr int64_t low_bits = (int64_t{1} << id_bits_below_ms) - 1;
  return first_id_at(entry.at) | (entry.id & low_bits);
}

/// When an id of this place was, or would have been, made.
Instant moment_of(int64_t place, Instant now) {
  return {now.ms - ((first_id_at(now) >> id_bits_below_ms) - (place >> id_bits_below_ms))};
}

struct Placed {
  int64_t place = 0;
  TimelineItem item;
};

Result<std::vector<Placed>> events_before(db::Transaction& tx, const access::Actor& actor,
                                          RecordId ticket, int64_t before, int limit) {
  std::vector<Placed> events;
  std::string cursor;
  if (before > 0) {
    cursor = records::history_cursor_at(tx, actor.org, tickets_module().name, ticket,
                                        moment_of(before, tx.now()));
  }
  constexpr int pages_max = 5;
  for (int page = 0; page < pages_max && int(events.size()) < limit; ++page) {
    records::LogPage entries = TRY(operations::record_history(tx, actor, tickets_module(), ticket,
                                                              cursor, timeline_items_max));
    for (records::LogEntry& entry : entries.entries) {
      if (is_shown_elsewhere(entry) || (before > 0 && place_of(entry) >= before)) continue;
      if (int(events.size()) == limit) break;
      events.push_back({place_of(entry),
                        {.type = TimelineItem::Type::event,
                         .at = entry.at,
                         .record = {},
                         .entry = entry,
                         .attachments = {},
                         .may = {}}});
    }
    cursor = entries.next_cursor;
    if (cursor.empty()) break;
  }
  return events;
}

/// Its attachments are added when it is sure to be shown.
TimelineItem item_of(const access::Actor& actor, const Record& ticket, TimelineItem::Type type,
                     Record record) {
  TimelineItem item{.type = type,
                    .at = record.created_at,
                    .record = std::move(record),
                    .entry = {},
                    .attachments = {},
                    .may = {}};
  if (type == TimelineItem::Type::comment) item.may = may_with_comment(actor, ticket, item.record);
  return item;
}

Result<std::vector<Placed>> parts_placed(db::Transaction& tx, const access::Actor& actor,
                                         const Record& ticket, TimelineItem::Type type,
                                         int64_t before, int limit) {
  const bool is_thread = type == TimelineItem::Type::thread;
  const records::ModuleDef& module = is_thread ? threads_module() : comments_module();
  std::vector<Record> parts = TRY(parts_before(tx, actor, module, ticket.id, before, limit));
  std::vector<Placed> placed;
  for (Record& part : parts) {
    const int64_t place = part.id.value;
    placed.push_back({place, item_of(actor, ticket, type, std::move(part))});
  }
  return placed;
}

Result<void> add_attachments(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                             std::vector<Placed>& placed) {
  std::map<int64_t, TimelineItem*> by_part;
  std::vector<RecordId> parts;
  for (Placed& one : placed) {
    if (one.item.type == TimelineItem::Type::event) continue;
    by_part[one.item.record.id.value] = &one.item;
    parts.push_back(one.item.record.id);
  }
  std::vector<Record> attachments = TRY(attachments_of_parts(tx, actor, ticket, parts));
  for (Record& attachment : attachments) {
    const auto item = by_part.find(attachment.get("part").number());
    if (item != by_part.end()) item->second->attachments.push_back(std::move(attachment));
  }
  return {};
}

Result<TimelineItem> read_part(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                               const records::ModuleDef& module, TimelineItem::Type type,
                               RecordId part) {
  const Record found = TRY(visible_ticket(tx, actor, ticket));
  Record record = TRY(operations::find_visible(tx, actor, module, part, records::Bin::outside));
  if (record.get("ticket").id() != ticket) return not_found("It is not part of this ticket.");
  TimelineItem item = item_of(actor, found, type, std::move(record));
  item.attachments = attachments_of(tx, actor, module.name, part);
  return item;
}

}  // namespace

Result<Timeline> read_timeline(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                               const std::string& before, int limit) {
  if (limit < 1 || limit > timeline_items_max) {
    return invalid("limit", "out_of_range", "Ask for 1 to 200 items.");
  }
  const std::optional<int64_t> cursor = before.empty() ? 0 : id_from_text(before);
  if (!cursor) return invalid("before", "bad_cursor", "Take the cursor of the last answer.");
  const Record found = TRY(visible_ticket(tx, actor, ticket));
  std::vector<Placed> placed = TRY(events_before(tx, actor, ticket, *cursor, limit + 1));
  for (const auto type : {TimelineItem::Type::thread, TimelineItem::Type::comment}) {
    std::vector<Placed> parts = TRY(parts_placed(tx, actor, found, type, *cursor, limit + 1));
    std::move(parts.begin(), parts.end(), std::back_inserter(placed));
  }
  std::sort(placed.begin(), placed.end(),
            [](const Placed& a, const Placed& b) { return a.place > b.place; });
  Timeline timeline;
  if (int(placed.size()) > limit) {
    placed.resize(size_t(limit));
    timeline.older_cursor = std::to_string(placed.back().place);
  }
  TRY(add_attachments(tx, actor, ticket, placed));
  for (auto one = placed.rbegin(); one != placed.rend(); ++one) {
    timeline.items.push_back(std::move(one->item));
  }
  return timeline;
}

Result<TimelineItem> read_thread(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                                 RecordId thread) {
  return read_part(tx, actor, ticket, threads_module(), TimelineItem::Type::thread, thread);
}

Result<TimelineItem> read_comment(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                                  RecordId comment) {
  return read_part(tx, actor, ticket, comments_module(), TimelineItem::Type::comment, comment);
}

ThreadBody body_of(const Record& thread) {
  const std::string& html = thread.get("html").text();
  mail::SplitBody parts;
  if (!html.empty()) {
    parts = mail::split_quoted_html(html);
  } else {
    const mail::SplitBody text = mail::split_quoted_text(thread.get("plain_text").text());
    parts = {.fresh = text_to_html(text.fresh),
             .signature = text.signature.empty() ? "" : text_to_html(text.signature),
             .quoted = text.quoted.empty() ? "" : text_to_html(text.quoted)};
  }
  ThreadBody body{.html = sanitise_html(parts.fresh + parts.signature),
                  .quoted_html = sanitise_html(parts.quoted + thread.get("quoted_html").text()),
                  .has_remote_images = false};
  body.has_remote_images = has_remote_images(body.html) || has_remote_images(body.quoted_html);
  return body;
}

}  // namespace tandem::desk
