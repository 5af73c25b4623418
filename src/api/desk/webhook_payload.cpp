#include "api/desk/webhook_payload.h"

#include "access/agents.h"
#include "api/desk/envelope.h"
#include "api/desk/work_envelope.h"
#include "desk/conversation/attachments.h"

namespace tandem::api::desk_dialect {

namespace {

using records::Record;

/// A message or comment with the files that may be told of.
desk::TimelineItem item_of(db::Transaction& tx, const Call& call, const Record& part,
                           desk::TimelineItem::Type type, desk::Privacy privacy) {
  desk::TimelineItem item;
  item.type = type;
  item.at = part.created_at;
  item.record = part;
  item.attachments = desk::attachments_of(tx, call.actor, part.shape->module().name, part.id);
  if (privacy == desk::Privacy::public_alone) {
    std::erase_if(item.attachments,
                  [](const Record& file) { return file.get("is_private").truth(); });
  }
  return item;
}

/// `payload` of a part of a ticket says of which.
std::string with_ticket(std::string json, const Record& part) {
  json.pop_back();
  return json + ",\"ticketId\":\"" + to_string(part.get("ticket").id()) + "\"}";
}

std::string agent_payload(db::Transaction& tx, OrgId org, const Record& record) {
  const std::optional<access::Agent> agent = access::find_agent(tx, org, record.id);
  if (agent) return agent_json(*agent);
  JsonWriter json;
  return json.begin_object().id("id", record.id.value).end_object().take();
}

/// Worked time with the ticket it was worked on, as far as that is still there.
std::string time_payload(db::Transaction& tx, const Call& call, const Record& entry) {
  const Result<Record> found =
      operations::read_record(tx, call.actor, *call.actor.catalogue->find("tickets"),
                              entry.get("ticket").id(), records::Bin::either);
  Record ticket;
  if (found) {
    ticket = *found;
  } else {
    ticket.shape =
        call.actor.catalogue->shape(tx, call.actor.org, *call.actor.catalogue->find("tickets"));
    ticket.values.resize(ticket.shape->fields().size());
    ticket.id = entry.get("ticket").id();
  }
  return time_json(tx, call, ticket, entry);
}

std::string payload_of(db::Transaction& tx, const Call& call, const desk::WebhookEvent& event,
                       const Record& record, desk::Privacy privacy) {
  using Type = desk::TimelineItem::Type;
  const std::string& module = record.shape->module().name;
  if (event.is_of_calls) {
    const bool is_whole = privacy == desk::Privacy::everything;
    return call_json(record, is_whole ? CallNote::shown : CallNote::left_out);
  }
  if (module == "time_entries") return time_payload(tx, call, record);
  if (module == "agents") return agent_payload(tx, call.actor.org, record);
  if (module == "attachments") return with_ticket(attachment_json(call, record), record);
  if (module == "comments") {
    const desk::TimelineItem item = item_of(tx, call, record, Type::comment, privacy);
    return with_ticket(comment_json(tx, call, item), record);
  }
  if (module == "threads") {
    const desk::TimelineItem item = item_of(tx, call, record, Type::thread, privacy);
    return with_ticket(thread_json(call, item, Content::whole), record);
  }
  return record_json(tx, call, record);
}

}  // namespace

desk::PayloadWriter webhook_payload(Services& services) {
  return [&services](db::Transaction& tx, OrgId org, const desk::WebhookEvent& event,
                     const Record& record, desk::Privacy privacy) {
    const http::Request nobody_asked;
    const Call call{nobody_asked, services,
                    access::system_actor(services.desk.catalogue, org, access::Path::system)};
    return payload_of(tx, call, event, record, privacy);
  };
}

}  // namespace tandem::api::desk_dialect
