#include "desk/channels/web_forms.h"

#include <algorithm>

#include "access/audit.h"
#include "base/crypto.h"
#include "base/json.h"
#include "base/names.h"
#include "base/text.h"
#include "desk/departments.h"
#include "desk/modules.h"

namespace tandem::desk {

using access::Actor;
using records::FieldDef;
using records::FieldKind;

namespace {

constexpr int64_t name_chars_max = 120;
constexpr size_t origin_bytes_max = 255;
constexpr size_t port_digits_max = 5;
constexpr std::string_view ticket_prefix = "ticket.";
constexpr size_t key_bytes = 15;

constexpr std::string_view columns =
    "SELECT id, org_id, form_key, department_id, name, content, is_enabled FROM web_forms ";

Result<void> may_set_forms(const Actor& actor) {
  return access::require_duty(actor, access::Duty::manage_mailboxes);
}

std::string content_of(const WebForm& form) {
  JsonWriter json;
  json.begin_object().string("title", form.title).string("intro", form.intro);
  json.string("thanks", form.thanks).string("locale", form.locale);
  json.boolean("sends_receipt", form.sends_receipt).key("fields").begin_array();
  for (const WebFormField& field : form.fields) {
    json.begin_object().string("name", field.name).boolean("is_required", field.is_required);
    json.end_object();
  }
  json.end_array().key("origins").begin_array();
  for (const std::string& origin : form.origins) json.string(origin);
  json.end_array().end_object();
  return json.take();
}

bool is_true(const Json& object, std::string_view key) {
  const Json* const member = find(object, key);
  return member && member->is_bool() && member->as_bool();
}

void read_content(WebForm& form, const std::string& text) {
  const Result<Json> json = json_from_text(text);
  if (!json) return;
  form.title = text_of(*json, "title");
  form.intro = text_of(*json, "intro");
  form.thanks = text_of(*json, "thanks");
  form.locale = text_of(*json, "locale");
  form.sends_receipt = is_true(*json, "sends_receipt");
  if (const Json* const fields = find(*json, "fields"); fields && fields->is_array()) {
    for (const Json& field : fields->as_array()) {
      form.fields.push_back({text_of(field, "name"), is_true(field, "is_required")});
    }
  }
  if (const Json* const origins = find(*json, "origins"); origins && origins->is_array()) {
    for (const Json& origin : origins->as_array()) {
      if (origin.is_string()) form.origins.emplace_back(origin.as_string());
    }
  }
}

WebForm form_of(const db::Row& row) {
  WebForm form;
  form.id = {row.integer(0)};
  form.org = {row.integer(1)};
  form.key = row.text(2);
  form.department = {row.integer(3)};
  form.name = row.text(4);
  read_content(form, row.text(5));
  form.is_enabled = row.integer(6) != 0;
  return form;
}

Result<void> check_texts(const WebForm& form) {
  for (const auto& [field, text] :
       {std::pair<const char*, std::string>{"intro", form.intro}, {"thanks", form.thanks}}) {
    if (count_chars(text) <= web_form_text_chars_max) continue;
    return invalid(field, "too_long", "Shorten the text to 2,000 characters.");
  }
  for (const char* const locale : {"en", "ja", "zh", "pt"}) {
    if (form.locale == locale) return {};
  }
  return invalid("locale", "not_a_choice", "Choose en, ja, zh or pt.");
}

bool is_plain_field(std::string_view name) {
  return name == "name" || name == "email" || name == "phone" || name == "subject" ||
         name == "message" || name == "files";
}

Result<void> check_fields(const records::Shape& tickets, const WebForm& form) {
  if (form.fields.size() > web_form_fields_max) {
    return invalid("fields", "too_many", "Ask for at most 30 things.");
  }
  std::vector<std::string> names;
  bool asks_message = false;
  bool knows_whom_to_answer = false;
  for (const WebFormField& field : form.fields) {
    if (!is_plain_field(field.name) && !ticket_field_of(tickets, field.name)) {
      return invalid("fields", "unknown_field",
                     "There is no field \"" + field.name + "\" that a form can ask for.");
    }
    if (std::find(names.begin(), names.end(), field.name) != names.end()) {
      return invalid("fields", "duplicate", "Ask for each thing once.");
    }
    names.push_back(field.name);
    asks_message = asks_message || (field.name == "message" && field.is_required);
    const bool is_address = field.name == "email" || field.name == "phone";
    knows_whom_to_answer = knows_whom_to_answer || (is_address && field.is_required);
  }
  if (!asks_message) return invalid("fields", "message_missing", "Require the message.");
  if (knows_whom_to_answer) return {};
  return invalid("fields", "address_missing",
                 "Require the e-mail address or the telephone number, so that somebody can be "
                 "answered.");
}

bool is_port(std::string_view text) {
  return !text.empty() && text.size() <= port_digits_max &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// A name, or an address, that of IPv6 in brackets.
bool is_host(std::string_view text) {
  const bool is_bracketed = text.starts_with('[') && text.ends_with(']');
  if (is_bracketed) text = text.substr(1, text.size() - 2);
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
           c == (is_bracketed ? ':' : '-');
  });
}

/// "https://www.example.com", perhaps with a port, without path; plain http only of this very
/// machine. What passes stands in a header of the form's page.
bool is_origin(std::string_view origin) {
  if (origin.size() > origin_bytes_max) return false;
  const size_t scheme_end = origin.find("://");
  if (scheme_end == origin.npos) return false;
  const std::string_view scheme = origin.substr(0, scheme_end);
  std::string_view host = origin.substr(scheme_end + 3);
  const size_t colon = host.find(':', host.starts_with('[') ? host.find(']') : 0);
  if (colon != host.npos && !is_port(host.substr(colon + 1))) return false;
  host = host.substr(0, colon);
  const bool is_local = host == "localhost" || host == "127.0.0.1" || host == "[::1]";
  return (scheme == "https" && is_host(host)) || (scheme == "http" && is_local);
}

Result<void> check_origins(std::vector<std::string>& origins) {
  if (origins.size() > web_form_origins_max) {
    return invalid("origins", "too_many", "Give at most 20 sites.");
  }
  for (std::string& origin : origins) {
    origin = ascii_lower(trim(origin));
    while (origin.ends_with('/')) origin.pop_back();
    if (is_origin(origin)) continue;
    return invalid("origins", "bad_origin", "Give a site such as https://www.example.com.");
  }
  return {};
}

Result<WebForm> checked(db::Transaction& tx, const Actor& actor, const WebForm& form) {
  WebForm wanted = form;
  wanted.org = actor.org;
  wanted.name = TRY(checked_name(form.name, {.of = "the form", .chars_max = name_chars_max}));
  wanted.title = TRY(
      checked_name(form.title, {.of = "the form", .chars_max = name_chars_max, .field = "title"}));
  TRY(check_texts(wanted));
  TRY(require_enabled_department(tx, actor.org, wanted.department));
  const records::ShapeRef tickets = actor.catalogue->shape(tx, actor.org, tickets_module());
  TRY(check_fields(*tickets, wanted));
  TRY(check_origins(wanted.origins));
  return wanted;
}

}  // namespace

