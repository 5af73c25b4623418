#pragma once

#include <string_view>

namespace tandem {

/// An address that a mail server far away can be found for: is_email_address, with a domain of at
/// least two parts. Asked for wherever somebody types the address of a person who shall get mail:
/// copied people, web forms, invitations. Senders of mail that came in may have less.
bool is_reachable_address(std::string_view text);

}  // namespace tandem
