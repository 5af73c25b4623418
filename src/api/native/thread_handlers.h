#pragma once

#include "api/native/call.h"

// Mails and files of a ticket: bodies for the sandboxed frame, raw mails, uploads, downloads,
// sending again.

namespace tandem::api::native {

Result<http::Response> resend_thread(Call& call);
Result<http::Response> show_thread_body(Call& call);
Result<http::Response> show_raw_thread(Call& call);
Result<http::Response> upload_file(Call& call);
Result<http::Response> show_attachment(Call& call);

}  // namespace tandem::api::native
