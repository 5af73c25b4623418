#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"

// Who else has a ticket open, so that two people do not answer one customer twice.

namespace tandem::desk {

enum class Presence { viewing, replying, gone };
std::string_view word(Presence presence);
std::optional<Presence> presence_from_word(std::string_view word);

/// A browser says again every 20 s; after this it counts as gone.
constexpr int64_t presence_lifetime_ms = 45'000;

struct Present {
  RecordId agent;
  std::string name;
  Presence state = Presence::viewing;
};

/// Notes what the actor does with a ticket they see, and answers who else is there and has it
/// still. Who may write no answer is viewing, whatever they say. In a table, so that browsers of
/// another node are seen too. Refuses: not_found.
Result<std::vector<Present>> note_presence(db::Transaction& tx, const access::Actor& actor,
                                           RecordId ticket, Presence state);

/// Forgets whoever left without saying so. For an hourly schedule.
void sweep_presence(db::Database& database);

}  // namespace tandem::desk
