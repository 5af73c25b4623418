#pragma once

#include "base/result.h"
#include "mail/server_address.h"

namespace tandem::mail {

/// Connects, goes to TLS as asked and signs in, without sending anything. Refuses with busy, code
/// "mail_server_unreachable" or unauthenticated, code "mail_login_refused", in the words of the
/// network or the server.
Result<void> check_smtp_sign_in(const SmtpServer& server);

}  // namespace tandem::mail
