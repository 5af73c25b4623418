#include <fmt/format.h>

#include <algorithm>

#include "access/organisations.h"
#include "base/text.h"
#include "desk/automation/automation_actions.h"
#include "desk/automation/automation_assignment.h"
#include "desk/automation/macros.h"
#include "desk/conversation/comments.h"
#include "desk/conversation/drafts.h"
#include "desk/conversation/replies.h"
#include "desk/conversation/reply_templates.h"
#include "desk/modules.h"
#include "desk/rows.h"
#include "desk/sharing/ticket_sharing.h"
#include "desk/webhooks/webhook_calls.h"
#include "operations/operations.h"

namespace tandem::desk {

namespace {

using access::Actor;
using records::Changes;

Result<void> write(db::Transaction& tx, const Actor& actor, RecordId ticket,
                   const Changes& changes) {
  TRY(operations::update_record(tx, actor, tickets_module(), ticket, changes));
  return {};
}

Result<RecordId> agent_for(db::Transaction& tx, const Actor& actor, RecordId ticket,
                           const Action& action, RecordId source) {
  switch (action.assignee) {
    case Assignee::agent: return action.agent;
    case Assignee::nobody: return RecordId{};
    case Assignee::me: return actor.id;
    case Assignee::round_robin:
    case Assignee::least_load: break;
  }
  const records::Record found = TRY(visible_ticket(tx, actor, ticket));
  const RecordId department = found.get("department").id();
  if (action.assignee == Assignee::round_robin) {
    return agent_in_turn(tx, actor.org, department, source);
  }
  return agent_with_least_load(tx, actor.org, department);
}

Result<void> assign(db::Transaction& tx, const Actor& actor, RecordId ticket, const Action& action,
                    RecordId source) {
  const RecordId agent = TRY(agent_for(tx, actor, ticket, action, source));
  return write(tx, actor, ticket, {{"owner", agent}});
}

/// The program does not know what is switched off, so that it is asked here.
Result<void> share(db::Transaction& tx, const Actor& actor, RecordId ticket, const Action& action) {
  const std::vector<std::string> off = access::features_switched_off(tx, actor.org);
  if (std::find(off.begin(), off.end(), "ticket_sharing") != off.end()) {
    return forbidden("sharing_is_off",
                     "Sharing of tickets is switched off; ask an administrator to switch it on.");
  }
  TRY(share_ticket(tx, actor, ticket, {{action.department, action.access}}));
  return {};
}

std::vector<std::string> plain(const std::vector<Address>& addresses) {
  std::vector<std::string> texts;
  for (const Address& one : addresses) texts.push_back(one.address);
  return texts;
}

Result<DraftText> fresh_text(db::Transaction& tx, const Actor& actor, RecordId ticket,
                             const Action& action) {
  DraftText text{.kind = action.draft_kind};
  const std::optional<ReplyKind> kind = reply_kind_from_word(action.draft_kind);
  if (!kind) {
    TRY(ticket_for(tx, actor, ticket, "comment"));
    return text;
  }
  const ReplyDraft proposal = TRY(reply_draft(tx, actor, ticket, *kind));
  text.to = plain(proposal.to);
  text.cc = plain(proposal.cc);
  text.subject = proposal.subject;
  text.from_mailbox = proposal.from_mailbox;
  return text;
}

Result<void> append_template(db::Transaction& tx, const Actor& actor, RecordId ticket,
                             RecordId reply_template, DraftText& text) {
  const FilledTemplate filled = TRY(use_reply_template(tx, actor, reply_template, ticket));
  text.html += filled.html;
  for (const records::Record& file : filled.files) text.attachment_ids.push_back(file.id.value);
  return {};
}

/// Behind what the person wrote already for the same readers; their texts for others stay.
Result<void> put_into_draft(db::Transaction& tx, const Actor& actor, RecordId ticket,
                            const Action& action) {
  DraftText text = TRY(fresh_text(tx, actor, ticket, action));
  const std::optional<Draft> held = TRY(find_draft(tx, actor, ticket));
  Draft draft;
  std::vector<DraftText> texts;
  if (held) {
    texts = held->set_aside;
    texts.insert(texts.begin(), held->text);
  }
  for (DraftText& one : texts) {
    if (share_a_text(one.kind, text.kind)) {
      text = std::move(one);
    } else {
      draft.set_aside.push_back(std::move(one));
    }
  }
  if (action.reply_template) {
    TRY(append_template(tx, actor, ticket, action.reply_template, text));
  } else {
    text.html += sanitise_html(action.html);
  }
  draft.text = std::move(text);
  TRY(save_draft(tx, actor, ticket, std::move(draft)));
  return {};
}

/// A macro is run by a person, so that its name has to be told beside theirs.
Result<void> call(db::Transaction& tx, const Actor& actor, RecordId ticket, const Action& action,
                  RecordId source) {
  if (actor.path != access::Path::macro) {
    return call_webhook(tx, actor, ticket, action.webhook, "");
  }
  const Macro macro = TRY(find_macro(tx, actor, source));
  return call_webhook(tx, actor, ticket, action.webhook, macro.name);
}

}  // namespace

Result<void> perform(db::Transaction& tx, const Actor& actor, RecordId ticket, const Action& action,
                     RecordId source) {
  switch (action.kind) {
    case ActionKind::set_field: return write(tx, actor, ticket, {{action.field, action.value}});
    case ActionKind::escalate: return write(tx, actor, ticket, {{"is_escalated", int64_t{1}}});
    case ActionKind::move: return write(tx, actor, ticket, {{"department", action.department}});
    case ActionKind::assign: return assign(tx, actor, ticket, action, source);
    case ActionKind::share: return share(tx, actor, ticket, action);
    case ActionKind::draft: return put_into_draft(tx, actor, ticket, action);
    case ActionKind::comment:
      TRY(add_comment(tx, actor, ticket, action.html, Audience::colleagues, {}));
      return {};
    case ActionKind::webhook: return call(tx, actor, ticket, action, source);
    case ActionKind::mail: return forbidden("not_by_hand", "Only rules of time write mails.");
    case ActionKind::stop: return {};
  }
  return {};
}

}  // namespace tandem::desk
