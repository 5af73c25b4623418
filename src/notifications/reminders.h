#pragma once

#include <string>
#include <string_view>

#include "access/actor.h"
#include "records/module.h"

// Activities of every application may remind their owner once, at a time that their field remind_at
// says; reminded_at keeps that it happened.

namespace tandem::notifications {

/// What reminds, and the word by which its owners are told.
struct Reminding {
  const records::ModuleDef& module;
  std::string kind = {};
  /// A condition of SQL on the row, or nothing: what is done reminds nobody.
  std::string_view while_sql = {};
  /// Whether owners are told at all; if not, the time passes without a word.
  bool is_told = true;
};

/// Reminds of what is due now and not older than a day, up to db::bulk_rows_max at a time; the next
/// minute finds the rest.
void remind(db::Transaction& tx, const access::Actor& program, const Reminding& reminding);

}  // namespace tandem::notifications
