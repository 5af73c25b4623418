#include <gmock/gmock.h>

#include "desk/sharing/ticket_sharing.h"
#include "desk/tickets/ticket_merging.h"
#include "desk/views/views.h"
#include "tests/support/office.h"

// Manual, Sharing 1.6: a shared ticket that is merged into another one.

namespace tandem::test {
namespace {

using desk::TicketAccess;
using testing::Contains;
using testing::IsEmpty;
using testing::Not;

class MergedShares : public testing::Test {
 protected:
  Office office;
  access::Actor ana = office.agent("ana", {"Support"});
  access::Actor ben = office.agent("ben", {"Billing"});
  RecordId billing = office.department("Billing");
  RecordId target = office.ticket("Router");
  RecordId other = office.ticket("Still the router");

  void share(RecordId ticket, TicketAccess access = TicketAccess::full) {
    const auto shared = office.database->write([&](db::Transaction& tx) {
      return desk::share_ticket(tx, ana, ticket, {{billing, access}});
    });
    ASSERT_TRUE(shared) << shared.error().message;
  }
  void merge(RecordId into, RecordId ticket) {
    const auto merged = office.database->write(
        [&](db::Transaction& tx) { return desk::merge_tickets(tx, ana, {into}, {{ticket}}); });
    ASSERT_TRUE(merged) << merged.error().message;
  }
  void undo(RecordId of) {
    const auto undone = office.database->write([&](db::Transaction& tx) -> Result<records::Record> {
      const auto merges = TRY(desk::merges_into(tx, ana, of));
      return desk::undo_merge(tx, ana, of, merges.front().id);
    });
    ASSERT_TRUE(undone) << undone.error().message;
  }
  std::string opens(RecordId ticket) { return code_of(office.open(ben, "tickets", ticket)); }
  std::vector<std::string> history(RecordId ticket) {
    return office.database->read([&](db::Transaction& tx) {
      std::vector<std::string> events;
      const auto page = records::history_of(tx, office.org, "tickets", ticket, "", 50);
      for (const records::LogEntry& entry : page->entries) events.push_back(entry.event);
      return events;
    });
  }
  /// What the child finds in Shared tickets.
  std::vector<int64_t> shared_with_ben() {
    return office.database->read([&](db::Transaction& tx) {
      records::Query query;
      query.filter = desk::view_query("shared", ben, tx.now())->filter;
      const auto page = operations::list_records(tx, ben, *office.catalogue.find("tickets"), query,
                                                 operations::Reach::visible);
      std::vector<int64_t> ids;
      for (const records::Record& record : page->records) ids.push_back(record.id.value);
      return ids;
    });
  }
};

TEST_F(MergedShares, AChildOfTheMergedTicketAloneLosesIt) {  // S056, S069, S071
  share(other);
  ASSERT_EQ(opens(other), "");
  merge(target, other);
  EXPECT_EQ(opens(other), "not_found");
  EXPECT_EQ(opens(target), "not_found");
  EXPECT_THAT(shared_with_ben(), IsEmpty());
  EXPECT_THAT(history(other), Contains("unshared"));
  EXPECT_EQ(office.read("tickets", other).get("is_shared").number(), 0);
}

TEST_F(MergedShares, AChildOfBothIsLedToTheOneThatRemainsAsLongAsItSeesThatOne) {  // S070
  share(target, TicketAccess::read_only);
  share(other);
  merge(target, other);
  const auto led = office.open(ben, "tickets", other);
  ASSERT_TRUE(led);
  EXPECT_EQ(led->get("merged_into").text(), to_string(target));
  EXPECT_THAT(office.may(ben, other), IsEmpty());
  EXPECT_EQ(opens(target), "");
  EXPECT_THAT(shared_with_ben(), testing::ElementsAre(target.value));
  EXPECT_THAT(history(other), Not(Contains("unshared")));
  ASSERT_TRUE(office.database->write(
      [&](db::Transaction& tx) { return desk::unshare_ticket(tx, ana, target, billing); }));
  EXPECT_EQ(opens(other), "not_found");
  EXPECT_THAT(history(other), Contains("unshared"));
}

TEST_F(MergedShares, MergingShowsNobodyTheOtherTicket) {  // S056
  share(target);
  merge(target, other);
  EXPECT_EQ(opens(other), "not_found");
  EXPECT_EQ(opens(target), "");
}

TEST_F(MergedShares, WhatWasMergedBeforeGoesAlong) {
  const RecordId last = office.ticket("All routers");
  share(other);
  share(target);
  merge(target, other);
  ASSERT_EQ(opens(other), "");
  merge(last, target);
  EXPECT_EQ(opens(target), "not_found");
  EXPECT_EQ(opens(other), "not_found");
}

TEST_F(MergedShares, UndoingTheMergeSharesAsBefore) {
  share(other, TicketAccess::restricted);
  merge(target, other);
  undo(target);
  EXPECT_EQ(opens(other), "");
  const auto shares = desk::shares_of(office.read("tickets", other));
  ASSERT_EQ(shares.size(), 1U);
  EXPECT_EQ(shares.front().access, TicketAccess::restricted);
  EXPECT_EQ(opens(target), "not_found");
}

TEST_F(MergedShares, WhoeverMergesReadsBeforehandThatSharesEnd) {
  share(other);
  const auto ending = [&] {
    return office.database->read([&](db::Transaction& tx) {
      return desk::preview_merge(tx, ana, {target}, {{other}})->shares_ending.size();
    });
  };
  EXPECT_EQ(ending(), 1U);
  share(target);
  EXPECT_EQ(ending(), 0U);
}

TEST_F(MergedShares, WhatIsRemovedForGoodLeadsNobodyAnywhere) {
  share(other);
  share(target);
  merge(target, other);
  const access::Actor ada = office.administrator();
  const auto turned = [&](auto verb) {
    return office.database->write([&](db::Transaction& tx) {
      return verb(tx, ada, *office.catalogue.find("tickets"), target);
    });
  };
  ASSERT_TRUE(turned(operations::delete_record));
  ASSERT_TRUE(turned(operations::purge_record));
  EXPECT_EQ(opens(other), "not_found");
}

}  // namespace
}  // namespace tandem::test
