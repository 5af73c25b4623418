#pragma once

#include "access/invitations.h"
#include "access/password_reset.h"
#include "api/services.h"

// Mails about a person's own account, in that person's language.

namespace tandem::api::native {

void send_invitation_mail(db::Transaction& tx, const Services& services, OrgId org,
                          const access::InvitationMail& mail);
void send_reset_mail(db::Transaction& tx, const Services& services,
                     const access::PasswordResetMail& mail);

}  // namespace tandem::api::native
