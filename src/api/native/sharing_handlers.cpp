#include "api/native/sharing_handlers.h"

#include "base/text.h"
#include "desk/modules.h"
#include "desk/rows.h"
#include "desk/sharing/ticket_sharing.h"

namespace tandem::api::native {

namespace {

Result<desk::Share> read_share(const Json& json) {
  if (!json.is_object()) return invalid("shares", "wrong_type", "Send each share as an object.");
  const JsonObject& object = json.as_object();
  TRY(only_keys(object, {"department", "access"}));
  const RecordId department = TRY(body_id(object, "department"));
  if (!department) return invalid("department", "required", "Choose a department.");
  const std::string text = TRY(body_text(object, "access"));
  if (!object.contains("access")) return desk::Share{department};
  for (const desk::TicketAccess access :
       {desk::TicketAccess::full, desk::TicketAccess::restricted, desk::TicketAccess::read_only}) {
    if (word(access) == text) return desk::Share{department, access};
  }
  return invalid("access", "not_a_choice", "Say full, restricted or read_only.");
}

Result<std::vector<desk::Share>> read_shares(const JsonObject& body) {
  const Json* listed = body.if_contains("shares");
  if (!listed || !listed->is_array())
    return invalid("shares", "wrong_type", "Send shares as a list.");
  if (listed->as_array().size() > desk::shares_per_ticket_max)
    return invalid("shares", "too_many", "Share with at most 50 departments at a time.");
  std::vector<desk::Share> shares;
  for (const Json& one : listed->as_array()) {
    const desk::Share share = TRY(read_share(one));
    shares.push_back(share);
  }
  return shares;
}

void append_department(JsonWriter& json, const std::vector<records::LinkTitle>& titles,
                       RecordId id) {
  json.key("department").begin_object().id("id", id.value);
  std::string title;
  for (const records::LinkTitle& each : titles) {
    if (each.id == id) title = each.title;
  }
  json.string("title", title).end_object();
}

/// {"access","department","shares":[{"department","access"}]}: what the reader may do, whose the
/// ticket is, and who else has it.
std::string shares_json(db::Transaction& tx, const Call& call, const records::Record& ticket) {
  const RecordId owning = ticket.get("department").id();
  const std::vector<desk::Share> shares = desk::shares_of(ticket);
  std::vector<int64_t> ids{owning.value};
  for (const desk::Share& share : shares) ids.push_back(share.department.value);
  const std::vector<records::LinkTitle> titles =
      records::link_titles(tx, call.actor.org, desk::departments_module(), std::move(ids));
  JsonWriter json;
  json.begin_object().string("access", word(desk::access_to(call.actor, ticket)));
  append_department(json, titles, owning);
  json.key("shares").begin_array();
  for (const desk::Share& share : shares) {
    json.begin_object();
    append_department(json, titles, share.department);
    json.string("access", word(share.access)).end_object();
  }
  return json.end_array().end_object().take();
}

}  // namespace

Result<http::Response> show_shares(Call& call) {
  const RecordId id = TRY(call.id());
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const records::Record ticket = TRY(desk::visible_ticket(tx, call.actor, id));
    return http::Response::json(200, shares_json(tx, call, ticket));
  });
}

Result<http::Response> share_ticket(Call& call) {
  const RecordId id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"shares"}));
  const std::vector<desk::Share> shares = TRY(read_shares(body));
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const records::Record ticket = TRY(desk::share_ticket(tx, call.actor, id, shares));
    return shares_json(tx, call, ticket);
  }));
  call.services.wake();
  return http::Response::json(200, std::move(json));
}

Result<http::Response> unshare_ticket(Call& call) {
  const RecordId id = TRY(call.id());
  const RecordId department = TRY(call.id("department"));
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const records::Record ticket = TRY(desk::unshare_ticket(tx, call.actor, id, department));
    return shares_json(tx, call, ticket);
  }));
  call.services.wake();
  return http::Response::json(200, std::move(json));
}

}  // namespace tandem::api::native
