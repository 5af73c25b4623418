#include "base/crypto.h"

#include <argon2.h>
#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <array>
#include <cassert>
#include <limits>
#include <memory>
#include <semaphore>
#include <stdexcept>

namespace tandem {

namespace {

constexpr uint32_t argon_passes = 2;
constexpr uint32_t argon_memory_kib = 19 * 1'024;
constexpr uint32_t argon_lanes = 1;
constexpr size_t argon_salt_bytes = 16;
constexpr size_t argon_hash_bytes = 32;
constexpr ptrdiff_t argon_at_once_max = 2;

constexpr size_t gcm_key_bytes = 32;
constexpr size_t gcm_nonce_bytes = 12;
constexpr size_t gcm_tag_bytes = 16;

constexpr int64_t totp_step_seconds = 30;
constexpr int64_t totp_steps_either_side = 1;

const unsigned char* as_bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* as_bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

void must(bool done, const char* what) {
  if (!done) throw std::runtime_error(fmt::format("OpenSSL could not {}", what));
}

std::string digest(const EVP_MD* kind, std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
  unsigned size = 0;
  must(EVP_Digest(bytes.data(), bytes.size(), out.data(), &size, kind, nullptr) == 1, "hash");
  return std::string(reinterpret_cast<const char*>(out.data()), size);
}

std::string keyed_digest(const EVP_MD* kind, std::string_view key, std::string_view bytes) {
  assert(key.size() <= size_t(std::numeric_limits<int>::max()));
  std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
  unsigned size = 0;
  must(HMAC(kind, key.data(), int(key.size()), as_bytes(bytes), bytes.size(), out.data(), &size) !=
           nullptr,
       "compute an HMAC");
  return std::string(reinterpret_cast<const char*>(out.data()), size);
}

/// Each hash takes 19 MiB; a burst of logins must wait here instead of eating the machine's memory.
class ArgonTurn {
 public:
  ArgonTurn() { turns().acquire(); }
  ~ArgonTurn() { turns().release(); }
  ArgonTurn(const ArgonTurn&) = delete;
  ArgonTurn& operator=(const ArgonTurn&) = delete;

 private:
  static std::counting_semaphore<argon_at_once_max>& turns() {
    static std::counting_semaphore<argon_at_once_max> instance(argon_at_once_max);
    return instance;
  }
};

struct FreeCipher {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, FreeCipher>;

Cipher make_cipher() {
  Cipher cipher(EVP_CIPHER_CTX_new());
  must(cipher != nullptr, "allocate a cipher");
  return cipher;
}

/// RFC 4226 with six digits.
std::string hotp_code(std::string_view secret, int64_t step) {
  std::string counter(8, '\0');
  for (int i = 7; i >= 0; --i, step >>= 8) counter[size_t(i)] = char(step & 0xff);
  const std::string mac = keyed_digest(EVP_sha1(), secret, counter);
  const auto byte = [&](size_t i) { return uint32_t(static_cast<unsigned char>(mac[i])); };
  const size_t from = byte(mac.size() - 1) & 0xf;
  const uint32_t number =
      (byte(from) & 0x7f) << 24 | byte(from + 1) << 16 | byte(from + 2) << 8 | byte(from + 3);
  return fmt::format("{:06}", number % 1'000'000);
}

}  // namespace

std::string random_bytes(size_t count) {
  std::string out(count, '\0');
  must(RAND_bytes(as_bytes(out), int(count)) == 1, "give random bytes");
  return out;
}

std::string random_token() { return to_base64url(random_bytes(32)); }

std::string random_hex(size_t digits) {
  std::string out = to_hex(random_bytes((digits + 1) / 2));
  out.resize(digits);
  return out;
}

std::string sha256(std::string_view bytes) { return digest(EVP_sha256(), bytes); }
std::string sha1(std::string_view bytes) { return digest(EVP_sha1(), bytes); }
std::string hmac_sha256(std::string_view key, std::string_view bytes) {
  return keyed_digest(EVP_sha256(), key, bytes);
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string hash_password(std::string_view password) {
  const std::string salt = random_bytes(argon_salt_bytes);
  std::string out(argon2_encodedlen(argon_passes, argon_memory_kib, argon_lanes, argon_salt_bytes,
                                    argon_hash_bytes, Argon2_id),
                  '\0');
  const ArgonTurn turn;
  const int code = argon2id_hash_encoded(argon_passes, argon_memory_kib, argon_lanes,
                                         password.data(), password.size(), salt.data(), salt.size(),
                                         argon_hash_bytes, out.data(), out.size());
  if (code != ARGON2_OK) throw std::runtime_error(argon2_error_message(code));
  out.resize(out.find('\0'));
  return out;
}

bool password_matches(std::string_view password, std::string_view hash) {
  const std::string terminated(hash);
  const ArgonTurn turn;
  const int code = argon2id_verify(terminated.c_str(), password.data(), password.size());
  if (code == ARGON2_MEMORY_ALLOCATION_ERROR) throw std::bad_alloc();
  return code == ARGON2_OK;
}

std::string seal(std::string_view key, std::string_view plain) {
  assert(key.size() == gcm_key_bytes);
  const std::string nonce = random_bytes(gcm_nonce_bytes);
  std::string cipher_text(plain.size(), '\0');
  std::string tag(gcm_tag_bytes, '\0');
  const Cipher cipher = make_cipher();
  int size = 0;
  must(EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, as_bytes(key),
                          as_bytes(nonce)) == 1 &&
           EVP_EncryptUpdate(cipher.get(), as_bytes(cipher_text), &size, as_bytes(plain),
                             int(plain.size())) == 1 &&
           EVP_EncryptFinal_ex(cipher.get(), as_bytes(cipher_text) + size, &size) == 1 &&
           EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, int(gcm_tag_bytes),
                               tag.data()) == 1,
       "encrypt");
  return nonce + cipher_text + tag;
}

std::optional<std::string> open_sealed(std::string_view key, std::string_view sealed) {
  assert(key.size() == gcm_key_bytes);
  if (sealed.size() < gcm_nonce_bytes + gcm_tag_bytes) return std::nullopt;
  const std::string_view nonce = sealed.substr(0, gcm_nonce_bytes);
  const std::string_view cipher_text =
      sealed.substr(gcm_nonce_bytes, sealed.size() - gcm_nonce_bytes - gcm_tag_bytes);
  std::string tag(sealed.substr(sealed.size() - gcm_tag_bytes));
  std::string plain(cipher_text.size(), '\0');
  const Cipher cipher = make_cipher();
  int size = 0;
  must(EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, as_bytes(key),
                          as_bytes(nonce)) == 1 &&
           EVP_DecryptUpdate(cipher.get(), as_bytes(plain), &size, as_bytes(cipher_text),
                             int(cipher_text.size())) == 1 &&
           EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, int(gcm_tag_bytes),
                               tag.data()) == 1,
       "decrypt");
  if (EVP_DecryptFinal_ex(cipher.get(), as_bytes(plain) + size, &size) != 1) return std::nullopt;
  return plain;
}

std::optional<int64_t> totp_step_of(std::string_view secret, std::string_view code,
                                    int64_t unix_seconds) {
  const int64_t now = unix_seconds / totp_step_seconds;
  std::optional<int64_t> match;
  for (int64_t step = now - totp_steps_either_side; step <= now + totp_steps_either_side; ++step) {
    if (equal_in_constant_time(hotp_code(secret, step), code)) match = step;
  }
  return match;
}

std::string totp_code(std::string_view secret, int64_t unix_seconds) {
  return hotp_code(secret, unix_seconds / totp_step_seconds);
}

}  // namespace tandem
