#pragma once

#include <span>
#include <string_view>

#include "records/record.h"

// Refusals of our operations name the operations' own inputs; a client looks for its own words.

namespace tandem::api::desk_dialect {

/// An input of an operation, and the member of the dialect's body it was read from.
struct InputWord {
  std::string_view ours;
  std::string_view theirs;
};

inline constexpr InputWord comment_inputs[] = {
    {"html", "content"}, {"mentions", "content"}, {"attachment_ids", "attachmentIds"}};
inline constexpr InputWord reply_inputs[] = {{"html", "content"},
                                             {"attachment_ids", "attachmentIds"},
                                             {"from_mailbox_id", "fromEmailAddress"},
                                             {"in_reply_to_thread_id", "inReplyToThreadId"},
                                             {"status", "ticketStatus"}};
inline constexpr InputWord upload_inputs[] = {{"attachment_ids", "uploads"}};
inline constexpr InputWord file_inputs[] = {{"attachment_ids", "file"}, {"body", "file"}};

inline constexpr InputWord list_inputs[] = {{"sort", "sortBy"}};

/// The refusal with the inputs under the dialect's words; what is not among `words` stays.
Refusal in_words(std::span<const InputWord> words, Refusal refusal);
/// Custom fields stand below "cf": "cf/cf_serial".
Refusal in_words(const records::Shape& shape, Refusal refusal);
/// Fields of a record that is given inside another one: "contact/lastName".
Refusal in_words_below(std::string_view member, const records::ModuleDef& module, Refusal refusal);

template <class Words, class T>
Result<T> in_words(const Words& words, Result<T> answer) {
  if (!answer) return in_words(words, std::move(answer).error());
  return answer;
}

}  // namespace tandem::api::desk_dialect
