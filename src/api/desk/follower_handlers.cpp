#include "api/desk/envelope.h"
#include "api/desk/handlers.h"
#include "api/desk/input_words.h"
#include "desk/tickets/ticket_followers.h"

namespace tandem::api::desk_dialect {

namespace {

constexpr InputWord follower_inputs[] = {{"followers", "followerIds"}};

using FollowerAct = Result<void> (*)(db::Transaction&, const access::Actor&, RecordId,
                                     const std::vector<int64_t>&);

Result<http::Response> change_followers(Call& call, FollowerAct act) {
  const RecordId id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  std::vector<int64_t> agents;
  const std::vector<RecordId> named =
      TRY(ids_of(body, "followerIds", desk::followers_per_ticket_max));
  for (const RecordId agent : named) agents.push_back(agent.value);
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    return in_words(follower_inputs, act(tx, call.actor, id, agents));
  }));
  call.services.wake();
  return http::Response::no_content();
}

}  // namespace

Result<http::Response> list_followers(Call& call) {
  const RecordId id = TRY(call.id());
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::vector<desk::Follower> followers = TRY(desk::list_followers(tx, call.actor, id));
    std::vector<std::string> items;
    for (const desk::Follower& follower : followers) {
      JsonWriter json;
      json.begin_object().id("id", follower.id.value);
      append_names(json, follower.name);
      json.string("email", follower.email).null("photoURL").boolean("following", true);
      items.push_back(json.end_object().take());
    }
    return show_list(items);
  });
}

Result<http::Response> add_followers(Call& call) {
  return change_followers(call, desk::add_followers);
}

Result<http::Response> remove_followers(Call& call) {
  return change_followers(call, desk::remove_followers);
}

}  // namespace tandem::api::desk_dialect
