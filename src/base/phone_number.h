#pragma once

#include <cstddef>
#include <string>
#include <string_view>

// People write numbers as they like ("+49 30 1234", "030/1234"); they are compared by their digits.

namespace tandem {

/// Fewer digits are nobody's number; of two that differ at their heads, the tails must be this
/// long.
constexpr size_t phone_digits_min = 6;
constexpr size_t phone_tail_digits = 7;

/// Digits without what stands between them and without leading zeros: "0049 30-1234" is "49301234".
std::string phone_digits(std::string_view number);

/// Whether two numbers, by their digits, are one: the same, or one ends with the other.
bool is_one_number(const std::string& digits, const std::string& other);

}  // namespace tandem
