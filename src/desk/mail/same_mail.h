#pragma once

#include "mail/message.h"

namespace tandem::desk {

/// Whether two mails with one Message-ID are one mail that came by two ways. On its way a mail gets
/// other Received fields and line ends, and a list writes below its text; sender, subject, date,
/// text and files stay. Devices that give each mail the same Message-ID send other dates, texts or
/// files.
bool is_same_mail(const mail::ParsedMail& one, const mail::ParsedMail& other);

}  // namespace tandem::desk
