#include "desk/drafts.h"

#include "base/json.h"
#include "desk/replies.h"
#include "desk/rows.h"

namespace tandem::desk {

namespace {

Result<void> sees_ticket(db::Transaction& tx, const access::Actor& actor, RecordId ticket) {
  TRY(visible_ticket(tx, actor, ticket));
  return {};
}

JsonArray texts(const std::vector<std::string>& values) {
  JsonArray array;
  for (const std::string& value : values) array.emplace_back(value);
  return array;
}

std::vector<std::string> texts_in(const Json& content, std::string_view key) {
  std::vector<std::string> values;
  const Json* array = find(content, key);
  if (!array || !array->is_array()) return values;
  for (const Json& value : array->as_array()) {
    if (value.is_string()) values.emplace_back(value.as_string());
  }
  return values;
}

std::string content_of(const Draft& draft) {
  JsonObject content;
  content["kind"] = draft.kind;
  content["to"] = texts(draft.to);
  content["cc"] = texts(draft.cc);
  content["bcc"] = texts(draft.bcc);
  content["html"] = draft.html;
  std::vector<std::string> ids;
  for (const int64_t id : draft.attachment_ids) ids.push_back(std::to_string(id));
  content["attachment_ids"] = texts(ids);
  return json_to_text(content);
}

Draft draft_from(const Json& content, Instant saved_at) {
  Draft draft{.kind = text_of(content, "kind"),
              .to = texts_in(content, "to"),
              .cc = texts_in(content, "cc"),
              .bcc = texts_in(content, "bcc"),
              .html = text_of(content, "html"),
              .attachment_ids = {},
              .saved_at = saved_at};
  for (const std::string& id : texts_in(content, "attachment_ids")) {
    if (const std::optional<int64_t> number = id_from_text(id)) {
      draft.attachment_ids.push_back(*number);
    }
  }
  return draft;
}

Result<void> fits(const Draft& draft) {
  if (draft.kind != "comment" && !reply_kind_from_word(draft.kind)) {
    return invalid("kind", "not_a_choice", "Choose reply, reply_all, forward or comment.");
  }
  if (draft.html.size() > reply_html_bytes_max) {
    return too_large("text_too_long", "Shorten the text to 1 MB.", "html");
  }
  if (draft.attachment_ids.size() > reply_attachments_max) {
    return invalid("attachment_ids", "too_many", "Attach at most 50 files.");
  }
  for (const auto* list : {&draft.to, &draft.cc, &draft.bcc}) {
    if (list->size() > reply_recipients_max) {
      return invalid("to", "too_many", "Name at most 100 people.");
    }
  }
  return {};
}

}  // namespace

Result<Draft> save_draft(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                         Draft draft) {
  TRY(sees_ticket(tx, actor, ticket));
  TRY(fits(draft));
  draft.saved_at = tx.now();
  tx.execute(
      "INSERT INTO drafts (org_id, ticket_id, agent_id, content, saved_at) "
      "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (org_id, ticket_id, agent_id) "
      "DO UPDATE SET content = excluded.content, saved_at = excluded.saved_at",
      {actor.org.value, ticket.value, actor.id.value, content_of(draft), draft.saved_at.ms});
  return draft;
}

Result<std::optional<Draft>> find_draft(db::Transaction& tx, const access::Actor& actor,
                                        RecordId ticket) {
  TRY(sees_ticket(tx, actor, ticket));
  const std::optional<db::Row> row = tx.row(
      "SELECT content, saved_at FROM drafts WHERE org_id = $1 AND ticket_id = $2 AND agent_id = $3",
      {actor.org.value, ticket.value, actor.id.value});
  if (!row) return std::optional<Draft>();
  const Json content = TRY(json_from_text(row->text(0)));
  return std::optional<Draft>(draft_from(content, row->instant(1)));
}

Result<void> drop_draft(db::Transaction& tx, const access::Actor& actor, RecordId ticket) {
  TRY(sees_ticket(tx, actor, ticket));
  tx.execute("DELETE FROM drafts WHERE org_id = $1 AND ticket_id = $2 AND agent_id = $3",
             {actor.org.value, ticket.value, actor.id.value});
  return {};
}

}  // namespace tandem::desk
