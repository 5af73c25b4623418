#pragma once

#include <string>
#include <vector>

#include "access/actor.h"
#include "records/record.h"

// Colleagues who follow a ticket: they are told of what happens to it, as long as they see it.
// Manual, Followers.

namespace tandem::desk {

constexpr size_t followers_per_ticket_max = 50;
/// Of the tickets that somebody follows, the view looks at the newest so many and lists the open
/// ones among them, at most so many.
constexpr int followed_looked_at_max = 2'000;
constexpr int followed_listed_max = 500;

struct Follower {
  RecordId id;
  std::string name;
  std::string email;
};

/// Those who see the ticket now, by name. Refuses: not_found.
Result<std::vector<Follower>> list_followers(db::Transaction& tx, const access::Actor& actor,
                                             RecordId ticket);

/// The actor follows the ticket, or no longer does; done twice, nothing happens. Refuses:
/// not_found, forbidden, conflict (in the recycle bin, merged; 50 follow it already).
Result<void> follow_ticket(db::Transaction& tx, const access::Actor& actor, RecordId ticket);
Result<void> unfollow_ticket(db::Transaction& tx, const access::Actor& actor, RecordId ticket);

/// The same for colleagues, which takes the act "set_followers" unless it is oneself alone.
/// Refuses also: invalid (followers: nobody, no active colleague, one who does not see the ticket).
Result<void> add_followers(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                           const std::vector<int64_t>& agents);
Result<void> remove_followers(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                              const std::vector<int64_t>& agents);

/// Who follows the ticket and sees it as it is now. For the room itself.
std::vector<RecordId> followers_who_see(db::Transaction& tx, const access::Actor& actor,
                                        const records::Record& ticket);

/// Tickets outside the bin, not closed, that the actor follows: the newest ones followed.
std::vector<records::Value> followed_tickets(db::Transaction& tx, const access::Actor& actor);

/// Who followed one ticket follows the other, as far as there is room: for merging. Of too many,
/// those who began first.
void take_over_followers(db::Transaction& tx, OrgId org, RecordId from, RecordId to);
/// How many of those who follow one of the tickets find no room on the first.
int64_t followers_without_room(db::Transaction& tx, OrgId org, const std::vector<int64_t>& tickets);
/// When the ticket is gone for good.
void forget_followers(db::Transaction& tx, OrgId org, RecordId ticket);

}  // namespace tandem::desk
