#include "desk/conversation/comments.h"

#include <algorithm>

#include "base/text.h"
#include "desk/conversation/attachments.h"
#include "desk/conversation/conversation.h"
#include "desk/conversation/mentions.h"
#include "desk/modules.h"
#include "desk/rows.h"
#include "operations/operations.h"

namespace tandem::desk {

using records::Changes;
using records::Record;

namespace {

struct CommentText {
  std::string html;
  std::string plain;
};

Result<CommentText> comment_text(const std::string& html) {
  if (html.size() > size_t(comment_html_bytes_max)) {
    return too_large("comment_too_long", "Shorten the comment to 32,000 characters.", "html");
  }
  CommentText text{sanitise_html(html), html_to_text(html)};
  if (trim(text.plain).empty() && text.html.find("<img") == std::string::npos) {
    return invalid("html", "required", "Write the comment first.");
  }
  if (count_chars(text.plain) > comment_text_chars_max) {
    return invalid("html", "too_long", "Shorten the comment to 32,000 characters.");
  }
  return text;
}

std::string detail_of(const Record& comment, const std::vector<int64_t>& mentions = {}) {
  JsonWriter detail;
  detail.begin_object().id("comment", comment.id.value);
  detail.boolean("is_public", comment.get("is_public").truth());
  if (!mentions.empty()) {
    detail.key("mentions").begin_array();
    for (const int64_t agent : mentions) detail.string(std::to_string(agent));
    detail.end_array();
  }
  detail.end_object();
  return detail.take();
}

Result<Record> comment_of(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                          RecordId comment) {
  const Record found = TRY(read_row(tx, actor, comments_module(), comment));
  if (found.get("ticket").id() != ticket) return not_found("There is no such comment here.");
  return found;
}

std::string_view act_of(const Record& comment) {
  return comment.get("is_public").truth() ? "comment_public" : "comment";
}

Result<void> may_change(const access::Actor& actor, const Record& ticket, const Record& comment) {
  TRY(operations::require_act(actor, ticket, "comment"));
  TRY(operations::require_act(actor, ticket, act_of(comment)));
  const bool is_own = comment.get("author_kind").text() == "agent" &&
                      comment.get("author_id").number() == actor.id.value && actor.is_agent();
  if (is_own || actor.is_administrator() || actor.is_system()) return {};
  return forbidden("not_your_comment", "Only its author or an administrator changes a comment.");
}

}  // namespace

Result<Record> add_comment(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                           const std::string& html, Audience audience,
                           const std::vector<int64_t>& attachment_ids,
                           const std::vector<int64_t>& mentions) {
  const bool is_public = audience == Audience::everyone;
  const Record found = TRY(ticket_for(tx, actor, ticket, is_public ? "comment_public" : "comment"));
  const CommentText text = TRY(comment_text(html));
  TRY(can_be_mentioned(tx, actor, ticket, mentions));
  if (attachment_ids.size() > comment_attachments_max) {
    return invalid("attachment_ids", "too_many", "Attach at most 50 files.");
  }
  Changes values{{"ticket", ticket},
                 {"html", text.html},
                 {"text_preview", text.plain},
                 {"is_public", int64_t{is_public}}};
  if (!mentions.empty()) values.set("mentions", mentions_to_json(tx, actor.org, mentions));
  set_author(values, actor);
  Record comment = TRY(add_row(tx, actor, comments_module(), values));
  const std::vector<Record> attached = TRY(attach_uploads(
      tx, actor, attachment_ids, {ticket, "comments", comment.id, !is_public, text.html}));
  TRY(change_row(
      tx, actor, found,
      {{"comment_count", found.get("comment_count").number() + 1},
       {"attachment_count", found.get("attachment_count").number() + int64_t(attached.size())}},
      {"comment_added", detail_of(comment, mentions)}));
  return comment;
}

Result<Record> edit_comment(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                            RecordId comment, const std::string& html,
                            const std::vector<int64_t>& mentions) {
  const Record found = TRY(ticket_for(tx, actor, ticket, "comment"));
  const Record before = TRY(comment_of(tx, actor, ticket, comment));
  TRY(may_change(actor, found, before));
  const CommentText text = TRY(comment_text(html));
  std::vector<int64_t> all;
  for (const Mention& one : mentions_from_json(before.get("mentions").text()))
    all.push_back(one.agent.value);
  std::vector<int64_t> added;
  for (const int64_t agent : mentions) {
    if (std::find(all.begin(), all.end(), agent) == all.end()) added.push_back(agent);
  }
  TRY(can_be_mentioned(tx, actor, ticket, added));
  all.insert(all.end(), added.begin(), added.end());
  if (!added.empty()) TRY(mentions_fit(all.size()));
  Changes changes{{"html", text.html}, {"text_preview", text.plain}, {"edited_at", tx.now()}};
  if (!added.empty()) changes.set("mentions", mentions_to_json(tx, actor.org, all));
  Record edited = TRY(change_row(tx, actor, before, changes));
  TRY(change_row(tx, actor, found, {}, {"comment_edited", detail_of(edited, added)}));
  return edited;
}

Result<Record> edit_comment(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                            RecordId comment, const std::string& html) {
  return edit_comment(tx, actor, ticket, comment, html, {});
}

Result<void> remove_comment(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                            RecordId comment) {
  const Record found = TRY(ticket_for(tx, actor, ticket, "comment"));
  const Record before = TRY(comment_of(tx, actor, ticket, comment));
  TRY(may_change(actor, found, before));
  const std::vector<Record> files = attachments_of(tx, actor, "comments", comment);
  for (const Record& file : files) TRY(remove_row(tx, actor, file));
  TRY(remove_row(tx, actor, before));
  TRY(change_row(tx, actor, found,
                 {{"comment_count", std::max<int64_t>(0, found.get("comment_count").number() - 1)},
                  {"attachment_count", std::max<int64_t>(0, found.get("attachment_count").number() -
                                                                int64_t(files.size()))}},
                 {"comment_removed", detail_of(before)}));
  return {};
}

std::vector<std::string> may_with_comment(const access::Actor& actor, const Record& ticket,
                                          const Record& comment) {
  if (!may_change(actor, ticket, comment)) return {};
  return {"update", "delete"};
}

}  // namespace tandem::desk
