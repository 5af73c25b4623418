#include "base/instant.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <optional>

namespace tandem {

namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

/// Reads fixed-width numbers and signs off the front of a text.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  std::optional<int> digits(size_t count) {
    if (rest_.size() < count) return std::nullopt;
    int value = 0;
    for (size_t i = 0; i < count; ++i) {
      const char c = rest_[i];
      if (c < '0' || c > '9') return std::nullopt;
      value = value * 10 + (c - '0');
    }
    rest_.remove_prefix(count);
    return value;
  }
  bool take(char wanted) {
    if (rest_.empty() || rest_.front() != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool at_end() const { return rest_.empty(); }
  /// A fraction of a second after its dot: 1 to 9 digits, cut to milliseconds.
  std::optional<int> fraction_ms() {
    int value = 0;
    size_t count = 0;
    for (; count < rest_.size() && rest_[count] >= '0' && rest_[count] <= '9'; ++count) {
      if (count < 3) value = value * 10 + (rest_[count] - '0');
    }
    if (count == 0 || count > 9) return std::nullopt;
    for (size_t i = count; i < 3; ++i) value *= 10;
    rest_.remove_prefix(count);
    return value;
  }

 private:
  std::string_view rest_;
};

std::optional<int64_t> read_day(Reader& reader) {
  const std::optional<int> year = reader.digits(4);
  if (!year || !reader.take('-')) return std::nullopt;
  const std::optional<int> month = reader.digits(2);
  if (!month || !reader.take('-')) return std::nullopt;
  const std::optional<int> day = reader.digits(2);
  if (!day) return std::nullopt;
  const year_month_day date{std::chrono::year(*year), std::chrono::month(unsigned(*month)),
                            std::chrono::day(unsigned(*day))};
  if (!date.ok()) return std::nullopt;
  return sys_days(date).time_since_epoch().count();
}

/// "11:21", "11:21:07" or "11:21:07.5" in milliseconds of the day. 24:00 and leap seconds are
/// refused.
std::optional<int64_t> read_time(Reader& reader) {
  const std::optional<int> hour = reader.digits(2);
  if (!hour || *hour > 23 || !reader.take(':')) return std::nullopt;
  const std::optional<int> minute = reader.digits(2);
  if (!minute || *minute > 59) return std::nullopt;
  int64_t ms = *hour * hour_ms + *minute * minute_ms;
  if (!reader.take(':')) return ms;
  const std::optional<int> second = reader.digits(2);
  if (!second || *second > 59) return std::nullopt;
  ms += *second * second_ms;
  if (!reader.take('.')) return ms;
  const std::optional<int> fraction = reader.fraction_ms();
  if (!fraction) return std::nullopt;
  return ms + *fraction;
}

/// "Z", "+02:00", "+0200" or "+02" in milliseconds to subtract.
std::optional<int64_t> read_offset(Reader& reader) {
  if (reader.take('Z') || reader.take('z')) return 0;
  const bool west = reader.take('-');
  if (!west && !reader.take('+')) return std::nullopt;
  const std::optional<int> hours = reader.digits(2);
  if (!hours || *hours > 23) return std::nullopt;
  int minutes = 0;
  if (!reader.at_end()) {
    reader.take(':');
    const std::optional<int> read = reader.digits(2);
    if (!read || *read > 59) return std::nullopt;
    minutes = *read;
  }
  const int64_t ms = *hours * hour_ms + minutes * minute_ms;
  return west ? -ms : ms;
}

std::optional<Instant> read_instant(std::string_view text) {
  Reader reader(text);
  const std::optional<int64_t> day = read_day(reader);
  if (!day || !(reader.take('T') || reader.take('t') || reader.take(' '))) return std::nullopt;
  const std::optional<int64_t> time = read_time(reader);
  if (!time) return std::nullopt;
  const std::optional<int64_t> offset = read_offset(reader);
  if (!offset || !reader.at_end()) return std::nullopt;
  return Instant{*day * day_ms + *time - *offset};
}

int64_t day_of(Instant at) {
  return at.ms >= 0 ? at.ms / day_ms : -((-at.ms + day_ms - 1) / day_ms);
}

year_month_day date_of(int64_t day) { return year_month_day(sys_days(days(day))); }

void put_digits(char* at, int count, int64_t value) {
  for (int place = count - 1; place >= 0; --place) {
    at[place] = char('0' + value % 10);
    value /= 10;
  }
}

}  // namespace

// Every record shows several moments, so this writes digits itself instead of reading a format.
std::string to_iso(Instant at) {
  std::string text = day_to_iso(day_of(at)) + "T00:00:00.000Z";
  const int64_t ms = at.ms - day_of(at) * day_ms;
  char* time = text.data() + text.size() - 13;
  put_digits(time, 2, ms / hour_ms);
  put_digits(time + 3, 2, ms / minute_ms % 60);
  put_digits(time + 6, 2, ms / second_ms % 60);
  put_digits(time + 9, 3, ms % second_ms);
  return text;
}

Result<Instant> instant_from_iso(std::string_view text) {
  const std::optional<Instant> at = read_instant(text);
  if (at) return *at;
  return invalid("", "not_a_moment",
                 "Give a moment like 2026-11-04T11:21:07Z or 2026-11-04T12:21:07+01:00.");
}

std::string day_to_iso(int64_t day) {
  const year_month_day date = date_of(day);
  if (int(date.year()) < 0 || int(date.year()) > 9'999) {
    return fmt::format("{:04}-{:02}-{:02}", int(date.year()), unsigned(date.month()),
                       unsigned(date.day()));
  }
  std::string text = "0000-00-00";
  put_digits(text.data(), 4, int(date.year()));
  put_digits(text.data() + 5, 2, unsigned(date.month()));
  put_digits(text.data() + 8, 2, unsigned(date.day()));
  return text;
}

Result<int64_t> day_from_iso(std::string_view text) {
  Reader reader(text);
  const std::optional<int64_t> day = read_day(reader);
  if (day && reader.at_end()) return *day;
  return invalid("", "not_a_day", "Give a day of the calendar like 2026-11-04.");
}

std::string to_mail_date(Instant at) {
  constexpr std::array weekdays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const int64_t day = day_of(at);
  const year_month_day date = date_of(day);
  const std::chrono::weekday weekday{sys_days(days(day))};
  const int64_t ms = at.ms - day * day_ms;
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} +0000", weekdays[weekday.c_encoding()],
                     unsigned(date.day()), months[unsigned(date.month()) - 1], int(date.year()),
                     ms / hour_ms, ms / minute_ms % 60, ms / second_ms % 60);
}

Instant SystemClock::now() const {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count()};
}

}  // namespace tandem
