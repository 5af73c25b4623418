#include "desk/channels/web_form_submission.h"

#include <fmt/format.h>

#include "access/throttle.h"
#include "base/crypto.h"
#include "base/reachable_address.h"
#include "base/text.h"
#include "desk/channels/web_form_receipt.h"
#include "desk/conversation/conversation.h"
#include "desk/conversation/mail_sending.h"
#include "desk/deleting.h"
#include "desk/modules.h"
#include "mail/header_values.h"
#include "records/record.h"

namespace tandem::desk {

using records::Changes;

namespace {

constexpr int tries_max = 3;
constexpr int64_t line_chars_max = 255;
constexpr size_t nonce_bytes = 12;
constexpr size_t signature_digits = 32;

struct Token {
  Instant shown_at;
  std::string nonce;
};

std::string signature_of(const Desk& desk, const WebForm& form, const std::string& words) {
  return to_hex(hmac_sha256(desk.secret, "web form " + form.key + " " + words))
      .substr(0, signature_digits);
}

Result<Token> read_token(const Desk& desk, const WebForm& form, const std::string& token) {
  const std::vector<std::string> parts = split(token, '.');
  const Refusal wrong =
      invalid("", "form_token", "The page was too old or damaged. Send it again.");
  if (parts.size() != 3) return wrong;
  const std::string words = parts[0] + "." + parts[1];
  if (!equal_in_constant_time(signature_of(desk, form, words), parts[2])) return wrong;
  const std::optional<int64_t> ms = id_from_text(parts[0]);
  if (!ms) return wrong;
  return Token{Instant{*ms}, parts[1]};
}

Result<Token> check_guards(const Desk& desk, const WebForm& form, const FormEntry& entry,
                           Instant now) {
  const Token token = TRY(read_token(desk, form, entry.token));
  if (now - token.shown_at < form_fill_ms_min) {
    return invalid("", "sent_too_soon", "That was quick. Wait a few seconds and send it again.");
  }
  if (now - token.shown_at > form_fill_ms_max) {
    return invalid("", "form_too_old", "The page is older than a day. Send it again.");
  }
  if (entry.trap.empty()) return token;
  return invalid("", "trap", "Leave the field \"Website\" empty and send it again.");
}

std::string value_of(const FormEntry& entry, const std::string& name) {
  const auto found = entry.values.find(name);
  return found == entry.values.end() ? "" : std::string(trim(found->second));
}

/// The field's value as its kind wants it.
Result<records::Value> ticket_value(const records::FieldDef& field, const std::string& name,
                                    const std::string& text) {
  Result<records::Value> value = records::value_from_text(field, text);
  if (value) return value;
  return invalid(name, value.error().code, value.error().message);
}

std::optional<FieldFault> fault_of(const records::Shape& tickets, const WebFormField& field,
                                   const FormEntry& entry, Changes& values) {
  const std::string text = value_of(entry, field.name);
  if (field.name == "files") {
    if (!field.is_required || !entry.files.empty()) return std::nullopt;
    return FieldFault{field.name, "required", "Choose a file."};
  }
  if (text.empty()) {
    if (!field.is_required) return std::nullopt;
    return FieldFault{field.name, "required", "Fill this in."};
  }
  const int64_t chars_max = field.name == "message" ? form_message_chars_max : line_chars_max;
  const std::optional<records::FieldDef> of_ticket = ticket_field_of(tickets, field.name);
  if (!of_ticket && count_chars(text) > chars_max) {
    return FieldFault{field.name, "too_long", "Shorten this."};
  }
  if (field.name == "email" && !is_reachable_address(text)) {
    return FieldFault{field.name, "not_an_email", "Give an address such as ana@example.com."};
  }
  if (field.name == "phone") {
    const records::FieldDef phone{.name = "phone", .kind = records::FieldKind::phone};
    if (records::value_from_text(phone, text)) return std::nullopt;
    return FieldFault{field.name, "not_a_phone", "Give a number such as +49 30 1234567."};
  }
  if (!of_ticket) return std::nullopt;
  const Result<records::Value> value = ticket_value(*of_ticket, field.name, text);
  if (!value) return FieldFault{field.name, value.error().code, value.error().message};
  values.set(of_ticket->name, *value);
  return std::nullopt;
}

/// The values of the ticket's own fields; refuses with all that is wrong together.
Result<Changes> checked_values(const records::Shape& tickets, const WebForm& form,
                               const FormEntry& entry) {
  Changes values;
  std::vector<FieldFault> faults;
  for (const WebFormField& field : form.fields) {
    if (std::optional<FieldFault> fault = fault_of(tickets, field, entry, values)) {
      faults.push_back(std::move(*fault));
    }
  }
  if (!faults.empty()) return invalid(std::move(faults));
  return values;
}

Result<void> check_files(const WebForm& form, const FormEntry& entry) {
  bool asks_files = false;
  for (const WebFormField& field : form.fields) asks_files = asks_files || field.name == "files";
  int64_t all_bytes = 0;
  for (const FormFile& file : entry.files) all_bytes += int64_t(file.bytes.size());
  if (!asks_files && !entry.files.empty()) {
    return invalid("files", "not_asked", "This form takes no files.");
  }
  if (entry.files.size() > form_files_max) {
    return invalid("files", "too_many", "Choose at most 5 files.");
  }
  for (const FormFile& file : entry.files) {
    if (int64_t(file.bytes.size()) <= form_file_bytes_max) continue;
    return too_large("file_too_large", "Choose files of at most 10 MB each.", "files");
  }
  if (all_bytes <= form_files_bytes_max) return {};
  return too_large("files_too_large", "Choose files of at most 20 MB together.", "files");
}

Result<std::vector<ChannelFile>> stored_files(const Desk& desk, const WebForm& form,
                                              const FormEntry& entry) {
  std::vector<ChannelFile> stored;
  for (const FormFile& file : entry.files) {
    const files::StoredFile kept = TRY(desk.files.put(form.org, file.bytes));
    std::string name = mail::clean_file_name(file.name);
    if (name.empty()) name = "file";
    stored.push_back({name, "application/octet-stream", kept.size_bytes, kept.id});
    const bool is_picture = file.content_type == "image/png" || file.content_type == "image/jpeg" ||
                            file.content_type == "image/gif" || file.content_type == "image/webp";
    if (is_picture || file.content_type == "application/pdf") {
      stored.back().content_type = file.content_type;
    }
  }
  return stored;
}

int links_in(const std::string& text) {
  int links = 0;
  const std::string lower = ascii_lower(text);
  for (const std::string_view sign : {"http://", "https://"}) {
    for (size_t at = lower.find(sign); at != std::string::npos; at = lower.find(sign, at + 1)) {
      ++links;
    }
  }
  return links;
}

std::string digest_of(const WebForm& form, const FormEntry& entry) {
  return to_hex(sha256(form.key + "\n" + ascii_lower(value_of(entry, "email")) + "\n" +
                       value_of(entry, "phone") + "\n" + value_of(entry, "message")))
      .substr(0, 40);
}

Result<void> check_same_text(db::Transaction& tx, const WebForm& form, const std::string& digest) {
  const int64_t same = tx.integer(
      "SELECT COUNT(*) FROM web_form_sendings WHERE org_id = $1 AND form_id = $2 "
      "AND text_digest = $3 AND sent_at > $4",
      {form.org.value, form.id.value, digest, (tx.now() - same_text_window_ms).ms});
  if (same == 0) return {};
  return conflict("sent_already", "This message is with us already. Send only what is new.");
}

Result<void> check_throttle(db::Transaction& tx, const WebForm& form, const FormEntry& entry) {
  const int64_t of_network =
      tx.integer("SELECT COUNT(*) FROM web_form_sendings WHERE network = $1 AND sent_at > $2",
                 {access::network_of(entry.address), (tx.now() - form_network_window_ms).ms});
  const int64_t of_form = tx.integer(
      "SELECT COUNT(*) FROM web_form_sendings WHERE org_id = $1 AND form_id = $2 AND sent_at > $3",
      {form.org.value, form.id.value, (tx.now() - form_window_ms).ms});
  if (of_network < form_sendings_per_network_max && of_form < form_sendings_per_form_max) return {};
  Refusal throttled = busy("Too many messages came from here. Send it again in ten minutes.");
  throttled.code = "throttled";
  return throttled;
}

/// The address that gets a receipt; "" when it got as many as it may.
std::string receipt_address(db::Transaction& tx, const WebForm& form, const FormEntry& entry,
                            bool is_unwanted) {
  const std::string address = ascii_lower(value_of(entry, "email"));
  if (!form.sends_receipt || address.empty() || is_unwanted) return "";
  const int64_t sent =
      tx.integer("SELECT COUNT(*) FROM web_form_sendings WHERE receipt_to = $1 AND sent_at > $2",
                 {address, (tx.now() - hour_ms).ms});
  return sent < receipts_per_address_and_hour_max ? address : "";
}

struct Submission {
  ChannelMessage message;
  std::string digest;
  bool is_suspicious = false;
};

/// Without the files, whose bytes are stored when it is known to be new.
Submission submission_of(const WebForm& form, const FormEntry& entry, const Token& token,
                         Changes values) {
  Submission submission;
  submission.digest = digest_of(form, entry);
  ChannelMessage& message = submission.message;
  message.org = form.org;
  message.channel = "web";
  message.key = form.key + "." + token.nonce + "." + submission.digest;
  message.department = form.department;
  message.who = {value_of(entry, "name"), value_of(entry, "email"), value_of(entry, "phone")};
  message.subject = value_of(entry, "subject");
  message.text = value_of(entry, "message");
  message.ticket_values = std::move(values);
  submission.is_suspicious = links_in(message.subject + " " + message.text) > form_links_max;
  if (submission.is_suspicious) {
    message.ticket_values.set("classification", std::string(suspicious_classification));
  }
  return submission;
}

/// What became of it before, if it was sent before; else whether it may be sent now.
Result<std::optional<ChannelReport>> sent_before(db::Transaction& tx, const WebForm& form,
                                                 const FormEntry& entry,
                                                 const Submission& submission) {
  const std::optional<ChannelReport> before = taken_before(tx, submission.message);
  if (before) return before;
  TRY(check_same_text(tx, form, submission.digest));
  TRY(check_throttle(tx, form, entry));
  return before;
}

Result<ChannelReport> take_once(const Desk& desk, const WebForm& form, const FormEntry& entry,
                                const Submission& submission) {
  return desk.database.write([&](db::Transaction& tx) -> Result<ChannelReport> {
    const Result<ChannelReport> report = take_in_message(tx, desk, submission.message);
    if (!report || report->outcome == ChannelOutcome::duplicate) return report;
    TRY(check_same_text(tx, form, submission.digest));
    TRY(check_throttle(tx, form, entry));
    const bool is_unwanted = submission.is_suspicious || report->is_spam;
    const std::string receipt_to = receipt_address(tx, form, entry, is_unwanted);
    tx.execute(
        "INSERT INTO web_form_sendings (org_id, id, form_id, network, text_digest, receipt_to, "
        "sent_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        {form.org.value, tx.new_id(), form.id.value, access::network_of(entry.address),
         submission.digest, receipt_to, tx.now().ms});
    if (receipt_to.empty()) return report;
    const int64_t number = tx.integer("SELECT number FROM tickets WHERE org_id = $1 AND id = $2",
                                      {form.org.value, report->ticket.value});
    send_notice(tx, desk, form.org,
                form_receipt(tx, desk, form, {receipt_to, report->ticket, report->thread, number}));
    return report;
  });
}

}  // namespace

