#include "desk/tickets/ticket_files.h"

#include <algorithm>

#include "desk/conversation/attachments.h"
#include "desk/modules.h"
#include "desk/rows.h"
#include "operations/visible.h"
#include "records/store.h"

namespace tandem::desk {

using records::field;
using records::Record;

namespace {

Result<void> may_remove(db::Transaction& tx, const access::Actor& actor, const Record& ticket,
                        const Record& attachment) {
  const std::string& part_module = attachment.get("part_module").text();
  if (part_module == "tickets") return operations::require_act(actor, ticket, "update");
  if (part_module != "comments") {
    return conflict("part_of_message", "A file that came or went with a message stays with it.");
  }
  TRY(operations::require_act(actor, ticket, "comment"));
  const Record comment = TRY(read_row(tx, actor, comments_module(), attachment.get("part").id()));
  const std::vector<std::string> may = may_with_comment(actor, ticket, comment);
  if (std::find(may.begin(), may.end(), "update") != may.end()) return {};
  return forbidden("not_your_comment", "Only its author or an administrator changes a comment.");
}

Result<Record> attachment_of(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                             RecordId attachment) {
  Record found = TRY(
      operations::find_visible(tx, actor, attachments_module(), attachment, records::Bin::outside));
  if (found.get("ticket").id() != ticket) {
    return not_found("There is no such attachment on this ticket.");
  }
  return found;
}

}  // namespace

Result<std::vector<Record>> attach_for(db::Transaction& tx, const access::Actor& actor,
                                       const AttachFor& where, const std::vector<int64_t>& ids) {
  const Record found = TRY(ticket_for(tx, actor, where.ticket, "update"));
  const bool is_private =
      where.audience == Audience::colleagues && actor.kind != access::ActorKind::contact;
  std::vector<Record> attached =
      TRY(attach_uploads(tx, actor, ids, {where.ticket, "tickets", where.ticket, is_private}));
  JsonWriter detail;
  detail.begin_object().key("names").begin_array();
  for (const Record& attachment : attached) detail.string(attachment.get("name").text());
  detail.end_array().end_object();
  TRY(change_row(
      tx, actor, found,
      {{"attachment_count", found.get("attachment_count").number() + int64_t(attached.size())}},
      {"attachment_added", detail.take()}));
  return attached;
}

Result<std::vector<TicketFile>> files_of_ticket(db::Transaction& tx, const access::Actor& actor,
                                                RecordId ticket) {
  const Record found = TRY(visible_ticket(tx, actor, ticket));
  records::Query query;
  query.filter = records::all_of({operations::visible_filter(actor, attachments_module()),
                                  field("part").is(ticket),
                                  field("part_module").is(std::string_view("tickets"))});
  query.limit = ticket_files_shown_max;
  records::Page page = TRY(records::select_page(
      tx, actor.org, actor.catalogue->shape(tx, actor.org, attachments_module()), query));
  std::vector<std::string> may;
  if (operations::require_act(actor, found, "update")) may.emplace_back("delete");
  std::vector<TicketFile> files;
  for (Record& attachment : page.records) files.push_back({std::move(attachment), may});
  return files;
}

Result<void> remove_attachment(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                               RecordId attachment) {
  const Record found = TRY(visible_ticket(tx, actor, ticket));
  const Record before = TRY(attachment_of(tx, actor, ticket, attachment));
  TRY(may_remove(tx, actor, found, before));
  JsonWriter detail;
  detail.begin_object().key("names").begin_array().string(before.get("name").text());
  detail.end_array().end_object();
  TRY(remove_row(tx, actor, before));
  TRY(change_row(
      tx, actor, found,
      {{"attachment_count", std::max<int64_t>(0, found.get("attachment_count").number() - 1)}},
      {"attachment_removed", detail.take()}));
  return {};
}

Result<Record> show_attachment_to(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                                  RecordId attachment, Audience audience) {
  TRY(ticket_for(tx, actor, ticket, "update"));
  const Record before = TRY(attachment_of(tx, actor, ticket, attachment));
  if (before.get("part_module").text() != "tickets") {
    return conflict("part_of_message", "A file that came or went with a message stays with it.");
  }
  const bool is_private = audience == Audience::colleagues;
  if (before.get("is_private").truth() == is_private) return before;
  return change_row(tx, actor, before, {{"is_private", int64_t{is_private}}});
}

}  // namespace tandem::desk
