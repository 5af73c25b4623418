#pragma once

#include "access/invitations.h"
#include "access/password_reset.h"
#include "api/services.h"

// Mails about a person's own account, in that person's language.

namespace tandem::api {

/// The address that a link in a mail begins with: the configured one, whose host never comes from a
/// request. Without a port of its own it takes the scheme that the person came by.
std::string link_base(const std::string& base_url, http::Scheme scheme);

void send_invitation_mail(db::Transaction& tx, const Services& services, OrgId org,
                          http::Scheme scheme, const access::InvitationMail& mail);
void send_reset_mail(db::Transaction& tx, const Services& services, http::Scheme scheme,
                     const access::PasswordResetMail& mail);

}  // namespace tandem::api
