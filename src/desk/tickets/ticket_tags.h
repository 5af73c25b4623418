#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"
#include "records/record.h"

// Tags of tickets: which are in use in which department, and giving and taking single ones. Who
// writes them all at once writes the field `tags`. Manual, Tickets 2.8.

namespace tandem::desk {

constexpr int tags_suggested_max = 20;
constexpr size_t tag_departments_asked_max = 50;

/// The tags that begin with `words` (any capitals), in the order of the alphabet, at most 20: of
/// one department, or (0) of the actor's, at most 50. Nothing for who may not read tickets or their
/// tags. What it costs does not depend on how many tickets have them.
std::vector<std::string> tags_in_use(db::Transaction& tx, const access::Actor& actor,
                                     std::string_view words, RecordId department = {});

/// Gives the ticket tags, or takes them away, beside those it has. Refuses as update_record does.
Result<records::Record> add_tags(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                                 const std::vector<std::string>& tags);
Result<records::Record> remove_tags(db::Transaction& tx, const access::Actor& actor,
                                    RecordId ticket, const std::vector<std::string>& tags);

/// A rule of tickets: notes which tags are in use. Runs after the ticket is stored.
Result<void> tags_are_kept_in_use(records::Change& ticket);

}  // namespace tandem::desk