Result<std::vector<WebForm>> list_web_forms(db::Transaction& tx, const Actor& actor) {
  TRY(may_set_forms(actor));
  std::vector<WebForm> forms;
  for (const db::Row& row :
       tx.rows(std::string(columns) + "WHERE org_id = $1 ORDER BY name, id LIMIT $2",
               {actor.org.value, int64_t(web_forms_max)})) {
    forms.push_back(form_of(row));
  }
  return forms;
}

Result<WebForm> read_web_form(db::Transaction& tx, const Actor& actor, RecordId id) {
  TRY(may_set_forms(actor));
  const std::optional<db::Row> row =
      tx.row(std::string(columns) + "WHERE org_id = $1 AND id = $2", {actor.org.value, id.value});
  if (!row) return not_found("There is no such form.");
  return form_of(*row);
}

std::optional<WebForm> find_web_form(db::Transaction& tx, std::string_view key) {
  const std::optional<db::Row> row =
      tx.row(std::string(columns) + "WHERE form_key = $1", {std::string(key)});
  if (!row) return std::nullopt;
  return form_of(*row);
}

Result<WebForm> add_web_form(db::Transaction& tx, const Actor& actor, const WebForm& form) {
  TRY(may_set_forms(actor));
  WebForm added = TRY(checked(tx, actor, form));
  const int64_t present =
      tx.integer("SELECT COUNT(*) FROM web_forms WHERE org_id = $1", {actor.org.value});
  if (present >= int64_t(web_forms_max)) {
    return conflict("too_many", "Delete a form first; there are 100.");
  }
  added.id = {tx.new_id()};
  added.key = to_base64url(random_bytes(key_bytes));
  tx.execute(
      "INSERT INTO web_forms (org_id, id, form_key, department_id, name, content, is_enabled, "
      "created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      {actor.org.value, added.id.value, added.key, added.department.value, added.name,
       content_of(added), int64_t{added.is_enabled}, tx.now().ms});
  access::audit(tx, actor, "web_form_added", added.name);
  return added;
}

Result<WebForm> change_web_form(db::Transaction& tx, const Actor& actor, const WebForm& form) {
  const WebForm before = TRY(read_web_form(tx, actor, form.id));
  WebForm changed = TRY(checked(tx, actor, form));
  changed.key = before.key;
  tx.execute(
      "UPDATE web_forms SET department_id = $3, name = $4, content = $5, is_enabled = $6 "
      "WHERE org_id = $1 AND id = $2",
      {actor.org.value, form.id.value, changed.department.value, changed.name, content_of(changed),
       int64_t{changed.is_enabled}});
  access::audit(tx, actor, "web_form_changed", changed.name);
  return changed;
}

Result<void> remove_web_form(db::Transaction& tx, const Actor& actor, RecordId id) {
  const WebForm form = TRY(read_web_form(tx, actor, id));
  tx.execute("DELETE FROM web_forms WHERE org_id = $1 AND id = $2", {actor.org.value, id.value});
  access::audit(tx, actor, "web_form_removed", form.name);
  return {};
}

std::vector<FieldDef> fields_for_web_forms(const records::Shape& tickets) {
  std::vector<FieldDef> fields;
  for (const FieldDef& field : tickets.fields()) {
    const bool is_own = field.name == "category" || field.name == "priority";
    const bool is_simple = field.kind == FieldKind::text || field.kind == FieldKind::long_text ||
                           field.kind == FieldKind::number || field.kind == FieldKind::decimal ||
                           field.kind == FieldKind::boolean || field.kind == FieldKind::date ||
                           field.kind == FieldKind::choice || field.kind == FieldKind::email ||
                           field.kind == FieldKind::phone || field.kind == FieldKind::url;
    const bool is_open = field.written_by == records::WrittenBy::person && is_simple;
    if (is_open && (field.custom || is_own)) fields.push_back(field);
  }
  return fields;
}

std::optional<FieldDef> ticket_field_of(const records::Shape& tickets, const std::string& name) {
  if (!name.starts_with(ticket_prefix)) return std::nullopt;
  for (const FieldDef& field : fields_for_web_forms(tickets)) {
    if (field.name == name.substr(ticket_prefix.size())) return field;
  }
  return std::nullopt;
}

}  // namespace tandem::desk
