#include "records/fields/field_kind.h"

namespace tandem::records {

const FieldKindDef long_text_kind{
    .kind = FieldKind::long_text,
    .word = "long_text",
    .holding = Holding::text,
    .read_json = json_as_text,
    .read_text = lines_from_text,
    .normalise = normalise_text,
    .append_json = append_text,
    .to_text = held_text,
    .comparisons = text_comparisons,
};

}  // namespace tandem::records
