#include "records/fields/field_kind.h"

namespace tandem::records {

const FieldKindDef text_kind{
    .kind = FieldKind::text,
    .word = "text",
    .holding = Holding::text,
    .read_json = json_as_text,
    .read_text = line_from_text,
    .normalise = normalise_text,
    .append_json = append_text,
    .to_text = held_text,
    .comparisons = text_comparisons,
};

}  // namespace tandem::records
