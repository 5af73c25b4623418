#include "api/native/session_handlers.h"

#include "access/invitations.h"
#include "access/organisations.h"
#include "access/password_reset.h"
#include "access/people.h"
#include "access/sign_in.h"
#include "access/totp.h"
#include "api/account_mails.h"

namespace tandem::api::native {

namespace {

constexpr std::string_view program_version = "0.1";

void append_person(JsonWriter& json, const access::Person& person) {
  json.begin_object()
      .id("id", person.id.value)
      .string("name", person.name)
      .string("email", person.email);
  json.string("locale", person.locale)
      .string("theme", person.theme)
      .string("density", person.density);
  json.string("time_zone", person.time_zone)
      .string("phone", person.phone)
      .number("undo_send_seconds", person.undo_send_seconds)
      .boolean("totp_enabled", person.totp_enabled)
      .end_object();
}

std::string session_json(db::Transaction& tx, const access::Person& person,
                         const access::Session& session) {
  JsonWriter json;
  json.begin_object().key("person");
  append_person(json, person);
  json.string("csrf_token", session.csrf_token).key("organisations").begin_array();
  for (const access::Membership& membership : access::memberships_of(tx, person.id)) {
    json.begin_object()
        .id("id", membership.organisation.id.value)
        .string("app", membership.organisation.app);
    json.string("name", membership.organisation.name).key("role").begin_object();
    json.id("id", membership.role_id.value)
        .string("name", membership.role_name)
        .end_object()
        .end_object();
  }
  json.end_array().string("version", program_version).end_object();
  return json.take();
}

/// Over TLS alone when people come over TLS: by the configured address, or by what a trusted proxy
/// says of this request.
bool wants_secure_cookie(const OpenCall& call) {
  return call.services.secure_cookies || call.request.scheme == http::Scheme::https;
}

http::Response signed_in(OpenCall& call, const access::SignedIn& signed_in) {
  std::string json = call.services.database.read(
      [&](db::Transaction& tx) { return session_json(tx, signed_in.person, signed_in.session); });
  http::Response response = http::Response::json(200, std::move(json));
  http::Cookie cookie{.name = std::string(session_cookie), .value = signed_in.token};
  cookie.max_age_s = access::session_lifetime_ms / second_ms;
  cookie.secure = wants_secure_cookie(call);
  response.set_cookie(cookie);
  return response;
}

http::Response without_cookie(OpenCall& call, http::Response response) {
  http::Cookie cookie{.name = std::string(session_cookie), .value = ""};
  cookie.max_age_s = 0;
  cookie.secure = wants_secure_cookie(call);
  response.set_cookie(cookie);
  return response;
}

std::string agent_of(const OpenCall& call) {
  return std::string(call.request.header("User-Agent"));
}

}  // namespace

Result<JsonObject> OpenCall::body() const {
  Json json = TRY(json_from_text(request.body));
  if (!json.is_object()) return invalid("", "bad_json", "Send a JSON object.");
  return std::move(json.as_object());
}

Result<http::Response> show_session(OpenCall& call) {
  return call.services.database.read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::optional<access::Person> person =
        call.session ? access::find_person(tx, call.session->person) : std::nullopt;
    if (person) return http::Response::json(200, session_json(tx, *person, *call.session));
    JsonWriter json;
    json.begin_object().boolean("setup_needed", access::setup_needed(tx)).key("error");
    append_refusal(json, unauthenticated("signed_out", "Sign in first."));
    json.end_object();
    return http::Response::json(401, json.take());
  });
}

Result<http::Response> begin_session(OpenCall& call) {
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"email", "password", "totp_code"}));
  access::SignInRequest request;
  request.email = TRY(body_text(body, "email"));
  request.password = TRY(body_text(body, "password", 1'000));
  request.totp_code = TRY(body_text(body, "totp_code"));
  request.address = call.request.peer_address;
  request.agent = agent_of(call);
  request.replaced_token = call.request.cookie(session_cookie);
  const access::SignedIn person =
      TRY(access::sign_in(call.services.database, call.services.secret_key, request));
  return signed_in(call, person);
}

Result<http::Response> end_session(OpenCall& call) {
  TRY(call.services.database.write([&](db::Transaction& tx) -> Result<void> {
    access::sign_out(tx, call.request.cookie(session_cookie));
    return {};
  }));
  if (call.session) call.services.drop_listeners(call.session->person);
  return without_cookie(call, http::Response::no_content());
}

Result<http::Response> ask_for_reset(OpenCall& call) {
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"email"}));
  const std::string email = TRY(body_text(body, "email"));
  TRY(call.services.database.write([&](db::Transaction& tx) -> Result<void> {
    const std::optional<access::PasswordResetMail> mail =
        TRY(access::request_password_reset(tx, email, call.request.peer_address));
    if (mail) send_reset_mail(tx, call.services, call.request.scheme, *mail);
    return {};
  }));
  call.services.wake();
  return http::Response::no_content();
}

