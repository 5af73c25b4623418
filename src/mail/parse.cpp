#include <algorithm>
#include <array>
#include <map>
#include <mutex>

#include "base/text.h"
#include "mail/body_parts.h"
#include "mail/charset.h"
#include "mail/gobject.h"
#include "mail/header_values.h"
#include "mail/message.h"
#include "mail/part_content.h"

namespace tandem::mail {

void start_gmime() {
  static std::once_flag once;
  std::call_once(once, [] { g_mime_init(); });
}

namespace {

// Raw values by lower-case name, in order of appearance.
using Headers = std::map<std::string, std::vector<std::string>>;

constexpr std::array known_fields{"from",         "to",           "cc",         "subject",
                                  "date",         "message-id",   "received",   "return-path",
                                  "mime-version", "content-type", "reply-to",   "sender",
                                  "delivered-to", "in-reply-to",  "references", "bcc",
                                  "x-mailer",     "resent-from",  "list-id",    "dkim-signature"};

bool is_known_field(std::string_view line) {
  const size_t colon = line.find(':');
  if (colon == line.npos || colon > 40) return false;
  const std::string name = ascii_lower(trim(line.substr(0, colon)));
  return std::ranges::find(known_fields, name) != known_fields.end();
}

struct HeaderBlock {
  size_t bytes = 0;
  bool has_known_field = false;
};

HeaderBlock scan_header_block(std::string_view raw) {
  HeaderBlock block;
  while (block.bytes < raw.size() && block.bytes <= header_block_bytes_max) {
    const size_t end = raw.find('\n', block.bytes);
    const size_t length = end == raw.npos ? raw.size() - block.bytes : end - block.bytes;
    const std::string_view line = raw.substr(block.bytes, length);
    block.bytes += length + 1;
    if (line.empty() || line == "\r") break;
    if (is_known_field(line)) block.has_known_field = true;
  }
  block.bytes = std::min(block.bytes, raw.size());
  return block;
}

// GMime compares each line that starts with "--" with every open border, so many borders in a long
// mail cost their product. This bounds it to some seconds in the worst case, far above what any
// honest mail needs.
bool has_too_many_borders(std::string_view raw) {
  constexpr size_t border_work_max = 5'000'000'000;
  size_t borders = 0;
  for (size_t at = raw.find('='); at != raw.npos; at = raw.find('=', at + 1)) {
    if (at >= 8 && equal_ignoring_ascii_case(raw.substr(at - 8, 8), "boundary")) ++borders;
  }
  return borders * raw.size() > border_work_max;
}

Result<HeaderBlock> check_raw(std::string_view raw) {
  if (raw.size() > raw_mail_bytes_max)
    return too_large("mail_too_large",
                     "The mail is larger than 50 MiB; ask for it in smaller pieces.");
  if (trim(raw).empty()) return invalid("", "empty_mail", "The mail is empty.");
  const HeaderBlock block = scan_header_block(raw);
  if (block.bytes > header_block_bytes_max)
    return invalid("", "mail_headers_too_long",
                   "The header of the mail is longer than 1 MiB; it was not read.");
  if (!block.has_known_field)
    return invalid("", "no_mail_headers",
                   "This is not a mail: it has no header such as From, To or Subject.");
  if (has_too_many_borders(raw))
    return invalid("", "too_many_mail_parts",
                   "The mail has too many parts for its size; it was not read.");
  return block;
}

Headers headers_of(GMimeMessage* message) {
  Headers headers;
  GMimeHeaderList* const list = g_mime_object_get_header_list(GMIME_OBJECT(message));
  const int count = g_mime_header_list_get_count(list);
  for (int i = 0; i < count; ++i) {
    GMimeHeader* const header = g_mime_header_list_get_header_at(list, i);
    std::string name = ascii_lower(text_or_empty(g_mime_header_get_name(header)));
    headers[std::move(name)].push_back(text_or_empty(g_mime_header_get_raw_value(header)));
  }
  return headers;
}

// The first one counts when a field is repeated against the rules.
std::string_view first_of(const Headers& headers, const std::string& name) {
  const auto found = headers.find(name);
  return found == headers.end() ? std::string_view() : std::string_view(found->second.front());
}

std::vector<Address> all_addresses(const Headers& headers, const std::string& name) {
  std::vector<Address> all;
  const auto found = headers.find(name);
  if (found == headers.end()) return all;
  for (const std::string& value : found->second) {
    for (Address& address : decode_addresses(value)) all.push_back(std::move(address));
    if (all.size() > mail_addresses_max) break;
  }
  return all;
}

std::vector<std::string> references_of(const Headers& headers) {
  std::vector<std::string> ids = decode_ids(first_of(headers, "references"));
  if (ids.size() > mail_references_max)
    ids.erase(ids.begin() + 1, ids.end() - static_cast<std::ptrdiff_t>(mail_references_max - 1));
  return ids;
}

std::string keyword(std::string_view raw) {
  const std::string value = ascii_lower(decode_text_value(raw));
  return std::string(trim(std::string_view(value).substr(0, value.find_first_of(";("))));
}

std::optional<std::string> return_path_of(const Headers& headers) {
  if (!headers.contains("return-path")) return std::nullopt;
  const std::string value = decode_text_value(first_of(headers, "return-path"));
  const std::vector<Address> addresses = decode_addresses(value);
  return addresses.empty() ? "" : addresses.front().address;
}

RuleHeaders rules_of(const Headers& headers) {
  RuleHeaders rules;
  rules.auto_submitted = keyword(first_of(headers, "auto-submitted"));
  rules.precedence = keyword(first_of(headers, "precedence"));
  for (const char* name :
       {"x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply", "x-autorespond-to"})
    if (headers.contains(name) && keyword(first_of(headers, name)) != "no")
      rules.has_auto_reply_mark = true;
  rules.has_list_fields =
      headers.contains("x-mailing-list") || std::ranges::any_of(headers, [](const auto& header) {
        return header.first.starts_with("list-");
      });
  rules.list_id = decode_text_value(first_of(headers, "list-id"));
  if (const size_t open = rules.list_id.rfind('<'); open != std::string::npos)
    rules.list_id = rules.list_id.substr(open + 1, rules.list_id.find('>', open) - open - 1);
  rules.return_path = return_path_of(headers);
  for (const char* name : {"delivered-to", "x-original-to", "envelope-to"})
    for (const Address& address : all_addresses(headers, name)) {
      std::string lower = ascii_lower(address.address);
      if (std::ranges::find(rules.delivered_to, lower) == rules.delivered_to.end())
        rules.delivered_to.push_back(std::move(lower));
    }
  if (const auto loops = headers.find("x-loop"); loops != headers.end())
    for (const std::string& loop : loops->second) rules.x_loop.push_back(decode_text_value(loop));
  return rules;
}

Result<void> read_headers(const Headers& headers, ParsedMail& mail) {
  const std::vector<std::string> ids = decode_ids(first_of(headers, "message-id"));
  if (!ids.empty()) mail.message_id = ids.front();
  const std::vector<std::string> parents = decode_ids(first_of(headers, "in-reply-to"));
  if (!parents.empty()) mail.in_reply_to = parents.front();
  mail.references = references_of(headers);
  mail.from = decode_sender(first_of(headers, "from"));
  mail.reply_to = all_addresses(headers, "reply-to");
  mail.to = all_addresses(headers, "to");
  mail.cc = all_addresses(headers, "cc");
  mail.bcc = all_addresses(headers, "bcc");
  if (mail.reply_to.size() + mail.to.size() + mail.cc.size() + mail.bcc.size() > mail_addresses_max)
    return invalid("", "too_many_mail_addresses",
                   "The mail names more than 500 addresses; it was not read.");
  mail.subject = decode_text_value(first_of(headers, "subject"));
  mail.date = decode_date(first_of(headers, "date"));
  const std::string_view received = first_of(headers, "received");
  if (const size_t end = received.rfind(';'); end != received.npos)
    mail.received_at = decode_date(received.substr(end + 1));
  mail.rules = rules_of(headers);
  return {};
}

Owned<GMimeMessage> read_message(std::string_view raw) {
  const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(raw.data(), raw.size()));
  const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  // An mbox "From " line is skipped by hand, for the mbox format would end the mail at the next
  // one.
  g_mime_parser_set_format(parser.get(), GMIME_FORMAT_MESSAGE);
  g_mime_parser_set_persist_stream(parser.get(), TRUE);
  return Owned<GMimeMessage>(g_mime_parser_construct_message(parser.get(), nullptr));
}

std::string_view without_mbox_line(std::string_view raw) {
  const size_t start = raw.find_first_not_of("\r\n");
  if (start != raw.npos) raw.remove_prefix(start);
  if (raw.starts_with("From ") || raw.starts_with(">From ")) {
    const size_t end = raw.find('\n');
    raw.remove_prefix(end == raw.npos ? raw.size() : end + 1);
  }
  return raw;
}

}  // namespace

Result<ParsedMail> parse_mail(std::string_view raw) {
  raw = without_mbox_line(raw);
  const HeaderBlock block = TRY(check_raw(raw));
  // Where the last line does not end, GMime takes a part of the line end before the closing border
  // for content.
  std::string ended;
  if (!raw.ends_with('\n')) raw = ended = std::string(raw) + "\r\n";
  start_gmime();
  const Owned<GMimeMessage> message = read_message(raw);
  if (!message)
    return invalid("", "no_mail_headers", "This is not a mail: its header cannot be read.");
  ParsedMail mail;
  TRY(read_headers(headers_of(message.get()), mail));
  if (GMimeObject* const root = g_mime_message_get_mime_part(message.get()))
    TRY(read_parts(root, mail));
  if (mail.html.empty() && mail.text.empty() && mail.attachments.empty()) {
    // A multipart whose border never comes: show what is there.
    const std::string_view rest = raw.substr(block.bytes).substr(0, body_bytes_max);
    mail.text = with_unix_lines(undeclared_to_utf8(rest));
  }
  return mail;
}

}  // namespace tandem::mail
