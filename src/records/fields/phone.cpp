#include <algorithm>

#include "base/text.h"
#include "records/fields/field_kind.h"

namespace tandem::records {

namespace {

constexpr size_t phone_chars_max = 50;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Digits, what people put between them, and letters for "ext. 12" and numbers spelled as words.
bool may_stand(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         std::string_view(" +-()./#*,;:").find(c) != std::string_view::npos;
}

Result<Value> read(const FieldDef& field, std::string_view text) {
  const std::string_view number = trim(text);
  const bool fits = number.size() <= phone_chars_max &&
                    std::all_of(number.begin(), number.end(), may_stand) &&
                    std::any_of(number.begin(), number.end(), is_digit);
  if (!fits) return field_fault(field, "not_a_phone", "must be a number such as +49 30 1234567");
  return Value(number);
}

}  // namespace

const FieldKindDef phone_kind{
    .kind = FieldKind::phone,
    .word = "phone",
    .holding = Holding::text,
    .read_json = json_as_text,
    .read_text = read,
    .normalise = normalise_text,
    .append_json = append_text,
    .to_text = held_text,
    .comparisons = text_comparisons,
};

}  // namespace tandem::records
