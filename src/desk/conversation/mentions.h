#pragma once

#include <string>
#include <vector>

#include "access/actor.h"
#include "records/record.h"

// Colleagues named in a comment. Manual, Replies and comments 2.4; S021.

namespace tandem::desk {

constexpr size_t mentions_max = 20;
constexpr int mentionable_shown_max = 20;

struct Colleague {
  RecordId id;
  std::string name;
};

/// Active colleagues who see the ticket and whose name holds `text`, by name, at most
/// mentionable_shown_max. Refuses: not_found, forbidden (who may not comment).
Result<std::vector<Colleague>> people_to_mention(db::Transaction& tx, const access::Actor& actor,
                                                 RecordId ticket, std::string_view text);

/// Somebody a comment names, as it was written: in its text they stand as "@" and the name.
struct Mention {
  RecordId agent;
  PersonId person;
  std::string name;
};
/// What a comment keeps of them in its field mentions.
std::string mentions_to_json(db::Transaction& tx, OrgId org, const std::vector<int64_t>& agents);
std::vector<Mention> mentions_from_json(const std::string& json);
/// "@Ana Silva" as it stands in the stored text of a comment.
std::string mention_in_html(std::string_view name);

/// edit_comment (comments.h) of a text that names colleagues: told are those who were not named in
/// it before. Refuses also as can_be_mentioned does.
Result<records::Record> edit_comment(db::Transaction& tx, const access::Actor& actor,
                                     RecordId ticket, RecordId comment, const std::string& html,
                                     const std::vector<int64_t>& mentions);

/// Refuses with invalid (mentions) more than mentions_max in one comment.
Result<void> mentions_fit(size_t count);

/// Refuses with invalid (mentions) whom a mention would not reach: nobody here, not at work, or
/// somebody who does not see the ticket. More than mentions_max, too.
Result<void> can_be_mentioned(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                              const std::vector<int64_t>& agents);

}  // namespace tandem::desk
