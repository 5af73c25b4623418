#include "records/fields/field_kind.h"

namespace tandem::records {

namespace {

constexpr const char* how = "must be a moment such as 2026-11-04T11:21:07Z";
// No desk has worked earlier or plans later, and no reader of ours stumbles over these years.
constexpr Instant earliest{0};
constexpr Instant latest{253'370'764'800'000};  // 9999-01-01

Result<Value> read(const FieldDef& field, std::string_view text) {
  const Result<Instant> at = instant_from_iso(text);
  if (!at) return field_fault(field, "not_an_instant", how);
  if (*at < earliest || *at >= latest) {
    return field_fault(field, "out_of_range", "must lie between 1970 and 9998");
  }
  return Value(*at);
}

Result<Value> read_json(const FieldDef& field, const Json& json) {
  if (!json.is_string()) return field_fault(field, "not_an_instant", how);
  return read(field, json.get_string());
}

void append(JsonWriter& json, const FieldDef&, const Value& value) {
  json.string(to_iso(value.instant()));
}

std::string to_moment(const FieldDef&, const Value& value) { return to_iso(value.instant()); }

}  // namespace

const FieldKindDef instant_kind{
    .kind = FieldKind::instant,
    .word = "instant",
    .holding = Holding::number,
    .read_json = read_json,
    .read_text = read,
    .normalise = normalise_number,
    .append_json = append,
    .to_text = to_moment,
    .comparisons = order_comparisons,
};

}  // namespace tandem::records
