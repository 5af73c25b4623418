#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace tandem {

/// A moment in UTC, milliseconds since 1970-01-01.
struct Instant {
  int64_t ms = 0;
  auto operator<=>(const Instant&) const = default;
};

constexpr int64_t second_ms = 1'000;
constexpr int64_t minute_ms = 60 * second_ms;
constexpr int64_t hour_ms = 60 * minute_ms;
constexpr int64_t day_ms = 24 * hour_ms;

constexpr Instant operator+(Instant at, int64_t ms) { return {at.ms + ms}; }
constexpr Instant operator-(Instant at, int64_t ms) { return {at.ms - ms}; }
constexpr int64_t operator-(Instant a, Instant b) { return a.ms - b.ms; }

/// "2026-11-04T11:21:07.000Z".
std::string to_iso(Instant at);
/// Reads ISO 8601 with "Z" or an offset; seconds and milliseconds may be absent. Refuses with
/// invalid (field empty).
Result<Instant> instant_from_iso(std::string_view text);
/// Days since 1970-01-01 to "2026-11-04" and back. Refuses with invalid what is no day of the
/// calendar.
std::string day_to_iso(int64_t days);
Result<int64_t> day_from_iso(std::string_view text);
/// "Wed, 04 Nov 2026 11:21:07 +0000" (RFC 5322).
std::string to_mail_date(Instant at);

/// Where the time comes from. Tests stop it.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

/// The machine's clock.
class SystemClock final : public Clock {
 public:
  Instant now() const override;
};

/// A clock that moves only when told to.
class StoppedClock final : public Clock {
 public:
  explicit StoppedClock(Instant at) : at_(at) {}
  Instant now() const override { return at_; }
  void advance_ms(int64_t ms) { at_ = at_ + ms; }

 private:
  Instant at_;
};

}  // namespace tandem
