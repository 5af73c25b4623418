#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"
#include "desk/desk.h"
#include "records/record.h"

// Answering by mail. The thread, its attachments, the ticket's counters and the sending job are
// written in one transaction; the mail goes out after it, by mail_sending.h.

namespace tandem::desk {

enum class ReplyKind { reply, reply_all, forward };
std::string_view word(ReplyKind kind);
std::optional<ReplyKind> reply_kind_from_word(std::string_view word);

constexpr size_t reply_recipients_max = 100;
constexpr size_t reply_html_bytes_max = 1'000'000;
constexpr size_t reply_attachments_max = 50;
constexpr int64_t reply_attachments_bytes_max = 20 * 1024 * 1024;

enum class IncludeAttachments { no, yes };

struct ReplyRequest {
  ReplyKind kind = ReplyKind::reply;
  std::vector<Address> to;  // empty with reply and reply_all: as reply_draft() says
  std::vector<Address> cc;
  std::vector<Address> bcc;
  std::optional<std::string> subject;   // absent: "Re: …" or "Fwd: …" of the ticket's
  std::string html;                     // without the quoted history, which is added
  std::vector<int64_t> attachment_ids;  // uploads of the actor
  RecordId from_mailbox;                // 0: the department's first
  RecordId in_reply_to_thread;          // 0: the newest public mail
  std::string status;  // "" leaves it; else the ticket takes this status in the same act
  IncludeAttachments include_attachments = IncludeAttachments::no;  // forward: those of the ticket
  std::optional<int64_t> draft_revision = std::nullopt;  // of the draft that this was; see drafts.h
};

/// Answers the new thread. Refuses: not_found, forbidden, conflict (ticket in the bin;
/// "draft_gone": sent from another window already), invalid (naming to, html, attachment_ids,
/// status, from_mailbox_id), too_large.
Result<records::Record> send_reply(db::Transaction& tx, const Desk& desk,
                                   const access::Actor& actor, RecordId ticket,
                                   const ReplyRequest& request);

/// The same, and leaves the drafts as they are: of a text that was taken from them before.
Result<records::Record> send_without_draft(db::Transaction& tx, const Desk& desk,
                                           const access::Actor& actor, RecordId ticket,
                                           const ReplyRequest& request);

struct MailboxChoice {
  RecordId id;
  std::string address;
};
/// What the composer opens with. The quoted history holds public mails only, never a private one.
struct ReplyDraft {
  std::vector<Address> to;
  std::vector<Address> cc;
  std::string subject;
  std::string quoted_html;
  RecordId from_mailbox;
  std::vector<MailboxChoice> mailboxes;
  std::vector<records::Record> attachments;  // forward: what include_attachments would send
};
Result<ReplyDraft> reply_draft(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                               ReplyKind kind);

/// Queues a mail again whose sending failed or bounced. Refuses: not_found, forbidden, conflict
/// (it is queued or sent).
Result<records::Record> resend(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                               RecordId thread);

/// Reads "to", "cc" or "bcc" of a thread.
std::vector<Address> addresses_from_json(std::string_view json);
std::string addresses_to_json(const std::vector<Address>& addresses);

}  // namespace tandem::desk
