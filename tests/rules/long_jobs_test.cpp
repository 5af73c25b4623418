#include <gmock/gmock.h>

#include <chrono>
#include <thread>

#include "desk/customers/contact_merging.h"
#include "desk/dashboards/figures_keeping.h"
#include "desk/spam/spam.h"
#include "imports/import_run.h"
#include "tests/rules/imports.h"
#include "tests/support/office.h"

// Work that takes long ends soon after the program is told to end, and goes on at the next start.

namespace tandem::test {
namespace {

using jobs::Outcome;

const std::atomic<bool> sign_is_up{true};

/// Waits for something that another thread does.
template <class Condition>
bool comes_true(Condition&& condition) {
  const auto give_up_at = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > give_up_at) return false;
    std::this_thread::yield();
  }
  return true;
}

class LongJobs : public testing::Test {
 protected:
  Office office;
  access::Actor ada = office.administrator();

  int64_t count(const std::string& sql) {
    return office.database->read([&](db::Transaction& tx) { return tx.integer(sql); });
  }
  /// The only waiting job of a kind, which is told to stop at once.
  jobs::Job told_to_stop(const std::string& kind) {
    return office.database->read([&](db::Transaction& tx) {
      const auto row = tx.row("SELECT payload FROM jobs WHERE kind = $1", {kind});
      return jobs::Job{.org = office.org,
                       .kind = kind,
                       .payload_json = row ? row->text(0) : "",
                       .stop = StopSign(sign_is_up)};
    });
  }
  void tickets_of(RecordId contact, int how_many) {
    for (int number = 0; number < how_many; ++number)
      office.ticket("Ticket", {{"contact", contact}});
  }
};

TEST_F(LongJobs, EmptyingTheSpamEndsAfterABatchAndGoesOnLater) {
  constexpr int tickets = db::bulk_rows_max + 10;
  for (int number = 0; number < tickets; ++number) {
    const RecordId offer = office.ticket("Cheap pills");
    ASSERT_TRUE(office.database->write(
        [&](db::Transaction& tx) { return desk::mark_spam(tx, ada, {offer}, {}); }));
  }
  ASSERT_TRUE(
      office.database->write([&](db::Transaction& tx) { return desk::empty_spam(tx, ada, {}); }));
  const jobs::Job job = told_to_stop("empty_spam");
  const std::string binned = "SELECT COUNT(*) FROM tickets WHERE deleted_at IS NOT NULL";
  const Outcome cut = desk::run_emptying(*office.desk, *office.database, job);
  EXPECT_EQ(cut.kind, Outcome::Kind::later);
  EXPECT_EQ(count(binned), db::bulk_rows_max);
  office.worker->run_due();
  EXPECT_EQ(count(binned), tickets);
}

TEST_F(LongJobs, OldSpamIsSweptInBatchesToo) {
  constexpr int tickets = db::bulk_rows_max + 1;
  for (int number = 0; number < tickets; ++number) {
    const RecordId offer = office.ticket("Cheap pills");
    ASSERT_TRUE(office.database->write(
        [&](db::Transaction& tx) { return desk::mark_spam(tx, ada, {offer}, {}); }));
  }
  office.clock.advance_ms(31 * day_ms);
  desk::sweep_spam(*office.database, office.catalogue, StopSign(sign_is_up));
  EXPECT_EQ(count("SELECT COUNT(*) FROM tickets WHERE deleted_at IS NULL"), 1);
}

