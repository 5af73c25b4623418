#include "desk/service_levels/service_levels.h"

namespace tandem::desk {

namespace {

Refusal bad_targets() {
  return invalid("targets", "wrong_type",
                 "Give for each priority first_response_minutes and resolution_minutes.");
}

Refusal bad_levels() {
  return invalid("levels", "wrong_type",
                 "Give each level as an object with target, after_minutes and what it does.");
}

void append_minutes(JsonWriter& json, std::string_view name, std::optional<int64_t> minutes) {
  if (minutes) {
    json.number(name, *minutes);
  } else {
    json.null(name);
  }
}

Result<std::optional<int64_t>> read_target_minutes(const Json& json) {
  if (json.is_null()) return std::optional<int64_t>();
  if (!json.is_int64()) return bad_targets();
  if (json.get_int64() < 1 || json.get_int64() > target_minutes_max) {
    return invalid("targets", "out_of_range", "Give targets of 1 minute to 365 days.");
  }
  return std::optional<int64_t>(json.get_int64());
}

Result<TargetTimes> times_from_json(const Json& json) {
  if (!json.is_object()) return bad_targets();
  TargetTimes times;
  for (const auto& [name, minutes] : json.get_object()) {
    const std::optional<int64_t> read = TRY(read_target_minutes(minutes));
    if (name == "first_response_minutes") {
      times.first_response_minutes = read;
    } else if (name == "resolution_minutes") {
      times.resolution_minutes = read;
    } else {
      return bad_targets();
    }
  }
  return times;
}

Result<RecordId> id_from_json(const Json& json) {
  if (json.is_null()) return RecordId{};
  if (!json.is_string()) return bad_levels();
  const std::string_view text = json.get_string();
  if (text.empty()) return RecordId{};
  const std::optional<int64_t> id = id_from_text(text);
  if (!id) return bad_levels();
  return RecordId{*id};
}

Result<std::vector<int64_t>> ids_from_json(const Json& json) {
  if (!json.is_array()) return bad_levels();
  if (json.get_array().size() > level_told_agents_max) {
    return invalid("levels", "too_many", "Let a level tell at most 20 people.");
  }
  std::vector<int64_t> ids;
  for (const Json& one : json.get_array()) {
    const RecordId id = TRY(id_from_json(one));
    if (id) ids.push_back(id.value);
  }
  return ids;
}

Result<void> read_member(std::string_view name, const Json& json, EscalationLevel& level) {
  if (name == "target") {
    const std::optional<Target> target =
        json.is_string() ? target_from_word(json.get_string()) : std::nullopt;
    if (!target) return bad_levels();
    level.target = *target;
  } else if (name == "after_minutes") {
    if (!json.is_int64()) return bad_levels();
    level.after_minutes = json.get_int64();
  } else if (name == "sets_escalated") {
    if (!json.is_bool()) return bad_levels();
    level.sets_escalated = json.get_bool();
  } else if (name == "told_agents") {
    level.told_agents = TRY(ids_from_json(json));
  } else if (name == "priority") {
    if (!json.is_string() && !json.is_null()) return bad_levels();
    level.priority = json.is_string() ? std::string(json.get_string()) : "";
  } else if (name == "owner") {
    level.owner = TRY(id_from_json(json));
  } else {
    return bad_levels();
  }
  return {};
}

}  // namespace

std::string targets_to_json(const ServiceLevel& level) {
  JsonWriter json;
  json.begin_object();
  for (const auto& [priority, times] : level.targets) {
    json.key(priority).begin_object();
    append_minutes(json, "first_response_minutes", times.first_response_minutes);
    append_minutes(json, "resolution_minutes", times.resolution_minutes);
    json.end_object();
  }
  return json.end_object().take();
}

Result<void> read_targets(const Json& json, ServiceLevel& level) {
  if (!json.is_object()) return bad_targets();
  level.targets.clear();
  for (const auto& [priority, times] : json.get_object()) {
    const TargetTimes read = TRY(times_from_json(times));
    if (read.first_response_minutes || read.resolution_minutes) {
      level.targets.emplace(std::string(priority), read);
    }
  }
  return {};
}

std::string levels_to_json(const ServiceLevel& level) {
  JsonWriter json;
  json.begin_array();
  for (const EscalationLevel& one : level.levels) {
    json.begin_object().string("target", word(one.target));
    json.number("after_minutes", one.after_minutes);
    json.boolean("sets_escalated", one.sets_escalated).key("told_agents").begin_array();
    for (const int64_t agent : one.told_agents) json.id(agent);
    json.end_array().string("priority", one.priority).id("owner", one.owner.value).end_object();
  }
  return json.end_array().take();
}

Result<void> read_levels(const Json& json, ServiceLevel& level) {
  if (!json.is_array()) return bad_levels();
  if (json.get_array().size() > 2 * levels_per_target_max) {
    return invalid("levels", "too_many", "Give each target at most 5 levels.");
  }
  level.levels.clear();
  for (const Json& one : json.get_array()) {
    if (!one.is_object()) return bad_levels();
    EscalationLevel read;
    for (const auto& [name, value] : one.get_object()) TRY(read_member(name, value, read));
    level.levels.push_back(std::move(read));
  }
  return {};
}

}  // namespace tandem::desk
