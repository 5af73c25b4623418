#pragma once

#include <string_view>
#include <vector>

// Every word of the pages that the server makes itself, a file for each language: web forms
// ("form."), ratings ("rating.") and the consent to programs ("consent.").

namespace tandem::api {

struct PageWord {
  std::string_view key;
  std::string_view text;
};

// All four have the same keys in the same order.

const std::vector<PageWord>& english_page_words();
const std::vector<PageWord>& japanese_page_words();
const std::vector<PageWord>& chinese_page_words();
const std::vector<PageWord>& portuguese_page_words();

}  // namespace tandem::api
