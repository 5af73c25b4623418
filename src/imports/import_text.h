#pragma once

#include <string>
#include <string_view>
#include <vector>

// Bytes of a file as text, and how a table is spelt in it.

namespace tandem::imports {

/// utf-8, utf-16, windows-1252, shift_jis, gb18030.
const std::vector<std::string>& import_encodings();
bool is_known_encoding(std::string_view name);
/// False for what spreadsheets and packers write, and for other bytes that are no text.
bool is_table_of_text(std::string_view bytes);
/// What the bytes most likely are: by a byte order mark, by what UTF-8 and UTF-16 look like, else
/// by the letters that come out.
std::string guess_encoding(std::string_view bytes);
/// UTF-8 without byte order mark. What does not fit the encoding becomes U+FFFD.
std::string decode_file(std::string_view bytes, const std::string& encoding);

constexpr std::string_view separators = ",;\t|";
/// The one that cuts the first rows into equally many cells, and most of them.
char guess_separator(std::string_view text);

}  // namespace tandem::imports
