#include "api/native/answers.h"
#include "api/native/comfort_handlers.h"
#include "desk/tickets/ticket_followers.h"

namespace tandem::api::native {

namespace {

/// {"followers":[{"id","name"}],"is_following"}
Result<std::string> followers_json(db::Transaction& tx, const Call& call, RecordId ticket) {
  const std::vector<desk::Follower> followers = TRY(desk::list_followers(tx, call.actor, ticket));
  bool is_following = false;
  JsonWriter json;
  json.begin_object().key("followers").begin_array();
  for (const desk::Follower& follower : followers) {
    is_following = is_following || follower.id == call.actor.id;
    json.begin_object().id("id", follower.id.value).string("name", follower.name).end_object();
  }
  json.end_array().boolean("is_following", is_following).end_object();
  return json.take();
}

template <class Act>
Result<http::Response> change_followers(Call& call, Act&& act) {
  const RecordId id = TRY(call.id());
  http::Response response = TRY(written(call, 200, [&](db::Transaction& tx) -> Result<std::string> {
    TRY(act(tx, id));
    return followers_json(tx, call, id);
  }));
  call.services.wake();
  return response;
}

}  // namespace

Result<http::Response> list_ticket_followers(Call& call) {
  const RecordId id = TRY(call.id());
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    std::string json = TRY(followers_json(tx, call, id));
    return http::Response::json(200, std::move(json));
  });
}

Result<http::Response> add_ticket_followers(Call& call) {
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"agents"}));
  const std::vector<int64_t> agents = TRY(body_ids(body, "agents", desk::followers_per_ticket_max));
  return change_followers(call, [&](db::Transaction& tx, RecordId id) -> Result<void> {
    return desk::add_followers(tx, call.actor, id, agents);
  });
}

Result<http::Response> remove_ticket_follower(Call& call) {
  const RecordId agent = TRY(call.id("agent"));
  return change_followers(call, [&](db::Transaction& tx, RecordId id) -> Result<void> {
    return desk::remove_followers(tx, call.actor, id, {agent.value});
  });
}

Result<http::Response> follow_ticket(Call& call) {
  return change_followers(call, [&](db::Transaction& tx, RecordId id) -> Result<void> {
    return desk::follow_ticket(tx, call.actor, id);
  });
}

Result<http::Response> unfollow_ticket(Call& call) {
  return change_followers(call, [&](db::Transaction& tx, RecordId id) -> Result<void> {
    return desk::unfollow_ticket(tx, call.actor, id);
  });
}

}  // namespace tandem::api::native
