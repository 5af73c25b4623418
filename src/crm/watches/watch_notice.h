#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "access/actor.h"
#include "base/json.h"
#include "crm/watches/watches.h"

namespace tandem::crm {

constexpr size_t told_records_max = 100;  // of one notice

struct ToldRecord {
  RecordId id = {};
  /// Our names of the fields that changed, and what they became as the native API shows it; null
  /// where the watch does not ask for values.
  JsonObject fields = {};
};

/// What one request tells: one operation, and the records it happened to.
struct Notice {
  Operation operation = Operation::insert;
  std::vector<ToldRecord> records = {};
};

/// As it waits.
std::string notice_to_text(const Notice& notice);
Notice notice_from_text(const std::string& text);

/// How receivers are spoken to.
struct WatchFace {
  /// The names of the fields that they know.
  std::function<std::set<std::string, std::less<>>(const records::Shape&)> shown_fields;
  /// The body of the request. `owner`: whose the watch is, with what they may now.
  std::function<std::string(db::Transaction&, const access::Actor& owner, const Watch&,
                            const Notice&)>
      write;
};

}  // namespace tandem::crm
