#include <gmock/gmock.h>

#include <random>

#include "base/csv.h"
#include "tests/rules/bulk_office.h"

// A bulk write that is cut off anywhere goes on where it stood: no row is lost, none is written
// twice.

namespace tandem::test {
namespace {

using crm::BulkOperation;

class Killed : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// When the process dies: before a commit, or after it and before anybody hears of it.
enum class Death { before_commit, after_commit };

/// A database whose process dies at the write of a number, counted from 1.
class DyingDatabase final : public db::Database {
 public:
  DyingDatabase(db::Database& inner, int dies_at, Death death)
      : inner_(inner), dies_at_(dies_at), death_(death) {}
  db::Kind kind() const override { return inner_.kind(); }
  const Clock& clock() const override { return inner_.clock(); }
  Result<void> back_up_to(const std::string& file) override { return inner_.back_up_to(file); }
  std::vector<std::string> integrity_faults() override { return {}; }

 protected:
  void run_read(const std::function<void(db::Transaction&)>& body) override { inner_.read(body); }
  void run_write(const std::function<Outcome(db::Transaction&)>& body,
                 db::Priority priority) override {
    const bool dies = ++writes_ == dies_at_;
    const Result<void> done = inner_.write(
        [&](db::Transaction& tx) -> Result<void> {
          const Outcome outcome = body(tx);
          if (dies && death_ == Death::before_commit) throw Killed("before a commit");
          if (outcome == Outcome::commit) return {};
          return not_found("");
        },
        priority);
    static_cast<void>(done);
    if (dies) throw Killed("after a commit");
  }

