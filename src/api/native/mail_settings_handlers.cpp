#include "api/native/mail_settings_handlers.h"

#include "api/native/answers.h"
#include "api/native/department_names.h"
#include "desk/mail/mailboxes.h"
#include "desk/mail/parked_mails.h"
#include "desk/tickets/statuses.h"

namespace tandem::api::native {

namespace {

void append_server(JsonWriter& json, std::string_view key, const desk::MailboxServer& server) {
  json.key(key).begin_object().string("host", server.host).number("port", server.port);
  json.string("security", server.security).string("user", server.user);
  json.boolean("has_password", server.has_password);
  if (key == "imap") json.string("folder", server.folder);
  json.end_object();
}

void append_mailbox(JsonWriter& json, const desk::Mailbox& mailbox,
                    const DepartmentNames& departments) {
  json.begin_object().id("id", mailbox.id.value).key("department");
  departments.append(json, mailbox.department);
  json.string("address", mailbox.address).string("display_name", mailbox.display_name);
  append_server(json, "imap", mailbox.imap);
  append_server(json, "smtp", mailbox.smtp);
  json.boolean("is_enabled", mailbox.is_enabled)
      .boolean("uses_plus_address", mailbox.uses_plus_address);
  json.number("poll_seconds", mailbox.poll_seconds).string("state", mailbox.state);
  json.string("last_error", mailbox.last_error);
  append_moment(json, "last_success_at", mailbox.last_success_at);
  json.end_object();
}

Result<void> read_server(const JsonObject& body, std::string_view key,
                         desk::MailboxServer& server) {
  const Json* member = body.if_contains(key);
  if (!member) return {};
  if (!member->is_object()) return invalid(std::string(key), "wrong_type", "Send an object.");
  const JsonObject& object = member->as_object();
  TRY(only_keys(object,
                {"host", "port", "security", "user", "password", "has_password", "folder"}));
  if (object.contains("host")) server.host = TRY(body_text(object, "host"));
  server.port = TRY(body_number(object, "port", server.port));
  if (object.contains("security")) server.security = TRY(body_text(object, "security"));
  if (object.contains("user")) server.user = TRY(body_text(object, "user"));
  if (object.contains("folder")) server.folder = TRY(body_text(object, "folder"));
  if (object.contains("password")) server.password = TRY(body_text(object, "password", 1'000));
  return {};
}

/// Reads over `mailbox` what the body says; what it leaves out stays.
Result<void> read_mailbox(const JsonObject& body, desk::Mailbox& mailbox) {
  TRY(only_keys(body, {"address", "display_name", "department", "imap", "smtp", "is_enabled",
                       "uses_plus_address", "poll_seconds"}));
  if (body.contains("address")) mailbox.address = TRY(body_text(body, "address"));
  if (body.contains("display_name")) mailbox.display_name = TRY(body_text(body, "display_name"));
  if (body.contains("department")) mailbox.department = TRY(body_id(body, "department"));
  TRY(read_server(body, "imap", mailbox.imap));
  TRY(read_server(body, "smtp", mailbox.smtp));
  mailbox.is_enabled = TRY(body_flag(body, "is_enabled", mailbox.is_enabled));
  mailbox.uses_plus_address = TRY(body_flag(body, "uses_plus_address", mailbox.uses_plus_address));
  mailbox.poll_seconds = TRY(body_number(body, "poll_seconds", mailbox.poll_seconds));
  return {};
}

std::string status_json(const desk::Status& status) {
  JsonWriter json;
  json.begin_object()
      .string("name", status.name)
      .string("label", status.label)
      .string("type", status.type);
  json.number("position", status.position).boolean("is_system", status.is_system).end_object();
  return json.take();
}

Result<void> read_status(const JsonObject& body, desk::Status& status) {
  TRY(only_keys(body, {"name", "label", "type", "position"}));
  if (body.contains("label")) status.label = TRY(body_text(body, "label"));
  if (body.contains("type")) status.type = TRY(body_text(body, "type"));
  status.position = TRY(body_number(body, "position", int(status.position)));
  return {};
}

}  // namespace

Result<http::Response> list_mailboxes(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::vector<desk::Mailbox> mailboxes = TRY(desk::list_mailboxes(tx, call.actor));
    std::vector<int64_t> departments;
    for (const desk::Mailbox& mailbox : mailboxes) departments.push_back(mailbox.department.value);
    const DepartmentNames names(tx, call.actor.org, std::move(departments));
    JsonWriter json;
    json.begin_object().key("mailboxes").begin_array();
    for (const desk::Mailbox& mailbox : mailboxes) append_mailbox(json, mailbox, names);
    json.end_array().end_object();
    return http::Response::json(200, json.take());
  });
}

Result<http::Response> add_mailbox(Call& call) {
  const JsonObject body = TRY(call.body());
  desk::Mailbox wanted;
  wanted.org = call.actor.org;
  TRY(read_mailbox(body, wanted));
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const desk::Mailbox mailbox =
        TRY(desk::add_mailbox(tx, call.services.desk, call.actor, wanted));
    JsonWriter writer;
    append_mailbox(writer, mailbox, {tx, call.actor.org, {mailbox.department.value}});
    return writer.take();
  }));
  return http::Response::json(201, std::move(json));
}

