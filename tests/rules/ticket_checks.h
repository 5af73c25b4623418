#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "records/change_log.h"
#include "tests/support/office.h"

namespace tandem::test {

/// The counters of every ticket are what its rows say.
inline void expect_counted(Office& office) {
  office.database->read([&](db::Transaction& tx) {
    for (const char* table : {"thread", "comment", "attachment"}) {
      const std::string name(table);
      EXPECT_EQ(tx.integer("SELECT COUNT(*) FROM tickets t WHERE t." + name +
                           "_count <> (SELECT COUNT(*) FROM " + name +
                           "s p WHERE p.org_id = t.org_id AND p.ticket = t.id "
                           "AND p.deleted_at IS NULL)"),
                0)
          << name;
    }
    return 0;
  });
}

/// What happened to the ticket, newest first, at most 100.
inline std::vector<records::LogEntry> history_of(Office& office, RecordId ticket) {
  return office.database->read([&](db::Transaction& tx) {
    auto page = records::history_of(tx, office.org, "tickets", ticket, "", 100);
    EXPECT_TRUE(page);
    return page ? std::move(page->entries) : std::vector<records::LogEntry>();
  });
}

/// The words of these events, newest first.
inline std::vector<std::string> events_of(Office& office, RecordId ticket) {
  std::vector<std::string> events;
  for (const records::LogEntry& entry : history_of(office, ticket)) events.push_back(entry.event);
  return events;
}

}  // namespace tandem::test
