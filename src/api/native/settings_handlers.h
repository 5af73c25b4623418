#pragma once

#include "api/native/call.h"

// Settings of an organisation: what it is, its people, roles, programs and audit log.

namespace tandem::api::native {

Result<http::Response> show_meta(Call& call);
Result<http::Response> show_organisation(Call& call);
Result<http::Response> change_organisation(Call& call);
Result<http::Response> switch_feature(Call& call);
Result<http::Response> list_people(Call& call);
Result<http::Response> invite_person(Call& call);
Result<http::Response> change_person(Call& call);
Result<http::Response> reinvite_person(Call& call);
Result<http::Response> withdraw_invitation(Call& call);
Result<http::Response> list_roles(Call& call);
Result<http::Response> add_role(Call& call);
Result<http::Response> change_role(Call& call);
Result<http::Response> remove_role(Call& call);
Result<http::Response> list_oauth_clients(Call& call);
Result<http::Response> add_oauth_client(Call& call);
Result<http::Response> remove_oauth_client(Call& call);
Result<http::Response> issue_oauth_code(Call& call);
Result<http::Response> list_oauth_tokens(Call& call);
Result<http::Response> remove_oauth_token(Call& call);
Result<http::Response> show_audit_log(Call& call);

}  // namespace tandem::api::native
