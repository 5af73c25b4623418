#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "desk/conversation/reply_text.h"
#include "desk/desk.h"
#include "mail/compose.h"
#include "records/record.h"

// The question at the end of a reply: three faces, each a link that carries a signed token. Who
// holds the link may rate this one message as this one contact, without signing in; so it goes to
// nobody else, and is taken out of what customers quote when they answer.

namespace tandem::desk {

enum class Rating { good, okay, bad };
std::string_view word(Rating rating);
std::optional<Rating> rating_from_word(std::string_view word);

/// How long a link is good for. Manual, Ratings and statistics 2.3.
constexpr int64_t rating_link_ms = 30 * day_ms;

/// What the token says. Its signature is the desk's; nothing of it can be guessed or changed.
struct RatingLink {
  OrgId org;
  RecordId ticket;
  RecordId thread;
  RecordId contact;
  Instant expires_at;
};
std::string rating_token(const Desk& desk, const RatingLink& link);
/// Refuses with not_found "unknown_rating_link" what we did not sign, and with conflict
/// "rating_link_expired" what is too old.
Result<RatingLink> read_rating_token(const Desk& desk, std::string_view token, Instant now);

/// Whether this outgoing message asks for a rating: the department does so with such replies, and
/// everybody it goes to is the ticket's contact. Manual, Ratings and statistics 1.2 and 1.3.
bool asks_for_rating(db::Transaction& tx, const records::Record& ticket, OrgId org,
                     const Recipients& recipients, std::string_view status);

/// Adds the question to the mail of a thread that asks for a rating, below everything else.
/// `base_url` is the installation's, without a slash at the end.
struct RatingQuestion {
  OrgId org;
  std::string base_url;
};
void add_rating_question(db::Transaction& tx, const Desk& desk, const RatingQuestion& question,
                         const records::Record& thread, mail::OutgoingMail& mail);

/// The text without the tokens of rating links, so that who reads a quoted mail can't rate it.
std::string without_rating_links(std::string text);

/// The language of a ticket's customer, or else of the organisation: en, ja, zh, pt.
std::string customer_locale(db::Transaction& tx, OrgId org, RecordId ticket);

}  // namespace tandem::desk
