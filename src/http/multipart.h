#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/message.h"

namespace tandem::http {

constexpr int form_parts_max = 100;
constexpr int form_pairs_max = 1'000;
constexpr size_t part_header_max_bytes = 8 * 1024;

/// One part of a multipart/form-data body. `bytes` looks into the body, which must outlive it.
/// `filename` is as the sender wrote it, without folders: show it, never use it as a path.
struct FormPart {
  std::string name;
  std::string filename;
  std::string content_type;
  std::string_view bytes;
  bool is_file = false;
};

/// Reads a multipart/form-data body. Refuses with invalid ("bad_multipart") what is cut off or
/// malformed and with too_large more than `form_parts_max` parts.
Result<std::vector<FormPart>> read_multipart(std::string_view content_type, std::string_view body);

/// Reads application/x-www-form-urlencoded pairs. Refuses with too_large more than
/// `form_pairs_max`.
Result<Pairs> read_form(std::string_view body);

/// Percent-decodes; broken escapes stay as they are; what is not UTF-8 becomes U+FFFD.
enum class PlusSign { is_space, is_plus };
std::string decode_percent(std::string_view text, PlusSign plus);
/// Percent-encodes all but letters, digits, "-", ".", "_" and "~".
std::string encode_percent(std::string_view text);

}  // namespace tandem::http
