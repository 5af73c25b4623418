// What an administrator relies on: copies made while people work, copies made before an upgrade,
// and mails that a crash left half way.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <thread>

#include "access/organisations.h"
#include "db/migrate.h"
#include "desk/mail/mailboxes.h"
#include "desk/mail/raw_mails.h"
#include "desk/modules.h"
#include "server/program.h"
#include "tests/simulation/busy_office.h"
#include "tests/support/office.h"

namespace tandem::simulation {

namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

constexpr int imported_mails = 150;
constexpr int mails_beside_people = 30;  // each waits for people's writes
constexpr int killed_imports = 8;
constexpr int64_t tickets_before_the_copy = 50;
constexpr int wait_ms_max = 20'000;
constexpr const char* mailbox_address = "support@firma.example";

void expect_all_is_well(const std::string& data) {
  const CommandEnd check = run_tandem({"check", "--data", data});
  EXPECT_EQ(check.exit_code, 0) << check.output;
  EXPECT_NE(check.output.find("All is well."), std::string::npos) << check.output;
}

/// Opens the folder like `tandem serve`, which alone changes the schema.
void start_once(const std::string& data) {
  const SystemClock clock;
  server::Config config;
  config.data_folder = data;
  const auto program = server::Program::open(config, clock);
  ASSERT_TRUE(program) << program.error().message;
}

int64_t count(const std::string& file, const std::string& sql, const db::Args& args = {}) {
  const SystemClock clock;
  const auto database = db::open_database({.url = file}, clock);
  return database->read([&](db::Transaction& tx) { return tx.integer(sql, args); });
}

void wait_until_there_are(int64_t wanted, const std::string& file, const std::string& sql) {
  for (int waited_ms = 0; waited_ms < wait_ms_max && count(file, sql) < wanted; waited_ms += 100)
    std::this_thread::sleep_for(milliseconds(100));
}

std::string create_ticket(ApiClient& api, const std::string& subject,
                          const std::string& department) {
  const Answer made =
      api.post(api.desk("/tickets"),
               fmt::format(R"({{"subject":"{}","department":"{}"}})", subject, department));
  EXPECT_EQ(made.status, 201) << made.body;
  return text_of(made.json, "id");
}

std::vector<std::string> copies_in(const std::string& folder) {
  std::vector<std::string> copies;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".db") copies.push_back(entry.path());
  }
  return copies;
}

/// A company with a mailbox that no server belongs to.
class MailCompany {
 public:
  MailCompany() {
    set_up_company({"--data", data});
    const SystemClock now;
    const auto program = open(now);
    const access::Actor actor =
        access::system_actor(program->catalogue(), org(*program), access::Path::system);
    const auto added = program->database().write([&](db::Transaction& tx) -> Result<desk::Mailbox> {
      desk::Mailbox mailbox;
      mailbox.department = {tx.integer("SELECT id FROM departments LIMIT 1")};
      mailbox.address = mailbox_address;
      return desk::add_mailbox(tx, program->desk(), actor, mailbox);
    });
    if (!added) throw std::runtime_error(added.error().message);
  }

  std::unique_ptr<server::Program> open(const Clock& clock) const {
    server::Config config;
    config.data_folder = data;
    auto program = server::Program::open(config, clock);
    if (!program) throw std::runtime_error(program.error().message);
    return std::move(*program);
  }
  static OrgId org(server::Program& program) {
    return program.database().read(
        [](db::Transaction& tx) { return access::all_organisations(tx).at(0).id; });
  }
  /// Mails as files of a folder, each from a person of its own.
  std::string mail_folder(int mails) const {
    const fs::path mail_files = folder.path() / "mails";
    fs::create_directories(mail_files);
    for (int number = 0; number < mails; ++number) {
      std::ofstream(mail_files / fmt::format("{:04}.eml", number))
          << test::raw_mail({.from = fmt::format("customer{}@kunde.example", number),
                             .subject = fmt::format("Question {}", number),
                             .message_id = fmt::format("question{}@kunde.example", number)});
    }
    return mail_files;
  }
  std::vector<std::string> import_of(const std::string& mails) const {
    return {"mail", "import", "--data", data, "--mailbox", mailbox_address, mails};
  }

  testing::TemporaryFolder folder;
  std::string data = folder.path() / "data";
  std::string database = data + "/tandem.db";
};

}  // namespace

TEST(Backups, ACopyMadeWhilePeopleWorkIsWholeAndHoldsAllThatWasAcknowledgedBefore) {
  BusyOffice office(test_seed());
  ApiClient api(office.node.address());
  api.use(office.session);
  wait_until_there_are(tickets_before_the_copy, office.data + "/tandem.db",
                       "SELECT COUNT(*) FROM tickets");
  const std::string before = create_ticket(api, "Before the copy", office.department);
  const std::string copied = office.folder.path() / "copied";
  fs::create_directories(copied);
  const CommandEnd backup = run_tandem({"backup", "--data", office.data, copied + "/tandem.db"});
  ASSERT_EQ(backup.exit_code, 0) << backup.output;
  create_ticket(api, "After the copy", office.department);
  // Files after the database, as the manual says.
  fs::copy(office.data + "/files", copied + "/files", fs::copy_options::recursive);
  fs::copy(office.data + "/secret.key", copied + "/secret.key");
  office.let_everybody_go();
  office.node.kill_hard();

  expect_all_is_well(copied);
  Node copy({"--data", copied}, office.folder.path() / "copy.log");
  copy.start_ms();
  ApiClient reader(copy.address());
  reader.use(office.session);
  EXPECT_EQ(reader.get(reader.desk("/tickets/" + before)).status, 200);
  copy.kill_hard();
  EXPECT_EQ(
      count(copied + "/tandem.db", "SELECT COUNT(*) FROM tickets WHERE subject = 'After the copy'"),
      0);
  // Every file that the copy names is there.
  const SystemClock clock;
  server::Config config;
  config.data_folder = copied;
  const auto program = server::Program::open(config, clock);
  ASSERT_TRUE(program);
  const auto files = (*program)->database().read(
      [](db::Transaction& tx) { return tx.rows("SELECT org_id, id FROM files"); });
  for (const db::Row& row : files) {
    EXPECT_TRUE((*program)->files().get(OrgId{row.integer(0)}, row.integer(1)).has_value())
        << "file " << row.integer(1);
  }
}

