#pragma once

#include "api/crm/call.h"
#include "http/multipart.h"

// Files of a record, as /{module}/{id}/Attachments has them.

namespace tandem::api::crm_dialect {

/// The form's part named "file". Refuses with invalid param_missing.
Result<http::FormPart> sent_file(const Call& call);

/// A form with the part "file", or the address in `attachmentUrl`.
Result<http::Response> add_attachment(Call& call, RecordId parent);
/// The bytes of a file.
Result<http::Response> show_attachment(Call& call, RecordId parent, RecordId attachment);

}  // namespace tandem::api::crm_dialect
