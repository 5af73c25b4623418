#include "records/fields/record_ids.h"

namespace tandem::records {

const FieldKindDef link_kind{
    .kind = FieldKind::link,
    .word = "link",
    .holding = Holding::number,
    .read_json = read_record_id_json,
    .read_text = read_record_id,
    .normalise = normalise_record_id,
    .append_json = append_record_id,
    .to_text = record_id_to_text,
    .comparisons = equality_comparisons,
};

}  // namespace tandem::records
