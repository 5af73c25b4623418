// Two nodes over one PostgreSQL, one mailbox and one submission server, while one node is killed
// and the other one stands still for a while.
//
// What a dead node had leased is taken over when its leases end: a minute and a half for a mailbox,
// a minute for jobs, five minutes for a mail on its way. The test does not wait for that; it ends
// those leases itself, when what lives has had time to end its own work.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <functional>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "db/database.h"
#include "mail/message.h"
#include "tests/simulation/api_client.h"
#include "tests/simulation/node.h"
#include "tests/support/mail_servers.h"
#include "tests/support/office.h"
#include "tests/support/postgres_server.h"

namespace tandem::simulation {

namespace {

using std::chrono::milliseconds;

constexpr int mail_count = 60;
constexpr int reply_count = 30;
constexpr int mails_before_the_kill = 20;
constexpr int replies_before_the_kill = 8;
constexpr auto between_mails = milliseconds(150);
constexpr auto between_replies = milliseconds(250);
constexpr auto work_of_the_living = milliseconds(5'000);
constexpr auto pause_of_a_node = milliseconds(3'000);
constexpr int wait_seconds_max = 60;
constexpr int64_t job_lease_ms = 60'000;
constexpr int64_t sending_lease_ms = 300'000;

std::string customer(int number) { return fmt::format("customer{}@kunde.example", number); }
std::string subject(int number) { return fmt::format("Question {}", number); }
std::string mail_id(int number) { return fmt::format("question{}@kunde.example", number); }

/// The company's servers, database and two nodes.
class Company {
 public:
  Company() {
    write_configuration();
    const std::string token = set_up_company(first.place());
    first.node.start_ms();
    session = accept_invitation(first.node.address(), token);
    ApiClient api(first.node.address());
    api.use(session);
    add_mailbox(api);
    // The first node shall hold the mailbox: it is the one that dies.
    wait_until("a node reads the mailbox", [&] { return !mailbox_owner().empty(); });
    first_owner = mailbox_owner();
    second.node.start_ms();
  }

  int64_t count(const std::string& sql, const db::Args& args = {}) {
    return database->read([&](db::Transaction& tx) { return tx.integer(sql, args); });
  }
  void change(const std::string& sql, const db::Args& args = {}) {
    const auto done = database->write(
        [&](db::Transaction& tx) -> Result<int64_t> { return tx.execute(sql, args); });
    if (!done) throw std::runtime_error(done.error().message);
  }
  std::set<std::string> texts(const std::string& sql) {
    std::set<std::string> found;
    database->read([&](db::Transaction& tx) {
      for (const db::Row& row : tx.rows(sql)) found.insert(row.text(0));
    });
    return found;
  }
  std::string mailbox_owner() {
    const std::set<std::string> owners =
        texts("SELECT lease_owner FROM mailboxes WHERE lease_until > 0");
    return owners.empty() ? "" : *owners.begin();
  }

  static void wait_until(const char* what, const std::function<bool()>& is_so) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(wait_seconds_max);
    while (!is_so()) {
      if (std::chrono::steady_clock::now() > deadline)
        throw std::runtime_error(std::string("waited in vain until ") + what);
      std::this_thread::sleep_for(milliseconds(50));
    }
  }

  struct Member {
    std::string data;
    std::string config;
    Node node;
    std::vector<std::string> place() const { return {"--data", data, "--config", config}; }
    Member(const std::filesystem::path& folder, const char* name)
        : data(folder / name),
          config(folder / "tandem.toml"),
          node(place(), folder / (std::string(name) + ".log")) {}
  };

  testing::TemporaryFolder folder;
  std::string url = test::new_postgres_database();
  SystemClock clock;
  testing::TestImapServer imap{{{"support", "secret"}}};
  testing::TestSmtpServer smtp;
  Member first{folder.path(), "first"};
  Member second{folder.path(), "second"};
  std::unique_ptr<db::Database> database;
  Session session;
  std::string first_owner;

 private:
  void write_configuration() {
    std::ofstream(folder.path() / "tandem.toml") << fmt::format(
        "database = \"{}\"\nsecret_key = \"{}\"\n"
        "base_url = \"http://help.firma.example\"\n"
        "[smtp]\nhost = \"127.0.0.1\"\nport = {}\nsecurity = \"none\"\n",
        url, std::string(64, 'a'), smtp.port());
  }

  void add_mailbox(ApiClient& api) {
    const Answer meta = api.get(api.desk("/meta"));
    const Json& department = find(meta.json, "departments")->as_array().at(0);
    const Answer added = api.post(
        api.desk("/mailboxes"),
        fmt::format(R"({{"department":"{}","address":"support@firma.example","poll_seconds":1,)"
                    R"("imap":{{"host":"127.0.0.1","port":{},"security":"none",)"
                    R"("user":"support","password":"secret"}}}})",
                    text_of(department, "id"), imap.port()));
    if (added.status != 201) throw std::runtime_error("no mailbox: " + added.body);
    database = db::open_database({.url = url, .connections = 4}, clock);
  }
};

/// Answers tickets as they come, each at a node chosen by chance, until enough are acknowledged.
class Answerer {
 public:
  Answerer(Company& company, uint64_t seed) : company_(company), random_(seed) {
    api_.use(company.session);
  }
  void work() {
    while (acknowledged_ < reply_count && !is_over_) {
      api_.turn_to(random_() % 2 == 0 ? company_.first.node.address()
                                      : company_.second.node.address());
      answer_one();
      std::this_thread::sleep_for(between_replies);
    }
  }
  void stop() { is_over_ = true; }
  int acknowledged() const { return acknowledged_; }
  const std::set<std::string>& threads() const { return threads_; }
  const std::vector<std::string>& surprises() const { return surprises_; }

 private:
  void answer_one() {
    const Answer list = api_.get(api_.desk("/tickets?limit=200"));
    if (list.status != 200) return;
    for (const Json& ticket : find(list.json, "records")->as_array()) {
      if (!tried_.insert(text_of(ticket, "id")).second) continue;
      const Answer answer = api_.post(api_.desk("/tickets/" + text_of(ticket, "id") + "/replies"),
                                      R"({"kind":"reply","html":"<p>We look into it.</p>"})");
      if (answer.status == 201) {
        threads_.insert(text_of(answer.json, "id"));
        ++acknowledged_;
      } else if (answer.status != 0 && answer.status != 503) {
        surprises_.push_back(fmt::format("{}: {}", answer.status, answer.body));
      }
      return;
    }
  }

  Company& company_;
  ApiClient api_{""};
  std::mt19937_64 random_;
  std::set<std::string> tried_;
  std::set<std::string> threads_;
  std::vector<std::string> surprises_;
  std::atomic<int> acknowledged_ = 0;
  std::atomic<bool> is_over_ = false;
};

/// Answers a ticket at the first node and returns while it hands the mail to the server; no other
/// node can be the one that sends it.
void start_a_mail_at_the_first(Company& company) {
  ApiClient api(company.first.node.address());
  api.use(company.session);
  const Answer list = api.get(api.desk("/tickets?limit=1"));
  const std::string ticket = text_of(find(list.json, "records")->as_array().at(0), "id");
  const Answer answer = api.post(api.desk("/tickets/" + ticket + "/replies"),
                                 R"({"kind":"reply","html":"<p>One more word.</p>"})");
  const int64_t thread = std::stoll(text_of(answer.json, "id"));
  const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  while (company.count("SELECT COUNT(*) FROM mail_sendings WHERE thread_id = $1", {thread}) == 0 &&
         std::chrono::steady_clock::now() < patience) {
  }
}

/// Kills the node that reads the mailbox while it sends a mail, starts it again, and ends its old
/// leases. Answers the Message-IDs that it was sending.
std::set<std::string> kill_and_restart_the_first(Company& company) {
  company.second.node.pause();
  start_a_mail_at_the_first(company);
  company.first.node.kill_hard();
  const int64_t killed_ms = company.clock.now().ms;
  company.second.node.resume();
  company.first.node.start_ms();
  std::this_thread::sleep_for(work_of_the_living);
  const std::set<std::string> in_flight = company.texts(
      fmt::format("SELECT h.message_id FROM mail_sendings s JOIN threads h ON h.org_id = s.org_id "
                  "AND h.id = s.thread_id WHERE s.lease_until <= {}",
                  killed_ms + sending_lease_ms));
  company.change("UPDATE mail_sendings SET lease_until = 0 WHERE lease_until <= $1",
                 {killed_ms + sending_lease_ms});
  company.change("UPDATE jobs SET lease_until = 0 WHERE lease_owner <> '' AND lease_until <= $1",
                 {killed_ms + job_lease_ms});
  company.change("UPDATE mailboxes SET lease_until = 0 WHERE lease_owner = $1",
                 {company.first_owner});
  return in_flight;
}

/// Stands the second node still, long enough for the first one to take its mailbox away.
void pause_the_second(Company& company) {
  company.second.node.pause();
  company.change("UPDATE mailboxes SET lease_until = 0");
  std::this_thread::sleep_for(pause_of_a_node);
  company.second.node.resume();
}

void expect_each_mail_to_be_one_ticket(Company& company) {
  EXPECT_EQ(company.count("SELECT COUNT(*) FROM tickets"), mail_count);
  for (int number = 0; number < mail_count; ++number) {
    EXPECT_EQ(company.count("SELECT COUNT(*) FROM tickets WHERE subject = $1", {subject(number)}),
              1)
        << subject(number);
    EXPECT_EQ(
        company.count("SELECT COUNT(*) FROM threads WHERE message_id = $1", {mail_id(number)}), 1)
        << mail_id(number);
  }
}

void expect_each_reply_once(Company& company, const std::set<std::string>& in_flight) {
  std::map<std::string, int> arrived;
  for (int number = 0; number < mail_count; ++number) {
    const int64_t answers = company.count(
        "SELECT COUNT(*) FROM threads h JOIN tickets t ON t.org_id = h.org_id "
        "AND t.id = h.ticket WHERE h.direction = 'out' AND t.subject = $1",
        {subject(number)});
    for (const std::string& raw : company.smtp.wait_for_mails(customer(number), size_t(answers))) {
      const Result<mail::ParsedMail> mail = mail::parse_mail(raw);
      ASSERT_TRUE(mail) << raw;
      ++arrived[mail->message_id];
    }
  }
  const std::set<std::string> sent =
      company.texts("SELECT message_id FROM threads WHERE direction = 'out'");
  for (const std::string& id : sent) {
    EXPECT_GE(arrived[id], 1) << id << " never arrived";
    EXPECT_LE(arrived[id], in_flight.contains(id) ? 2 : 1) << id << " arrived too often";
  }
  EXPECT_EQ(arrived.size(), sent.size()) << "a mail arrived that is in no ticket";
}

}  // namespace

TEST(TwoNodes, TakeInOneMailboxTogetherAndSendEachReplyOnce) {
  const uint64_t seed = test_seed();
  Company company;
  Answerer answerer(company, seed);
  std::atomic<int> delivered = 0;
  std::jthread postman([&] {
    for (int number = 0; number < mail_count; ++number) {
      company.imap.deliver("support", test::raw_mail({.from = customer(number),
                                                      .subject = subject(number),
                                                      .message_id = mail_id(number)}));
      ++delivered;
      std::this_thread::sleep_for(between_mails);
    }
  });
  std::jthread agent([&] { answerer.work(); });
  try {
    Company::wait_until("work is under way", [&] {
      return delivered >= mails_before_the_kill &&
             answerer.acknowledged() >= replies_before_the_kill;
    });
    const std::set<std::string> in_flight = kill_and_restart_the_first(company);
    pause_the_second(company);
    Company::wait_until("all tickets are there", [&] {
      return company.count("SELECT COUNT(*) FROM tickets") >= mail_count;
    });
    Company::wait_until("all replies are acknowledged",
                        [&] { return answerer.acknowledged() >= reply_count; });
    Company::wait_until("all replies are sent", [&] {
      return company.count(
                 "SELECT COUNT(*) FROM threads WHERE direction = 'out' "
                 "AND delivery_state <> 'sent'") == 0;
    });
    expect_each_mail_to_be_one_ticket(company);
    expect_each_reply_once(company, in_flight);
    std::cout << in_flight.size() << " mails were being sent at the kill" << std::endl;
  } catch (const std::exception& failure) {
    ADD_FAILURE() << failure.what();
  }
  answerer.stop();
  agent.join();
  for (const std::string& surprise : answerer.surprises()) ADD_FAILURE() << surprise;
  for (const std::string& id : answerer.threads()) {
    EXPECT_EQ(company.count("SELECT COUNT(*) FROM threads WHERE direction = 'out' AND id = $1",
                            {int64_t(std::stoll(id))}),
              1)
        << "an acknowledged reply is gone";
  }
  EXPECT_EQ(company.first.node.end_softly(), 0);
  EXPECT_EQ(company.second.node.end_softly(), 0);
  std::vector<std::string> check{"check"};
  for (const std::string& word : company.first.place()) check.push_back(word);
  const CommandEnd checked = run_tandem(check);
  EXPECT_EQ(checked.exit_code, 0) << checked.output;
  EXPECT_NE(checked.output.find("All is well."), std::string::npos) << checked.output;
}

}  // namespace tandem::simulation
