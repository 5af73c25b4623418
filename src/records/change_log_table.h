#pragma once

#include "records/change_log.h"

namespace tandem::records {

/// Creates the table when it is missing.
void create_change_log(db::Transaction& tx);

struct LogLine {
  OrgId org;
  const std::string& module;
  RecordId record;
  int64_t revision = 0;
  std::string_view event = {};
  std::string changes_json = "{}";
  std::string_view detail_json = {};
};
void append_to_log(db::Transaction& tx, LogLine line, const Author& author);

}  // namespace tandem::records
