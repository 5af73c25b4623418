#include "desk/service_levels/business_hours.h"

#include <algorithm>

#include "access/audit.h"
#include "base/names.h"
#include "desk/departments.h"
#include "desk/service_levels/service_book.h"

namespace tandem::desk {

namespace {

Result<void> require_duty(const access::Actor& actor) {
  return access::require_duty(actor, access::Duty::manage_organisation);
}

/// JSON that was checked before it was stored.
Json stored_json(std::string_view text) {
  const Result<Json> json = json_from_text(text);
  return json ? *json : Json();
}

std::vector<Holiday> stored_days(std::string_view text) {
  return holidays_from_json(stored_json(text)).value_or(std::vector<Holiday>());
}

constexpr std::string_view hours_query =
    "SELECT h.id, h.name, h.time_zone, h.week, h.holiday_list_id, h.is_usual, l.days "
    "FROM business_hours h LEFT JOIN holiday_lists l ON l.org_id = h.org_id "
    "AND l.id = h.holiday_list_id WHERE h.org_id = $1";

NamedHours hours_in(const db::RowView& row) {
  NamedHours found;
  found.id = RecordId{row.integer(0)};
  found.name = row.text(1);
  found.hours.time_zone = row.text(2);
  // What cannot be read leaves the week empty, and that is refused wherever it is used.
  (void)read_week(stored_json(row.text(3)), found.hours);
  found.holiday_list = RecordId{row.integer(4)};
  found.is_usual = row.integer(5) != 0;
  if (!row.is_null(6)) found.hours.holidays = stored_days(row.text(6));
  return found;
}

std::vector<NamedHours> all_hours(db::Transaction& tx, OrgId org) {
  std::vector<NamedHours> all;
  tx.for_each(std::string(hours_query) + " ORDER BY h.name, h.id", {org.value},
              [&](const db::RowView& row) {
                all.push_back(hours_in(row));
                return true;
              });
  tx.for_each(
      "SELECT u.business_hours_id, u.department_id FROM department_hours u JOIN departments d "
      "ON d.org_id = u.org_id AND d.id = u.department_id AND d.deleted_at IS NULL "
      "WHERE u.org_id = $1 ORDER BY u.department_id",
      {org.value}, [&](const db::RowView& row) {
        for (NamedHours& hours : all) {
          if (hours.id.value == row.integer(0)) hours.department_ids.push_back(row.integer(1));
        }
        return true;
      });
  return all;
}

template <class Named>
Result<void> name_is_free(const std::vector<Named>& present, const Named& wanted) {
  for (const Named& one : present) {
    if (one.id != wanted.id && one.name == wanted.name) {
      return conflict("duplicate", "Choose another name; this one is taken.", "name");
    }
  }
  return {};
}

Result<void> links_exist(db::Transaction& tx, OrgId org, NamedHours& wanted) {
  if (wanted.holiday_list && !tx.row("SELECT 1 FROM holiday_lists WHERE org_id = $1 AND id = $2",
                                     {org.value, wanted.holiday_list.value})) {
    return invalid("holiday_list", "not_found", "Choose a list of holidays that exists.");
  }
  std::sort(wanted.department_ids.begin(), wanted.department_ids.end());
  wanted.department_ids.erase(
      std::unique(wanted.department_ids.begin(), wanted.department_ids.end()),
      wanted.department_ids.end());
  for (const int64_t department : wanted.department_ids) {
    if (!is_department(tx, org, RecordId{department})) {
      return invalid("departments", "not_found", "Choose departments that exist.");
    }
  }
  return {};
}

/// What was given to others goes over to these.
void write_hours(db::Transaction& tx, OrgId org, const NamedHours& hours) {
  if (hours.is_usual) {
    tx.execute("UPDATE business_hours SET is_usual = 0 WHERE org_id = $1", {org.value});
  }
  tx.execute(
      "INSERT INTO business_hours (org_id, id, name, time_zone, week, holiday_list_id, is_usual) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (org_id, id) DO UPDATE SET "
      "name = excluded.name, time_zone = excluded.time_zone, week = excluded.week, "
      "holiday_list_id = excluded.holiday_list_id, is_usual = excluded.is_usual",
      {org.value, hours.id.value, hours.name, hours.hours.time_zone, week_to_json(hours.hours),
       db::arg(hours.holiday_list), int64_t{hours.is_usual}});
  tx.execute("DELETE FROM department_hours WHERE org_id = $1 AND business_hours_id = $2",
             {org.value, hours.id.value});
  for (const int64_t department : hours.department_ids) {
    tx.execute(
        "INSERT INTO department_hours (org_id, department_id, business_hours_id) "
        "VALUES ($1, $2, $3) ON CONFLICT (org_id, department_id) DO UPDATE SET "
        "business_hours_id = excluded.business_hours_id",
        {org.value, department, hours.id.value});
  }
}

Result<NamedHours> keep_hours(db::Transaction& tx, const access::Actor& actor, NamedHours wanted,
                              std::string_view what) {
  const std::vector<NamedHours> present = all_hours(tx, actor.org);
  wanted.name = TRY(
      checked_name(wanted.name, {.of = "the business hours", .chars_max = service_name_chars_max}));
  TRY(name_is_free(present, wanted));
  TRY(links_exist(tx, actor.org, wanted));
  wanted.hours.holidays.clear();
  TRY(hours_fit(wanted.hours));
  const bool others_are_usual =
      std::any_of(present.begin(), present.end(),
                  [&](const NamedHours& one) { return one.id != wanted.id && one.is_usual; });
  const bool is_first = std::none_of(present.begin(), present.end(), [&](const NamedHours& one) {
    return one.id == wanted.id || one.is_usual;
  });
  if (is_first) wanted.is_usual = true;
  if (!wanted.is_usual && !others_are_usual) {
    return invalid("is_usual", "required", "Make others the usual ones instead.");
  }
  write_hours(tx, actor.org, wanted);
  renew_service_book(tx, actor.org);
  access::audit(tx, actor, what, wanted.name);
  return find_business_hours(tx, actor, wanted.id);
}

std::vector<HolidayList> all_lists(db::Transaction& tx, OrgId org) {
  std::vector<HolidayList> all;
  tx.for_each(
      "SELECT id, name, days FROM holiday_lists WHERE org_id = $1 ORDER BY name, id", {org.value},
      [&](const db::RowView& row) {
        all.push_back({{row.integer(0)}, std::string(row.text(1)), stored_days(row.text(2))});
        return true;
      });
  return all;
}

Result<HolidayList> keep_list(db::Transaction& tx, const access::Actor& actor, HolidayList wanted,
                              std::string_view what) {
  wanted.name = TRY(checked_name(
      wanted.name, {.of = "the list of holidays", .chars_max = service_name_chars_max}));
  TRY(name_is_free(all_lists(tx, actor.org), wanted));
  TRY(holidays_fit(wanted.days));
  tx.execute(
      "INSERT INTO holiday_lists (org_id, id, name, days) VALUES ($1, $2, $3, $4) "
      "ON CONFLICT (org_id, id) DO UPDATE SET name = excluded.name, days = excluded.days",
      {actor.org.value, wanted.id.value, wanted.name, holidays_to_json(wanted.days)});
  renew_service_book(tx, actor.org);
  access::audit(tx, actor, what, wanted.name);
  return wanted;
}

}  // namespace

Result<std::vector<NamedHours>> list_business_hours(db::Transaction& tx,
                                                    const access::Actor& actor) {
  TRY(require_duty(actor));
  return all_hours(tx, actor.org);
}

Result<NamedHours> find_business_hours(db::Transaction& tx, const access::Actor& actor,
                                       RecordId id) {
  TRY(require_duty(actor));
  for (NamedHours& hours : all_hours(tx, actor.org)) {
    if (hours.id == id) return std::move(hours);
  }
  return not_found("There are no such business hours.");
}

Result<NamedHours> add_business_hours(db::Transaction& tx, const access::Actor& actor,
                                      NamedHours wanted) {
  TRY(require_duty(actor));
  if (all_hours(tx, actor.org).size() >= business_hours_max) {
    return invalid("name", "too_many", "Remove business hours first; there may be 100.");
  }
  wanted.id = RecordId{tx.new_id()};
  return keep_hours(tx, actor, std::move(wanted), "business_hours_added");
}

Result<NamedHours> change_business_hours(db::Transaction& tx, const access::Actor& actor,
                                         NamedHours wanted) {
  TRY(find_business_hours(tx, actor, wanted.id));
  return keep_hours(tx, actor, std::move(wanted), "business_hours_changed");
}

Result<void> remove_business_hours(db::Transaction& tx, const access::Actor& actor, RecordId id) {
  tx.run_alone();
  const NamedHours hours = TRY(find_business_hours(tx, actor, id));
  if (!hours.department_ids.empty()) {
    return conflict("in_use", "Give the departments that use these other business hours first.");
  }
  if (hours.is_usual && all_hours(tx, actor.org).size() > 1) {
    return conflict("usual_hours", "Make others the usual ones first.");
  }
  tx.execute("DELETE FROM department_hours WHERE org_id = $1 AND business_hours_id = $2",
             {actor.org.value, id.value});
  tx.execute("DELETE FROM business_hours WHERE org_id = $1 AND id = $2",
             {actor.org.value, id.value});
  renew_service_book(tx, actor.org);
  access::audit(tx, actor, "business_hours_removed", hours.name);
  return {};
}

Result<std::vector<HolidayList>> list_holiday_lists(db::Transaction& tx,
                                                    const access::Actor& actor) {
  TRY(require_duty(actor));
  return all_lists(tx, actor.org);
}

Result<HolidayList> find_holiday_list(db::Transaction& tx, const access::Actor& actor,
                                      RecordId id) {
  TRY(require_duty(actor));
  for (HolidayList& list : all_lists(tx, actor.org)) {
    if (list.id == id) return std::move(list);
  }
  return not_found("There is no such list of holidays.");
}

Result<HolidayList> add_holiday_list(db::Transaction& tx, const access::Actor& actor,
                                     HolidayList wanted) {
  TRY(require_duty(actor));
  if (all_lists(tx, actor.org).size() >= holiday_lists_max) {
    return invalid("name", "too_many", "Remove a list of holidays first; there may be 100.");
  }
  wanted.id = RecordId{tx.new_id()};
  return keep_list(tx, actor, std::move(wanted), "holiday_list_added");
}

Result<HolidayList> change_holiday_list(db::Transaction& tx, const access::Actor& actor,
                                        HolidayList wanted) {
  TRY(find_holiday_list(tx, actor, wanted.id));
  return keep_list(tx, actor, std::move(wanted), "holiday_list_changed");
}

Result<void> remove_holiday_list(db::Transaction& tx, const access::Actor& actor, RecordId id) {
  tx.run_alone();
  const HolidayList list = TRY(find_holiday_list(tx, actor, id));
  if (tx.row("SELECT 1 FROM business_hours WHERE org_id = $1 AND holiday_list_id = $2 LIMIT 1",
             {actor.org.value, id.value})) {
    return conflict("in_use", "Give the business hours that use this list another one first.");
  }
  tx.execute("DELETE FROM holiday_lists WHERE org_id = $1 AND id = $2",
             {actor.org.value, id.value});
  access::audit(tx, actor, "holiday_list_removed", list.name);
  return {};
}

std::vector<NamedHours> all_business_hours(db::Transaction& tx, OrgId org) {
  return all_hours(tx, org);
}

RecordId hours_of_department(db::Transaction& tx, OrgId org, RecordId department) {
  const std::optional<db::Row> row = tx.row(
      "SELECT h.id FROM business_hours h LEFT JOIN department_hours u ON u.org_id = h.org_id "
      "AND u.business_hours_id = h.id AND u.department_id = $2 WHERE h.org_id = $1 "
      "AND (u.department_id IS NOT NULL OR h.is_usual = 1) "
      "ORDER BY CASE WHEN u.department_id IS NULL THEN 1 ELSE 0 END LIMIT 1",
      {org.value, department.value});
  return row ? RecordId{row->integer(0)} : RecordId{};
}

BusinessHours hours_of(db::Transaction& tx, OrgId org, RecordId id) {
  std::optional<BusinessHours> found;
  if (id) {
    tx.for_each(std::string(hours_query) + " AND h.id = $2", {org.value, id.value},
                [&](const db::RowView& row) {
                  found = hours_in(row).hours;
                  return false;
                });
  }
  return found ? std::move(*found) : always_open();
}

}  // namespace tandem::desk
