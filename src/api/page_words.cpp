#include "api/page_words.h"

#include <algorithm>
#include <map>

#include "access/people.h"
#include "api/page_word_catalogues.h"
#include "base/text.h"

namespace tandem::api {

namespace {

using Catalogue = std::map<std::string_view, std::string_view>;

Catalogue catalogue_of(const std::vector<PageWord>& words) {
  Catalogue catalogue;
  for (const PageWord& word : words) catalogue[word.key] = word.text;
  return catalogue;
}

const Catalogue& catalogue_in(std::string_view locale) {
  static const Catalogue english = catalogue_of(english_page_words());
  static const Catalogue japanese = catalogue_of(japanese_page_words());
  static const Catalogue chinese = catalogue_of(chinese_page_words());
  static const Catalogue portuguese = catalogue_of(portuguese_page_words());
  if (locale == "ja") return japanese;
  if (locale == "zh") return chinese;
  return locale == "pt" ? portuguese : english;
}

}  // namespace

std::string_view page_word(std::string_view locale, std::string_view key) {
  const Catalogue& catalogue = catalogue_in(locale);
  const auto found = catalogue.find(key);
  return found == catalogue.end() ? std::string_view() : found->second;
}

std::string locale_asked(std::string_view accept_language) {
  for (const std::string& wanted : split(accept_language, ',')) {
    const std::string language = ascii_lower(trim(wanted)).substr(0, 2);
    if (access::is_locale(language)) return language;
  }
  return "en";
}

std::string_view page_language(std::string_view locale) {
  if (locale == "zh") return "zh-CN";
  return locale == "ja" || locale == "pt" ? locale : "en";
}

}  // namespace tandem::api
