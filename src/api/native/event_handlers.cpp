#include "api/native/event_handlers.h"

#include "access/sessions.h"
#include "api/native/session_handlers.h"
#include "desk/modules.h"
#include "desk/tickets/presence.h"

namespace tandem::api::native {

Result<http::Response> open_events(Call& call) {
  const access::Session session =
      TRY(access::find_session(call.database(), call.request.cookie(session_cookie)));
  const auto stream = std::make_shared<http::EventStream>();
  TRY(call.services.listen(call.actor, session.id, stream));
  return http::Response::event_stream(stream);
}

Result<http::Response> note_presence(Call& call) {
  const RecordId id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"state"}));
  const std::string state_word = TRY(body_text(body, "state"));
  const std::optional<desk::Presence> state = desk::presence_from_word(state_word);
  if (!state) return invalid("state", "not_a_choice", "Say viewing, replying or gone.");
  const auto others =
      TRY(call.database().write([&](db::Transaction& tx) -> Result<std::vector<desk::Present>> {
        return desk::note_presence(tx, call.actor, id, *state);
      }));
  JsonWriter json;
  json.begin_object().key("others").begin_array();
  for (const desk::Present& other : others) {
    json.begin_object().id("agent_id", other.agent.value).string("name", other.name);
    json.string("state", desk::word(other.state)).end_object();
  }
  json.end_array().end_object();
  return http::Response::json(200, json.take());
}

}  // namespace tandem::api::native
