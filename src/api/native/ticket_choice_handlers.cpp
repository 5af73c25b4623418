#include "api/native/ticket_choice_handlers.h"

#include "base/text.h"
#include "desk/tickets/ticket_choices.h"

namespace tandem::api::native {

namespace {

Result<std::vector<RecordId>> read_tickets(const std::string& text) {
  std::vector<RecordId> ids;
  for (const std::string& one : split(text, ',')) {
    const std::optional<int64_t> id = id_from_text(trim(one));
    if (!id) return invalid("tickets", "bad_id", "Give the ids of tickets, separated by commas.");
    ids.push_back(RecordId{*id});
  }
  return ids;
}

std::string choices_json(const desk::TicketChoices& choices) {
  JsonWriter json;
  json.begin_object().key("departments").begin_array();
  for (const records::Record& each : choices.departments) {
    json.begin_object().id("id", each.id.value).string("title", each.title).end_object();
  }
  json.end_array().key("owners").begin_array();
  for (const access::Agent& each : choices.owners) {
    json.begin_object().id("id", each.id.value).string("title", each.name).end_object();
  }
  json.end_array().boolean("may_be_unowned", choices.may_be_unowned).end_object();
  return json.take();
}

Result<desk::TicketChoices> read_choices(db::Transaction& tx, const Call& call) {
  if (const std::string tickets = call.query_text("tickets"); !tickets.empty()) {
    const std::vector<RecordId> ids = TRY(read_tickets(tickets));
    return desk::choices_for_tickets(tx, call.actor, ids);
  }
  RecordId department;
  if (const std::string text = call.query_text("department"); !text.empty()) {
    const std::optional<int64_t> id = id_from_text(text);
    if (!id) return invalid("department", "bad_id", "Give the id of a department.");
    department = RecordId{*id};
  }
  return desk::choices_for_new_ticket(tx, call.actor, department);
}

}  // namespace

Result<http::Response> show_ticket_choices(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const desk::TicketChoices choices = TRY(read_choices(tx, call));
    return http::Response::json(200, choices_json(choices));
  });
}

}  // namespace tandem::api::native
