#include "mail/classify.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "mail/header_values.h"

namespace tandem::mail {
namespace {

struct Field {
  std::string name;
  std::string value;
};
using FieldGroup = std::vector<Field>;

constexpr size_t report_bytes_max = 512 * 1024;

// Groups of header-like fields, parted by blank lines (RFC 3464, 2.1). The first group is about the
// whole mail.
std::vector<FieldGroup> read_groups(std::string_view text) {
  std::vector<FieldGroup> groups(1);
  text = text.substr(0, report_bytes_max);
  while (!text.empty()) {
    const size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (trim(line).empty()) {
      if (!groups.back().empty()) groups.emplace_back();
    } else if ((line[0] == ' ' || line[0] == '\t') && !groups.back().empty()) {
      groups.back().back().value.append(" ").append(trim(line));
    } else if (const size_t colon = line.find(':'); colon != line.npos) {
      groups.back().push_back(
          {ascii_lower(trim(line.substr(0, colon))), std::string(trim(line.substr(colon + 1)))});
    }
  }
  return groups;
}

std::string_view value_of(const FieldGroup& group, std::string_view name) {
  for (const Field& field : group)
    if (field.name == name) return field.value;
  return "";
}

// "rfc822; joe@example.com" says its type first.
std::string without_type(std::string_view value) {
  const size_t semicolon = value.find(';');
  return to_utf8_lossy(trim(semicolon == value.npos ? value : value.substr(semicolon + 1)));
}

std::string status_code(std::string_view value) {
  const size_t start = value.find_first_of("245");
  if (start == value.npos) return "";
  const std::string_view code =
      value.substr(start, value.find_first_not_of("0123456789.", start) - start);
  const bool is_code =
      code.size() >= 5 && code.size() <= 11 && code[1] == '.' && std::ranges::count(code, '.') == 2;
  return is_code ? std::string(code) : "";
}

BounceWeight weight_of(std::string_view action, std::string_view status) {
  if (action == "delayed") return BounceWeight::delayed;
  if (status.starts_with('5')) return BounceWeight::permanent;
  if (status.starts_with('4'))
    return action == "failed" ? BounceWeight::permanent : BounceWeight::delayed;
  return action == "failed" ? BounceWeight::permanent : BounceWeight::unknown;
}

bool is_about_recipient(const FieldGroup& group) {
  return !value_of(group, "final-recipient").empty() ||
         !value_of(group, "original-recipient").empty();
}

std::string recipient_of(const FieldGroup& group) {
  for (const char* name : {"original-recipient", "final-recipient"}) {
    std::string address = without_type(value_of(group, name));
    if (address.starts_with('<') && address.ends_with('>'))
      address = address.substr(1, address.size() - 2);
    if (is_email_address(address)) return address;
  }
  return "";
}

std::vector<FailedRecipient> failed_recipients(std::string_view delivery_status) {
  std::vector<FailedRecipient> failed;
  for (const FieldGroup& group : read_groups(delivery_status)) {
    if (!is_about_recipient(group) || failed.size() >= static_cast<size_t>(bounce_recipients_max))
      continue;
    const std::string action = ascii_lower(value_of(group, "action"));
    if (action.starts_with("delivered") || action.starts_with("relayed") ||
        action.starts_with("expanded"))
      continue;
    FailedRecipient recipient;
    recipient.address = recipient_of(group);
    recipient.status = status_code(value_of(group, "status"));
    recipient.diagnostic = without_type(value_of(group, "diagnostic-code"));
    if (recipient.status.empty()) recipient.status = status_code(recipient.diagnostic);
    recipient.weight = weight_of(action, recipient.status);
    failed.push_back(std::move(recipient));
  }
  return failed;
}

std::string returned_message_id(const ParsedMail& mail) {
  for (const FieldGroup& group : read_groups(mail.report.returned_headers)) {
    const std::vector<std::string> ids = decode_ids(value_of(group, "message-id"));
    if (!ids.empty()) return ids.front();
    if (!group.empty()) break;
  }
  // Bounces that hold no headers often still answer to the mail they are about.
  if (!mail.in_reply_to.empty()) return mail.in_reply_to;
  return mail.references.empty() ? "" : mail.references.back();
}

std::string local_part(std::string_view address) {
  const std::string lower = ascii_lower(address);
  return lower.substr(0, lower.rfind('@'));
}

bool is_mailer_daemon(const Address& from) {
  const std::string local = local_part(from.address);
  return local == "mailer-daemon" || local == "postmaster" || local == "mail-daemon" ||
         local == "mailerdaemon";
}

bool has_null_return_path(const ParsedMail& mail) {
  return mail.rules.return_path.has_value() && mail.rules.return_path->empty();
}

bool is_bounce(const ParsedMail& mail) {
  if (mail.report.type != "delivery-status")
    return is_mailer_daemon(mail.from) && has_null_return_path(mail);
  // A report that speaks of successes only is an automatic mail, but nothing came back.
  const std::vector<FieldGroup> groups = read_groups(mail.report.delivery_status);
  return std::ranges::none_of(groups, is_about_recipient) ||
         !failed_recipients(mail.report.delivery_status).empty();
}

Bounce bounce_of(const ParsedMail& mail) {
  Bounce bounce;
  bounce.original_message_id = returned_message_id(mail);
  bounce.failed = failed_recipients(mail.report.delivery_status);
  for (const FailedRecipient& recipient : bounce.failed) {
    if (recipient.weight == BounceWeight::permanent || bounce.weight == BounceWeight::unknown)
      bounce.weight = recipient.weight;
  }
  return bounce;
}

bool is_auto_reply(const ParsedMail& mail) {
  const RuleHeaders& rules = mail.rules;
  if (!rules.auto_submitted.empty() && rules.auto_submitted != "no") return true;
  if (rules.has_auto_reply_mark || rules.precedence == "auto_reply") return true;
  return !mail.report.type.empty();  // Read receipts and reports of success.
}

bool is_list(const RuleHeaders& rules) {
  return rules.has_list_fields || rules.precedence == "list" || rules.precedence == "bulk" ||
         rules.precedence == "junk";
}

}  // namespace

MailClass classify(const ParsedMail& mail) {
  MailClass result;
  if (is_bounce(mail)) {
    result.kind = MailKind::bounce;
    result.bounce = bounce_of(mail);
  } else if (is_auto_reply(mail)) {
    result.kind = MailKind::auto_reply;
  } else if (is_list(mail.rules)) {
    result.kind = MailKind::mailing_list;
  }
  return result;
}

}  // namespace tandem::mail
