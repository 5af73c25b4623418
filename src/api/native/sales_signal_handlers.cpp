#include "api/native/file_answers.h"
#include "api/native/notification_handlers.h"
#include "api/native/sales_handlers.h"
#include "crm/bulk/bulk_jobs.h"
#include "crm/organisation_setup.h"
#include "crm/signals/signals.h"

namespace tandem::api::native {

namespace {

void append_named(JsonWriter& json, const records::Record& record) {
  json.begin_object().string("module", record.shape->module().name);
  json.id("id", record.id.value).string("title", record.title);
}

void append_text(JsonWriter& json, std::string_view key, const std::string& text) {
  text.empty() ? json.null(key) : json.string(key, text);
}

/// Numbers and addresses that are hidden from the role are empty.
void append_person(JsonWriter& json, const std::optional<records::Record>& person) {
  json.key("person");
  if (!person) {
    json.null();
    return;
  }
  append_named(json, *person);
  const std::string& phone = person->get("phone").text();
  append_text(json, "phone", phone.empty() ? person->get("mobile").text() : phone);
  append_text(json, "email", person->get("email").text());
  json.end_object();
}

void append_work(JsonWriter& json, const std::optional<crm::Work>& work) {
  json.key("work");
  if (!work) {
    json.null();
    return;
  }
  json.begin_object().string("module", work->module).id("id", work->id.value);
  json.boolean("is_read", work->is_read);
  append_text(json, "file_name", work->file_name);
  append_text(json, "fault", work->fault);
  json.number("count", work->count).number("added", work->added);
  json.number("updated", work->updated).number("skipped", work->skipped);
  json.number("refused", work->refused).boolean("has_report", work->has_report).end_object();
}

void append_signal(JsonWriter& json, const crm::Signal& signal) {
  json.begin_object();
  append_told(json, signal.told);
  json.key("record");
  if (signal.work) {
    json.null();
  } else {
    append_named(json, signal.told.record);
    json.end_object();
  }
  append_work(json, signal.work);
  append_text(json, "note", signal.note);
  append_person(json, signal.person);
  json.boolean("may_complete", signal.may_complete).end_object();
}

http::Response switches_answer(db::Transaction& tx, const Call& call) {
  const std::set<std::string> off = crm::signals_switched_off(tx, call.actor.org);
  JsonWriter json;
  json.begin_object().key("signals").begin_array();
  for (const crm::SignalDef& def : crm::signals_of(crm::edition_of(*call.actor.catalogue))) {
    json.begin_object().string("channel", def.channel).string("name", def.name);
    json.boolean("is_on", !off.contains(def.name)).end_object();
  }
  json.end_array().end_object();
  return http::Response::json(200, json.take());
}

Result<std::map<std::string, bool>> wanted_switches(const JsonObject& body) {
  TRY(only_keys(body, {"signals"}));
  const auto* const asked = body.if_contains("signals");
  if (!asked || !asked->is_object())
    return invalid("signals", "required", "Name the signals to switch, each with true or false.");
  std::map<std::string, bool> wanted;
  for (const auto& [name, is_on] : asked->as_object())
    wanted[std::string(name)] = TRY(body_flag(asked->as_object(), name, false));
  return wanted;
}

}  // namespace

Result<http::Response> list_signals(Call& call) {
  const int limit = TRY(notifications_asked_for(call));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const crm::Signals told = TRY(crm::list_signals(tx, call.actor, limit));
    JsonWriter json;
    json.begin_object().key("notifications").begin_array();
    for (const crm::Signal& one : told.newest) append_signal(json, one);
    json.end_array().number("unread_count", told.unread_count).end_object();
    return http::Response::json(200, json.take());
  });
}

Result<http::Response> show_signal_switches(Call& call) {
  return call.database().read(
      [&](db::Transaction& tx) -> Result<http::Response> { return switches_answer(tx, call); });
}

Result<http::Response> show_bulk_report(Call& call) {
  const RecordId id = TRY(call.id());
  const crm::BulkJob job =
      TRY(call.database().read([&](db::Transaction& tx) -> Result<crm::BulkJob> {
        const Result<crm::BulkJob> write =
            crm::find_bulk_job(tx, call.actor, crm::BulkDirection::write, id);
        return write ? write : crm::find_bulk_job(tx, call.actor, crm::BulkDirection::read, id);
      }));
  // What a read gave out leaves by the right that the read needed.
  const bool is_read = job.order.direction == crm::BulkDirection::read;
  TRY(access::require_right(call.actor, *call.actor.catalogue->find(job.order.module),
                            is_read ? access::Right::export_ : access::Right::import));
  return strangers_bytes(
      TRY(crm::bulk_result(call.services.files, job)), "application/zip",
      http::content_disposition(http::Disposition::attachment, to_string(job.id) + ".zip"));
}

Result<http::Response> switch_signals(Call& call) {
  const JsonObject body = TRY(call.body());
  const std::map<std::string, bool> wanted = TRY(wanted_switches(body));
  http::Response answer =
      TRY(call.database().write([&](db::Transaction& tx) -> Result<http::Response> {
        TRY(crm::switch_signals(tx, call.actor, wanted));
        return switches_answer(tx, call);
      }));
  call.services.wake();
  return answer;
}

}  // namespace tandem::api::native
