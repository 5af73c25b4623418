#include <algorithm>

#include "base/text.h"
#include "records/fields/field_kind.h"

namespace tandem::records {

namespace {

constexpr size_t url_bytes_max = 2'000;

bool may_stand(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte > ' ' && byte != 0x7F &&
         std::string_view("<>\"\\^`{|}").find(c) == std::string_view::npos;
}

/// "example.com:8080/path" has a port; "javascript:alert(1)" has a scheme we do not open.
bool has_other_scheme(std::string_view text) {
  if (text.find("://") != text.npos) return true;
  const size_t colon = text.substr(0, text.find_first_of("/?#")).find(':');
  return colon != text.npos &&
         (colon + 1 >= text.size() || text[colon + 1] < '0' || text[colon + 1] > '9');
}

Result<Value> read(const FieldDef& field, std::string_view text) {
  std::string url = to_utf8_lossy(trim(text));
  const bool has_scheme = starts_with_ignoring_ascii_case(url, "https://") ||
                          starts_with_ignoring_ascii_case(url, "http://");
  const bool is_other = !has_scheme && has_other_scheme(url);
  if (!has_scheme) url.insert(0, "https://");
  const size_t host = url.find("://") + 3;
  const bool fits = !is_other && url.size() <= url_bytes_max && host < url.size() &&
                    url[host] != '/' && url[host] != '?' && url[host] != '#' &&
                    std::all_of(url.begin(), url.end(), may_stand);
  if (!fits) {
    return field_fault(field, "not_a_url",
                       "must be an address that starts with http:// or https://");
  }
  return Value(std::move(url));
}

}  // namespace

const FieldKindDef url_kind{
    .kind = FieldKind::url,
    .word = "url",
    .holding = Holding::text,
    .read_json = json_as_text,
    .read_text = read,
    .normalise = normalise_text,
    .append_json = append_text,
    .to_text = held_text,
    .comparisons = text_comparisons,
};

}  // namespace tandem::records
