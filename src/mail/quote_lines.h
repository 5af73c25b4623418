#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tandem::mail {

// The lines in which mail programs say "here the quotation begins" and "here the signature begins".
// `lines` are visible text, of a text body or of an HTML body.

enum class QuoteKind {
  /// "On … wrote:": what follows is quoted by ">" or by a blockquote, or to the end.
  attribution,
  /// "-----Original Message-----" or From:/Sent:/To:/Subject:; what follows is quoted to the end.
  header
};

struct QuoteStart {
  size_t line = 0;
  /// The first line behind the announcement.
  size_t after = 0;
  QuoteKind kind = QuoteKind::attribution;
};

/// The first announcement at or after `from`. A forwarded mail announces no quotation: it is what
/// the sender wants to say.
std::optional<QuoteStart> find_quote_start(const std::vector<std::string>& lines, size_t from = 0);

/// The line at which the signature of lines [0, end) begins; `end` when there is none.
size_t find_signature(const std::vector<std::string>& lines, size_t end);

/// Whether the line is quoted by ">" (also by the wide one of East Asian programs).
bool is_marked_line(std::string_view line);

}  // namespace tandem::mail
