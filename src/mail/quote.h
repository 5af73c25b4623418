#pragma once

#include <string>
#include <string_view>

namespace tandem::mail {

// Where a reply ends and what it quotes begins. Mail says this nowhere, so these are the habits of
// the common programs, in English, German, French, Spanish, Portuguese, Italian, Japanese, Chinese
// and Korean. When in doubt all of it is new: hiding a customer's words is worse than showing a
// quotation.

struct SplitBody {
  /// What this mail adds. Never empty when the mail was not: a mail of nothing but quotation is
  /// shown whole.
  std::string fresh;
  /// The signature below the new part, with its separator; empty when there is none.
  std::string signature;
  /// The attribution line and all that follows; empty when nothing is quoted.
  std::string quoted;
};

/// Splits plain text with "\n" line ends. fresh, signature and quoted are pieces of `text`,
/// trimmed. An answer written between quoted lines is not cut: then all of it is fresh.
SplitBody split_quoted_text(std::string_view text);

/// The same for HTML. The pieces are cut from `html` at element borders, so open elements may lack
/// their end in `fresh` and their start in `quoted`: give each piece to sanitise_html, which
/// rebuilds it, before showing it.
SplitBody split_quoted_html(std::string_view html);

}  // namespace tandem::mail
