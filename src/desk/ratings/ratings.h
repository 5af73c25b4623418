#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/actor.h"
#include "desk/ratings/rating_links.h"

// What customers say of an answer. One rating for each message; the ticket holds the last one given
// on it. Manual, Ratings and statistics 2.1 to 2.6.

namespace tandem::desk {

constexpr int rating_remark_chars_max = 1'000;
/// How often one message's rating may be given and changed: whoever holds the link could else fill
/// the history.
constexpr int rating_changes_max = 20;

/// What the page behind a link shows before anything is pressed.
struct AskedRating {
  std::string organisation;
  std::string subject;
  std::string locale;
  std::optional<Rating> rating;  // given before
  std::string remark;
};
/// Refuses with not_found when the ticket, its message or the contact is gone.
Result<AskedRating> asked_rating(db::Transaction& tx, const RatingLink& link);

/// Records what the customer said, or changes it; the same again writes nothing. The ticket holds
/// it as its last rating, its history says "rated" with the contact as author. Refuses: not_found,
/// invalid (remark), conflict "rated_too_often".
Result<void> give_rating(db::Transaction& tx, const Desk& desk, const RatingLink& link,
                         Rating rating, const std::string& remark);

struct GivenRating {
  RecordId thread;
  RecordId ticket;
  RecordId contact;
  RecordId account;
  RecordId agent;
  RecordId department;
  std::string rating;
  std::string remark;
  Instant at;
};
/// Those of a ticket that the actor sees, newest first, at most 200. Contacts get none: what one
/// wrote is for agents. Refuses: not_found, forbidden.
Result<std::vector<GivenRating>> ratings_of_ticket(db::Transaction& tx, const access::Actor& actor,
                                                   RecordId ticket);

struct RatingsQuery {
  RecordId department = {};  // 0: all
  Instant since = {};
  int offset = 0;
  int limit = 50;  // 1 to 100
};
/// Ratings of tickets that are listed to the actor, newest first. Refuses: forbidden.
Result<std::vector<GivenRating>> list_ratings(db::Transaction& tx, const access::Actor& actor,
                                              const RatingsQuery& query);

/// Gone for good with their ticket.
void forget_ratings(db::Transaction& tx, OrgId org, RecordId ticket);

}  // namespace tandem::desk
