#include "desk/conversation/drafts.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "desk/conversation/replies.h"
#include "desk/modules.h"
#include "desk/rows.h"
#include "desk/sharing/agent_sight.h"
#include "operations/operations.h"

namespace tandem::desk {

namespace {

constexpr int64_t drafts_moved_max = 1'000;
constexpr size_t set_aside_max = 2;  // besides the shown one: answer, forward, comment

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

}  // namespace

JsonObject json_of(const DraftText& text) {
  JsonObject content;
  content["kind"] = text.kind;
  content["to"] = texts(text.to);
  content["cc"] = texts(text.cc);
  content["bcc"] = texts(text.bcc);
  content["subject"] = text.subject;
  content["html"] = text.html;
  std::vector<std::string> ids;
  for (const int64_t id : text.attachment_ids) ids.push_back(std::to_string(id));
  content["attachment_ids"] = texts(ids);
  content["from_mailbox"] = std::to_string(text.from_mailbox.value);
  content["without_attachments"] = !text.includes_attachments;
  if (!text.gone_files.empty()) content["gone_files"] = texts(text.gone_files);
  return content;
}

DraftText draft_text_from(const Json& content) {
  DraftText text{.kind = text_of(content, "kind"),
                 .to = texts_in(content, "to"),
                 .cc = texts_in(content, "cc"),
                 .bcc = texts_in(content, "bcc"),
                 .subject = text_of(content, "subject"),
                 .html = text_of(content, "html"),
                 .gone_files = texts_in(content, "gone_files")};
  for (const std::string& id : texts_in(content, "attachment_ids")) {
    if (const std::optional<int64_t> number = id_from_text(id)) {
      text.attachment_ids.push_back(*number);
    }
  }
  text.from_mailbox = RecordId{id_from_text(text_of(content, "from_mailbox")).value_or(0)};
  const Json* without = find(content, "without_attachments");
  text.includes_attachments = !(without && without->is_bool() && without->as_bool());
  return text;
}

std::string text_from_draft(const Draft& draft) {
  JsonObject content = json_of(draft.text);
  JsonArray aside;
  for (const DraftText& text : draft.set_aside) aside.emplace_back(json_of(text));
  content["set_aside"] = std::move(aside);
  content["revision"] = std::to_string(draft.revision);
  return json_to_text(content);
}

std::optional<Draft> draft_from_text(std::string_view text, Instant saved_at) {
  const Result<Json> read = json_from_text(text);
  if (!read) return std::nullopt;
  const Json& content = *read;
  Draft draft{.text = draft_text_from(content),
              .set_aside = {},
              // A draft of an older version has no revision; the time tells it apart as well.
              .revision = id_from_text(text_of(content, "revision")).value_or(saved_at.ms),
              .saved_at = saved_at};
  if (const Json* aside = find(content, "set_aside"); aside && aside->is_array()) {
    for (const Json& each : aside->as_array()) draft.set_aside.push_back(draft_text_from(each));
  }
  return draft;
}

namespace {

Result<void> text_fits(const DraftText& text) {
  if (text.kind != "comment" && !reply_kind_from_word(text.kind)) {
    return invalid("kind", "not_a_choice", "Choose reply, reply_all, forward or comment.");
  }
  if (text.html.size() > reply_html_bytes_max) {
    return too_large("text_too_long", "Shorten the text to 1 MB.", "html");
  }
  if (text.attachment_ids.size() > reply_attachments_max) {
    return invalid("attachment_ids", "too_many", "Attach at most 50 files.");
  }
  for (const auto* list : {&text.to, &text.cc, &text.bcc}) {
    if (list->size() > reply_recipients_max) {
      return invalid("to", "too_many", "Name at most 100 people.");
    }
  }
  return {};
}

Result<void> fits(const Draft& draft) {
  TRY(text_fits(draft.text));
  if (draft.set_aside.size() > set_aside_max) {
    return invalid("set_aside", "too_many", "Set at most two texts aside.");
  }
  for (size_t i = 0; i < draft.set_aside.size(); ++i) {
    const DraftText& text = draft.set_aside[i];
    TRY(text_fits(text));
    const auto same = [&](const DraftText& other) { return share_a_text(other.kind, text.kind); };
    const auto earlier = draft.set_aside.begin() + std::ptrdiff_t(i);
    if (same(draft.text) || std::any_of(draft.set_aside.begin(), earlier, same)) {
      return invalid("set_aside", "duplicate", "Give one text for each kind of reader.");
    }
  }
  return {};
}

/// Whose draft, and where.
struct DraftKey {
  OrgId org;
  RecordId agent;
  RecordId ticket;
};

std::optional<Draft> draft_in(db::Transaction& tx, const DraftKey& key) {
  const std::optional<db::Row> row = tx.row(
      "SELECT content, saved_at FROM drafts WHERE org_id = $1 AND ticket_id = $2 AND agent_id = $3",
      {key.org.value, key.ticket.value, key.agent.value});
  if (!row) return std::nullopt;
  return draft_from_text(row->text(0), row->instant(1));
}

std::optional<Draft> draft_in(db::Transaction& tx, const access::Actor& actor, RecordId ticket) {
  return draft_in(tx, {actor.org, actor.id, ticket});
}

void store(db::Transaction& tx, const DraftKey& key, Draft& draft) {
  draft.revision = tx.new_id();
  draft.saved_at = tx.now();
  tx.execute(
      "INSERT INTO drafts (org_id, ticket_id, agent_id, content, saved_at) "
      "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (org_id, ticket_id, agent_id) "
      "DO UPDATE SET content = excluded.content, saved_at = excluded.saved_at",
      {key.org.value, key.ticket.value, key.agent.value, text_from_draft(draft),
       draft.saved_at.ms});
}

void store(db::Transaction& tx, const access::Actor& actor, RecordId ticket, Draft& draft) {
  store(tx, {actor.org, actor.id, ticket}, draft);
}

int64_t revision_of(const std::optional<Draft>& draft) { return draft ? draft->revision : 0; }

/// Who may not send such a text keeps no new words of it either. What they wrote while they might
/// stays as it is, to be read.
Result<void> may_be_written(const access::Actor& actor, const records::Record& ticket,
                            const DraftText& text, const std::optional<Draft>& before) {
  if (text.html.empty() && text.attachment_ids.empty()) return {};
  const auto is_same = [&](const DraftText& old) {
    const auto had = [&](int64_t file) {
      return std::find(old.attachment_ids.begin(), old.attachment_ids.end(), file) !=
             old.attachment_ids.end();
    };
    return share_a_text(old.kind, text.kind) && old.html == text.html &&
           std::all_of(text.attachment_ids.begin(), text.attachment_ids.end(), had);
  };
  const bool stays =
      before && (is_same(before->text) ||
                 std::any_of(before->set_aside.begin(), before->set_aside.end(), is_same));
  if (stays) return {};
  const bool answers = share_a_text(text.kind, "reply");
  return operations::require_act(actor, ticket, answers ? "reply" : text.kind);
}

}  // namespace

bool share_a_text(std::string_view kind, std::string_view other) {
  const auto answers = [](std::string_view word) { return word == "reply" || word == "reply_all"; };
  return kind == other || (answers(kind) && answers(other));
}

Result<Draft> save_draft(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                         Draft draft, std::optional<int64_t> seen) {
  const records::Record found = TRY(visible_ticket(tx, actor, ticket));
  TRY(fits(draft));
  const std::optional<Draft> before = draft_in(tx, actor, ticket);
  if (seen && *seen != revision_of(before)) {
    return conflict("draft_changed",
                    "The draft was changed in another window. Read it, then save again.");
  }
  TRY(may_be_written(actor, found, draft.text, before));
  for (const DraftText& text : draft.set_aside) TRY(may_be_written(actor, found, text, before));
  store(tx, actor, ticket, draft);
  return draft;
}

Result<std::optional<Draft>> find_draft(db::Transaction& tx, const access::Actor& actor,
                                        RecordId ticket) {
  TRY(sees_ticket(tx, actor, ticket));
  return draft_in(tx, actor, ticket);
}

Result<std::vector<OwnWords>> own_words(db::Transaction& tx, const access::Actor& actor,
                                        RecordId ticket) {
  std::vector<OwnWords> words;
  if (const std::optional<Draft> draft = draft_in(tx, actor, ticket)) {
    words.push_back({draft->text.kind, draft->text.html});
    for (const DraftText& text : draft->set_aside) words.push_back({text.kind, text.html});
  }
  std::erase_if(words, [](const OwnWords& one) { return trim(html_to_text(one.html)).empty(); });
  if (words.empty()) return not_found("Nothing that you wrote waits here.");
  return words;
}

Result<void> drop_draft(db::Transaction& tx, const access::Actor& actor, RecordId ticket) {
  TRY(sees_ticket(tx, actor, ticket));
  tx.execute("DELETE FROM drafts WHERE org_id = $1 AND ticket_id = $2 AND agent_id = $3",
             {actor.org.value, ticket.value, actor.id.value});
  return {};
}

Result<void> send_draft(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                        std::string_view kind, std::optional<int64_t> seen) {
  std::optional<Draft> draft = draft_in(tx, actor, ticket);
  if (seen && *seen != 0 && *seen != revision_of(draft)) {
    return conflict("draft_gone",
                    "This text was sent, thrown away or changed in another window. Look at the "
                    "conversation before you send it again.");
  }
  if (!draft) return {};
  std::vector<DraftText> left;
  if (!share_a_text(draft->text.kind, kind)) left.push_back(std::move(draft->text));
  for (DraftText& text : draft->set_aside) {
    if (!share_a_text(text.kind, kind)) left.push_back(std::move(text));
  }
  if (left.empty()) return drop_draft(tx, actor, ticket);
  draft->text = std::move(left.front());
  draft->set_aside.assign(std::make_move_iterator(left.begin() + 1),
                          std::make_move_iterator(left.end()));
  store(tx, actor, ticket, *draft);
  return {};
}

namespace {

/// The second behind the first. Recipients and subject stay those of the first.
void append_text(DraftText& first, const DraftText& second) {
  first.html += second.html;
  for (const int64_t id : second.attachment_ids) {
    if (std::find(first.attachment_ids.begin(), first.attachment_ids.end(), id) ==
        first.attachment_ids.end()) {
      first.attachment_ids.push_back(id);
    }
  }
}

void add_text(Draft& draft, DraftText text) {
  if (share_a_text(draft.text.kind, text.kind)) return append_text(draft.text, text);
  for (DraftText& other : draft.set_aside) {
    if (share_a_text(other.kind, text.kind)) return append_text(other, text);
  }
  draft.set_aside.push_back(std::move(text));
}

Draft joined(Draft first, Draft second) {
  add_text(first, std::move(second.text));
  for (DraftText& text : second.set_aside) add_text(first, std::move(text));
  return first;
}

Draft before_present(db::Transaction& tx, const DraftKey& key, DraftText text) {
  Draft draft{.text = std::move(text), .saved_at = {}};
  std::optional<Draft> present = draft_in(tx, key);
  return present ? joined(std::move(draft), std::move(*present)) : draft;
}

}  // namespace

Draft put_back_draft(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                     DraftText text) {
  Draft draft = before_present(tx, {actor.org, actor.id, ticket}, std::move(text));
  store(tx, actor, ticket, draft);
  return draft;
}

Result<Draft> put_before_draft(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                               DraftText text) {
  Draft draft = before_present(tx, {actor.org, actor.id, ticket}, std::move(text));
  TRY(fits(draft));
  store(tx, actor, ticket, draft);
  return draft;
}

std::vector<RecordId> writers_who_see(db::Transaction& tx, const access::Actor& asking,
                                      RecordId from, const records::Record& other) {
  std::vector<RecordId> writers;
  for (const db::Row& row :
       tx.rows("SELECT agent_id FROM drafts WHERE org_id = $1 AND ticket_id = $2 "
               "ORDER BY agent_id LIMIT $3",
               {asking.org.value, from.value, drafts_moved_max})) {
    const RecordId agent{row.integer(0)};
    if (agent_sees(tx, asking, agent, other)) writers.push_back(agent);
  }
  return writers;
}

void move_draft(db::Transaction& tx, OrgId org, RecordId agent, RecordId from, RecordId to) {
  std::optional<Draft> moved = draft_in(tx, {org, agent, from});
  if (!moved) return;
  std::optional<Draft> present = draft_in(tx, {org, agent, to});
  Draft draft = present ? joined(std::move(*present), std::move(*moved)) : std::move(*moved);
  store(tx, {org, agent, to}, draft);
  tx.execute("DELETE FROM drafts WHERE org_id = $1 AND ticket_id = $2 AND agent_id = $3",
             {org.value, from.value, agent.value});
}

std::vector<records::Record> files_of_draft(db::Transaction& tx, const access::Actor& actor,
                                            const DraftText& text) {
  std::vector<records::Record> files;
  for (const int64_t id : text.attachment_ids) {
    Result<records::Record> file = read_row(tx, actor, attachments_module(), RecordId{id});
    const bool is_waiting =
        file && file->get("ticket").is_null() && file->get("uploader").id() == actor.id;
    if (is_waiting) files.push_back(std::move(*file));
  }
  return files;
}

}  // namespace tandem::desk
