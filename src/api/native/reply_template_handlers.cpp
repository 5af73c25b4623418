#include "api/native/reply_template_handlers.h"

#include <algorithm>

#include "api/native/answers.h"
#include "api/native/department_names.h"
#include "api/native/timeline_envelope.h"
#include "desk/conversation/reply_templates.h"
#include "desk/ratings/rating_links.h"

namespace tandem::api::native {

namespace {

using desk::ReplyTemplate;

void append_template(JsonWriter& json, const Call& call, const ReplyTemplate& one,
                     const DepartmentNames& departments) {
  json.begin_object().id("id", one.id.value).string("name", one.name).string("folder", one.folder);
  json.string("subject", one.subject).string("html", one.html).string("locale", one.locale);
  departments.append(json.string("audience", word(one.audience)).key("department"), one.department);
  json.key("files").begin_array();
  for (const desk::TemplateFile& file : one.files) {
    json.begin_object().id("id", file.id).string("name", file.name);
    json.number("size_bytes", file.size_bytes).end_object();
  }
  json.end_array().number("use_count", one.use_count).key("used_at");
  if (one.used_at) {
    json.string(to_iso(*one.used_at));
  } else {
    json.null();
  }
  json.boolean("may_change", desk::may_change_template(call.actor, one)).end_object();
}

std::string template_json(db::Transaction& tx, const Call& call, const ReplyTemplate& one) {
  JsonWriter json;
  append_template(json, call, one, {tx, call.actor.org, {one.department.value}});
  return json.take();
}

Result<void> read_audience(const JsonObject& body, ReplyTemplate& wanted) {
  if (body.contains("department")) wanted.department = TRY(body_id(body, "department"));
  if (!body.contains("audience")) return {};
  const std::string text = TRY(body_text(body, "audience"));
  const auto audience = desk::template_audience_from_word(text);
  if (!audience) {
    return invalid("audience", "not_a_choice", "Choose owner, department or everybody.");
  }
  wanted.audience = *audience;
  return {};
}

/// Reads over the template what the body says; what it leaves out stays.
Result<void> read_template(const JsonObject& body, desk::TemplateWrite& write) {
  TRY(only_keys(body, {"name", "folder", "subject", "html", "locale", "audience", "department",
                       "attachment_ids", "file_ids"}));
  ReplyTemplate& wanted = write.wanted;
  TRY(read_audience(body, wanted));
  if (body.contains("name")) wanted.name = TRY(body_text(body, "name", 1'000));
  if (body.contains("folder")) wanted.folder = TRY(body_text(body, "folder", 1'000));
  if (body.contains("subject")) wanted.subject = TRY(body_text(body, "subject", 1'000));
  if (body.contains("html")) {
    wanted.html = TRY(body_text(body, "html", int64_t(desk::template_html_bytes_max)));
  }
  if (body.contains("locale")) wanted.locale = TRY(body_text(body, "locale"));
  write.new_uploads = TRY(body_ids(body, "attachment_ids", desk::template_files_max));
  if (!body.contains("file_ids")) return {};
  const std::vector<int64_t> kept = TRY(body_ids(body, "file_ids", desk::template_files_max));
  std::erase_if(wanted.files, [&](const desk::TemplateFile& file) {
    return std::find(kept.begin(), kept.end(), file.id) == kept.end();
  });
  return {};
}

}  // namespace

Result<http::Response> list_reply_templates(Call& call) {
  const std::string ticket_text = call.query_text("ticket");
  const RecordId ticket{id_from_text(ticket_text).value_or(0)};
  if (!ticket_text.empty() && !ticket) return not_found("There is no such ticket.");
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const auto templates = TRY(desk::list_reply_templates(tx, call.actor, ticket));
    std::vector<int64_t> departments;
    for (const ReplyTemplate& one : templates) departments.push_back(one.department.value);
    const DepartmentNames names(tx, call.actor.org, std::move(departments));
    JsonWriter json;
    json.begin_object().key("templates").begin_array();
    for (const ReplyTemplate& one : templates) append_template(json, call, one, names);
    json.end_array().key("placeholders").begin_array();
    for (const std::string& name : desk::reply_placeholders()) json.string(name);
    json.end_array();
    json.string("locale", ticket ? desk::customer_locale(tx, call.actor.org, ticket) : "");
    json.end_object();
    return http::Response::json(200, json.take());
  });
}

Result<http::Response> add_reply_template(Call& call) {
  const JsonObject body = TRY(call.body());
  desk::TemplateWrite write;
  TRY(read_template(body, write));
  return written(call, 201, [&](db::Transaction& tx) -> Result<std::string> {
    const ReplyTemplate added = TRY(desk::add_reply_template(tx, call.actor, write));
    return template_json(tx, call, added);
  });
}

Result<http::Response> change_reply_template(Call& call) {
  const RecordId id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  return written(call, 200, [&](db::Transaction& tx) -> Result<std::string> {
    desk::TemplateWrite write;
    write.wanted = TRY(desk::find_reply_template(tx, call.actor, id));
    TRY(read_template(body, write));
    const ReplyTemplate changed = TRY(desk::change_reply_template(tx, call.actor, write));
    return template_json(tx, call, changed);
  });
}

Result<http::Response> remove_reply_template(Call& call) {
  return removed(call, desk::remove_reply_template);
}

Result<http::Response> use_reply_template(Call& call) {
  const RecordId id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"ticket"}));
  const RecordId ticket = TRY(body_id(body, "ticket"));
  return written(call, 200, [&](db::Transaction& tx) -> Result<std::string> {
    const auto filled = TRY(desk::use_reply_template(tx, call.actor, id, ticket));
    JsonWriter json;
    json.begin_object().string("subject", filled.subject).string("html", filled.html);
    json.key("files").begin_array();
    for (const records::Record& file : filled.files) append_attachment(json, file);
    json.end_array().end_object();
    return json.take();
  });
}

}  // namespace tandem::api::native
