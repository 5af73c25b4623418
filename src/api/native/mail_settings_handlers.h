#pragma once

#include "api/native/call.h"

// Settings > Channels > Email: mailboxes and the mails that could not be taken in. Also statuses.

namespace tandem::api::native {

Result<http::Response> list_mailboxes(Call& call);
Result<http::Response> add_mailbox(Call& call);
Result<http::Response> change_mailbox(Call& call);
Result<http::Response> remove_mailbox(Call& call);
Result<http::Response> check_mailbox(Call& call);
Result<http::Response> list_parked_mails(Call& call);
Result<http::Response> retry_parked_mail(Call& call);
Result<http::Response> drop_parked_mail(Call& call);
Result<http::Response> show_raw_parked_mail(Call& call);
Result<http::Response> list_statuses(Call& call);
Result<http::Response> add_status(Call& call);
Result<http::Response> change_status(Call& call);
Result<http::Response> remove_status(Call& call);

}  // namespace tandem::api::native
