#include "api/desk/work_envelope.h"

#include "access/agents.h"
#include "api/desk/envelope.h"

namespace tandem::api::desk_dialect {

using records::Record;

void append_spent(JsonWriter& json, int64_t seconds) {
  json.string("hoursSpent", std::to_string(seconds / 3600));
  json.string("minutesSpent", std::to_string(seconds / 60 % 60));
  json.string("secondsSpent", std::to_string(seconds % 60));
}

std::string time_json(db::Transaction& tx, const Call& call, const Record& ticket,
                      const Record& entry) {
  JsonWriter json;
  json.begin_object().id("id", entry.id.value);
  json.string("executedTime", to_iso(entry.get("worked_at").instant()));
  append_spent(json, entry.get("seconds").number());
  const bool is_billable = entry.get("is_billable").truth();
  json.boolean("isBillable", is_billable);
  json.string("requestChargeType", is_billable ? "Billable" : "Non-Billable");
  json.string("description", entry.get("note").text());
  json.string("mode", entry.get("source").text() == "timer" ? "AUTO" : "MANUAL");
  json.id("ownerId", entry.get("agent").number()).key("owner");
  const std::optional<access::Agent> agent =
      access::find_agent(tx, call.actor.org, entry.get("agent").id());
  json.begin_object().id("id", entry.get("agent").number());
  append_names(json, agent ? agent->name : "");
  json.string("email", agent ? agent->email : "").null("photoURL").end_object();
  json.key("parent").begin_object().id("id", ticket.id.value);
  const records::Value& number = ticket.get("number");
  json.string("ticketNumber", number.is_null() ? "" : std::to_string(number.number()));
  json.string("subject", ticket.get("subject").text()).string("type", "ticket").end_object();
  for (const char* key :
       {"agentCostPerHour", "additionalCost", "fixedCost", "totalCost", "invoiceId", "layoutId"}) {
    json.null(key);
  }
  json.key("cf").begin_object().end_object();
  json.string("createdTime", to_iso(entry.created_at));
  return json.id("createdBy", entry.created_by.value).end_object().take();
}

std::string call_json(const Record& thread, CallNote note) {
  JsonWriter json;
  json.begin_object().id("id", thread.id.value);
  json.string("subject", thread.get("subject").text()).key("description");
  if (note == CallNote::shown) {
    json.string(thread.get("plain_text").text());
  } else {
    json.null();
  }
  json.string("direction", thread.get("direction").text() == "out" ? "outbound" : "inbound");
  const records::Value& start = thread.get("call_started_at");
  start.is_null() ? json.null("startTime") : json.string("startTime", to_iso(start.instant()));
  json.string("duration", std::to_string(thread.get("call_seconds").number()));
  const std::string& result = thread.get("call_result").text();
  json.string("status", result == "answered" ? "Completed" : "Missed").string("result", result);
  json.string("phone", thread.get("call_number").text());
  json.id("ticketId", thread.get("ticket").number());
  json.id("ownerId", thread.get("author_id").number());
  json.string("createdTime", to_iso(thread.created_at));
  return json.string("modifiedTime", to_iso(thread.updated_at)).end_object().take();
}

}  // namespace tandem::api::desk_dialect
