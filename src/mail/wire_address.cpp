#include "mail/wire_address.h"

#include <fmt/format.h>
#include <unicode/bytestream.h>
#include <unicode/idna.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <stdexcept>

#include "base/text.h"

namespace tandem::mail {
namespace {

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

const icu::IDNA& idna() {
  static const std::unique_ptr<const icu::IDNA> one = [] {
    UErrorCode code = U_ZERO_ERROR;
    std::unique_ptr<const icu::IDNA> made(icu::IDNA::createUTS46Instance(
        UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ | UIDNA_NONTRANSITIONAL_TO_ASCII |
            UIDNA_NONTRANSITIONAL_TO_UNICODE,
        code));
    if (U_FAILURE(code)) throw std::runtime_error("ICU has no data of internationalised domains");
    return made;
  }();
  return *one;
}

enum class Form { ascii, unicode };

/// Nothing for a domain that breaks the rules of IDNA.
std::optional<std::string> domain_in(Form form, std::string_view domain) {
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  icu::IDNAInfo info;
  UErrorCode code = U_ZERO_ERROR;
  const icu::StringPiece piece(domain.data(), int32_t(domain.size()));
  if (form == Form::ascii) {
    idna().nameToASCII_UTF8(piece, sink, info, code);
  } else {
    idna().nameToUnicodeUTF8(piece, sink, info, code);
  }
  if (U_FAILURE(code) || info.hasErrors()) return std::nullopt;
  return out;
}

}  // namespace

std::string readable_address(std::string_view address) {
  const size_t at = address.rfind('@');
  if (at == address.npos) return std::string(address);
  const std::string_view domain = address.substr(at + 1);
  // Plain domains stay as they are written.
  if (is_ascii(domain) && ascii_lower(domain).find("xn--") == std::string::npos)
    return std::string(address);
  const std::optional<std::string> readable = domain_in(Form::unicode, domain);
  if (!readable) return std::string(address);
  std::string whole = std::string(address.substr(0, at + 1)) + *readable;
  return is_email_address(whole) ? whole : std::string(address);
}

Result<std::string> wire_address(std::string_view address, const std::string& field) {
  const auto bad = [&] {
    return invalid(
        field, "bad_address",
        fmt::format("Give an address such as name@example.com; this is none: {}", address));
  };
  if (!is_email_address(address)) return bad();
  const size_t at = address.rfind('@');
  const std::string_view domain = address.substr(at + 1);
  if (!is_ascii(address.substr(0, at))) {
    return invalid(field, "address_not_sendable",
                   fmt::format("Mail servers do not take the letters before the @ of {}; ask for "
                               "another address.",
                               address));
  }
  if (is_ascii(domain)) return std::string(address);
  const std::optional<std::string> ascii = domain_in(Form::ascii, domain);
  if (!ascii) return bad();
  std::string whole = std::string(address.substr(0, at + 1)) + *ascii;
  if (!is_email_address(whole)) return bad();
  return whole;
}

}  // namespace tandem::mail
