#include "api/native/service_level_handlers.h"

#include "api/native/department_names.h"
#include "api/native/setting_kind.h"
#include "api/native/walk_json.h"
#include "desk/service_levels/business_hours.h"
#include "desk/service_levels/service_levels.h"

namespace tandem::api::native {

namespace {

std::string hours_json(const desk::NamedHours& hours, const DepartmentNames& departments) {
  JsonWriter json;
  json.begin_object().id("id", hours.id.value).string("name", hours.name);
  json.string("time_zone", hours.hours.time_zone);
  json.raw("week", desk::week_to_json(hours.hours));
  json.id("holiday_list", hours.holiday_list.value).boolean("is_usual", hours.is_usual);
  json.key("departments").begin_array();
  for (const int64_t id : hours.department_ids) departments.append(json, RecordId{id});
  return json.end_array().end_object().take();
}

/// Reads over `hours` what the body says; what it leaves out stays.
Result<void> read_hours(const JsonObject& body, desk::NamedHours& hours) {
  TRY(only_keys(body, {"name", "time_zone", "week", "holiday_list", "is_usual", "departments"}));
  if (body.contains("name")) hours.name = TRY(body_text(body, "name", 1'000));
  if (body.contains("time_zone")) hours.hours.time_zone = TRY(body_text(body, "time_zone"));
  if (const Json* week = body.if_contains("week")) TRY(desk::read_week(*week, hours.hours));
  if (body.contains("holiday_list")) hours.holiday_list = TRY(body_id(body, "holiday_list"));
  hours.is_usual = TRY(body_flag(body, "is_usual", hours.is_usual));
  constexpr size_t departments_max = 500;
  if (body.contains("departments")) {
    hours.department_ids = TRY(body_ids(body, "departments", departments_max));
  }
  return {};
}

std::string one_hours_json(db::Transaction& tx, const Call& call, const desk::NamedHours& hours) {
  return hours_json(hours, {tx, call.actor.org, hours.department_ids});
}

const SettingKind<desk::NamedHours> business_hours{.read = read_hours,
                                                   .find = desk::find_business_hours,
                                                   .add = desk::add_business_hours,
                                                   .change = desk::change_business_hours,
                                                   .show = one_hours_json};

std::string list_json(const desk::HolidayList& list) {
  JsonWriter json;
  json.begin_object().id("id", list.id.value).string("name", list.name);
  return json.raw("days", desk::holidays_to_json(list.days)).end_object().take();
}

Result<void> read_list(const JsonObject& body, desk::HolidayList& list) {
  TRY(only_keys(body, {"name", "days"}));
  if (body.contains("name")) list.name = TRY(body_text(body, "name", 1'000));
  if (const Json* days = body.if_contains("days")) list.days = TRY(desk::holidays_from_json(*days));
  return {};
}

const SettingKind<desk::HolidayList> holiday_lists{
    .read = read_list,
    .find = desk::find_holiday_list,
    .add = desk::add_holiday_list,
    .change = desk::change_holiday_list,
    .show = [](db::Transaction&, const Call&, const desk::HolidayList& list) {
      return list_json(list);
    }};

std::string level_json(const desk::ServiceLevel& level) {
  JsonWriter json;
  json.begin_object().id("id", level.id.value).string("name", level.name);
  json.number("position", level.position).boolean("is_active", level.is_active);
  json.raw("conditions", level.conditions_json).string("counting", word(level.counting));
  json.raw("targets", desk::targets_to_json(level)).raw("levels", desk::levels_to_json(level));
  return json.end_object().take();
}

Result<void> read_level(const JsonObject& body, desk::ServiceLevel& level) {
  TRY(only_keys(body,
                {"name", "position", "is_active", "conditions", "counting", "targets", "levels"}));
  if (body.contains("name")) level.name = TRY(body_text(body, "name", 1'000));
  level.position = TRY(body_number(body, "position", int(level.position)));
  level.is_active = TRY(body_flag(body, "is_active", level.is_active));
  if (const Json* conditions = body.if_contains("conditions")) {
    level.conditions_json = conditions->is_null() ? "{}" : json_to_text(*conditions);
  }
  if (body.contains("counting")) {
    const std::string text = TRY(body_text(body, "counting"));
    const std::optional<desk::Counting> counting = desk::counting_from_word(text);
    if (!counting) {
      return invalid("counting", "not_a_choice", "Say business_hours or day_and_night.");
    }
    level.counting = *counting;
  }
  if (const Json* targets = body.if_contains("targets")) TRY(desk::read_targets(*targets, level));
  if (const Json* levels = body.if_contains("levels")) TRY(desk::read_levels(*levels, level));
  return {};
}

const SettingKind<desk::ServiceLevel> service_levels{
    .read = read_level,
    .find = desk::find_service_level,
    .add = desk::add_service_level,
    .change = desk::change_service_level,
    .show = [](db::Transaction&, const Call&, const desk::ServiceLevel& level) {
      return level_json(level);
    }};

}  // namespace

Result<http::Response> list_business_hours(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::vector<desk::NamedHours> all = TRY(desk::list_business_hours(tx, call.actor));
    std::vector<int64_t> departments;
    for (const desk::NamedHours& one : all) {
      departments.insert(departments.end(), one.department_ids.begin(), one.department_ids.end());
    }
    const DepartmentNames names(tx, call.actor.org, std::move(departments));
    return http::Response::json(
        200, listed("business_hours", all,
                    [&](const desk::NamedHours& one) { return hours_json(one, names); }));
  });
}

Result<http::Response> add_business_hours(Call& call) { return add_setting(call, business_hours); }

Result<http::Response> change_business_hours(Call& call) {
  return change_setting(call, business_hours);
}

Result<http::Response> remove_business_hours(Call& call) {
  return removed(call, desk::remove_business_hours);
}

Result<http::Response> list_holiday_lists(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::vector<desk::HolidayList> all = TRY(desk::list_holiday_lists(tx, call.actor));
    return http::Response::json(200, listed("holiday_lists", all, list_json));
  });
}

Result<http::Response> add_holiday_list(Call& call) { return add_setting(call, holiday_lists); }

Result<http::Response> change_holiday_list(Call& call) {
  return change_setting(call, holiday_lists);
}

Result<http::Response> remove_holiday_list(Call& call) {
  return removed(call, desk::remove_holiday_list);
}

Result<http::Response> list_service_levels(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::vector<desk::ServiceLevel> all = TRY(desk::list_service_levels(tx, call.actor));
    JsonWriter json;
    json.begin_object().key("service_levels").begin_array();
    for (const desk::ServiceLevel& one : all) json.raw(level_json(one));
    json.end_array().key("walk");
    append_walk(json, desk::walk_progress(tx, call.actor.org, desk::Walk::service_levels));
    return http::Response::json(200, json.end_object().take());
  });
}

Result<http::Response> add_service_level(Call& call) { return add_setting(call, service_levels); }

Result<http::Response> change_service_level(Call& call) {
  return change_setting(call, service_levels);
}

Result<http::Response> remove_service_level(Call& call) {
  return removed(call, desk::remove_service_level);
}

}  // namespace tandem::api::native