Result<http::Response> change_mailbox(Call& call) {
  const RecordId id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    desk::Mailbox wanted = TRY(desk::read_mailbox(tx, call.actor, id));
    TRY(read_mailbox(body, wanted));
    const desk::Mailbox mailbox =
        TRY(desk::change_mailbox(tx, call.services.desk, call.actor, wanted));
    JsonWriter writer;
    append_mailbox(writer, mailbox, {tx, call.actor.org, {mailbox.department.value}});
    return writer.take();
  }));
  return http::Response::json(200, std::move(json));
}

Result<http::Response> remove_mailbox(Call& call) { return removed(call, desk::remove_mailbox); }

Result<http::Response> check_mailbox(Call& call) {
  const RecordId id = TRY(call.id());
  const desk::MailboxCheck check = TRY(desk::check_mailbox(call.services.desk, call.actor, id));
  JsonWriter json;
  json.begin_object();
  const std::pair<std::string_view, const desk::ServerCheck*> servers[] = {{"imap", &check.imap},
                                                                           {"smtp", &check.smtp}};
  for (const auto& [name, server] : servers) {
    json.key(name)
        .begin_object()
        .boolean("ok", server->is_ok)
        .string("message", server->message)
        .end_object();
  }
  json.end_object();
  return http::Response::json(200, json.take());
}

Result<http::Response> list_parked_mails(Call& call) {
  const int limit = TRY(call.query_number("limit", 50, 1, 200));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const desk::ParkedMailPage page =
        TRY(desk::list_parked_mails(tx, call.actor, call.query_text("cursor"), limit));
    JsonWriter json;
    json.begin_object().key("mails").begin_array();
    for (const desk::ParkedMail& mail : page.mails) {
      json.begin_object().id("id", mail.id).string("received_at", to_iso(mail.received_at));
      json.string("mailbox", mail.mailbox_address)
          .string("from", mail.from)
          .string("subject", mail.subject);
      json.string("reason", mail.reason).number("size_bytes", mail.size_bytes);
      json.boolean("is_kept", mail.is_kept).end_object();
    }
    json.end_array();
    append_cursor(json, "next_cursor", page.next_cursor);
    json.end_object();
    return http::Response::json(200, json.take());
  });
}

Result<http::Response> retry_parked_mail(Call& call) {
  const RecordId id = TRY(call.id());
  const desk::IntakeReport report =
      TRY(desk::retry_parked_mail(call.services.desk, call.actor, id.value));
  call.services.wake();
  JsonWriter json;
  json.begin_object()
      .string("outcome", desk::word(report.outcome))
      .id("ticket_id", report.ticket.value);
  json.id("thread_id", report.thread.value).string("reason", report.reason).end_object();
  return http::Response::json(200, json.take());
}

Result<http::Response> drop_parked_mail(Call& call) {
  const RecordId id = TRY(call.id());
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    return desk::drop_parked_mail(tx, call.actor, id.value);
  }));
  return http::Response::no_content();
}

Result<http::Response> show_raw_parked_mail(Call& call) {
  const RecordId id = TRY(call.id());
  http::Response response;
  response.body = TRY(desk::raw_of_parked_mail(call.services.desk, call.actor, id.value));
  response.content_type = "message/rfc822";
  response.set_header(
      "Content-Disposition",
      http::content_disposition(http::Disposition::attachment, to_string(id) + ".eml"));
  response.set_header("X-Content-Type-Options", "nosniff");
  return response;
}

Result<http::Response> list_statuses(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    JsonWriter json;
    json.begin_object().key("statuses").begin_array();
    for (const desk::Status& status : desk::list_statuses(tx, call.actor.org))
      json.raw(status_json(status));
    json.end_array().end_object();
    return http::Response::json(200, json.take());
  });
}

Result<http::Response> add_status(Call& call) {
  const JsonObject body = TRY(call.body());
  desk::Status wanted;
  wanted.name = TRY(body_text(body, "name"));
  TRY(read_status(body, wanted));
  const desk::Status status =
      TRY(call.database().write([&](db::Transaction& tx) -> Result<desk::Status> {
        return desk::add_status(tx, call.actor, wanted);
      }));
  return http::Response::json(201, status_json(status));
}

Result<http::Response> change_status(Call& call) {
  const JsonObject body = TRY(call.body());
  const std::string_view name = call.request.param("name");
  const desk::Status status =
      TRY(call.database().write([&](db::Transaction& tx) -> Result<desk::Status> {
        for (desk::Status& wanted : desk::list_statuses(tx, call.actor.org)) {
          if (wanted.name != name) continue;
          TRY(read_status(body, wanted));
          return desk::change_status(tx, call.actor, wanted);
        }
        return not_found("There is no such status.");
      }));
  return http::Response::json(200, status_json(status));
}

Result<http::Response> remove_status(Call& call) {
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    return desk::remove_status(tx, call.actor, call.request.param("name"));
  }));
  return http::Response::no_content();
}

}  // namespace tandem::api::native