TEST_F(LongJobs, AMergeOfAContactWithManyTicketsEndsAfterABatchAndGoesOnLater) {
  const RecordId maria = office.contact("Silva", "maria@kunde.example");
  const RecordId home = office.contact("Silva Home", "maria@home.example");
  constexpr int tickets = 2 * operations::merged_links_at_once_max + 20;
  tickets_of(home, tickets);
  ASSERT_TRUE(office.database->write([&](db::Transaction& tx) {
    return desk::merge_contacts(tx, ada, {.target = {maria}, .others = {{home}}});
  }));
  const std::string left = "SELECT COUNT(*) FROM tickets WHERE contact = " + to_string(home);
  const int64_t before = count(left);
  ASSERT_GT(before, operations::merged_links_at_once_max);
  const Outcome cut =
      operations::run_merged_links(office.desk->catalogue, desk::contact_ties(), *office.database,
                                   told_to_stop("merge_contacts"));
  EXPECT_EQ(cut.kind, Outcome::Kind::done) << "its place stands in a job of its own";
  EXPECT_GT(count(left), 0);
  office.worker->run_due();
  EXPECT_EQ(count(left), 0);
}

TEST_F(LongJobs, FiguresAreCountedInStepsThatAStopEnds) {
  for (int number = 0; number < 450; ++number) office.ticket("Ticket");
  desk::finish_figures(*office.database);
  ASSERT_TRUE(office.database->write([&](db::Transaction& tx) -> Result<int> {
    desk::count_anew(tx, office.org);
    return 0;
  }));
  const std::string counted =
      "SELECT COUNT(*) FROM ticket_facts f JOIN figures_state s ON s.org_id = f.org_id "
      "WHERE f.generation = s.generation";
  desk::keep_figures(*office.database, StopSign(sign_is_up));
  EXPECT_LT(count(counted), 450);
  desk::finish_figures(*office.database);
  EXPECT_EQ(count(counted), 450);
}

std::string people(int rows) {
  std::string file = "Last name,Email\n";
  for (int number = 0; number < rows; ++number) {
    file += "Person " + std::to_string(number) + ",p" + std::to_string(number) + "@x.example\n";
  }
  return file;
}

TEST(LongImports, AnImportEndsAfterABatchAndTheNextPieceGoesOn) {
  Imports imports;
  const auto import = imports.upload(imports.ada, "contacts", people(250));
  ASSERT_TRUE(import);
  ASSERT_TRUE(imports.begin(import->id, imports::ImportRun::import));
  JsonWriter payload;
  payload.begin_object().id("import", import->id.value).end_object();
  const Outcome cut = imports::run_import_piece(
      imports.files_in,
      {.org = imports.office.org, .payload_json = payload.take(), .stop = StopSign(sign_is_up)});
  EXPECT_EQ(cut.kind, Outcome::Kind::done);  // what is left is the next piece
  EXPECT_EQ(imports.now(import->id).counts.done, 100);
  EXPECT_EQ(imports.now(import->id).state, imports::ImportState::running);
  imports.office.worker->run_due();
  EXPECT_EQ(imports.now(import->id).state, imports::ImportState::ended);
  EXPECT_EQ(imports.now(import->id).counts.added, 250);
  EXPECT_EQ(imports.count("contacts"), 250U);
}

TEST(LongImports, AServerThatIsStoppedWithinAnImportFinishesItAfterTheNextStart) {
  constexpr int rows = 1'500;
  Imports imports;
  const auto import = imports.upload(imports.ada, "contacts", people(rows));
  ASSERT_TRUE(import);
  ASSERT_TRUE(imports.begin(import->id, imports::ImportRun::import));
  const auto done = [&] { return imports.now(import->id).counts.done; };
  imports.office.worker->start();
  ASSERT_TRUE(comes_true([&] { return done() > 0; }));
  imports.office.worker->stop();
  EXPECT_LT(done(), rows);
  EXPECT_EQ(imports.now(import->id).state, imports::ImportState::running);
  imports.office.worker->start();
  EXPECT_TRUE(
      comes_true([&] { return imports.now(import->id).state == imports::ImportState::ended; }));
  imports.office.worker->stop();
  EXPECT_EQ(done(), rows);
  EXPECT_EQ(imports.now(import->id).counts.added, rows);
  EXPECT_EQ(imports.count("contacts"), size_t(rows));
}

}  // namespace
}  // namespace tandem::test
