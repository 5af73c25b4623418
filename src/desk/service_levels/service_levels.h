#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"
#include "base/json.h"

// What an organisation promises: policies with conditions, targets and levels of escalation.
// Manual, Service levels 2.1. How they are kept stands in service_level_clock.h.

namespace tandem::desk {

constexpr size_t service_levels_max = 50;
constexpr int64_t service_level_name_chars_max = 100;
constexpr size_t service_level_conditions_bytes_max = 20'000;
constexpr int64_t target_minutes_max = 365 * 24 * 60;
constexpr size_t levels_per_target_max = 5;
constexpr size_t level_told_agents_max = 20;

enum class Target { first_response, resolution };
std::string_view word(Target target);
std::optional<Target> target_from_word(std::string_view word);

/// In which time the targets are counted.
enum class Counting { business_hours, day_and_night };
std::string_view word(Counting counting);
std::optional<Counting> counting_from_word(std::string_view word);

/// In minutes of working time; nothing when it is not promised.
struct TargetTimes {
  std::optional<int64_t> first_response_minutes = {};
  std::optional<int64_t> resolution_minutes = {};
  std::optional<int64_t> of(Target target) const {
    return target == Target::first_response ? first_response_minutes : resolution_minutes;
  }
};

/// What happens so long after a target is missed, or before it would be. Manual, Service levels
/// 4.2.
struct EscalationLevel {
  Target target = Target::resolution;
  int64_t after_minutes = 0;  // negative: before
  bool sets_escalated = false;
  std::vector<int64_t> told_agents = {};
  std::string priority = {};  // "" leaves it
  RecordId owner = {};        // 0 leaves it
};

struct ServiceLevel {
  RecordId id = {};
  std::string name = {};
  int64_t position = 0;  // 1 is asked first
  bool is_active = true;
  std::string conditions_json = "{}";  // a filter on tickets, as filter_from_json reads it
  Counting counting = Counting::business_hours;
  std::map<std::string, TargetTimes, std::less<>> targets = {};  // by priority; "none" without one
  std::vector<EscalationLevel> levels = {};
  Instant created_at = {};

  TargetTimes targets_for(std::string_view priority) const;
};

/// In order. Refuses with forbidden who does not manage the organisation; so do all below.
Result<std::vector<ServiceLevel>> list_service_levels(db::Transaction& tx,
                                                      const access::Actor& actor);
Result<ServiceLevel> find_service_level(db::Transaction& tx, const access::Actor& actor,
                                        RecordId id);
/// `id` and `created_at` are given here; position 0 is the last one, and whatever stands there or
/// behind moves on. Refuses: invalid (name, conditions, targets, levels, too_many), conflict
/// "duplicate".
Result<ServiceLevel> add_service_level(db::Transaction& tx, const access::Actor& actor,
                                       ServiceLevel wanted);
/// Refuses also: not_found.
Result<ServiceLevel> change_service_level(db::Transaction& tx, const access::Actor& actor,
                                          ServiceLevel wanted);
/// Tickets of the policy go to the next that fits, in the background. Refuses: not_found.
Result<void> remove_service_level(db::Transaction& tx, const access::Actor& actor, RecordId id);

/// The active ones, in order. For the room itself.
std::vector<ServiceLevel> active_service_levels(db::Transaction& tx, OrgId org);
/// Active or not. For the room itself.
std::optional<ServiceLevel> service_level_of(db::Transaction& tx, OrgId org, RecordId id);

// The JSON of the API and of what is stored.
std::string targets_to_json(const ServiceLevel& level);
/// Refuses with invalid (targets) what is no object of priorities and minutes.
Result<void> read_targets(const Json& json, ServiceLevel& level);
std::string levels_to_json(const ServiceLevel& level);
/// Refuses with invalid (levels).
Result<void> read_levels(const Json& json, ServiceLevel& level);

}  // namespace tandem::desk
