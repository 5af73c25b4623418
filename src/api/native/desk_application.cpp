#include "access/organisations.h"
#include "api/native/application.h"
#include "api/native/limits.h"
#include "api/native/routes.h"
#include "desk/conversation/attachments.h"
#include "desk/conversation/replies.h"
#include "desk/modules.h"
#include "desk/products/products_module.h"
#include "desk/sharing/ticket_visibility.h"
#include "desk/tickets/statuses.h"
#include "desk/tickets/ticket_merging.h"
#include "desk/views/ticket_views.h"
#include "views/custom_view_query.h"

namespace tandem::api::native {

namespace {

void append_to_me(JsonWriter& json, const Call& call) {
  json.boolean("sees_no_tickets",
               desk::tickets_visible_to(call.actor).kind == records::Filter::Kind::nothing);
}

Result<void> append_departments(JsonWriter& json, db::Transaction& tx, const Call& call) {
  json.key("departments").begin_array();
  // A role that may not read departments still has to find its way around.
  if (!access::has_right(call.actor, "departments", access::Right::read)) {
    json.end_array();
    return {};
  }
  records::Query query;
  query.limit = db::bulk_rows_max;
  query.sort = {"title", false};
  const records::Page page =
      TRY(operations::list_records(tx, call.actor, desk::departments_module(), query));
  for (const records::Record& department : page.records) {
    json.begin_object().id("id", department.id.value).string("name", department.title);
    json.boolean("is_enabled", department.get("is_enabled").truth()).end_object();
  }
  json.end_array();
  return {};
}

void append_limits(JsonWriter& json) {
  json.key("limits").begin_object();
  append_shared_limits(json);
  json.number("upload_bytes", desk::upload_bytes_max);
  json.number("mail_files_bytes", desk::reply_attachments_bytes_max);
  json.number("mail_recipients", desk::reply_recipients_max);
  json.number("tickets_merged", desk::tickets_merged_max);
  json.end_object();
}

Result<void> append_to_meta(JsonWriter& json, db::Transaction& tx, const Call& call) {
  json.key("features").begin_object();
  for (const std::string& feature : access::features()) {
    json.boolean(feature, call.actor.uses(feature));
  }
  json.end_object();
  append_limits(json);
  TRY(append_departments(json, tx, call));
  json.key("statuses").begin_array();
  for (const desk::Status& status : desk::list_statuses(tx, call.actor.org)) {
    json.begin_object()
        .string("name", status.name)
        .string("label", status.label)
        .string("type", status.type);
    json.end_object();
  }
  json.end_array();
  return {};
}

/// The view in the department of the query.
Result<views::ViewQuery> view_asked_for(db::Transaction& tx, const Call& call) {
  RecordId department;
  if (const std::string text = call.query_text("department"); !text.empty()) {
    const std::optional<int64_t> id = id_from_text(text);
    if (!id) return invalid("department", "bad_id", "Give the id of a department.");
    department = RecordId{*id};
  }
  const std::string view = call.query_text("view");
  if (call.module->name != "tickets" && id_from_text(view)) {
    return invalid("view", "not_found", "Views people make are of tickets; ask for /tickets.");
  }
  const bool is_whole = view.empty() || view == "all";
  if (call.module->name != "tickets" && is_whole && !department)
    return views::ViewQuery{.filter = records::everything()};
  return views::view_asked_for(tx, call.actor, desk::viewed_tickets(), view.empty() ? "all" : view,
                               department);
}

views::ViewedModule viewed_module(const records::ModuleDef& /*tickets*/) {
  return desk::viewed_tickets();
}

std::string_view usual_sort(const records::ModuleDef& module) {
  return module.name == "tickets" ? "-last_activity_at" : "title";
}

bool may_choose(const access::Actor& actor, const records::ModuleDef& module,
                const records::FieldDef& field, const records::ChoiceOption& choice) {
  if (module.name != "products" || field.link_to != "departments") return true;
  return desk::may_enable_products_for(actor, RecordId{id_from_text(choice.name).value_or(0)});
}

}  // namespace

const Application& desk_application() {
  static const Application application{
      .name = "desk",
      .own_routes = desk_routes,
      .modules = {"tickets", "contacts", "accounts", "products", "tasks", "appointments",
                  "departments", "agents"},
      .searched = {"tickets", "contacts", "accounts", "products"},
      .append_to_me = append_to_me,
      .append_to_meta = append_to_meta,
      .view_asked_for = view_asked_for,
      .viewed_module = viewed_module,
      .usual_sort = usual_sort,
      .may_choose = may_choose,
      .link_targets = {"contacts", "accounts"},
  };
  return application;
}

std::vector<const Application*> applications() {
  return {&desk_application(), &crm_application(), &bigin_application()};
}

}  // namespace tandem::api::native
