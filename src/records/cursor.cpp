#include "records/cursor.h"

#include "base/crypto.h"
#include "base/text.h"
#include "records/fields/field_kind.h"

namespace tandem::records {

namespace {

constexpr size_t cursor_bytes_max = 4'000;

Refusal bad_cursor() {
  return invalid("cursor", "bad_cursor",
                 "Start again at the first page; this cursor fits no list.");
}

/// Ties a cursor to its sort, so that it is not read as a place in another order.
std::string prefix_of(const Sort& sort) { return (sort.descending ? "-" : "+") + sort.field + ":"; }

}  // namespace

std::string to_cursor(const Sort& sort, const CursorPlace& place) {
  std::string plain = prefix_of(sort) + std::to_string(place.id.value) + ":";
  if (place.value.is_number()) plain += "n" + std::to_string(place.value.number());
  if (place.value.is_text()) plain += "t" + place.value.text();
  return to_base64url(plain);
}

Result<CursorPlace> place_from_cursor(const Sort& sort, const std::string& cursor) {
  if (cursor.size() > cursor_bytes_max) return bad_cursor();
  const std::optional<std::string> plain = from_base64url(cursor);
  const std::string prefix = prefix_of(sort);
  if (!plain || !plain->starts_with(prefix) || !is_utf8(*plain)) return bad_cursor();
  std::string_view rest = std::string_view(*plain).substr(prefix.size());
  const size_t colon = rest.find(':');
  if (colon == rest.npos) return bad_cursor();
  const std::optional<int64_t> id = id_from_text(rest.substr(0, colon));
  if (!id) return bad_cursor();
  rest.remove_prefix(colon + 1);
  CursorPlace place{{}, {*id}};
  if (rest.empty()) return place;
  if (rest.front() == 't') {
    place.value = Value(rest.substr(1));
    return place;
  }
  const std::optional<int64_t> number =
      whole_number(rest.substr(1), std::numeric_limits<int64_t>::max());
  if (rest.front() != 'n' || !number) return bad_cursor();
  place.value = Value(*number);
  return place;
}

}  // namespace tandem::records
