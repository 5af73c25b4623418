#pragma once

#include <optional>

#include "access/sessions.h"
#include "api/native/call.h"

// Signing in and out, invitations, passwords, the own profile: what needs no organisation.

namespace tandem::api::native {

constexpr std::string_view session_cookie = "tandem_session";

/// A request outside an organisation; `session` is set on routes that need one.
struct OpenCall {
  const http::Request& request;
  Services& services;
  std::optional<access::Session> session;

  PersonId person() const { return session->person; }
  Result<JsonObject> body() const;
};

Result<http::Response> show_session(OpenCall& call);
Result<http::Response> begin_session(OpenCall& call);
Result<http::Response> end_session(OpenCall& call);
Result<http::Response> ask_for_reset(OpenCall& call);
Result<http::Response> reset_password(OpenCall& call);
Result<http::Response> show_invitation(OpenCall& call);
Result<http::Response> accept_invitation(OpenCall& call);
Result<http::Response> change_profile(OpenCall& call);
Result<http::Response> change_password(OpenCall& call);
Result<http::Response> begin_totp(OpenCall& call);
Result<http::Response> confirm_totp(OpenCall& call);
Result<http::Response> remove_totp(OpenCall& call);
Result<http::Response> list_sessions(OpenCall& call);
Result<http::Response> end_one_session(OpenCall& call);

}  // namespace tandem::api::native
