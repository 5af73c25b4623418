#pragma once

#include <string>
#include <vector>

#include "access/actor.h"
#include "records/record.h"

namespace tandem::desk {

enum class Audience { colleagues, everyone };

constexpr int64_t comment_text_chars_max = 32'000;
/// Of the text with its markup, as it comes in.
constexpr int64_t comment_html_bytes_max = 128'000;
constexpr size_t comment_attachments_max = 50;

/// Adds a comment; private unless `audience` is everyone. Answers it. `mentions`: agents who are
/// told of it (S021). Refuses: not_found, forbidden, conflict (ticket in the bin), invalid (html,
/// attachment_ids, mentions).
Result<records::Record> add_comment(db::Transaction& tx, const access::Actor& actor,
                                    RecordId ticket, const std::string& html, Audience audience,
                                    const std::vector<int64_t>& attachment_ids,
                                    const std::vector<int64_t>& mentions = {});
/// One's own, or any as an administrator.
Result<records::Record> edit_comment(db::Transaction& tx, const access::Actor& actor,
                                     RecordId ticket, RecordId comment, const std::string& html);
Result<void> remove_comment(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                            RecordId comment);
/// "update" and "delete" when the actor may: what edit_comment and remove_comment would refuse is
/// not among them.
std::vector<std::string> may_with_comment(const access::Actor& actor, const records::Record& ticket,
                                          const records::Record& comment);

}  // namespace tandem::desk
