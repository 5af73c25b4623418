#pragma once

#include <string>

#include "desk/channels/web_forms.h"
#include "desk/conversation/mail_sending.h"

namespace tandem::desk {

/// The mail that says that a message arrived. It quotes nothing of it: who types another's address
/// into a form can't make us write their words to that person.
Notice form_receipt(const WebForm& form, const std::string& to, int64_t ticket_number);

}  // namespace tandem::desk
