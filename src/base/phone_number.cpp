#include "base/phone_number.h"

namespace tandem {

bool is_one_number(const std::string& digits, const std::string& other) {
  if (digits == other) return digits.size() >= phone_digits_min;
  return digits.size() >= phone_tail_digits && other.size() >= phone_tail_digits &&
         (digits.ends_with(other) || other.ends_with(digits));
}

std::string phone_digits(std::string_view number) {
  std::string digits;
  for (const char c : number) {
    if (c < '0' || c > '9') continue;
    if (digits.empty() && c == '0') continue;
    digits += c;
  }
  return digits;
}

}  // namespace tandem
