#include "desk/dashboards/local_days.h"

#include <unicode/timezone.h>

#include <optional>

namespace tandem::desk {

namespace {

/// Whole division that rounds towards the past.
constexpr int64_t floored(int64_t number, int64_t by) {
  return number / by - (number % by < 0 ? 1 : 0);
}

}  // namespace

struct LocalDays::Zone {
  std::unique_ptr<icu::TimeZone> zone;
};

LocalDays::LocalDays(const std::string& time_zone)
    : zone_(std::make_unique<Zone>(Zone{std::unique_ptr<icu::TimeZone>(
          icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(time_zone)))})) {}

LocalDays::~LocalDays() = default;

int64_t LocalDays::day_of(Instant at) const { return floored(local_ms(at), day_ms); }

int64_t LocalDays::hour_of_week(Instant at) const {
  const int64_t hours = floored(local_ms(at), hour_ms);
  constexpr int64_t thursday = 3 * 24;  // 1970-01-01 was one
  const int64_t hour = (hours + thursday) % hours_per_week;
  return hour < 0 ? hour + hours_per_week : hour;
}

int64_t LocalDays::local_ms(Instant at) const {
  int32_t raw = 0;
  int32_t summer = 0;
  UErrorCode status = U_ZERO_ERROR;
  zone_->zone->getOffset(double(at.ms), false, raw, summer, status);
  return at.ms + raw + summer;
}

std::string time_zone_of(db::Transaction& tx, OrgId org) {
  const std::optional<db::Row> row = tx.row(
      "SELECT time_zone FROM business_hours WHERE org_id = $1 AND is_usual = 1", {org.value});
  return row ? row->text(0) : "UTC";
}

}  // namespace tandem::desk
