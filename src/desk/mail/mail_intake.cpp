#include "desk/mail/mail_intake.h"
#include "desk/intake_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/log.h"
#include "base/text.h"
#include "desk/conversation/comments.h"
#include "desk/mail/intake_message.h"
#include "desk/mail/mail_threading.h"
#include "desk/mail/raw_mails.h"
#include "desk/spam/blocked_senders.h"

// From bytes to a ticket. Three commits: the raw mail (so that nothing is lost), its files, and one
// transaction in which everything that the mail means happens together with the mark that it
// happened. A crash before the third leaves a row "received" that is taken in again; after it, the
// mark keeps the mail from being taken twice.

namespace tandem::desk {

std::string_view word(IntakeOutcome outcome) {
  switch (outcome) {
    case IntakeOutcome::ticket: return "ticket";
    case IntakeOutcome::thread: return "thread";
    case IntakeOutcome::bounce: return "bounce";
    case IntakeOutcome::auto_reply: return "auto_reply";
    case IntakeOutcome::duplicate: return "duplicate";
    case IntakeOutcome::parked: return "parked";
  }
  return "";
}

std::string_view word(MailSource source) {
  return source == MailSource::archive ? "archive" : "mailbox";
}

namespace {

/// Whether mails_per_sender_and_hour_max holds. Waived when a person asks for the mail.
enum class RateLimit { asked, waived };

constexpr int64_t crash_grace_ms = minute_ms;
constexpr int finished_at_once_max = 100;
constexpr int race_tries_max = 3;

bool holds(const std::vector<std::string>& list, const std::string& one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

/// From; but a web form that writes with our own address names the visitor in Reply-To.
Address requester_of(const mail::ParsedMail& mail, const std::vector<std::string>& own) {
  if (!holds(own, ascii_lower(mail.from.address))) return mail.from;
  for (const Address& one : mail.reply_to) {
    if (!holds(own, ascii_lower(one.address))) return one;
  }
  return mail.from;
}

IntakeReport parked(const RawMail& raw, std::string reason) {
  return {.outcome = IntakeOutcome::parked,
          .raw_mail = raw.id,
          .ticket = {},
          .thread = {},
          .reason = std::move(reason)};
}

IntakeReport known(const RawMail& raw) {
  if (raw.state == "parked" && raw.is_new) return parked(raw, raw.reason);
  return {.outcome = IntakeOutcome::duplicate,
          .raw_mail = raw.id,
          .ticket = raw.ticket,
          .thread = raw.thread,
          .reason = {}};
}

MailReferences references_of(const IncomingMail& in) {
  const mail::ParsedMail& mail = in.mail;
  MailReferences references;
  references.sender = in.sender;
  references.department = in.mailbox.department;
  if (!mail.in_reply_to.empty()) references.message_ids.push_back(mail.in_reply_to);
  for (auto id = mail.references.rbegin(); id != mail.references.rend(); ++id) {
    references.message_ids.push_back(*id);
  }
  for (const auto* list : {&mail.to, &mail.cc}) {
    for (const Address& one : *list) references.recipients.push_back(one.address);
  }
  for (const std::string& one : mail.rules.delivered_to) references.recipients.push_back(one);
  return references;
}

/// A stranger who quotes an id of ours gets a ticket of their own; the people there are told.
Result<IntakeReport> open_beside(db::Transaction& tx, const Desk& desk, const IncomingMail& in,
                                 RecordId other) {
  const IntakeReport report = TRY(open_ticket(tx, desk, in));
  const int64_t number = tx.integer("SELECT number FROM tickets WHERE org_id = $1 AND id = $2",
                                    {in.mailbox.org.value, other.value});
  const std::string note =
      "<p>" + escape_html(refers_to_ticket(tx, in.mailbox.org, number, in.sender)) + "</p>";
  const access::Actor program =
      access::system_actor(desk.catalogue, in.mailbox.org, access::Path::mail);
  TRY(add_comment(tx, program, report.ticket, note, Audience::colleagues, {}));
  return report;
}

/// What must not become a ticket: our own mails that come back to us, and machines in a circle.
std::optional<IntakeReport> circle(db::Transaction& tx, const Desk& desk, const IncomingMail& in,
                                   RateLimit limit) {
  const OrgId org = in.mailbox.org;
  if (const auto own = read_message_id(desk, org, in.mail.message_id)) {
    return IntakeReport{.outcome = IntakeOutcome::duplicate,
                        .raw_mail = in.raw.id,
                        .ticket = own->ticket,
                        .thread = own->thread,
                        .reason = "own_mail"};
  }
  if (holds(in.mail.rules.x_loop, loop_mark_of(desk, org))) return parked(in.raw, "loop_suspected");
  if (!is_email_address(in.sender)) return parked(in.raw, "no_sender");
  if (holds(own_addresses(tx, org), in.sender)) return parked(in.raw, "loop_suspected");
  if (limit == RateLimit::asked &&
      mails_of_sender_in_an_hour(tx, org, in.sender, mails_per_sender_and_hour_max + 1) >
          mails_per_sender_and_hour_max) {
    return parked(in.raw, "loop_suspected");
  }
  return std::nullopt;
}

/// What a blocked sender writes, or what a server marked and nobody waits for. Manual, Spam 2.1.
bool is_unwanted(db::Transaction& tx, const IncomingMail& in,
                 const std::optional<ThreadMatch>& match) {
  const OrgId org = in.mailbox.org;
  const bool is_awaited = match && !match->is_stranger;
  if (is_awaited && match->colleague) return false;
  if (is_blocked(tx, org, in.sender)) return true;
  return in.is_marked && !is_awaited && spam_settings_of(tx, org).believes_filters;
}

bool joins_spam(db::Transaction& tx, OrgId org, const std::optional<ThreadMatch>& match) {
  return match && !match->is_stranger &&
         tx.row("SELECT 1 FROM tickets WHERE org_id = $1 AND id = $2 AND spam_at IS NOT NULL",
                {org.value, match->ticket.value})
             .has_value();
}

Result<IntakeReport> decide(db::Transaction& tx, const Desk& desk, const IncomingMail& in,
                            RateLimit limit) {
  if (in.kind.kind == mail::MailKind::bounce) return take_bounce(tx, desk, in);
  if (const std::optional<IntakeReport> stopped = circle(tx, desk, in, limit)) return *stopped;
  const std::optional<ThreadMatch> match =
      match_ticket(tx, desk, in.mailbox.org, references_of(in));
  if (is_unwanted(tx, in, match) && !joins_spam(tx, in.mailbox.org, match))
    return open_ticket(tx, desk, in, OpenedAs::spam);
  if (!match) return open_ticket(tx, desk, in);
  if (match->is_stranger) return open_beside(tx, desk, in, match->ticket);
  return join_ticket(tx, desk, in, *match);
}

Result<IntakeReport> take_in_once(const Desk& desk, const IncomingMail& in, RateLimit limit) {
  return desk.database.write([&](db::Transaction& tx) -> Result<IntakeReport> {
    if (!claim_raw_mail(tx, in.raw)) {
      const std::optional<RawMail> there = find_raw_mail(tx, in.mailbox.org, in.raw.id);
      return known(there ? *there : in.raw);
    }
    const IntakeReport report = TRY(decide(tx, desk, in, limit));
    finish_raw_mail(tx, in.raw, report);
    return report;
  });
}

/// Stores the files and takes the mail in; a lost race for a new contact is run again.
Result<IntakeReport> take_in_parsed(const Desk& desk, IncomingMail in, RateLimit limit) {
  for (const mail::Attachment& attachment : in.mail.attachments) {
    const files::StoredFile file = TRY(desk.files.put(in.mailbox.org, attachment.bytes));
    in.files.push_back(file.id);
  }
  Result<IntakeReport> report = take_in_once(desk, in, limit);
  for (int tries = 1;
       tries < race_tries_max && !report && report.error().kind == RefusalKind::conflict; ++tries) {
    report = take_in_once(desk, in, limit);
  }
  return report;
}

IntakeReport understand(const Desk& desk, const Mailbox& mailbox, const RawMail& raw,
                        const Result<mail::ParsedMail>& mail, std::string_view bytes,
                        RateLimit limit) {
  if (!mail) return park_raw_mail(desk, raw, mail.error().code);
  try {
    const std::vector<std::string> own =
        desk.database.read([&](db::Transaction& tx) { return own_addresses(tx, mailbox.org); });
    const Address requester = requester_of(*mail, own);
    const Result<IntakeReport> report = take_in_parsed(desk,
                                                       {.mailbox = mailbox,
                                                        .raw = raw,
                                                        .mail = *mail,
                                                        .kind = mail::classify(*mail),
                                                        .requester = requester,
                                                        .sender = ascii_lower(requester.address),
                                                        .is_marked = is_marked_by_filter(bytes),
                                                        .files = {}},
                                                       limit);
    if (!report) return park_raw_mail(desk, raw, report.error().code);
    return *report;
  } catch (const std::exception& failure) {
    log_error(fmt::format("mail {} can't be taken in: {}", raw.id, failure.what()));
    if (note_intake_failure(desk, raw) < intake_attempts_max) throw;
    return park_raw_mail(desk, raw, "failed");
  }
}

/// What stands before the first empty line; nothing of a header that has no end.
std::string_view header_of(std::string_view raw) {
  const size_t end = std::min(raw.find("\n\n"), raw.find("\n\r\n"));
  return end == raw.npos ? std::string_view() : raw.substr(0, end + 1);
}

}  // namespace

IntakeReport take_in(const Desk& desk, const Mailbox& mailbox, std::string_view raw,
                     MailSource source) {
  const Result<mail::ParsedMail> mail = mail::parse_mail(raw);
  NewRawMail fresh{.raw = raw, .message_id = {}, .sender = {}, .subject = {}, .source = source};
  if (mail) {
    const std::vector<std::string> own =
        desk.database.read([&](db::Transaction& tx) { return own_addresses(tx, mailbox.org); });
    fresh.message_id = mail->message_id;
    fresh.sender = ascii_lower(requester_of(*mail, own).address);
    fresh.subject = mail->subject;
  } else if (const auto head = mail::parse_mail(header_of(raw))) {
    // Whoever looks at the parked mail wants to know whose it is.
    fresh.sender = ascii_lower(head->from.address);
    fresh.subject = head->subject;
  }
  const RawMail kept = keep_raw_mail(desk, mailbox, fresh);
  const RateLimit limit = source == MailSource::archive ? RateLimit::waived : RateLimit::asked;
  IntakeReport report =
      kept.state == "received" ? understand(desk, mailbox, kept, mail, raw, limit) : known(kept);
  report.message_id = fresh.message_id;
  return report;
}

IntakeReport take_in_again(const Desk& desk, OrgId org, int64_t raw_mail) {
  struct Stored {
    std::optional<RawMail> raw;
    std::optional<Mailbox> mailbox;
  };
  const Stored stored = desk.database.read([&](db::Transaction& tx) {
    Stored found{.raw = find_raw_mail(tx, org, raw_mail), .mailbox = {}};
    if (found.raw) found.mailbox = find_mailbox(tx, org, found.raw->mailbox);
    return found;
  });
  if (!stored.raw) return {.outcome = IntakeOutcome::parked, .reason = "raw_mail_gone"};
  if (stored.raw->state == "taken") return known(*stored.raw);
  if (stored.raw->state == "parked" && stored.raw->file == 0) {
    return parked(*stored.raw, stored.raw->reason);
  }
  if (!stored.mailbox) return park_raw_mail(desk, *stored.raw, "mailbox_gone");
  const std::optional<std::string> bytes = desk.files.get(org, stored.raw->file);
  if (!bytes) return park_raw_mail(desk, *stored.raw, "raw_mail_gone");
  return understand(desk, *stored.mailbox, *stored.raw, mail::parse_mail(*bytes), *bytes,
                    RateLimit::waived);
}

int finish_intake(const Desk& desk, const StopSign& stop) {
  const std::vector<db::Row> left = desk.database.read([&](db::Transaction& tx) {
    return tx.rows(
        "SELECT org_id, id FROM raw_mails WHERE state = 'received' AND received_at < $1 "
        "ORDER BY received_at LIMIT $2",
        {(tx.now() - crash_grace_ms).ms, int64_t{finished_at_once_max}});
  });
  for (const db::Row& row : left) {
    if (stop.is_up()) break;
    take_in_again(desk, OrgId{row.integer(0)}, row.integer(1));
  }
  return int(left.size());
}

}  // namespace tandem::desk
