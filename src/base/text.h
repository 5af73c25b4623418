#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tandem {

// All text inside the program is valid UTF-8.

std::string_view trim(std::string_view text);
std::string ascii_lower(std::string_view text);
bool equal_ignoring_ascii_case(std::string_view a, std::string_view b);
std::vector<std::string> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
bool starts_with_ignoring_ascii_case(std::string_view text, std::string_view prefix);

bool is_utf8(std::string_view bytes);
/// Replaces what is not UTF-8, and NUL, by U+FFFD.
std::string to_utf8_lossy(std::string_view bytes);
/// Characters (code points) of UTF-8 text.
int64_t count_chars(std::string_view text);
/// The first `chars` code points, never cutting one.
std::string_view first_chars(std::string_view text, int64_t chars);
/// Unicode full case folding and NFKC, for comparing names and mail addresses and for search.
std::string fold(std::string_view text);

/// A plausible addr-spec: one @, no white space or control characters, a domain, at most 254 bytes.
bool is_email_address(std::string_view text);

/// Escapes & < > " ' for HTML text and attributes.
std::string escape_html(std::string_view text);
/// The readable text of an HTML fragment: blocks become lines, scripts, styles and comments vanish,
/// entities are read. Parsed by gumbo; depth and size are bounded. Output at most `chars_max`
/// characters.
std::string html_to_text(std::string_view html, int64_t chars_max = 1'000'000);
/// Plain text as HTML paragraphs and line breaks, links made clickable.
std::string text_to_html(std::string_view text);

/// Text that may safely stand in a page: rebuilt from an allow-list of elements and attributes
/// after an HTML5 parse. No script, style element, form, iframe, svg or math; links are http,
/// https, mailto or tel with rel="noopener"; images are cid:, data:image (png, jpeg, gif, webp) or
/// http(s), the last moved to data-remote-src so that nothing loads unasked.
std::string sanitise_html(std::string_view html);
constexpr int sanitiser_version = 1;

}  // namespace tandem
