#include "desk/tickets/still_open.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace tandem::desk {

const std::vector<std::string>& still_open_types() {
  static const std::vector<std::string> types{"open", "on_hold"};
  return types;
}

bool is_still_open(std::string_view status_type) {
  const std::vector<std::string>& types = still_open_types();
  return std::find(types.begin(), types.end(), status_type) != types.end();
}

records::Filter still_open() {
  const std::vector<std::string>& types = still_open_types();
  return records::field("status_type").is_one_of({types.begin(), types.end()});
}

std::string still_open_sql(std::string_view table) {
  return fmt::format("{}status_type IN ('{}')", table, join(still_open_types(), "', '"));
}

}  // namespace tandem::desk
