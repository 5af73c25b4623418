#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/crypto.h"

// Base 16, 32 and 64 of crypto.h. Reading is strict, so that one value has one spelling.

namespace tandem {

namespace {

constexpr std::string_view base64_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view base64url_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view base32_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Cuts the bits of `bytes` into digits of `bits` bits, filling the last with zeros.
std::string to_digits(std::string_view bytes, std::string_view alphabet, int bits) {
  std::string out;
  out.reserve((bytes.size() * 8 + size_t(bits) - 1) / size_t(bits) + 3);
  uint32_t held = 0;
  int held_bits = 0;
  const uint32_t mask = (1u << bits) - 1;
  for (const char c : bytes) {
    held = held << 8 | static_cast<unsigned char>(c);
    held_bits += 8;
    while (held_bits >= bits) {
      held_bits -= bits;
      out += alphabet[held >> held_bits & mask];
    }
  }
  if (held_bits > 0) out += alphabet[held << (bits - held_bits) & mask];
  return out;
}

using DigitValues = std::array<int8_t, 256>;

constexpr DigitValues values_of(std::string_view alphabet) {
  DigitValues values{};
  for (int8_t& value : values) value = -1;
  for (size_t i = 0; i < alphabet.size(); ++i)
    values[static_cast<unsigned char>(alphabet[i])] = int8_t(i);
  return values;
}

/// Unpadded digits of 6 bits to bytes. Nothing for a foreign digit, a lone last digit, or left-over
/// bits that are not 0.
std::optional<std::string> from_digits(std::string_view digits, const DigitValues& values) {
  if (digits.size() % 4 == 1) return std::nullopt;
  std::string out;
  out.reserve(digits.size() * 3 / 4);
  uint32_t held = 0;
  int held_bits = 0;
  for (const char digit : digits) {
    const int value = values[static_cast<unsigned char>(digit)];
    if (value < 0) return std::nullopt;
    held = held << 6 | uint32_t(value);
    held_bits += 6;
    if (held_bits < 8) continue;
    held_bits -= 8;
    out += char(held >> held_bits & 0xff);
  }
  if ((held & ((1u << held_bits) - 1)) != 0) return std::nullopt;
  return out;
}

std::string_view without_padding(std::string_view text) {
  for (int i = 0; i < 2 && text.ends_with('='); ++i) text.remove_suffix(1);
  return text;
}

}  // namespace

std::string to_hex(std::string_view bytes) { return to_digits(bytes, "0123456789abcdef", 4); }

std::string to_base32(std::string_view bytes) { return to_digits(bytes, base32_alphabet, 5); }

std::string to_base64(std::string_view bytes) {
  std::string out = to_digits(bytes, base64_alphabet, 6);
  out.append((4 - out.size() % 4) % 4, '=');
  return out;
}

std::string to_base64url(std::string_view bytes) { return to_digits(bytes, base64url_alphabet, 6); }

std::optional<std::string> from_base64(std::string_view text) {
  static constexpr DigitValues values = values_of(base64_alphabet);
  if (text.size() % 4 != 0) return std::nullopt;
  return from_digits(without_padding(text), values);
}

std::optional<std::string> from_base64url(std::string_view text) {
  static constexpr DigitValues values = values_of(base64url_alphabet);
  // Padding is usually left away in this form; where it stands it must be right.
  if (text.ends_with('=') && text.size() % 4 != 0) return std::nullopt;
  return from_digits(without_padding(text), values);
}

}  // namespace tandem
