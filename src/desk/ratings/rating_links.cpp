#include "desk/ratings/rating_links.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "access/organisations.h"
#include "access/people.h"
#include "base/crypto.h"
#include "base/text.h"
#include "desk/customers/contact_addresses.h"
#include "desk/ratings/rating_settings.h"
#include "desk/tickets/statuses.h"

namespace tandem::desk {

namespace {

constexpr size_t signature_bytes = 16;
constexpr size_t payload_bytes = 5 * sizeof(int64_t);
constexpr size_t token_chars = (payload_bytes + signature_bytes) * 4 / 3 + 1;

struct Words {
  std::string_view locale;
  std::string_view words;
  std::array<std::string_view, 3> faces;  // in the order of Rating
};

constexpr std::array<Words, 4> words_asked{
    Words{"en", "How was our answer?", {"Good", "Okay", "Bad"}},
    Words{"ja", "今回の回答はいかがでしたか？", {"良い", "ふつう", "悪い"}},
    Words{"zh", "您对我们的回复满意吗？", {"满意", "一般", "不满意"}},
    Words{"pt", "Como foi a nossa resposta?", {"Boa", "Razoável", "Ruim"}}};
constexpr std::array<std::string_view, 3> signs{"🙂", "😐", "🙁"};
constexpr std::array<Rating, 3> ratings{Rating::good, Rating::okay, Rating::bad};

void append_number(std::string& bytes, int64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8) bytes += char((uint64_t(number) >> shift) & 0xff);
}

int64_t number_at(std::string_view bytes, size_t at) {
  uint64_t number = 0;
  for (size_t index = 0; index < sizeof(int64_t); ++index) {
    number = number << 8 | uint8_t(bytes[at * sizeof(int64_t) + index]);
  }
  return int64_t(number);
}

/// The purpose is part of what is signed, so that a signature for another use is none for this.
std::string signature_of(const Desk& desk, std::string_view payload) {
  return hmac_sha256(desk.secret, "rating|" + std::string(payload)).substr(0, signature_bytes);
}

const Words& question_in(std::string_view locale) {
  for (const Words& each : words_asked) {
    if (each.locale == locale) return each;
  }
  return words_asked[0];
}

bool is_in_bin(db::Transaction& tx, OrgId org, RecordId contact) {
  return tx
      .row("SELECT 1 FROM contacts WHERE org_id = $1 AND id = $2 AND deleted_at IS NOT NULL",
           {org.value, contact.value})
      .has_value();
}

bool is_token_char(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= '0' && letter <= '9') || letter == '-' || letter == '_';
}

}  // namespace

std::string_view word(Rating rating) {
  switch (rating) {
    case Rating::good: return "good";
    case Rating::okay: return "okay";
    case Rating::bad: return "bad";
  }
  return "";
}

std::optional<Rating> rating_from_word(std::string_view text) {
  for (const Rating rating : ratings) {
    if (word(rating) == text) return rating;
  }
  return std::nullopt;
}

std::string rating_token(const Desk& desk, const RatingLink& link) {
  std::string payload;
  for (const int64_t number : {link.org.value, link.ticket.value, link.thread.value,
                               link.contact.value, link.expires_at.ms}) {
    append_number(payload, number);
  }
  return to_base64url(payload + signature_of(desk, payload));
}

Result<RatingLink> read_rating_token(const Desk& desk, std::string_view token, Instant now) {
  const Refusal unknown = not_found("This link is not one of ours.");
  if (token.size() > 2 * token_chars) return unknown;
  const std::optional<std::string> bytes = from_base64url(token);
  if (!bytes || bytes->size() != payload_bytes + signature_bytes) return unknown;
  const std::string_view payload = std::string_view(*bytes).substr(0, payload_bytes);
  const std::string_view signature = std::string_view(*bytes).substr(payload_bytes);
  if (!equal_in_constant_time(signature, signature_of(desk, payload))) return unknown;
  RatingLink link{.org = OrgId{number_at(payload, 0)},
                  .ticket = RecordId{number_at(payload, 1)},
                  .thread = RecordId{number_at(payload, 2)},
                  .contact = RecordId{number_at(payload, 3)},
                  .expires_at = Instant{number_at(payload, 4)}};
  if (link.expires_at < now) {
    return conflict("rating_link_expired", "This link is older than 30 days.");
  }
  return link;
}

