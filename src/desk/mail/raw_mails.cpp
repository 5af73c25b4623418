#include "desk/mail/raw_mails.h"

#include <fmt/format.h>

#include "base/crypto.h"
#include "base/text.h"
#include "desk/mail/same_mail.h"

namespace tandem::desk {

namespace {

constexpr int64_t subject_chars_max = 500;
// Two look-ups for a Message-ID that is used again, and as many for races with another node.
constexpr int keeping_tries_max = 4;

constexpr std::string_view columns =
    "SELECT org_id, id, mailbox_id, state, outcome, reason, file_id, attempts, ticket_id, "
    "thread_id, sha256, sender, subject, source FROM raw_mails ";

struct FoundMail {
  RawMail mail;
  std::string sha256;
  std::string sender;
  std::string subject;
};

std::optional<FoundMail> select(db::Transaction& tx, std::string_view condition,
                                const db::Args& args) {
  const std::optional<db::Row> row = tx.row(std::string(columns) + std::string(condition), args);
  if (!row) return std::nullopt;
  FoundMail found;
  found.mail = {.org = {row->integer(0)},
                .id = row->integer(1),
                .mailbox = {row->integer(2)},
                .state = row->text(3),
                .outcome = row->text(4),
                .reason = row->text(5),
                .file = row->integer(6),
                .attempts = int(row->integer(7)),
                .source = row->text(13) == word(MailSource::archive) ? MailSource::archive
                                                                     : MailSource::mailbox,
                .ticket = {row->integer(8)},
                .thread = {row->integer(9)},
                .is_new = false};
  found.sha256 = row->text(10);
  found.sender = row->text(11);
  found.subject = row->text(12);
  return found;
}

std::optional<FoundMail> find_by_key(db::Transaction& tx, const Mailbox& mailbox,
                                     const std::string& key) {
  return select(tx, "WHERE org_id = $1 AND mailbox_id = $2 AND dedupe_key = $3",
                {mailbox.org.value, mailbox.id.value, key});
}

/// Whether what is there under this key is the same mail, not another one with its Message-ID.
bool is_known(const Desk& desk, const FoundMail& found, const NewRawMail& mail,
              const std::string& digest) {
  if (found.sha256 == digest) return true;
  if (found.sender != mail.sender || found.subject != mail.subject) return false;
  std::optional<std::string> bytes;
  if (found.mail.file != 0) bytes = desk.files.get(found.mail.org, found.mail.file);
  if (!bytes) return true;  // Gone with its ticket: nothing is left to compare with.
  const Result<mail::ParsedMail> before = mail::parse_mail(*bytes);
  const Result<mail::ParsedMail> now = mail::parse_mail(mail.raw);
  return before && now && is_same_mail(*before, *now);
}

struct Insertion {
  std::string key;
  std::string digest;
  int64_t file = 0;
  std::string state = "received";
  std::string reason;
};

/// Nothing when the key is taken.
std::optional<RawMail> insert(db::Transaction& tx, const Mailbox& mailbox, const NewRawMail& mail,
                              const Insertion& row) {
  const int64_t id = tx.new_id();
  db::Value file = nullptr;
  if (row.file != 0) file = row.file;
  const int64_t added = tx.execute(
      "INSERT INTO raw_mails (org_id, id, mailbox_id, dedupe_key, sha256, message_id, sender, "
      "subject, size_bytes, file_id, received_at, state, outcome, reason, attempts, "
      "source) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, '', $13, 0, $14) "
      "ON CONFLICT (org_id, mailbox_id, dedupe_key) DO NOTHING",
      {mailbox.org.value, id, mailbox.id.value, row.key, row.digest,
       stored_message_id(mail.message_id), mail.sender, mail.subject, int64_t(mail.raw.size()),
       file, tx.now().ms, row.state, row.reason, std::string(word(mail.source))});
  if (added == 0) return std::nullopt;
  return RawMail{.org = mailbox.org,
                 .id = id,
                 .mailbox = mailbox.id,
                 .state = row.state,
                 .outcome = {},
                 .reason = row.reason,
                 .file = row.file,
                 .attempts = 0,
                 .source = mail.source,
                 .ticket = {},
                 .thread = {},
                 .is_new = true};
}

void put_file(const Desk& desk, const Mailbox& mailbox, const NewRawMail& mail, Insertion& row) {
  const Result<files::StoredFile> file = desk.files.put(mailbox.org, mail.raw);
  if (file) {
    row.file = file->id;
  } else {
    row.state = "parked";
    row.reason = file.error().code;
  }
}

}  // namespace

std::string stored_message_id(std::string_view message_id) {
  if (message_id.size() <= stored_message_id_bytes_max) return to_utf8_lossy(message_id);
  return "sha256:" + to_hex(sha256(message_id));
}

RawMail keep_raw_mail(const Desk& desk, const Mailbox& mailbox, const NewRawMail& given) {
  NewRawMail mail = given;
  mail.subject = std::string(first_chars(to_utf8_lossy(given.subject), subject_chars_max));
  Insertion row;
  row.digest = to_hex(sha256(mail.raw));
  const std::string by_digest = "sha256:" + row.digest;
  row.key = mail.message_id.empty() ? by_digest : "id:" + stored_message_id(mail.message_id);
  for (int tries = 0; tries < keeping_tries_max; ++tries) {
    const auto there =
        desk.database.read([&](db::Transaction& tx) { return find_by_key(tx, mailbox, row.key); });
    if (there && is_known(desk, *there, mail, row.digest)) return there->mail;
    if (there) {
      row.key = by_digest;
      row.state = "parked";
      row.reason = "message_id_reused";
      continue;
    }
    if (row.file == 0) put_file(desk, mailbox, mail, row);
    const auto kept =
        desk.database.write([&](db::Transaction& tx) -> Result<std::optional<RawMail>> {
          return insert(tx, mailbox, mail, row);
        });
    if (!kept) throw db::DatabaseFailure("a mail can't be stored: " + kept.error().message);
    if (*kept) return **kept;
  }
  throw db::DatabaseFailure("a mail can't be stored: other nodes store it, too");
}

std::optional<RawMail> find_raw_mail(db::Transaction& tx, OrgId org, int64_t id) {
  std::optional<FoundMail> found = select(tx, "WHERE org_id = $1 AND id = $2", {org.value, id});
  if (!found) return std::nullopt;
  return std::move(found->mail);
}

bool claim_raw_mail(db::Transaction& tx, const RawMail& mail) {
  return tx.execute(
             "UPDATE raw_mails SET state = 'taken' WHERE org_id = $1 AND id = $2 "
             "AND state <> 'taken'",
             {mail.org.value, mail.id}) == 1;
}

void finish_raw_mail(db::Transaction& tx, const RawMail& mail, const IntakeReport& report) {
  // A bounce of nothing we sent is understood, yet nobody would see it: it waits with the parked
  // mails.
  const bool is_parked = report.outcome == IntakeOutcome::parked || !report.reason.empty();
  tx.execute(
      "UPDATE raw_mails SET state = $3, outcome = $4, reason = $5, ticket_id = $6, thread_id = $7 "
      "WHERE org_id = $1 AND id = $2",
      {mail.org.value, mail.id, std::string(is_parked ? "parked" : "taken"),
       std::string(word(report.outcome)), report.reason, db::arg(report.ticket),
       db::arg(report.thread)});
}

IntakeReport park_raw_mail(const Desk& desk, const RawMail& mail, const std::string& reason) {
  const IntakeReport report{.outcome = IntakeOutcome::parked,
                            .raw_mail = mail.id,
                            .ticket = {},
                            .thread = {},
                            .reason = reason};
  const auto parked = desk.database.write([&](db::Transaction& tx) -> Result<bool> {
    if (claim_raw_mail(tx, mail)) finish_raw_mail(tx, mail, report);
    return true;
  });
  if (!parked) throw db::DatabaseFailure("a mail can't be parked");
  return report;
}

int note_intake_failure(const Desk& desk, const RawMail& mail) {
  const auto attempts = desk.database.write([&](db::Transaction& tx) -> Result<int64_t> {
    return tx.integer(
        "UPDATE raw_mails SET attempts = attempts + 1 WHERE org_id = $1 AND id = $2 "
        "RETURNING attempts",
        {mail.org.value, mail.id});
  });
  return attempts ? int(*attempts) : 0;
}

int64_t mails_of_sender_in_an_hour(db::Transaction& tx, OrgId org, const std::string& sender,
                                   int64_t most) {
  return tx.integer(
      "SELECT COUNT(*) FROM (SELECT 1 FROM raw_mails WHERE org_id = $1 AND sender = $2 "
      "AND received_at > $3 AND source = $4 LIMIT $5) AS recent",
      {org.value, sender, (tx.now() - hour_ms).ms, std::string(word(MailSource::mailbox)), most});
}

}  // namespace tandem::desk
