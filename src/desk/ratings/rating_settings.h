#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"

// Which departments ask their customers how an answer was, and with which mails.

namespace tandem::desk {

enum class AskedWith { each_reply, closing_reply };
/// "each_reply", "closing_reply".
std::string_view word(AskedWith asked_with);
std::optional<AskedWith> asked_with_from_word(std::string_view word);

constexpr int rating_words_chars_max = 300;

struct RatingSettings {
  RecordId department;
  bool is_on = false;
  AskedWith asked_with = AskedWith::each_reply;
  std::string words = {};  // above the links; "" is the usual sentence in the customer's language
};

/// Those of a department; switched off when nobody has set them.
RatingSettings rating_settings_of(db::Transaction& tx, OrgId org, RecordId department);
/// Of every department outside the recycle bin, by name.
std::vector<RatingSettings> list_rating_settings(db::Transaction& tx, OrgId org);
/// Refuses: forbidden (manage_departments), not_found (no such department), invalid (words).
Result<RatingSettings> save_rating_settings(db::Transaction& tx, const access::Actor& actor,
                                            RatingSettings settings);

}  // namespace tandem::desk
