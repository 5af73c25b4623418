#include "records/fields/scaled.h"

namespace tandem::records {

const FieldKindDef decimal_kind{
    .kind = FieldKind::decimal,
    .word = "decimal",
    .holding = Holding::number,
    .read_json = read_scaled_json,
    .read_text = read_scaled,
    .normalise = normalise_number,
    .append_json = append_scaled,
    .to_text = scaled_to_text,
    .comparisons = order_comparisons,
};

}  // namespace tandem::records
