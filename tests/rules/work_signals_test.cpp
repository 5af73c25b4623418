#include <gmock/gmock.h>

#include "access/agents.h"
#include "crm/signals/signals.h"
#include "tests/rules/bulk_office.h"
#include "tests/rules/sales_imports.h"

// Who began an import or a bulk job hears of its end. Manual, Signals 1.9 and 1.10.

namespace tandem::test {
namespace {

using crm::Edition;
using crm::Signal;
using crm::Signals;
using imports::Import;
using imports::ImportRun;
using testing::IsEmpty;

Signals told(db::Database& database, const access::Actor& actor) {
  const auto answer =
      database.read([&](db::Transaction& tx) { return crm::list_signals(tx, actor, 50); });
  EXPECT_TRUE(answer);
  return answer ? *answer : Signals{};
}

Result<void> switch_off(db::Database& database, const access::Actor& actor, const char* signal) {
  return database.write([&](db::Transaction& tx) -> Result<void> {
    return crm::switch_signals(tx, actor, {{signal, false}});
  });
}

class WorkSignals : public testing::TestWithParam<Edition> {
 protected:
  SalesImports imports_{GetParam()};

  Signals told(const access::Actor& actor) { return test::told(*imports_.office.database, actor); }
};

INSTANTIATE_TEST_SUITE_P(Editions, WorkSignals, testing::Values(Edition::crm, Edition::bigin),
                         [](const auto& one) { return std::string(crm::word(one.param)); });

TEST_P(WorkSignals, WhoBeganAnImportHearsHowManyRowsWentInAndHowManyWereRefused) {
  const access::Actor ben = imports_.office.member("Ben", imports_.office.made.agent_role);
  const Import import =
      imports_.imported("contacts", "last_name,email\nSilva,\nMori,no-address\nOsei,\n");
  const Signals signals = told(imports_.ada);
  ASSERT_EQ(signals.newest.size(), 1U);
  EXPECT_EQ(signals.unread_count, 1);
  const Signal& signal = signals.newest[0];
  EXPECT_EQ(signal.told.kind, crm::signal::import_ended);
  EXPECT_EQ(signal.told.by.kind, "system");
  ASSERT_TRUE(signal.work);
  EXPECT_EQ(signal.work->module, "contacts");
  EXPECT_EQ(signal.work->file_name, "people.csv");
  EXPECT_EQ(signal.work->id, import.id);
  EXPECT_EQ(signal.work->added, 2);
  EXPECT_EQ(signal.work->refused, 1);
  EXPECT_EQ(signal.work->fault, "");
  EXPECT_TRUE(signal.work->has_report);
  EXPECT_THAT(told(ben).newest, IsEmpty());
}

TEST_P(WorkSignals, ACheckAndAStoppedImportTellNobody) {
  const auto import = imports_.upload(imports_.ada, "contacts", "last_name\nSilva\n");
  imports_.run(import->id, ImportRun::check);
  EXPECT_THAT(told(imports_.ada).newest, IsEmpty());
  ASSERT_TRUE(imports_.begin(import->id, ImportRun::import));
  ASSERT_TRUE(imports_.office.database->write(
      [&](db::Transaction& tx) { return imports::stop_import(tx, imports_.ada, import->id); }));
  imports_.office.worker->run_due();
  EXPECT_THAT(told(imports_.ada).newest, IsEmpty());
}

TEST_P(WorkSignals, AnImportThatFailsSaysOfWhat) {
  const auto import = imports_.upload(imports_.ada, "contacts", "last_name\nSilva\n");
  ASSERT_TRUE(imports_.begin(import->id, ImportRun::import));
  imports_.office.files->forget(imports_.office.org, import->file);
  imports_.office.worker->run_due();
  const Signals signals = told(imports_.ada);
  ASSERT_EQ(signals.newest.size(), 1U);
  EXPECT_EQ(signals.newest[0].work->fault, "lost_file");
}

TEST_P(WorkSignals, TheSignalStaysWhenTheImportIsForgottenAndOffersNoReportThen) {
  const Import import = imports_.imported("contacts", "last_name\nSilva\n");
  ASSERT_TRUE(imports::remove_import(imports_.files_in, imports_.ada, import.id));
  const Signals signals = told(imports_.ada);
  ASSERT_EQ(signals.newest.size(), 1U);
  EXPECT_EQ(signals.newest[0].work->added, 1);
  EXPECT_FALSE(signals.newest[0].work->has_report);
}

TEST_P(WorkSignals, WhoMayNotReadTheRecordsAnyMoreIsNotShownTheEnd) {
  imports_.imported("contacts", "last_name\nSilva\n");
  access::Role role = *imports_.ada.role;
  role.kind = access::RoleKind::custom;
  role.rights["contacts"] = 0;
  access::Actor limited = imports_.ada;
  limited.role = std::make_shared<access::Role>(role);
  EXPECT_THAT(told(limited).newest, IsEmpty());
}

TEST_P(WorkSignals, ASwitchedOffEndIsNotTold) {
  ASSERT_TRUE(switch_off(*imports_.office.database, imports_.ada, crm::signal::import_ended));
  imports_.imported("contacts", "last_name\nSilva\n");
  EXPECT_THAT(told(imports_.ada).newest, IsEmpty());
}

TEST(BulkJobSignals, WhoAskedForABulkWriteHearsWhatCameOfIt) {
  BulkOffice office;
  office.written(BulkOffice::order(crm::BulkOperation::insert),
                 "Last_Name,Email\nSilva,\n,nobody@kunde.example\nMori,\n");
  const Signals signals = told(*office.database, office.ada);
  ASSERT_EQ(signals.newest.size(), 1U);
  const crm::Work& work = *signals.newest[0].work;
  EXPECT_EQ(signals.newest[0].told.kind, crm::signal::bulk_job_ended);
  EXPECT_FALSE(work.is_read);
  EXPECT_EQ(work.id, office.last.id);
  EXPECT_EQ(work.added, 2);
  EXPECT_EQ(work.refused, 1);
  EXPECT_TRUE(work.has_report);
}

TEST(BulkJobSignals, ABulkReadSaysHowManyRecordsItGaveOutAndKeepsItsReportADay) {
  BulkOffice office;
  ASSERT_TRUE(office.create(office.ada, "contacts", {{"last_name", "Silva"}}));
  const crm::BulkJob job = must(office.ask(office.ada, BulkOffice::query()));
  EXPECT_THAT(told(*office.database, office.ada).newest, IsEmpty()) << "it has not ended";
  office.run(job);
  const auto work = [&] { return *told(*office.database, office.ada).newest.at(0).work; };
  EXPECT_TRUE(work().is_read);
  EXPECT_EQ(work().count, 1);
  EXPECT_TRUE(work().has_report);
  office.clock.advance_ms(crm::bulk_result_kept_ms + 1);
  crm::forget_bulk_jobs(office.bulk, {});
  EXPECT_FALSE(work().has_report);
}

TEST(BulkJobSignals, ABulkJobThatFailsSaysOfWhatAndASwitchedOffOneNothing) {
  BulkOffice office;
  const access::Actor ben = office.member("Ben", office.made.administrator_role);
  const crm::BulkJob job = must(office.ask(ben, BulkOffice::query()));
  ASSERT_TRUE(office.database->write([&](db::Transaction& tx) {
    return access::change_agent(tx, office.ada, ben.id, {.role_id = office.made.light_agent_role});
  }));
  office.run(job);
  ASSERT_EQ(told(*office.database, ben).newest.size(), 1U);
  EXPECT_EQ(told(*office.database, ben).newest[0].work->fault, "lost_right");
  ASSERT_TRUE(switch_off(*office.database, office.ada, crm::signal::bulk_job_ended));
  office.run(must(office.ask(office.ada, BulkOffice::query())));
  EXPECT_THAT(told(*office.database, office.ada).newest, IsEmpty());
}

}  // namespace
}  // namespace tandem::test
