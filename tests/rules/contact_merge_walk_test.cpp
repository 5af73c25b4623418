#include <gmock/gmock.h>

#include "desk/customers/contact_addresses.h"
#include "desk/customers/contact_merging.h"
#include "desk/modules.h"
#include "operations/visible.h"
#include "records/became.h"
#include "records/custom_fields.h"
#include "tests/support/office.h"

// Manual, Contacts and accounts 4.3, 4.6 and 4.7: what follows a merged contact, and when.

namespace tandem::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class MergeWalk : public testing::Test {
 protected:
  Office office;
  access::Actor ada = office.administrator();
  RecordId maria = office.contact("Silva", "maria@kunde.example");
  RecordId home = office.contact("Heim", "maria@home.example");
  RecordId chief = office.contact("Costa", "costa@kunde.example");

  void merge(RecordId target, RecordId other) {
    const auto merged = office.database->write([&](db::Transaction& tx) {
      return desk::merge_contacts(tx, ada, {.target = {target}, .others = {{other}}});
    });
    ASSERT_TRUE(merged) << merged.error().message;
  }
  std::string undo(RecordId target) {
    return code_of(office.database->write([&](db::Transaction& tx) -> Result<records::Record> {
      const auto merges = operations::merges_into(tx, ada, desk::contacts_module(), target);
      return desk::undo_contact_merge(tx, ada, target, merges->front().id);
    }));
  }
  /// Until nothing is left to do, the second look after a minute included.
  void let_all_follow() {
    office.worker->run_due();
    office.clock.advance_ms(2 * minute_ms);
    office.worker->run_due();
  }
  template <class Verb>
  std::string turn(Verb verb, const std::string& module, RecordId id) {
    return code_of(office.database->write(
        [&](db::Transaction& tx) { return verb(tx, ada, *office.catalogue.find(module), id); }));
  }
  RecordId named(RecordId ticket, const std::string& field = "contact") {
    return office.database->read([&](db::Transaction& tx) {
      const auto shape = office.catalogue.shape(tx, office.org, desk::tickets_module());
      return (*records::select_one(tx, office.org, shape, ticket, records::everything(),
                                   records::Bin::either))
          ->get(field)
          .id();
    });
  }
  void add_payer() {
    ASSERT_TRUE(office.database->write([&](db::Transaction& tx) {
      return records::add_custom_field(tx, office.org, office.catalogue, desk::tickets_module(),
                                       {.name = "payer",
                                        .label = "Payer",
                                        .kind = records::FieldKind::link,
                                        .link_to = "contacts"});
    }));
  }
  int64_t count(const std::string& sql) {
    return office.database->read([&](db::Transaction& tx) { return tx.integer(sql); });
  }
  std::vector<int64_t> tickets_of(RecordId contact) {
    return office.sees(ada, "tickets", records::field("contact").is(contact));
  }
  /// Written for a contact while it was being merged elsewhere.
  void write_late(RecordId ticket, RecordId contact) {
    ASSERT_TRUE(office.database->write([&](db::Transaction& tx) -> Result<int> {
      tx.execute("UPDATE tickets SET contact = $2 WHERE id = $1", {ticket.value, contact.value});
      return 1;
    }));
  }
};

TEST_F(MergeWalk, CustomLinksAndTheRecycleBinFollowAfterTheMerge) {
  add_payer();
  const RecordId ticket = office.ticket("Invoice", {{"payer", home}});
  const RecordId binned = office.ticket("Old", {{"contact", home}});
  ASSERT_EQ(turn(operations::delete_record, "tickets", binned), "");
  merge(maria, home);
  EXPECT_EQ(named(ticket, "payer"), home);
  EXPECT_EQ(named(binned), home);
  office.worker->run_due();
  EXPECT_EQ(named(ticket, "payer"), maria);
  EXPECT_EQ(named(binned), maria);
  EXPECT_EQ(undo(maria), "");
  office.worker->run_due();
  EXPECT_EQ(named(ticket, "payer"), home);
  EXPECT_EQ(named(binned), home);
}

