#include "mail/sent_files.h"

#include <algorithm>

#include "base/text.h"
#include "mail/header_values.h"

namespace tandem::mail {

namespace {

constexpr size_t content_type_bytes_max = 120;

}  // namespace

std::string harmless_file_name(std::string_view given) {
  std::string name = clean_file_name(given);
  return name.empty() ? "file" : name;
}

std::string harmless_content_type(std::string_view given) {
  const std::string type = ascii_lower(trim(given.substr(0, given.find(';'))));
  const bool is_plain = std::all_of(type.begin(), type.end(), [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ||
           std::string_view("/.+-_").find(letter) != std::string_view::npos;
  });
  const bool has_form =
      std::count(type.begin(), type.end(), '/') == 1 && type.size() <= content_type_bytes_max;
  return is_plain && has_form ? type : "application/octet-stream";
}

}  // namespace tandem::mail
