#include "desk/service_levels/service_levels.h"

#include <algorithm>
#include <set>

#include "access/agents.h"
#include "access/audit.h"
#include "base/names.h"
#include "desk/modules.h"
#include "desk/service_levels/service_book.h"
#include "desk/tickets/ticket_conditions.h"
#include "records/filter.h"
#include "records/record.h"

namespace tandem::desk {

namespace {

constexpr std::string_view without_priority = "none";

Result<void> require_duty(const access::Actor& actor) {
  return access::require_duty(actor, access::Duty::manage_organisation);
}

constexpr std::string_view query =
    "SELECT id, name, position, is_active, conditions, counting, targets, levels, created_at "
    "FROM service_levels WHERE org_id = $1";

ServiceLevel level_in(const db::RowView& row) {
  ServiceLevel level;
  level.id = RecordId{row.integer(0)};
  level.name = row.text(1);
  level.position = row.integer(2);
  level.is_active = row.integer(3) != 0;
  level.conditions_json = row.text(4);
  level.counting = counting_from_word(row.text(5)).value_or(Counting::business_hours);
  // Both were checked before they were stored; what cannot be read promises nothing.
  if (const Result<Json> json = json_from_text(row.text(6))) (void)read_targets(*json, level);
  if (const Result<Json> json = json_from_text(row.text(7))) (void)read_levels(*json, level);
  level.created_at = Instant{row.integer(8)};
  return level;
}

std::vector<ServiceLevel> levels_where(db::Transaction& tx, const std::string& more,
                                       const db::Args& args) {
  std::vector<ServiceLevel> levels;
  tx.for_each(std::string(query) + more, args, [&](const db::RowView& row) {
    levels.push_back(level_in(row));
    return true;
  });
  return levels;
}

std::vector<ServiceLevel> all_levels(db::Transaction& tx, OrgId org) {
  return levels_where(tx, " ORDER BY position, id", {org.value});
}

Result<void> name_fits(db::Transaction& tx, OrgId org, ServiceLevel& wanted) {
  wanted.name = TRY(
      checked_name(wanted.name, {.of = "the policy", .chars_max = service_level_name_chars_max}));
  if (tx.row("SELECT 1 FROM service_levels WHERE org_id = $1 AND name = $2 AND id <> $3",
             {org.value, wanted.name, wanted.id.value})) {
    return conflict("duplicate", "Choose another name; this one is taken.", "name");
  }
  return {};
}

Result<void> conditions_fit(db::Transaction& tx, const access::Actor& actor,
                            const ServiceLevel& wanted) {
  if (wanted.conditions_json.size() > service_level_conditions_bytes_max) {
    return invalid("conditions", "too_long", "Use fewer or shorter conditions.");
  }
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, tickets_module());
  TRY(read_ticket_conditions(wanted.conditions_json, *shape, tx.now(), "a policy"));
  return {};
}

std::set<std::string, std::less<>> priorities(db::Transaction& tx, const access::Actor& actor) {
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, tickets_module());
  std::set<std::string, std::less<>> names;
  for (const records::ChoiceOption& one : shape->find("priority")->choices) names.insert(one.name);
  return names;
}

Result<void> targets_fit(const ServiceLevel& wanted,
                         const std::set<std::string, std::less<>>& known) {
  if (wanted.targets.empty()) {
    return invalid("targets", "required", "Give at least one target.");
  }
  for (const auto& [priority, times] : wanted.targets) {
    if (priority != without_priority && !known.contains(priority)) {
      return invalid("targets", "not_a_choice", "Name the priorities of tickets, or none.");
    }
    if (times.first_response_minutes && times.resolution_minutes &&
        *times.first_response_minutes > *times.resolution_minutes) {
      return invalid("targets", "response_after_resolution",
                     "Let the first response not be due after the resolution.");
    }
  }
  return {};
}

Result<void> level_fits(db::Transaction& tx, OrgId org, const EscalationLevel& level,
                        const std::set<std::string, std::less<>>& known) {
  if (level.after_minutes < -target_minutes_max || level.after_minutes > target_minutes_max) {
    return invalid("levels", "out_of_range", "Let levels lie within 365 days of the target.");
  }
  if (!level.priority.empty() && !known.contains(level.priority)) {
    return invalid("levels", "not_a_choice", "Choose a priority that tickets have.");
  }
  std::vector<int64_t> people = level.told_agents;
  if (level.owner) people.push_back(level.owner.value);
  for (const int64_t person : people) {
    const std::optional<access::Agent> agent = access::find_agent(tx, org, RecordId{person});
    if (!agent || agent->status == access::AgentStatus::disabled) {
      return invalid("levels", "not_found", "Choose people who work here.");
    }
  }
  if (level.sets_escalated || !people.empty() || !level.priority.empty()) return {};
  return invalid("levels", "does_nothing", "Say what each level does.");
}

Result<void> levels_fit(db::Transaction& tx, OrgId org, ServiceLevel& wanted,
                        const std::set<std::string, std::less<>>& known) {
  std::sort(wanted.levels.begin(), wanted.levels.end(), [](const auto& a, const auto& b) {
    return std::pair(a.target, a.after_minutes) < std::pair(b.target, b.after_minutes);
  });
  std::map<Target, size_t> count;
  for (size_t at = 0; at < wanted.levels.size(); ++at) {
    const EscalationLevel& level = wanted.levels[at];
    TRY(level_fits(tx, org, level, known));
    if (++count[level.target] > levels_per_target_max) {
      return invalid("levels", "too_many", "Give each target at most 5 levels.");
    }
    if (at > 0 && level.target == wanted.levels[at - 1].target &&
        level.after_minutes == wanted.levels[at - 1].after_minutes) {
      return invalid("levels", "duplicate", "Join the levels that happen at the same moment.");
    }
  }
  return {};
}

