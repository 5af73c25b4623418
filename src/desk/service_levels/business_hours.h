#pragma once

#include <string>
#include <vector>

#include "access/actor.h"
#include "base/json.h"
#include "desk/service_levels/working_time.h"

// The business hours and holiday lists of an organisation, and which department uses which.

namespace tandem::desk {

constexpr size_t business_hours_max = 100;
constexpr size_t holiday_lists_max = 100;
constexpr int64_t service_name_chars_max = 100;

struct NamedHours {
  RecordId id = {};
  std::string name = {};
  BusinessHours hours = {};  // with the holidays of the list
  RecordId holiday_list = {};
  bool is_usual = false;                     // for departments that have no others
  std::vector<int64_t> department_ids = {};  // that were given these, sorted
};

struct HolidayList {
  RecordId id = {};
  std::string name = {};
  std::vector<Holiday> days = {};  // sorted
};

/// By name. Refuses with forbidden who does not manage the organisation; so do all below.
Result<std::vector<NamedHours>> list_business_hours(db::Transaction& tx,
                                                    const access::Actor& actor);
Result<NamedHours> find_business_hours(db::Transaction& tx, const access::Actor& actor,
                                       RecordId id);
/// `id` is given here; the first ones become the usual ones, and usual ones take the place of
/// others. Refuses: invalid (name, holiday_list, departments, hours_fit, too_many), conflict
/// "duplicate". Manual, Service levels 1.4.
Result<NamedHours> add_business_hours(db::Transaction& tx, const access::Actor& actor,
                                      NamedHours wanted);
/// Refuses also: not_found, invalid "is_usual" when none would be the usual ones.
Result<NamedHours> change_business_hours(db::Transaction& tx, const access::Actor& actor,
                                         NamedHours wanted);
/// Refuses: not_found, conflict "in_use" and "usual_hours".
Result<void> remove_business_hours(db::Transaction& tx, const access::Actor& actor, RecordId id);

Result<std::vector<HolidayList>> list_holiday_lists(db::Transaction& tx,
                                                    const access::Actor& actor);
Result<HolidayList> find_holiday_list(db::Transaction& tx, const access::Actor& actor, RecordId id);
/// Refuses: invalid (name, days, too_many), conflict "duplicate".
Result<HolidayList> add_holiday_list(db::Transaction& tx, const access::Actor& actor,
                                     HolidayList wanted);
Result<HolidayList> change_holiday_list(db::Transaction& tx, const access::Actor& actor,
                                        HolidayList wanted);
/// Refuses: not_found, conflict "in_use".
Result<void> remove_holiday_list(db::Transaction& tx, const access::Actor& actor, RecordId id);

// For the room itself.

std::vector<NamedHours> all_business_hours(db::Transaction& tx, OrgId org);
/// 0 when the organisation has no business hours.
RecordId hours_of_department(db::Transaction& tx, OrgId org, RecordId department);
/// Open day and night when there are none of this id.
BusinessHours hours_of(db::Transaction& tx, OrgId org, RecordId id);

// The JSON of the API and of what is stored: {"monday":["09:00-12:00","13:00-17:00"],…} and
// [{"on":"2026-12-25","name":"Christmas"},…].
std::string week_to_json(const BusinessHours& hours);
/// Refuses with invalid (week) what is no such object.
Result<void> read_week(const Json& json, BusinessHours& hours);
std::string holidays_to_json(const std::vector<Holiday>& days);
/// Refuses with invalid (days).
Result<std::vector<Holiday>> holidays_from_json(const Json& json);

}  // namespace tandem::desk
