#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tandem {

// Thin, safe doors to OpenSSL, argon2 and liboath. All byte strings are std::string holding raw
// bytes unless said.

/// `count` bytes of the operating system's randomness.
std::string random_bytes(size_t count);
/// A secret for a link, cookie or token: 256 random bits as base64url, 43 characters.
std::string random_token();
/// `digits` lower-case hexadecimal characters.
std::string random_hex(size_t digits);

std::string sha256(std::string_view bytes);
std::string sha1(std::string_view bytes);
std::string hmac_sha256(std::string_view key, std::string_view bytes);
/// Compares in a time that depends on the lengths only.
bool equal_in_constant_time(std::string_view a, std::string_view b);

std::string to_hex(std::string_view bytes);
std::string to_base64(std::string_view bytes);
std::optional<std::string> from_base64(std::string_view text);
std::string to_base64url(std::string_view bytes);
std::optional<std::string> from_base64url(std::string_view text);

/// argon2id, 19 MiB, t=2, p=1, in its standard text form with salt. At most two run at once in a
/// process.
std::string hash_password(std::string_view password);
bool password_matches(std::string_view password, std::string_view hash);

/// AES-256-GCM with a random nonce; `key` is 32 bytes. Opening gives nothing when the text was
/// changed or the key differs.
std::string seal(std::string_view key, std::string_view plain);
std::optional<std::string> open_sealed(std::string_view key, std::string_view sealed);

/// RFC 6238, 30 s, 6 digits, SHA-1; accepts one step either side. `secret` is raw bytes.
/// Answers the step that matched, so that the caller can refuse a code used before.
std::optional<int64_t> totp_step_of(std::string_view secret, std::string_view code,
                                    int64_t unix_seconds);
std::string totp_code(std::string_view secret, int64_t unix_seconds);
std::string to_base32(std::string_view bytes);

}  // namespace tandem