TEST_F(MergeWalk, WhoReadsMeanwhileFindsEverythingWithTheOneThatRemains) {
  add_payer();
  const RecordId ticket = office.ticket("Invoice", {{"payer", home}});
  merge(maria, home);
  ASSERT_EQ(named(ticket, "payer"), home);
  EXPECT_EQ(office.open(ada, "tickets", ticket)->get("payer").id(), maria);
  EXPECT_THAT(office.sees(ada, "tickets", records::field("payer").is(maria)),
              ElementsAre(ticket.value));
  EXPECT_THAT(office.sees(ada, "tickets", records::field("payer").is_not(maria)), IsEmpty());
  merge(chief, maria);
  EXPECT_EQ(office.open(ada, "tickets", ticket)->get("payer").id(), chief);
  EXPECT_THAT(office.sees(ada, "tickets", records::field("payer").is(chief)),
              ElementsAre(ticket.value));
}

TEST_F(MergeWalk, TheContactThatRemainsSeesTicketsThatHaveNotFollowedYet) {
  const RecordId ticket = office.ticket("Router");
  merge(maria, home);
  write_late(ticket, home);
  EXPECT_THAT(tickets_of(maria), ElementsAre(ticket.value));
  const auto opens = [&](RecordId contact) {
    return code_of(office.database->read([&](db::Transaction& tx) {
      return operations::find_visible(tx, office.contact_actor(contact), desk::tickets_module(),
                                      ticket, records::Bin::outside);
    }));
  };
  EXPECT_EQ(opens(maria), "");
  EXPECT_EQ(opens(chief), "not_found");
}

TEST_F(MergeWalk, WhatIsLateFollowsToTheEndOfAChainOfMergesAndBack) {
  const RecordId ticket = office.ticket("Router");
  merge(maria, home);
  merge(chief, maria);
  office.worker->run_due();
  write_late(ticket, home);
  let_all_follow();
  EXPECT_EQ(named(ticket), chief);
  EXPECT_EQ(undo(chief), "");
  let_all_follow();
  EXPECT_EQ(named(ticket), maria);
  EXPECT_EQ(undo(maria), "");
  let_all_follow();
  EXPECT_EQ(named(ticket), home);
}

TEST_F(MergeWalk, NothingIsKeptOfAMergeOnItsWayWhenItIsDone) {
  office.ticket("Router", {{"contact", home}});
  merge(maria, home);
  EXPECT_EQ(count("SELECT COUNT(*) FROM became"), 1);
  let_all_follow();
  EXPECT_EQ(count("SELECT COUNT(*) FROM became"), 0);
  EXPECT_EQ(count("SELECT COUNT(*) FROM jobs WHERE kind = 'merge_contacts'"), 0);
}

