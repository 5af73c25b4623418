#pragma once

#include <optional>
#include <string>

#include "desk/ratings/ratings.h"
#include "http/message.h"

// What a customer sees: no script, no file beside the page, light and dark, in their language.

namespace tandem::api::ratings {

struct RatingForm {
  std::string token;
  desk::AskedRating asked;
  std::optional<desk::Rating> chosen;
  std::string remark;
  std::string fault;  // the field that must be mended: "rating", "remark"; "" for none
};
http::Response form_page(int status, const RatingForm& form);
http::Response thanks_page(const RatingForm& form);
/// Why there is nothing to rate, in plain words.
http::Response refusal_page(std::string_view locale, const Refusal& refusal);

}  // namespace tandem::api::ratings
