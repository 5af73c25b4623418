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

constexpr size_t port_digits_max = 5;

bool is_port(std::string_view text) {
  return !text.empty() && text.size() <= port_digits_max &&
         text.find_first_not_of("0123456789") == text.npos;
}

/// "example.com:8080/path" has a port; "javascript:alert(1)" and "javascript:1" have a scheme we do
/// not open. A host of one word with a port needs its http:// for us to tell.
bool has_other_scheme(std::string_view text) {
  if (text.find("://") != text.npos) return true;
  const std::string_view place = text.substr(0, text.find_first_of("/?#"));
  const size_t colon = place.find(':');
  if (colon == place.npos) return false;
  const std::string_view host = place.substr(0, colon);
  const bool is_host = host.find('.') != host.npos || equal_ignoring_ascii_case(host, "localhost");
  return !is_host || !is_port(place.substr(colon + 1));
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