TEST_F(MergeWalk, ALongWalkIsCutIntoStretches) {
  add_payer();
  const RecordId support = office.department("Support");
  const int64_t rows = operations::merge_stretch_rows + 10;
  const RecordId first = office.ticket("First", {{"payer", home}});
  ASSERT_TRUE(office.database->write([&](db::Transaction& tx) -> Result<int> {
    for (int64_t i = 0; i < rows; ++i) {
      tx.execute(
          "INSERT INTO tickets (org_id, id, revision, title, created_at, updated_at, subject, "
          "status, status_type, channel, department, number) "
          "VALUES ($1, $2, 1, 'T', 1, 1, 'T', 'open', 'open', 'email', $3, $4)",
          {office.org.value, tx.new_id(), support.value, int64_t{10'000 + i}});
    }
    return 1;
  }));
  const RecordId last = office.ticket("Last", {{"payer", home}});
  merge(maria, home);
  office.worker->run_due();
  EXPECT_EQ(named(first, "payer"), maria);
  EXPECT_EQ(named(last, "payer"), maria);
}

TEST_F(MergeWalk, AMergeWaitsForAWebhookThatHasMuchToTellButNotForever) {
  add_payer();
  const RecordId ticket = office.ticket("Invoice", {{"payer", home}});
  ASSERT_TRUE(office.database->write([&](db::Transaction& tx) -> Result<int> {
    const int64_t webhook = tx.new_id();
    tx.execute(
        "INSERT INTO webhooks VALUES ($1, $2, 'Slow', '', 'https://slow.example', '[]', $3, 0, 0, "
        "'', 1, '', 0, 0, 0, 0, NULL, 0, 0)",
        {office.org.value, webhook, db::Bytes{}});
    for (int64_t i = 0; i < operations::merge_told_at_once_max; ++i) {
      tx.execute(
          "INSERT INTO webhook_deliveries "
          "VALUES ($1, $2, $3, 'Ticket_Update', 1, '{}', 'waiting', 0, 0, 0, 0, 0, 0, '')",
          {office.org.value, tx.new_id(), webhook});
    }
    return 1;
  }));
  merge(maria, home);
  office.worker->run_due();
  EXPECT_EQ(named(ticket, "payer"), home);
  EXPECT_EQ(office.open(ada, "tickets", ticket)->get("payer").id(), maria);
  office.clock.advance_ms(operations::merge_waits_max_ms + minute_ms);
  office.worker->run_due();
  EXPECT_EQ(named(ticket, "payer"), maria);
}

class PurgedAfterMerging : public MergeWalk {
 protected:
  std::string kept() {
    return office.database->read([&](db::Transaction& tx) {
      std::string all;
      for (const db::Row& row : tx.rows("SELECT undo FROM merges")) all += row.text(0);
      return all;
    });
  }
};

TEST_F(PurgedAfterMerging, AMergeForgetsTheNameOfWhoIsRemovedForGood) {
  merge(maria, home);
  EXPECT_EQ(turn(operations::purge_record, "contacts", home), "merge_running");
  let_all_follow();
  ASSERT_THAT(kept(), HasSubstr("Heim"));
  EXPECT_EQ(turn(operations::purge_record, "contacts", home), "");
  EXPECT_THAT(kept(), Not(HasSubstr("Heim")));
  EXPECT_THAT(kept(), HasSubstr(to_string(home)));
  EXPECT_EQ(undo(maria), "");
  EXPECT_EQ(kept(), "{}");
}

TEST_F(PurgedAfterMerging, ItForgetsThemHoweverManyWereMergedIntoOne) {
  ASSERT_TRUE(office.database->write([&](db::Transaction& tx) -> Result<int> {
    for (int64_t merge = 1; merge <= 150; ++merge) {
      tx.execute(
          "INSERT INTO merges (org_id, id, module, target_id, merged_at, merged_by, undo, "
          "undone_at) VALUES ($1, $2, 'contacts', $3, 0, 0, '{}', 0)",
          {office.org.value, merge, maria.value});
    }
    return 1;
  }));
  merge(maria, home);
  let_all_follow();
  ASSERT_THAT(kept(), HasSubstr("Heim"));
  EXPECT_EQ(turn(operations::purge_record, "contacts", home), "");
  EXPECT_THAT(kept(), Not(HasSubstr("Heim")));
}

TEST_F(PurgedAfterMerging, WhoBecameAPurgedContactIsLedOnToTheOneThatRemains) {
  merge(maria, home);
  merge(chief, maria);
  let_all_follow();
  ASSERT_EQ(turn(operations::purge_record, "contacts", maria), "");
  EXPECT_THAT(kept(), Not(HasSubstr("Silva")));
  EXPECT_EQ(turn(operations::restore_record, "contacts", home), "contact_merged");
  EXPECT_EQ(office.database->read(
                [&](db::Transaction& tx) { return desk::contact_in_force(tx, office.org, home); }),
            chief);
  ASSERT_EQ(turn(operations::purge_record, "contacts", home), "");
  EXPECT_THAT(kept(), Not(HasSubstr("Heim")));
}

}  // namespace
}  // namespace tandem::test