Result<http::Response> reset_password(OpenCall& call) {
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"token", "password"}));
  access::PasswordReset reset;
  reset.token = TRY(body_text(body, "token"));
  reset.password = TRY(body_text(body, "password", 1'000));
  reset.address = call.request.peer_address;
  const PersonId person = TRY(access::reset_password(call.services.database, reset));
  call.services.drop_listeners(person);
  return http::Response::no_content();
}

Result<http::Response> show_invitation(OpenCall& call) {
  return call.services.database.read([&](db::Transaction& tx) -> Result<http::Response> {
    const access::InvitationView view =
        TRY(access::find_invitation(tx, call.request.param("token")));
    JsonWriter json;
    json.begin_object()
        .string("email", view.email)
        .string("name", view.name)
        .key("organisation")
        .begin_object();
    json.id("id", view.org.value).string("name", view.organisation_name).end_object();
    json.string("role_name", view.role_name).boolean("has_account", view.has_account).end_object();
    return http::Response::json(200, json.take());
  });
}

Result<http::Response> accept_invitation(OpenCall& call) {
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"name", "password", "totp_code", "locale"}));
  access::Acceptance acceptance;
  acceptance.token = call.request.param("token");
  acceptance.name = TRY(body_text(body, "name"));
  acceptance.password = TRY(body_text(body, "password", 1'000));
  acceptance.totp_code = TRY(body_text(body, "totp_code"));
  const std::string locale = TRY(body_text(body, "locale"));
  if (!locale.empty()) acceptance.locale = locale;
  acceptance.address = call.request.peer_address;
  acceptance.agent = agent_of(call);
  const access::SignedIn person = TRY(access::accept_invitation(
      call.services.database, call.services.desk.catalogue, call.services.secret_key, acceptance));
  call.services.wake();
  return signed_in(call, person);
}

Result<http::Response> change_profile(OpenCall& call) {
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body,
                {"name", "locale", "theme", "density", "time_zone", "phone", "undo_send_seconds"}));
  access::ProfileChange change;
  if (body.contains("name")) change.name = TRY(body_text(body, "name"));
  if (body.contains("locale")) change.locale = TRY(body_text(body, "locale"));
  if (body.contains("theme")) change.theme = TRY(body_text(body, "theme"));
  if (body.contains("density")) change.density = TRY(body_text(body, "density"));
  if (body.contains("time_zone")) change.time_zone = TRY(body_text(body, "time_zone"));
  if (body.contains("phone")) change.phone = TRY(body_text(body, "phone"));
  if (body.contains("undo_send_seconds")) {
    change.undo_send_seconds = TRY(body_number(body, "undo_send_seconds", -1));
  }
  const access::Person person =
      TRY(call.services.database.write([&](db::Transaction& tx) -> Result<access::Person> {
        return access::change_profile(tx, call.services.desk.catalogue, call.person(), change);
      }));
  JsonWriter json;
  append_person(json, person);
  return http::Response::json(200, json.take());
}

Result<http::Response> change_password(OpenCall& call) {
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"current_password", "password"}));
  access::PasswordChange change;
  change.current = TRY(body_text(body, "current_password", 1'000));
  change.next = TRY(body_text(body, "password", 1'000));
  change.kept_session = call.session->id;
  change.address = call.request.peer_address;
  TRY(access::change_password(call.services.database, call.person(), change));
  call.services.drop_listeners(call.person());
  return http::Response::no_content();
}

Result<http::Response> begin_totp(OpenCall& call) {
  const access::TotpOffer offer =
      TRY(call.services.database.write([&](db::Transaction& tx) -> Result<access::TotpOffer> {
        return access::begin_totp(tx, call.services.secret_key, call.person());
      }));
  JsonWriter json;
  json.begin_object()
      .string("secret", offer.secret)
      .string("otpauth_url", offer.otpauth_url)
      .end_object();
  return http::Response::json(200, json.take());
}

Result<http::Response> confirm_totp(OpenCall& call) {
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"code"}));
  access::TotpConfirmation confirmation;
  confirmation.code = TRY(body_text(body, "code"));
  confirmation.address = call.request.peer_address;
  const auto codes = TRY(
      call.services.database.write([&](db::Transaction& tx) -> Result<std::vector<std::string>> {
        return access::confirm_totp(tx, call.services.secret_key, call.person(), confirmation);
      }));
  JsonWriter json;
  json.begin_object().key("recovery_codes").begin_array();
  for (const std::string& recovery_code : codes) json.string(recovery_code);
  json.end_array().end_object();
  return http::Response::json(200, json.take());
}

Result<http::Response> remove_totp(OpenCall& call) {
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"password"}));
  access::TotpRemoval removal;
  removal.password = TRY(body_text(body, "password", 1'000));
  removal.address = call.request.peer_address;
  TRY(access::remove_totp(call.services.database, call.person(), removal));
  return http::Response::no_content();
}

Result<http::Response> list_sessions(OpenCall& call) {
  return call.services.database.read([&](db::Transaction& tx) -> Result<http::Response> {
    JsonWriter json;
    json.begin_object().key("sessions").begin_array();
    for (const access::Session& session : access::sessions_of(tx, call.person())) {
      json.begin_object().id("id", session.id).string("created_at", to_iso(session.created_at));
      json.string("last_seen_at", to_iso(session.last_seen_at)).string("address", session.address);
      json.string("agent", session.agent)
          .boolean("current", session.id == call.session->id)
          .end_object();
    }
    json.end_array().end_object();
    return http::Response::json(200, json.take());
  });
}

Result<http::Response> end_one_session(OpenCall& call) {
  const std::optional<int64_t> id = id_from_text(call.request.param("id"));
  if (!id) return not_found("There is no such session.");
  TRY(call.services.database.write([&](db::Transaction& tx) -> Result<void> {
    return access::end_session(tx, call.person(), *id);
  }));
  // All of the person's come back, but for those of the session that ended.
  call.services.drop_listeners(call.person());
  return http::Response::no_content();
}

}  // namespace tandem::api::native
