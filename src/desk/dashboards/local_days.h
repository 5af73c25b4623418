#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/instant.h"
#include "db/database.h"

namespace tandem::desk {

constexpr int hours_per_week = 7 * 24;

/// The calendar of a place: which day and which hour of the week a moment falls into there.
class LocalDays {
 public:
  /// An unknown zone is taken for UTC.
  explicit LocalDays(const std::string& time_zone);
  ~LocalDays();
  LocalDays(const LocalDays&) = delete;
  LocalDays& operator=(const LocalDays&) = delete;

  /// Days since 1970-01-01.
  int64_t day_of(Instant at) const;
  /// 0 is Monday from 00:00 to 01:00, 167 Sunday from 23:00 to 24:00.
  int64_t hour_of_week(Instant at) const;

 private:
  int64_t local_ms(Instant at) const;

  struct Zone;
  std::unique_ptr<Zone> zone_;
};

/// The time zone of the usual business hours, which is that of the organisation; "UTC" without
/// any. Manual, Dashboards 1.2.
std::string time_zone_of(db::Transaction& tx, OrgId org);

}  // namespace tandem::desk
