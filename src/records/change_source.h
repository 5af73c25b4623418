#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "db/database.h"

// A program of others may say under which name it writes, so that whoever tells it of changes can
// leave out those that it caused itself. The name stands in the detail of each entry of the change
// log that comes of such a write, also of what rules made of it in the same transaction.

namespace tandem::records {

constexpr size_t change_source_chars_max = 100;

/// `inner` for the time of one call, whose writes come from `source`; "" and what is longer than
/// change_source_chars_max is nobody's name. `inner` must outlive it.
std::unique_ptr<db::Database> named_by(db::Database& inner, std::string_view source);
bool is_source_name(std::string_view source);

/// Who causes what is written on this thread right now; "" when nobody said so.
std::string_view change_source();

/// The detail of a log entry with the name in it, and the name in a detail; "" when there is none.
std::string detail_with_source(std::string_view detail_json);
std::string source_in(const std::string& detail_json);

}  // namespace tandem::records