void write_level(db::Transaction& tx, OrgId org, const ServiceLevel& level) {
  tx.execute(
      "INSERT INTO service_levels (org_id, id, name, position, is_active, conditions, counting, "
      "targets, levels, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) "
      "ON CONFLICT (org_id, id) DO UPDATE SET name = excluded.name, position = excluded.position, "
      "is_active = excluded.is_active, conditions = excluded.conditions, "
      "counting = excluded.counting, targets = excluded.targets, levels = excluded.levels",
      {org.value, level.id.value, level.name, level.position, int64_t{level.is_active},
       level.conditions_json, std::string(word(level.counting)), targets_to_json(level),
       levels_to_json(level), db::arg(level.created_at)});
}

/// Numbers all from 1, with `placed` at its position; 0 is the end.
void write_order(db::Transaction& tx, OrgId org, const ServiceLevel& placed) {
  std::vector<ServiceLevel> order = all_levels(tx, org);
  std::erase_if(order, [&](const ServiceLevel& one) { return one.id == placed.id; });
  const size_t end = order.size();
  const size_t wanted = placed.position > 0 ? size_t(placed.position - 1) : end;
  order.insert(order.begin() + ptrdiff_t(std::min(wanted, end)), placed);
  int64_t position = 0;
  for (const ServiceLevel& one : order) {
    tx.execute("UPDATE service_levels SET position = $3 WHERE org_id = $1 AND id = $2",
               {org.value, one.id.value, ++position});
  }
}

Result<ServiceLevel> keep(db::Transaction& tx, const access::Actor& actor, ServiceLevel wanted,
                          std::string_view what) {
  const std::set<std::string, std::less<>> known = priorities(tx, actor);
  TRY(name_fits(tx, actor.org, wanted));
  TRY(conditions_fit(tx, actor, wanted));
  TRY(targets_fit(wanted, known));
  TRY(levels_fit(tx, actor.org, wanted, known));
  write_level(tx, actor.org, wanted);
  write_order(tx, actor.org, wanted);
  renew_service_book(tx, actor.org);
  access::audit(tx, actor, what, wanted.name);
  return find_service_level(tx, actor, wanted.id);
}

}  // namespace

std::string_view word(Target target) {
  switch (target) {
    case Target::first_response: return "first_response";
    case Target::resolution: return "resolution";
  }
  return "resolution";
}

std::optional<Target> target_from_word(std::string_view text) {
  for (const Target target : {Target::first_response, Target::resolution}) {
    if (word(target) == text) return target;
  }
  return std::nullopt;
}

std::string_view word(Counting counting) {
  switch (counting) {
    case Counting::business_hours: return "business_hours";
    case Counting::day_and_night: return "day_and_night";
  }
  return "business_hours";
}

std::optional<Counting> counting_from_word(std::string_view text) {
  for (const Counting counting : {Counting::business_hours, Counting::day_and_night}) {
    if (word(counting) == text) return counting;
  }
  return std::nullopt;
}

TargetTimes ServiceLevel::targets_for(std::string_view priority) const {
  const auto found = targets.find(priority.empty() ? without_priority : priority);
  return found == targets.end() ? TargetTimes{} : found->second;
}

Result<std::vector<ServiceLevel>> list_service_levels(db::Transaction& tx,
                                                      const access::Actor& actor) {
  TRY(require_duty(actor));
  return all_levels(tx, actor.org);
}

Result<ServiceLevel> find_service_level(db::Transaction& tx, const access::Actor& actor,
                                        RecordId id) {
  TRY(require_duty(actor));
  std::optional<ServiceLevel> found = service_level_of(tx, actor.org, id);
  if (!found) return not_found("There is no such policy.");
  return std::move(*found);
}

Result<ServiceLevel> add_service_level(db::Transaction& tx, const access::Actor& actor,
                                       ServiceLevel wanted) {
  TRY(require_duty(actor));
  if (all_levels(tx, actor.org).size() >= service_levels_max) {
    return invalid("name", "too_many", "Remove a policy first; there may be 50.");
  }
  wanted.id = RecordId{tx.new_id()};
  wanted.created_at = tx.now();
  return keep(tx, actor, std::move(wanted), "service_level_added");
}

Result<ServiceLevel> change_service_level(db::Transaction& tx, const access::Actor& actor,
                                          ServiceLevel wanted) {
  const ServiceLevel before = TRY(find_service_level(tx, actor, wanted.id));
  wanted.created_at = before.created_at;
  return keep(tx, actor, std::move(wanted), "service_level_changed");
}

Result<void> remove_service_level(db::Transaction& tx, const access::Actor& actor, RecordId id) {
  const ServiceLevel level = TRY(find_service_level(tx, actor, id));
  tx.execute("DELETE FROM service_levels WHERE org_id = $1 AND id = $2",
             {actor.org.value, id.value});
  renew_service_book(tx, actor.org);
  access::audit(tx, actor, "service_level_removed", level.name);
  return {};
}

std::vector<ServiceLevel> active_service_levels(db::Transaction& tx, OrgId org) {
  return levels_where(tx, " AND is_active = 1 ORDER BY position, id", {org.value});
}

std::optional<ServiceLevel> service_level_of(db::Transaction& tx, OrgId org, RecordId id) {
  std::vector<ServiceLevel> found = levels_where(tx, " AND id = $2", {org.value, id.value});
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

}  // namespace tandem::desk
