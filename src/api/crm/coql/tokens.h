#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "api/crm/coql/coql.h"

namespace tandem::api::crm_dialect::coql {

struct Token {
  enum class Kind { word, text, number, symbol, end } kind = Kind::end;
  std::string text = {};    // of texts without quotes
  std::string folded = {};  // of words in lower case
  int line = 1;
  int column = 1;
};

/// Whether a text could stand as a word without quotes.
bool is_name(std::string_view text);

/// Words are letters, digits, "_", "$" and "." between them; texts stand in single or double
/// quotes, where a quote is said twice or behind a backslash, and \\ is a backslash. The last token
/// is the end. Refuses what is none of these.
std::expected<std::vector<Token>, Fault> tokens_of(std::string_view text);

}  // namespace tandem::api::crm_dialect::coql