std::string form_token(const Desk& desk, const WebForm& form, Instant now) {
  const std::string words = std::to_string(now.ms) + "." + to_base64url(random_bytes(nonce_bytes));
  return words + "." + signature_of(desk, form, words);
}

Result<ChannelReport> submit_web_form(const Desk& desk, const WebForm& form,
                                      const FormEntry& entry) {
  if (!form.is_enabled) return not_found("This form is closed.");
  struct Before {
    Instant now;
    records::ShapeRef tickets;
  };
  const Before before = desk.database.read([&](db::Transaction& tx) {
    return Before{tx.now(), desk.catalogue.shape(tx, form.org, tickets_module())};
  });
  Changes values = TRY(checked_values(*before.tickets, form, entry));
  TRY(check_files(form, entry));
  const Token token = TRY(check_guards(desk, form, entry, before.now));
  Submission submission = submission_of(form, entry, token, std::move(values));
  // Before bytes are stored, so that the disk is not filled by what is refused or known.
  const std::optional<ChannelReport> known = TRY(desk.database.read(
      [&](db::Transaction& tx) { return sent_before(tx, form, entry, submission); }));
  if (known) return *known;
  submission.message.files = TRY(stored_files(desk, form, entry));
  Result<ChannelReport> report = take_once(desk, form, entry, submission);
  for (int tries = 1; tries < tries_max && !report && report.error().code == "taken"; ++tries) {
    report = take_once(desk, form, entry, submission);
  }
  // The same was sent twice at once, or the ticket was refused.
  const bool is_new = report && report->outcome != ChannelOutcome::duplicate;
  if (is_new) return report;
  for (const ChannelFile& file : submission.message.files) desk.files.forget(form.org, file.file);
  return report;
}

void forget_form_sendings(db::Database& database) {
  delete_in_steps(database, day_ms,
                  "DELETE FROM web_form_sendings WHERE (org_id, id) IN (SELECT org_id, id FROM "
                  "web_form_sendings WHERE sent_at < $1 LIMIT $2)");
}

}  // namespace tandem::desk
