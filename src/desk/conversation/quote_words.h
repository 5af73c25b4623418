#pragma once

#include <string>

#include "base/instant.h"

// What stands above an earlier mail in a reply or a forward, in the language of who asked, and such
// that mail programs know it for the beginning of a quotation (mail/quote_lines.cpp).

namespace tandem::desk {

/// "On Mon, 23 Nov 2026 04:00:00 +0000, Ana <ana@example.com> wrote:". `who` is HTML and comes back
/// as it is; a locale without words of its own is taken for English.
std::string quote_line(std::string_view locale, Instant at, std::string_view who);

struct ForwardedMail {
  std::string from = {};  // each HTML
  Instant at = {};
  std::string subject = {};
  std::string to = {};
};
/// The heading of a forwarded mail, lines parted by <br>.
std::string forward_heading(std::string_view locale, const ForwardedMail& mail);

}  // namespace tandem::desk
