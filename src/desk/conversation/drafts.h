#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"
#include "base/json.h"
#include "records/record.h"

// What somebody writes on a ticket and has not sent. Answers, forwards and comments are for
// different readers, so each keeps a text of its own: what is written for colleagues can't end up
// in a mail because the kind was switched.

namespace tandem::desk {

/// One unsent text with its recipients and files.
struct DraftText {
  std::string kind = "reply";  // reply, reply_all, forward or comment
  std::vector<std::string> to = {};
  std::vector<std::string> cc = {};
  std::vector<std::string> bcc = {};
  std::string subject = {};
  std::string html = {};
  std::vector<int64_t> attachment_ids = {};
  /// Names of files that waited for too long; the next save forgets them.
  std::vector<std::string> gone_files = {};
  RecordId from_mailbox = {};
  bool includes_attachments = true;  // forward: those of the ticket
};

/// A person's unsent texts on a ticket; one draft per person and ticket.
struct Draft {
  DraftText text;                    // the one that was written on last
  std::vector<DraftText> set_aside;  // those for other readers, one each
  int64_t revision = 0;              // another one with every save
  Instant saved_at;
};

/// Whether two kinds share one text: an answer and an answer to all do, nothing else does.
bool share_a_text(std::string_view kind, std::string_view other);

/// Without `seen` the draft replaces any other; with it, only the draft of this revision (0: none).
/// Refuses: not_found (ticket), invalid (kind, set_aside, html longer than reply_html_bytes_max),
/// conflict ("draft_changed"), and as ticket_act_rule() new words of a kind that the person may not
/// send on this ticket. Manual, Replies and comments 4.2.
Result<Draft> save_draft(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                         Draft draft, std::optional<int64_t> seen = std::nullopt);
Result<std::optional<Draft>> find_draft(db::Transaction& tx, const access::Actor& actor,
                                        RecordId ticket);

/// What somebody wrote, and nothing else of the draft.
struct OwnWords {
  std::string kind;
  std::string html;
};
/// The actor's unsent words on a ticket, also while it is out of their sight: no recipient, subject
/// or file comes along, for those are the ticket's. Refuses with not_found when there are none,
/// whether or not there is such a ticket. Manual, Sharing 4.2.
Result<std::vector<OwnWords>> own_words(db::Transaction& tx, const access::Actor& actor,
                                        RecordId ticket);
Result<void> drop_draft(db::Transaction& tx, const access::Actor& actor, RecordId ticket);

/// Takes the text of `kind`, which goes out, from the draft; the others stay. With `seen`, refuses
/// with conflict ("draft_gone") when the draft is not of this revision any more: it was sent,
/// thrown away or rewritten in another window.
Result<void> send_draft(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                        std::string_view kind, std::optional<int64_t> seen);

/// Puts a text that was to go out in front again; what was written for the same readers meanwhile
/// stands behind it. Nothing is refused: what becomes too long together is asked to be shorter when
/// it is saved.
Draft put_back_draft(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                     DraftText text);
/// The same for a text that is new. Refuses as save_draft() what becomes too long.
Result<Draft> put_before_draft(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                               DraftText text);

/// Whose drafts on the ticket `from` may go to the other one: those of who sees that one.
std::vector<RecordId> writers_who_see(db::Transaction& tx, const access::Actor& asking,
                                      RecordId from, const records::Record& other);
/// Moves the draft of one agent, for merging. What they wrote on the other ticket stays in front of
/// it. Nothing is refused: a text that becomes too long is asked to be shorter when it is saved.
void move_draft(db::Transaction& tx, OrgId org, RecordId agent, RecordId from, RecordId to);

/// As it is stored, and read again.
JsonObject json_of(const DraftText& text);
DraftText draft_text_from(const Json& content);

/// A whole draft as it is stored. Nothing when the text is none.
std::string text_from_draft(const Draft& draft);
std::optional<Draft> draft_from_text(std::string_view text, Instant saved_at);

/// The files of a text that still wait to be sent, in its order.
std::vector<records::Record> files_of_draft(db::Transaction& tx, const access::Actor& actor,
                                            const DraftText& text);

}  // namespace tandem::desk
