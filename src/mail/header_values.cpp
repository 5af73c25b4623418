#include "mail/header_values.h"

#include <algorithm>
#include <unordered_set>

#include "base/text.h"
#include "mail/charset.h"
#include "mail/gobject.h"
#include "mail/wire_address.h"

namespace tandem::mail {
namespace {

constexpr size_t id_bytes_max = 998;

std::string unfolded(std::string_view raw) {
  std::string line;
  line.reserve(raw.size());
  for (const char c : raw) {
    if (c == '\r' || c == '\n') continue;
    line += c == '\0' ? ' ' : c;
  }
  return line;
}

std::string without_controls(std::string text) {
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  return text;
}

// GMime decodes encoded words into UTF-8, but leaves a word as it is when its charset is unknown.
std::string decode_words(const std::string& utf8) {
  return to_utf8_lossy(take_chars(g_mime_utils_header_decode_text(nullptr, utf8.c_str())));
}

void append_mailboxes(InternetAddressList* list, std::vector<Address>& out, int depth) {
  const int count = internet_address_list_length(list);
  for (int i = 0; i < count && out.size() <= mail_addresses_max; ++i) {
    InternetAddress* const entry = internet_address_list_get_address(list, i);
    if (INTERNET_ADDRESS_IS_GROUP(entry)) {
      InternetAddressList* const members =
          internet_address_group_get_members(INTERNET_ADDRESS_GROUP(entry));
      if (members && depth < mail_nesting_max) append_mailboxes(members, out, depth + 1);
    } else if (INTERNET_ADDRESS_IS_MAILBOX(entry)) {
      Address mailbox;
      const char* const name = internet_address_get_name(entry);
      mailbox.name = std::string(trim(without_controls(to_utf8_lossy(text_or_empty(name)))));
      mailbox.address = readable_address(to_utf8_lossy(
          text_or_empty(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(entry)))));
      out.push_back(std::move(mailbox));
    }
  }
}

std::vector<Address> parse_mailboxes(std::string_view raw) {
  std::vector<Address> mailboxes;
  const std::string line = undeclared_to_utf8(unfolded(raw));
  const Owned<InternetAddressList> list(internet_address_list_parse(nullptr, line.c_str()));
  if (list) append_mailboxes(list.get(), mailboxes, 0);
  return mailboxes;
}

// Finds the first thing that is an address in text that is no address field.
std::string salvage_address(std::string_view text) {
  const std::string_view ends = " \t<>()[],;:\"'";
  for (size_t at = text.find('@'); at != text.npos; at = text.find('@', at + 1)) {
    const size_t before = text.find_last_of(ends, at);
    const size_t start = before == text.npos ? 0 : before + 1;
    const std::string_view word = text.substr(start, text.find_first_of(ends, at) - start);
    if (is_email_address(word)) return readable_address(word);
  }
  return "";
}

// Ids in order, each once.
struct IdList {
  std::vector<std::string> ids;
  std::unordered_set<std::string> seen;
};

void push_id(IdList& list, std::string_view id) {
  id = trim(id);
  const bool is_plain = std::ranges::none_of(
      id, [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f; });
  if (id.empty() || id.size() > id_bytes_max || !is_plain || !is_utf8(id)) return;
  if (list.seen.emplace(id).second) list.ids.emplace_back(id);
}

// Zero-width, joining, direction-changing and tag characters make a name lie about its ending.
bool is_hidden_char(char32_t c) {
  return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0xad || c == 0x61c || c == 0x180e ||
         (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
         (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb) ||
         (c >= 0xe0000 && c <= 0xe007f);
}

std::string without_hidden_chars(std::string_view utf8) {
  std::string seen;
  for (std::string_view rest = utf8; !rest.empty();) {
    const std::string_view one = first_chars(rest, 1);
    if (one.empty()) break;
    const auto lead = static_cast<unsigned char>(one[0]);
    char32_t c = one.size() == 1 ? lead : lead & (0xFF >> (one.size() + 1));
    for (const char next : one.substr(1)) c = (c << 6) | (static_cast<unsigned char>(next) & 0x3F);
    if (!is_hidden_char(c)) seen += one;
    rest.remove_prefix(one.size());
  }
  return seen;
}

std::string shortened_name(const std::string& name) {
  const int64_t chars = count_chars(name);
  if (chars <= attachment_name_chars_max) return name;
  const size_t dot = name.rfind('.');
  constexpr size_t ending_bytes_max = 20;
  const std::string ending =
      dot != name.npos && name.size() - dot <= ending_bytes_max ? name.substr(dot) : "";
  return std::string(first_chars(name, attachment_name_chars_max - count_chars(ending))) + ending;
}

}  // namespace

std::string decode_text_value(std::string_view raw) {
  const std::string line = undeclared_to_utf8(unfolded(raw));
  return std::string(trim(without_controls(decode_words(line))));
}

std::vector<Address> decode_addresses(std::string_view raw) {
  std::vector<Address> mailboxes = parse_mailboxes(raw);
  for (Address& mailbox : mailboxes)
    if (!is_email_address(mailbox.address)) mailbox.address = salvage_address(mailbox.address);
  std::erase_if(mailboxes, [](const Address& mailbox) { return mailbox.address.empty(); });
  return mailboxes;
}

Address decode_sender(std::string_view raw) {
  std::vector<Address> mailboxes = parse_mailboxes(raw);
  for (Address& mailbox : mailboxes)
    if (is_email_address(mailbox.address)) return std::move(mailbox);
  Address sender;
  sender.name = decode_text_value(raw);
  sender.address = salvage_address(sender.name);
  return sender;
}

std::vector<std::string> decode_ids(std::string_view raw) {
  IdList list;
  const std::string line = unfolded(raw);
  for (size_t start = line.find('<'); start != line.npos;) {
    const size_t end = line.find('>', start);
    if (end == line.npos) break;
    // "<a <b@c>" holds the id b@c.
    const size_t inner = line.rfind('<', end);
    push_id(list, std::string_view(line).substr(inner + 1, end - inner - 1));
    start = line.find('<', end);
  }
  if (!list.ids.empty()) return std::move(list.ids);
  for (const std::string& word : split(line, ' ')) {
    const std::string_view id = std::string_view(word).substr(word.starts_with('<') ? 1 : 0);
    const size_t at = id.find('@');
    if (at != id.npos && at > 0 && at + 1 < id.size()) push_id(list, id);
  }
  return std::move(list.ids);
}

std::optional<Instant> decode_date(std::string_view raw) {
  const std::string line(trim(unfolded(raw)));
  if (line.empty()) return std::nullopt;
  GDateTime* const date = g_mime_utils_header_decode_date(line.c_str());
  if (!date) return std::nullopt;
  const Instant at{g_date_time_to_unix(date) * second_ms};
  g_date_time_unref(date);
  constexpr Instant year_2101{4'133'980'800'000};
  if (at < Instant{0} || at >= year_2101) return std::nullopt;
  return at;
}

std::string clean_file_name(std::string_view name) {
  const std::string seen = without_hidden_chars(to_utf8_lossy(name));
  std::string_view last = seen;
  if (const size_t slash = last.find_last_of("/\\"); slash != last.npos)
    last.remove_prefix(slash + 1);
  last = trim(last);
  if (last == "." || last == "..") return "";
  return shortened_name(std::string(last));
}

}  // namespace tandem::mail