TEST(Upgrades, ADatabaseOfAnOlderVersionIsCopiedBeforeItIsChanged) {
  const testing::TemporaryFolder folder;
  const std::string data = folder.path() / "data";
  fs::create_directories(data);
  std::vector<db::Migration> older = db::embedded_migrations();
  const int64_t all = int64_t(older.size());
  older.pop_back();
  {
    const SystemClock clock;
    const auto database = db::open_database({.url = data + "/tandem.db"}, clock);
    ASSERT_TRUE(db::migrate(*database, older));
  }
  start_once(data);
  expect_all_is_well(data);
  EXPECT_EQ(count(data + "/tandem.db", "SELECT COUNT(*) FROM schema_migrations"), all);
  const std::vector<std::string> copies = copies_in(data + "/backups");
  ASSERT_EQ(copies.size(), 1U);
  EXPECT_EQ(count(copies[0], "SELECT COUNT(*) FROM schema_migrations"), all - 1);
  // Put in its place, the copy is taken up like the original, and a second start copies nothing.
  const std::string restored = folder.path() / "restored";
  fs::create_directories(restored);
  fs::copy(copies[0], restored + "/tandem.db");
  start_once(restored);
  expect_all_is_well(restored);
  start_once(data);
  EXPECT_EQ(copies_in(data + "/backups").size(), 1U);
}

TEST(Restarts, AMailThatWasStoredAndNotTakenInIsFinishedAfterAStart) {
  const MailCompany company;
  {
    // The intake's own first step, two minutes ago; then the program was gone.
    const StoppedClock clock(SystemClock().now() + -2 * minute_ms);
    const auto program = company.open(clock);
    const access::Actor actor = access::system_actor(
        program->catalogue(), MailCompany::org(*program), access::Path::system);
    const desk::Mailbox mailbox = program->database().read(
        [&](db::Transaction& tx) { return desk::list_mailboxes(tx, actor)->at(0); });
    const std::string raw =
        test::raw_mail({.subject = "Left behind", .message_id = "left@kunde.example"});
    desk::keep_raw_mail(program->desk(), mailbox,
                        {.raw = raw,
                         .message_id = "left@kunde.example",
                         .sender = "maria@kunde.example",
                         .subject = "Left behind"});
  }
  Node node({"--data", company.data}, company.folder.path() / "log");
  node.start_ms();
  const std::string tickets = "SELECT COUNT(*) FROM tickets WHERE subject = 'Left behind'";
  wait_until_there_are(1, company.database, tickets);
  EXPECT_EQ(node.end_softly(), 0);
  EXPECT_EQ(count(company.database, tickets), 1);
  expect_all_is_well(company.data);
}

TEST(Restarts, AnImportKilledAnywhereTakesEveryMailInOnceWhenItIsRunAgain) {
  std::mt19937_64 random(test_seed());
  const MailCompany company;
  const std::string mails = company.mail_folder(imported_mails);
  for (int kill = 0; kill < killed_imports; ++kill) {
    Process import(company.import_of(mails), company.folder.path() / "log");
    std::this_thread::sleep_for(milliseconds(50 + int64_t(random() % 300)));
    import.kill_hard();
  }
  const CommandEnd whole = run_tandem(company.import_of(mails));
  EXPECT_EQ(whole.exit_code, 0) << whole.output;
  EXPECT_EQ(count(company.database, "SELECT COUNT(*) FROM tickets"), imported_mails);
  EXPECT_EQ(count(company.database, "SELECT COUNT(DISTINCT subject) FROM tickets"), imported_mails);
  EXPECT_EQ(count(company.database, "SELECT COUNT(*) FROM raw_mails WHERE state = 'taken'"),
            imported_mails);
  expect_all_is_well(company.data);
}

TEST(Imports, MailsAreTakenInWhilePeopleWork) {
  BusyOffice office(test_seed());
  ApiClient api(office.node.address());
  api.use(office.session);
  const Answer mailbox = api.post(
      api.desk("/mailboxes"),
      fmt::format(R"({{"department":"{}","address":"{}"}})", office.department, mailbox_address));
  ASSERT_EQ(mailbox.status, 201) << mailbox.body;
  const MailCompany other;  // For its mails.
  const CommandEnd import = run_tandem({"mail", "import", "--data", office.data, "--mailbox",
                                        mailbox_address, other.mail_folder(mails_beside_people)});
  EXPECT_EQ(import.exit_code, 0) << import.output;
  office.let_everybody_go();
  office.node.kill_hard();
  for (const auto& client : office.clients) {
    for (const std::string& surprise : client->journal().surprises) ADD_FAILURE() << surprise;
  }
  EXPECT_EQ(count(office.data + "/tandem.db",
                  "SELECT COUNT(*) FROM tickets WHERE subject LIKE 'Question %'"),
            mails_beside_people);
  expect_all_is_well(office.data);
}

}  // namespace tandem::simulation
