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

/// Words are letters, digits, "_", "$" and "." between them; texts stand in single quotes, where \'
/// is a quote and \\ a backslash. The last token is the end. Refuses what is none of these.
std::expected<std::vector<Token>, Fault> tokens_of(std::string_view text);

}  // namespace tandem::api::crm_dialect::coql
