#pragma once

#include "api/crm/call.h"

// Files of a record, as /{module}/{id}/Attachments has them.

namespace tandem::api::crm_dialect {

/// A form with the part "file", or the address in `attachmentUrl`.
Result<http::Response> add_attachment(Call& call, RecordId parent);
/// The bytes of a file.
Result<http::Response> show_attachment(Call& call, RecordId parent, RecordId attachment);

}  // namespace tandem::api::crm_dialect
