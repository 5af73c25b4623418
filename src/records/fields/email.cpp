#include "base/text.h"
#include "records/fields/field_kind.h"

namespace tandem::records {

namespace {

Result<Value> read(const FieldDef& field, std::string_view text) {
  const std::string address = ascii_lower(to_utf8_lossy(trim(text)));
  if (!is_email_address(address))
    return field_fault(field, "not_an_email", "must be an address such as ana@example.com");
  return Value(address);
}

}  // namespace

const FieldKindDef email_kind{
    .kind = FieldKind::email,
    .word = "email",
    .holding = Holding::text,
    .read_json = json_as_text,
    .read_text = read,
    .normalise = normalise_text,
    .append_json = append_text,
    .to_text = held_text,
    .comparisons = text_comparisons,
    .folds_case = true,
};

}  // namespace tandem::records
