#include "api/desk/address_list.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace tandem::api::desk_dialect {

namespace {

constexpr int64_t shown_chars_max = 100;

/// One place of the list while it is read: the words outside brackets, and what stands in brackets.
struct Place {
  std::string words;
  std::string bracketed;
  bool has_bracket = false;
};

/// RFC 5322 without comments and folding: letter by letter, since a comma, a colon or a bracket
/// means nothing inside quotes.
class AddressReader {
 public:
  AddressReader(std::string_view member, std::string_view text) : member_(member), text_(text) {}

  Result<std::vector<desk::Address>> read() {
    while (at_ < text_.size()) {
      const char letter = text_[at_++];
      if (letter == ',') {
        TRY(end_place());
      } else if (letter == '"') {
        TRY(read_quoted());
      } else if (letter == '<') {
        TRY(read_bracket());
      } else if (letter == ':' || letter == ';') {
        return refuse(
            "group_address",
            "Name each person, separated by commas; groups and semicolons can't be read.");
      } else {
        place_.words += letter;
      }
    }
    TRY(end_place());
    return std::move(addresses_);
  }

 private:
  Refusal refuse(std::string code, std::string message) const {
    return invalid(std::string(member_), std::move(code), std::move(message));
  }

  Result<void> read_quoted() {
    while (at_ < text_.size() && text_[at_] != '"') {
      if (text_[at_] == '\\') ++at_;
      if (at_ < text_.size()) place_.words += text_[at_++];
    }
    if (at_ >= text_.size()) return refuse("open_quote", "Close the quote around the name.");
    ++at_;
    return {};
  }

  Result<void> read_bracket() {
    const size_t end = text_.find('>', at_);
    if (end == std::string_view::npos) {
      return refuse("open_bracket", "Close the bracket around the address with >.");
    }
    if (place_.has_bracket) return refuse_place();
    place_.bracketed = trim(text_.substr(at_, end - at_));
    place_.has_bracket = true;
    words_before_bracket_ = place_.words.size();
    at_ = end + 1;
    return {};
  }

  Result<void> end_place() {
    const Place place = std::exchange(place_, {});
    if (!place.has_bracket && trim(place.words).empty()) return {};
    desk::Address address;
    address.address = place.has_bracket ? place.bracketed : std::string(trim(place.words));
    if (place.has_bracket) address.name = trim(place.words);
    const bool has_words_behind =
        place.has_bracket &&
        !trim(std::string_view(place.words).substr(words_before_bracket_)).empty();
    if (has_words_behind || !looks_like_address(address.address)) {
      place_ = place;
      return refuse_place();
    }
    addresses_.push_back(std::move(address));
    return {};
  }

  static bool looks_like_address(std::string_view address) {
    const size_t sign = address.find('@');
    return sign != std::string_view::npos && sign > 0 && sign + 1 < address.size() &&
           address.find('@', sign + 1) == std::string_view::npos &&
           address.find_first_of(" \t\r\n<>\"") == std::string_view::npos;
  }

  Refusal refuse_place() const {
    const std::string_view words = trim(place_.words);
    const std::string_view shown =
        first_chars(words.empty() ? place_.bracketed : words, shown_chars_max);
    return refuse(
        "not_an_email",
        fmt::format("Correct \"{}\": give addresses separated by commas, and names with a "
                    "comma in quotes, such as \"Doe, Jane\" <jane@example.com>.",
                    shown));
  }

  std::string_view member_;
  std::string_view text_;
  size_t at_ = 0;
  Place place_;
  size_t words_before_bracket_ = 0;
  std::vector<desk::Address> addresses_;
};

}  // namespace

Result<std::vector<desk::Address>> addresses_from_text(std::string_view member,
                                                       std::string_view text) {
  return AddressReader(member, text).read();
}

}  // namespace tandem::api::desk_dialect
