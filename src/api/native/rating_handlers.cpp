#include "api/native/rating_handlers.h"

#include "base/text.h"
#include "desk/modules.h"
#include "desk/ratings/rating_settings.h"
#include "desk/ratings/ratings.h"
#include "desk/ratings/statistics.h"

namespace tandem::api::native {

namespace {

void append_optional(JsonWriter& json, std::string_view key, std::optional<int64_t> number) {
  if (number) {
    json.number(key, *number);
  } else {
    json.null(key);
  }
}

std::string statistics_json(const desk::Statistics& figures) {
  JsonWriter json;
  json.begin_object().number("tickets", figures.tickets).number("open", figures.open);
  json.number("overdue", figures.overdue);
  json.number("answered", figures.answered).number("resolved", figures.resolved);
  append_optional(json, "average_first_answer_minutes", figures.average_first_answer_minutes);
  append_optional(json, "average_resolution_minutes", figures.average_resolution_minutes);
  json.key("ratings").begin_object();
  for (const auto& [name, count] :
       {std::pair{"good", figures.good}, std::pair{"okay", figures.okay},
        std::pair{"bad", figures.bad}}) {
    json.key(name).begin_object().number("count", count);
    json.number("percent", figures.percent(count)).end_object();
  }
  return json.end_object().boolean("is_capped", figures.is_capped).end_object().take();
}

Result<http::Response> show_statistics(Call& call, desk::Customer customer) {
  const RecordId id = TRY(call.id());
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const desk::Statistics figures = TRY(desk::statistics_of(tx, call.actor, customer, id));
    return http::Response::json(200, statistics_json(figures));
  });
}

void append_settings(JsonWriter& json, const desk::RatingSettings& settings) {
  json.begin_object().id("department", settings.department.value);
  json.boolean("is_on", settings.is_on).string("asked_with", word(settings.asked_with));
  json.string("words", settings.words).end_object();
}

}  // namespace

Result<http::Response> list_ticket_ratings(Call& call) {
  const RecordId id = TRY(call.id());
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::vector<desk::GivenRating> ratings = TRY(desk::ratings_of_ticket(tx, call.actor, id));
    JsonWriter json;
    json.begin_object().key("ratings").begin_array();
    for (const desk::GivenRating& each : ratings) {
      json.begin_object().id("thread", each.thread.value).string("rating", each.rating);
      json.string("remark", each.remark).string("at", to_iso(each.at)).end_object();
    }
    return http::Response::json(200, json.end_array().end_object().take());
  });
}

Result<http::Response> show_contact_statistics(Call& call) {
  return show_statistics(call, desk::Customer::contact);
}

Result<http::Response> show_account_statistics(Call& call) {
  return show_statistics(call, desk::Customer::account);
}

Result<http::Response> show_rating_settings(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    JsonWriter json;
    json.begin_object().key("departments").begin_array();
    for (const desk::RatingSettings& each : desk::list_rating_settings(tx, call.actor.org)) {
      append_settings(json, each);
    }
    return http::Response::json(200, json.end_array().end_object().take());
  });
}

Result<http::Response> save_rating_settings(Call& call) {
  desk::RatingSettings wanted;
  wanted.department = TRY(call.id());
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"is_on", "asked_with", "words"}));
  wanted.is_on = TRY(body_flag(body, "is_on", false));
  const std::string asked_with = TRY(body_text(body, "asked_with"));
  const auto known = desk::asked_with_from_word(asked_with.empty() ? "each_reply" : asked_with);
  if (!known) {
    return invalid("asked_with", "not_a_choice", "Say each_reply or closing_reply.");
  }
  wanted.asked_with = *known;
  wanted.words = TRY(body_text(body, "words", desk::rating_words_chars_max));
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const desk::RatingSettings saved = TRY(desk::save_rating_settings(tx, call.actor, wanted));
    JsonWriter writer;
    append_settings(writer, saved);
    return writer.take();
  }));
  return http::Response::json(200, std::move(json));
}

}  // namespace tandem::api::native
