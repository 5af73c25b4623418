#include "desk/conversation/conversation.h"

#include <vector>

#include "base/one_line.h"
#include "base/text.h"
#include "desk/modules.h"
#include "desk/ratings/ratings.h"
#include "desk/rows.h"
#include "desk/tickets/ticket_followers.h"
#include "desk/tickets/ticket_reading.h"
#include "desk/time_tracking/ticket_timers.h"
#include "records/search/search.h"

namespace tandem::desk {

using records::Changes;

std::string preview_of(std::string_view plain_text) {
  const std::string line = in_one_line(plain_text.substr(0, 4 * size_t(preview_chars)));
  return std::string(first_chars(to_utf8_lossy(line), preview_chars));
}

std::string kept_references(std::string ids) {
  if (ids.size() <= reference_ids_bytes_max) return ids;
  const size_t end_of_id = ids.find(' ', ids.size() - reference_ids_bytes_max - 1);
  return end_of_id == ids.npos ? "" : ids.substr(end_of_id + 1);
}

void set_author(Changes& values, const access::Actor& actor) {
  const char* kind = "system";
  if (actor.kind == access::ActorKind::person) kind = "agent";
  if (actor.kind == access::ActorKind::contact) kind = "contact";
  values.set("author_kind", kind);
  values.set("author_id", actor.id);
  values.set("author_name", std::string(first_chars(actor.name, 255)));
  values.set("author_email", actor.email);
}

void set_last_word(Changes& values, std::string_view preview, Speaker speaker, Instant at) {
  values.set("last_word", preview);
  values.set("last_word_by", speaker == Speaker::agent ? "agent" : "customer");
  values.set("last_word_at", at);
}

Speaker speaker_of_description(const records::Change& ticket) {
  const bool is_stranger = ticket.actor.kind == access::ActorKind::contact && !ticket.actor.id;
  if (!ticket.get("contact").id()) return is_stranger ? Speaker::customer : Speaker::agent;
  const bool is_written_here = ticket.actor.is_agent() && ticket.actor.path == access::Path::ui &&
                               ticket.get("channel").text() == "web";
  return is_written_here ? Speaker::agent : Speaker::customer;
}

namespace {

void set_speaker(Changes& values, const records::Change& ticket) {
  const RecordId contact = ticket.get("contact").id();
  const bool is_agent = speaker_of_description(ticket) == Speaker::agent;
  if (is_agent || !contact) return set_author(values, ticket.actor);
  const std::optional<db::Row> row =
      ticket.tx.row("SELECT title, email FROM contacts WHERE org_id = $1 AND id = $2",
                    {ticket.org.value, contact.value});
  access::Actor speaker = ticket.actor;
  speaker.kind = access::ActorKind::contact;
  speaker.id = contact;
  speaker.name = row ? row->text(0) : "";
  speaker.email = row ? row->text(1) : "";
  set_author(values, speaker);
}

}  // namespace

Result<void> add_description(records::Change& ticket) {
  const std::string& html = ticket.get("description").text();
  const std::string text = html_to_text(html);
  Changes values{{"ticket", ticket.proposed.id},
                 {"direction", "in"},
                 {"channel", ticket.get("channel")},
                 {"subject", ticket.get("subject")},
                 {"html", html},
                 {"plain_text", text},
                 {"text_preview", preview_of(text)},
                 {"is_description", int64_t{1}},
                 {"sent_at", ticket.proposed.created_at}};
  set_speaker(values, ticket);
  TRY(add_row(ticket.tx, ticket.actor, threads_module(), values,
              {.event = "", .detail_json = "", .created_at = ticket.proposed.created_at}));
  return {};
}

Result<void> forget_conversation(db::Transaction& tx, const access::Actor& actor, RecordId ticket) {
  const db::Args args{actor.org.value, ticket.value};
  // What belongs to a ticket never lies in the recycle bin itself.
  const std::string of_the_ticket = " WHERE org_id = $1 AND ticket = $2 AND deleted_at IS NULL";
  for (const char* module : {"threads", "comments", "attachments", "time_entries"}) {
    const std::string table(module);
    for (const db::Row& row : tx.rows("SELECT id FROM " + table + of_the_ticket, args)) {
      records::index_words(tx, actor.org, table, row.integer(0), "");
    }
    tx.execute("DELETE FROM " + table + of_the_ticket, args);
  }
  forget_ratings(tx, actor.org, ticket);
  tx.execute("DELETE FROM held_replies WHERE org_id = $1 AND ticket_id = $2", args);
  tx.execute("DELETE FROM drafts WHERE org_id = $1 AND ticket_id = $2", args);
  tx.execute("DELETE FROM mail_sendings WHERE org_id = $1 AND ticket_id = $2", args);
  forget_timers(tx, actor.org, ticket);
  forget_followers(tx, actor.org, ticket);
  forget_reads(tx, actor.org, ticket);
  tx.execute("DELETE FROM ticket_presence WHERE org_id = $1 AND ticket_id = $2", args);
  tx.execute("DELETE FROM merges WHERE org_id = $1 AND module = 'tickets' AND target_id = $2",
             args);
  tx.execute("DELETE FROM ticket_tags WHERE org_id = $1 AND ticket_id = $2", args);
  tx.execute("UPDATE raw_mails SET file_id = NULL WHERE org_id = $1 AND ticket_id = $2", args);
  return {};
}

}  // namespace tandem::desk
