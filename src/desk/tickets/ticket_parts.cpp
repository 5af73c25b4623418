#include "desk/tickets/ticket_parts.h"

#include "desk/conversation/conversation.h"
#include "desk/modules.h"
#include "desk/rows.h"
#include "desk/time_tracking/time_entries.h"

namespace tandem::desk {

namespace {

std::vector<int64_t> ids_of(db::Transaction& tx, OrgId org, const std::string& table,
                            RecordId ticket, int64_t from) {
  std::vector<int64_t> ids;
  for (const db::Row& row :
       tx.rows("SELECT id FROM " + table +
                   " WHERE org_id = $1 AND ticket = $2 AND id >= $3 "
                   "AND deleted_at IS NULL ORDER BY id LIMIT $4",
               {org.value, ticket.value, from, int64_t(parts_moved_max + 1)})) {
    ids.push_back(row.integer(0));
  }
  return ids;
}

/// What the mail rooms keep beside a message goes along.
void move_mail_of(db::Transaction& tx, OrgId org, int64_t thread, RecordId from, RecordId to) {
  tx.execute(
      "UPDATE raw_mails SET ticket_id = $4 WHERE org_id = $1 AND ticket_id = $2 AND thread_id = $3",
      {org.value, from.value, thread, to.value});
  tx.execute("UPDATE mail_sendings SET ticket_id = $3 WHERE org_id = $1 AND thread_id = $2",
             {org.value, thread, to.value});
}

Result<void> move_rows(db::Transaction& tx, const access::Actor& actor,
                       const records::ModuleDef& module, const std::vector<int64_t>& ids,
                       RecordId from, RecordId to) {
  for (const int64_t id : ids) {
    const Result<records::Record> part = read_row(tx, actor, module, RecordId{id});
    if (!part || part->get("ticket").id() != from) continue;
    records::Changes changes{{"ticket", to}};
    const bool is_file = module.name == "attachments";
    if (is_file && part->get("part_module").text() == "tickets") changes.set("part", to);
    TRY(change_row(tx, actor, *part, changes));
    if (module.name == "threads") move_mail_of(tx, actor.org, id, from, to);
  }
  return {};
}

}  // namespace

TicketParts parts_of(db::Transaction& tx, OrgId org, RecordId ticket, int64_t from) {
  return {.threads = ids_of(tx, org, "threads", ticket, from),
          .comments = ids_of(tx, org, "comments", ticket, from),
          .attachments = ids_of(tx, org, "attachments", ticket, from),
          .times = from == 0 ? ids_of(tx, org, "time_entries", ticket, 0) : std::vector<int64_t>()};
}

Result<void> move_parts(db::Transaction& tx, const access::Actor& actor, const TicketParts& parts,
                        RecordId from, RecordId to) {
  TRY(move_rows(tx, actor, threads_module(), parts.threads, from, to));
  TRY(move_rows(tx, actor, comments_module(), parts.comments, from, to));
  TRY(move_rows(tx, actor, attachments_module(), parts.attachments, from, to));
  return move_rows(tx, actor, time_entries_module(), parts.times, from, to);
}

records::Changes counted_parts(db::Transaction& tx, OrgId org, RecordId ticket) {
  const auto count = [&](const std::string& table) {
    return tx.integer("SELECT COUNT(*) FROM " + table +
                          " WHERE org_id = $1 AND ticket = $2 AND deleted_at IS NULL",
                      {org.value, ticket.value});
  };
  return {{"thread_count", count("threads")},
          {"comment_count", count("comments")},
          {"attachment_count", count("attachments")}};
}

void set_newest_word(db::Transaction& tx, OrgId org, RecordId ticket, records::Changes& values) {
  const std::optional<db::Row> row = tx.row(
      "SELECT text_preview, direction, author_kind, COALESCE(sent_at, created_at) FROM threads "
      "WHERE org_id = $1 AND ticket = $2 AND is_private = 0 AND is_forward = 0 "
      "AND is_auto_reply = 0 AND deleted_at IS NULL ORDER BY id DESC LIMIT 1",
      {org.value, ticket.value});
  if (!row) return;
  const bool is_agent = row->text(1) == "out" || row->text(2) == "agent";
  set_last_word(values, row->text(0), is_agent ? Speaker::agent : Speaker::customer,
                Instant{row->integer(3)});
}

}  // namespace tandem::desk
