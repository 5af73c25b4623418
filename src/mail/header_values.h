#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "mail/message.h"

namespace tandem::mail {

// The values of single header fields, from their raw bytes to what they mean.

/// Unfolded, encoded words decoded (RFC 2047), 8-bit text guessed, control characters made spaces.
/// UTF-8.
std::string decode_text_value(std::string_view raw);
/// Mailboxes of an address field, groups flattened; at most mail_addresses_max + 1, entries without
/// an address are left out.
std::vector<Address> decode_addresses(std::string_view raw);
/// The first mailbox of From. When there is none that is an address, `address` is empty and `name`
/// keeps the text.
Address decode_sender(std::string_view raw);
/// Every <id> of a Message-ID, In-Reply-To or References field, without <>, in order and without
/// repeats. A bare word with an @ counts too when there are no <>.
std::vector<std::string> decode_ids(std::string_view raw);
/// Nothing for what is no date, or a year outside of 1970 to 2100.
std::optional<Instant> decode_date(std::string_view raw);

constexpr int64_t attachment_name_chars_max = 200;

/// A decoded file name made safe: last path component, no control, direction or zero-width
/// characters, at most attachment_name_chars_max characters with its ending kept. Empty when
/// nothing is left.
std::string clean_file_name(std::string_view name);

}  // namespace tandem::mail