 private:
  db::Database& inner_;
  int dies_at_;
  Death death_;
  int writes_ = 0;
};

constexpr int rows = 2 * db::bulk_rows_max + 40;

/// Every tenth line is broken.
std::string people(const std::string& prefix) {
  std::string csv = "n,e\n";
  for (int row = 0; row < rows; ++row) {
    const std::string name = prefix + std::to_string(row);
    csv += row % 10 == 9 ? name + "\n" : name + "," + name + "@x.example\n";
  }
  return csv;
}

int64_t times_in(const std::string& text, const std::string& part) {
  int64_t count = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

class BulkCrashes : public testing::Test {
 protected:
  BulkOffice office_;

  crm::BulkJob started(const std::string& prefix) {
    return must(office_.start(office_.ada, office_.table(people(prefix)),
                              BulkOffice::order(BulkOperation::insert),
                              "https://client.example/done"));
  }
  void expect_whole(const crm::BulkJob& job, const std::string& prefix) {
    const crm::BulkJob ended = office_.now(job);
    EXPECT_EQ(ended.state, crm::BulkState::completed);
    EXPECT_EQ(ended.counts.done, rows);
    EXPECT_EQ(ended.counts.added, rows - rows / 10);
    EXPECT_EQ(ended.counts.skipped, rows / 10);
    const std::string result = office_.result(job);
    EXPECT_EQ(times_in(result, "\r\n"), rows + 1);
    EXPECT_EQ(times_in(result, ",ADDED,"), rows - rows / 10);
    const std::string of_prefix = " FROM crm_contacts WHERE last_name LIKE '" + prefix + "%'";
    EXPECT_EQ(office_.count("SELECT COUNT(*)" + of_prefix), rows - rows / 10);
    EXPECT_EQ(office_.count("SELECT COUNT(DISTINCT last_name)" + of_prefix), rows - rows / 10);
  }
};

TEST_F(BulkCrashes, NoRowIsLostOrWrittenTwiceWhereverTheProcessDies) {
  int deaths = 0;
  for (const Death death : {Death::before_commit, Death::after_commit}) {
    bool has_died = true;
    for (int at = 1; has_died; ++at) {
      const std::string prefix =
          (death == Death::before_commit ? "b" : "a") + std::to_string(at) + "-";
      const crm::BulkJob job = started(prefix);
      DyingDatabase dying(*office_.database, at, death);
      has_died = false;
      try {
        office_.run_on(dying, job);
      } catch (const Killed&) {
        has_died = true;
        ++deaths;
      }
      office_.run(job);
      expect_whole(job, prefix);
      EXPECT_EQ(office_.count("SELECT COUNT(*) FROM jobs WHERE kind = 'bulk_callback' AND "
                              "payload LIKE '%" +
                              to_string(job.id) + "%'"),
                1);
    }
  }
  // Three steps, the end and the tidying up, at the least, in both ways.
  EXPECT_GE(deaths, 10);
  office_.clock.advance_ms(day_ms + 1);
  crm::forget_bulk_jobs(office_.bulk, {});
  EXPECT_EQ(office_.count("SELECT COUNT(*) FROM bulk_outcomes"), 0);
}

TEST_F(BulkCrashes, AWriteThatIsStoppedGoesOnLater) {
  const crm::BulkJob job = started("s-");
  const std::atomic<bool> up{true};
  EXPECT_EQ(office_.run(job, StopSign(up)).kind, jobs::Outcome::Kind::later);
  EXPECT_EQ(office_.now(job).counts.done, db::bulk_rows_max);
  EXPECT_EQ(office_.now(job).state, crm::BulkState::running);
  EXPECT_EQ(office_.run(job, StopSign(up)).kind, jobs::Outcome::Kind::later);
  EXPECT_EQ(office_.now(job).counts.done, 2 * db::bulk_rows_max);
  EXPECT_EQ(office_.run(job).kind, jobs::Outcome::Kind::done);
  expect_whole(job, "s-");
}

TEST_F(BulkCrashes, AFileWithinWhichSomethingBrokeIsTakenUpToThere) {
  std::string archive = zipped(people("d-"));
  const RecordId sent = office_.send(office_.ada, archive);
  // Another file in its place: the archive with a byte of its middle changed.
  archive[archive.size() / 2] = char(archive[archive.size() / 2] ^ 0x55);
  const files::StoredFile broken = must(office_.files->put(office_.org, archive));
  must(office_.database->write([&](db::Transaction& tx) -> Result<int> {
    return int(tx.execute("UPDATE sent_ahead SET file_id = $1", {broken.id}));
  }));
  const crm::BulkJob job =
      must(office_.start(office_.ada, sent, BulkOffice::order(BulkOperation::insert)));
  EXPECT_EQ(office_.run(job).kind, jobs::Outcome::Kind::done);
  const crm::BulkJob ended = office_.now(job);
  EXPECT_EQ(ended.state, crm::BulkState::failed);
  EXPECT_EQ(ended.fault, "bad_zip");
  EXPECT_EQ(office_.contacts(), ended.counts.added);
  EXPECT_LT(ended.counts.done, rows);
  EXPECT_EQ(times_in(office_.result(job), "\r\n"), ended.counts.done + 1);
}

/// A fixed seed, so that a failure comes again.
TEST_F(BulkCrashes, HoweverATableIsBrokenEachOfItsRowsIsToldOf) {
  const std::string sample = "n,e\nSilva,maria@x.example\n\"Co\"\"sta\",\"a\nb\"\nLim,\n,,\n";
  std::mt19937_64 random(20'261'123);
  for (int number = 0; number < 60; ++number) {
    std::string csv = sample;
    for (int change = 0; change < 1 + int(random() % 5); ++change) {
      const size_t at = 4 + random() % (csv.size() - 4);
      switch (random() % 3) {
        case 0: csv[at] = char(random() % 256); break;
        case 1: csv.insert(at, 1, "\",\r\n\0;'="[random() % 8]); break;
        case 2: csv.erase(at, random() % 5); break;
      }
      if (csv.size() < 8) csv = sample;
    }
    const std::string result = office_.written(BulkOffice::order(BulkOperation::insert), csv);
    const crm::BulkCounts& counts = office_.last.counts;
    EXPECT_EQ(office_.last.state, crm::BulkState::completed) << csv;
    EXPECT_EQ(counts.added + counts.skipped, counts.done) << csv;
    CsvReader told(result, ',');
    int64_t lines = -1;  // the heading
    while (const auto row = told.next()) {
      EXPECT_EQ(row->fault, "") << csv;
      ++lines;
    }
    EXPECT_EQ(lines, counts.done) << csv;
  }
}

}  // namespace
}  // namespace tandem::test
