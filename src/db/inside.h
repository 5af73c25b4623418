#pragma once

#include <string_view>

#include "db/database.h"

namespace tandem::db {

/// Marks that this thread runs a body of a database, for as long as it lives.
class InsideBody {
 public:
  explicit InsideBody(const Database& database);
  ~InsideBody();
  InsideBody(const InsideBody&) = delete;
  InsideBody& operator=(const InsideBody&) = delete;
};

/// Throws std::logic_error when this thread runs a body of `database`: a second transaction from
/// within would wait for the first one for ever, or see another moment.
void throw_if_inside(const Database& database);

/// Throws DatabaseFailure for text that PostgreSQL can't store, so that SQLite does not take it
/// either.
void check_bindable(std::string_view text);

/// The start of a statement, for messages.
std::string_view shown_sql(std::string_view sql);

}  // namespace tandem::db