bool asks_for_rating(db::Transaction& tx, const records::Record& ticket, OrgId org,
                     const Recipients& recipients, std::string_view status) {
  const RatingSettings settings = rating_settings_of(tx, org, ticket.get("department").id());
  if (!settings.is_on) return false;
  const std::string type =
      status.empty() ? ticket.get("status_type").text() : status_type_of(tx, org, status);
  if (settings.asked_with == AskedWith::closing_reply && type != "closed") return false;
  const RecordId contact = contact_in_force(tx, org, ticket.get("contact").id());
  if (is_in_bin(tx, org, contact)) return false;
  const std::vector<std::string> own = addresses_of_contact(tx, org, contact);
  for (const auto* list : {&recipients.to, &recipients.cc, &recipients.bcc}) {
    for (const Address& one : *list) {
      if (std::find(own.begin(), own.end(), ascii_lower(one.address)) == own.end()) return false;
    }
  }
  return !own.empty();
}

void add_rating_question(db::Transaction& tx, const Desk& desk, const RatingQuestion& question,
                         const records::Record& thread, mail::OutgoingMail& mail) {
  if (!thread.get("asks_for_rating").truth()) return;
  const OrgId org = question.org;
  const RecordId ticket = thread.get("ticket").id();
  const auto row = tx.row("SELECT contact, department FROM tickets WHERE org_id = $1 AND id = $2",
                          {org.value, ticket.value});
  if (!row || row->is_null(0)) return;
  const RatingLink link{.org = org,
                        .ticket = ticket,
                        .thread = thread.id,
                        .contact = RecordId{row->integer(0)},
                        .expires_at = thread.get("sent_at").instant() + rating_link_ms};
  const std::string address = question.base_url + "/rate/" + rating_token(desk, link) + "?face=";
  const Words& usual = question_in(customer_locale(tx, org, ticket));
  const std::string own = rating_settings_of(tx, org, RecordId{row->integer(1)}).words;
  const std::string words = own.empty() ? std::string(usual.words) : own;
  std::string html = fmt::format("<br><hr><p>{}</p><p>", escape_html(words));
  std::string text = fmt::format("\n\n--------\n{}\n", words);
  for (size_t index = 0; index < ratings.size(); ++index) {
    const std::string whole = address + std::string(word(ratings[index]));
    html += fmt::format("<a href=\"{}\">{} {}</a>&nbsp;&nbsp; ", escape_html(whole), signs[index],
                        usual.faces[index]);
    text += fmt::format("{} {}: {}\n", signs[index], usual.faces[index], whole);
  }
  mail.html += html + "</p>";
  mail.text += text;
}

std::string without_rating_links(std::string text) {
  constexpr std::string_view path = "/rate/";
  for (size_t at = text.find(path); at != std::string::npos; at = text.find(path, at)) {
    at += path.size();
    size_t end = at;
    while (end < text.size() && is_token_char(text[end])) ++end;
    // Programs may break or cut a long address: what is left of a token goes as well.
    constexpr size_t chars_of_a_name = 24;
    if (end - at > chars_of_a_name) text.replace(at, end - at, "-");
  }
  return text;
}

namespace {

/// What a ticket's language says: "pt-BR", "Português (Brasil)", "Portuguese". "" for a language
/// that we have no words in.
std::string locale_said(std::string_view language) {
  const std::string said = fold(trim(language));
  const std::string tag = said.substr(0, said.find_first_of("-_"));
  if (access::is_locale(tag)) return tag;
  // How the languages name each other and themselves.
  constexpr std::pair<std::string_view, std::string_view> names[] = {
      {"english", "en"}, {"ingl", "en"}, {"英", "en"},       {"portug", "pt"},      {"葡", "pt"},
      {"ポルト", "pt"},  {"中", "zh"},   {"chinese", "zh"},  {"chin\u00eas", "zh"}, {"简", "zh"},
      {"繁", "zh"},      {"漢", "zh"},   {"japanese", "ja"}, {"japon", "ja"},       {"日", "ja"}};
  for (const auto& [name, locale] : names) {
    if (said.starts_with(name)) return std::string(locale);
  }
  return "";
}

}  // namespace

std::string customer_locale(db::Transaction& tx, OrgId org, RecordId ticket) {
  const auto row = tx.row("SELECT language FROM tickets WHERE org_id = $1 AND id = $2",
                          {org.value, ticket.value});
  if (row && !row->is_null(0)) {
    const std::string said = locale_said(row->text(0));
    if (!said.empty()) return said;
  }
  const std::optional<access::Organisation> organisation = access::find_organisation(tx, org);
  return organisation && access::is_locale(organisation->locale) ? organisation->locale : "en";
}

}  // namespace tandem::desk
