#include "desk/conversation/outgoing_mail.h"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>

#include "base/remote_images.h"
#include "base/text.h"
#include "desk/conversation/replies.h"
#include "desk/mail/mail_threading.h"
#include "desk/mail/mailboxes.h"
#include "mail/wire_address.h"

namespace tandem::desk {

using records::Record;

namespace {

/// Sanitised like everything, but a mail may show its remote images: the reader's program asks.
std::string html_for_sending(std::string_view html) {
  return with_remote_images(sanitise_html(html));
}

std::string quoted_lines(std::string_view text) {
  std::string quoted;
  for (const std::string& line : split(text, '\n')) quoted += "> " + line + "\n";
  return quoted;
}

/// Its own files, and images of earlier public mails that the quoted history shows.
void list_files(db::Transaction& tx, OrgId org, const Record& thread, PreparedMail& prepared) {
  const std::string& html = prepared.mail.html;
  std::set<std::string> shown;
  const auto rows = tx.rows(
      "SELECT name, content_type, content_id, is_inline, file, part FROM attachments "
      "WHERE org_id = $1 AND ticket = $2 AND deleted_at IS NULL "
      "AND (part = $3 OR (is_inline = 1 AND is_private = 0)) "
      "ORDER BY CASE WHEN part = $3 THEN 0 ELSE 1 END, id LIMIT 200",
      {org.value, thread.get("ticket").number(), thread.id.value});
  for (const db::Row& row : rows) {
    const std::string content_id = row.is_null(2) ? "" : row.text(2);
    const bool is_own = row.integer(5) == thread.id.value;
    const bool is_shown =
        !content_id.empty() && html.find("cid:" + content_id) != std::string::npos;
    if (!is_own && !is_shown) continue;
    if (is_shown && !shown.insert(content_id).second) continue;
    prepared.files.push_back(row.integer(4));
    prepared.mail.attachments.push_back(
        {.name = row.text(0),
         .content_type = row.is_null(1) ? "application/octet-stream" : row.text(1),
         .content_id = content_id,
         .is_inline = is_shown,
         .bytes = ""});
  }
}

std::vector<std::string> words_in(const std::string& text) {
  std::vector<std::string> words;
  for (std::string& word : split(text, ' ')) {
    if (!word.empty()) words.push_back(std::move(word));
  }
  return words;
}

}  // namespace

Result<PreparedMail> prepare_mail(db::Transaction& tx, const Desk& desk, OrgId org,
                                  const Record& thread) {
  PreparedMail prepared;
  Envelope& envelope = prepared.envelope;
  mail::OutgoingMail& mail = prepared.mail;
  mail.from = {thread.get("sender_name").text(), thread.get("sender_email").text()};
  mail.to = addresses_from_json(thread.get("to_addresses").text());
  mail.cc = addresses_from_json(thread.get("cc_addresses").text());
  mail.subject = thread.get("subject").text();
  mail.date = thread.get("sent_at").instant();
  mail.message_id = thread.get("message_id").text();
  mail.in_reply_to = thread.get("in_reply_to").text();
  mail.references = words_in(thread.get("reference_ids").text());
  mail.extra_headers.push_back({"X-Loop", loop_mark_of(desk, org)});
  // So that no machine answers what no person wrote.
  if (thread.get("author_kind").text() == "system") mail.auto_submitted = "auto-generated";
  const std::string own = html_for_sending(thread.get("html").text());
  const std::string quoted = html_for_sending(thread.get("quoted_html").text());
  mail.html = "<div>" + own + "</div>" + (quoted.empty() ? "" : "<br>" + quoted);
  mail.text = html_to_text(own);
  if (!quoted.empty()) mail.text += "\n\n" + quoted_lines(html_to_text(quoted));
  list_files(tx, org, thread, prepared);
  const RecordId box_id = thread.get("mailbox").id();
  const std::optional<Mailbox> box = find_mailbox(tx, org, box_id);
  if (box && box->uses_plus_address) {
    const auto address = reply_address_of(desk, org, thread.get("ticket").id(), box->address);
    if (address) mail.reply_to = {{box->display_name, *address}};
  }
  envelope.server = desk.default_smtp;
  if (box && !box->smtp.host.empty()) envelope.server = TRY(smtp_server_of(tx, desk, *box));
  envelope.sender = mail.from.address;
  std::vector<Address> everyone = mail.to;
  everyone.insert(everyone.end(), mail.cc.begin(), mail.cc.end());
  for (Address& hidden : addresses_from_json(thread.get("bcc_addresses").text())) {
    everyone.push_back(std::move(hidden));
  }
  std::set<std::string> seen;
  for (const Address& one : everyone) {
    std::string address = TRY(mail::wire_address(one.address, "to"));
    if (seen.insert(ascii_lower(address)).second) envelope.recipients.push_back(std::move(address));
  }
  envelope.name = fmt::format("{}-{}", thread.get("ticket").number(), thread.id.value);
  return prepared;
}

Result<Envelope> compose(const Desk& desk, OrgId org, PreparedMail prepared) {
  for (size_t index = 0; index < prepared.files.size(); ++index) {
    mail::Attachment& attachment = prepared.mail.attachments[index];
    std::optional<std::string> bytes = desk.files.get(org, prepared.files[index]);
    if (!bytes) {
      return invalid(
          "attachment_ids", "file_gone",
          fmt::format("The file {} is gone; send the reply without it.", attachment.name));
    }
    attachment.bytes = std::move(*bytes);
  }
  prepared.envelope.raw = TRY(mail::compose_mail(prepared.mail));
  return std::move(prepared.envelope);
}

namespace {

mail::SendReport put_into_outbox(const Desk& desk, const Envelope& envelope) {
  mail::SendReport report;
  if (desk.outbox_folder.empty()) {
    report.outcome = mail::SendOutcome::refused;
    report.answer = "No mail server is set up: give one to the mailbox or to the installation.";
    return report;
  }
  const std::filesystem::path folder(desk.outbox_folder);
  std::filesystem::create_directories(folder);
  const std::filesystem::path file = folder / (envelope.name + ".eml");
  const std::filesystem::path unfinished = folder / (envelope.name + ".part");
  std::ofstream out(unfinished, std::ios::binary);
  for (const std::string& recipient : envelope.recipients) {
    out << "X-Envelope-To: " << recipient << "\r\n";
  }
  out << envelope.raw;
  out.close();
  if (!out) {
    report.answer = "The outbox folder can't be written.";
    return report;
  }
  std::filesystem::rename(unfinished, file);
  report.outcome = mail::SendOutcome::accepted;
  report.code = 250;
  report.answer = "Kept in the outbox folder.";
  return report;
}

}  // namespace

mail::SendReport hand_in(const Desk& desk, const Envelope& envelope) {
  if (!envelope.server) return put_into_outbox(desk, envelope);
  Result<mail::SendReport> report =
      mail::send_mail(*envelope.server, envelope.sender, envelope.recipients, envelope.raw);
  if (report) return std::move(*report);
  mail::SendReport refused;
  refused.outcome = mail::SendOutcome::refused;
  refused.answer = report.error().message;
  return refused;
}

}  // namespace tandem::desk
