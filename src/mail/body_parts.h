#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "mail/gobject.h"
#include "mail/message.h"

namespace tandem::mail {

/// Fills html, text, attachments and report of `mail` from the tree of parts.
/// Refuses with invalid above mail_parts_max and mail_nesting_max.
Result<void> read_parts(GMimeObject* root, ParsedMail& mail);

}  // namespace tandem::mail
