#include "desk/tickets/still_open.h"

#include <gmock/gmock.h>

#include "desk/spam/spam.h"
#include "tests/support/office.h"

namespace tandem::test {
namespace {

TEST(StillOpen, TicketsThatAreOpenOrOnHoldAreAndClosedOnesAndSpamAreNot) {
  Office office;
  const access::Actor ada = office.administrator();
  const RecordId open = office.ticket("Router");
  const RecordId on_hold = office.ticket("Parcel", {{"status", "on_hold"}});
  const RecordId closed = office.ticket("Refund", {{"status", "closed"}});
  const RecordId spam = office.ticket("Cheap pills");
  ASSERT_TRUE(office.database->write(
      [&](db::Transaction& tx) { return desk::mark_spam(tx, ada, {spam}, {}); }));

  const std::vector<int64_t> expected{open.value, on_hold.value};
  EXPECT_EQ(office.sees(office.program(), "tickets", desk::still_open()), expected);
  std::vector<int64_t> by_sql;
  office.database->read([&](db::Transaction& tx) {
    for (const db::Row& row : tx.rows("SELECT t.id FROM tickets t WHERE " +
                                      desk::still_open_sql("t.") + " ORDER BY t.id"))
      by_sql.push_back(row.integer(0));
  });
  EXPECT_EQ(by_sql, expected);
  for (const RecordId ticket : {open, on_hold, closed, spam}) {
    const bool is_expected = ticket == open || ticket == on_hold;
    EXPECT_EQ(desk::is_still_open(office.read("tickets", ticket).get("status_type").text()),
              is_expected);
  }
}

}  // namespace
}  // namespace tandem::test
