#include "records/fields/record_ids.h"

namespace tandem::records {

const FieldKindDef user_kind{
    .kind = FieldKind::user,
    .word = "user",
    .holding = Holding::number,
    .read_json = read_record_id_json,
    .read_text = read_record_id,
    .normalise = normalise_record_id,
    .append_json = append_record_id,
    .to_text = record_id_to_text,
    .comparisons = equality_comparisons,
};

}  // namespace tandem::records
