// Two nodes over one PostgreSQL, one mailbox and one submission server, while one node is killed
// and the other one stands still for a while. What a dead or still node had leased is taken over
// when its leases end; they are seconds here, and nobody ends them by hand.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "mail/message.h"
#include "tests/simulation/two_node_company.h"

namespace tandem::simulation {

namespace {

using std::chrono::milliseconds;

constexpr int mail_count = 60;
constexpr int reply_count = 30;
constexpr int mails_before_the_kill = 20;
constexpr int replies_before_the_kill = 8;
constexpr auto between_mails = milliseconds(150);
constexpr auto between_replies = milliseconds(250);
constexpr ShortLeases leases;
/// From the death of a node until another one reads its mailbox: the lease, and a look for it.
constexpr int64_t mailbox_taken_over_ms_max = 10'000;

/// Answers tickets as they come, each at a node chosen by chance, until enough are acknowledged.
class Answerer {
 public:
  Answerer(TwoNodeCompany& company, uint64_t seed) : company_(company), random_(seed) {
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

  TwoNodeCompany& company_;
  ApiClient api_{""};
  std::mt19937_64 random_;
  std::set<std::string> tried_;
  std::set<std::string> threads_;
  std::vector<std::string> surprises_;
  std::atomic<int> acknowledged_ = 0;
  std::atomic<bool> is_over_ = false;
};

/// Answers a ticket at the first node and returns while it hands the mail to the server, or when it
/// was quicker than we looked; no other node can be the one that sends it.
void start_a_mail_at_the_first(TwoNodeCompany& company) {
  ApiClient api(company.first.node.address());
  api.use(company.session);
  const Answer list = api.get(api.desk("/tickets?limit=1"));
  const std::string ticket = text_of(find(list.json, "records")->as_array().at(0), "id");
  const Answer answer = api.post(api.desk("/tickets/" + ticket + "/replies"),
                                 R"({"kind":"reply","html":"<p>One more word.</p>"})");
  const int64_t thread = std::stoll(text_of(answer.json, "id"));
  const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  while (company.count("SELECT COUNT(*) FROM mail_sendings WHERE thread_id = $1", {thread}) == 0 &&
         company.count("SELECT COUNT(*) FROM threads WHERE id = $1 AND delivery_state = 'sent'",
                       {thread}) == 0 &&
         std::chrono::steady_clock::now() < patience) {
  }
}

/// Kills the node that reads the mailbox while it sends a mail, starts it again, and waits until
/// somebody else has the mailbox. Answers the Message-IDs that were being sent.
std::set<std::string> kill_and_restart_the_first(TwoNodeCompany& company) {
  company.second.node.pause();
  // Read now: the first one takes over what the second one was sending if its kill comes late.
  std::set<std::string> in_flight = company.mails_on_their_way();
  start_a_mail_at_the_first(company);
  company.first.node.kill_hard();
  const int64_t killed_ms = company.clock.now().ms;
  in_flight.merge(company.mails_on_their_way());
  company.second.node.resume();
  company.first.node.start_ms();
  TwoNodeCompany::wait_until("the mailbox of the dead node is read again", [&] {
    const std::string owner = company.mailbox_owner();
    return !owner.empty() && owner != company.first_owner;
  });
  const int64_t taken_over_ms = company.clock.now().ms - killed_ms;
  std::cout << "the mailbox was taken over after " << taken_over_ms << " ms" << std::endl;
  EXPECT_LE(taken_over_ms, mailbox_taken_over_ms_max);
  return in_flight;
}

/// Stands the second node still until the first one has the mailbox and all leases of before are
/// over. Answers what was being sent.
std::set<std::string> pause_the_second(TwoNodeCompany& company) {
  company.second.node.pause();
  const int64_t paused_ms = company.clock.now().ms;
  std::set<std::string> in_flight = company.mails_on_their_way();
  TwoNodeCompany::wait_until("the other node reads the mailbox", [&] {
    // So late an end was written after the pause began.
    return company.count("SELECT COUNT(*) FROM mailboxes WHERE lease_until > $1",
                         {paused_ms + leases.mailboxes_s * second_ms}) == 1;
  });
  TwoNodeCompany::wait_until("no lease of a mail is older than the pause", [&] {
    return company.count("SELECT COUNT(*) FROM mail_sendings WHERE lease_until <= $1",
                         {paused_ms + leases.sending_s * second_ms}) == 0;
  });
  company.second.node.resume();
  return in_flight;
}

void expect_each_mail_to_be_one_ticket(TwoNodeCompany& company) {
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

void expect_each_reply_once(TwoNodeCompany& company, const std::set<std::string>& in_flight) {
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
  TwoNodeCompany company(leases);
  company.gate.open();
  company.second.node.start_ms();
  Answerer answerer(company, seed);
  std::atomic<int> delivered = 0;
  std::jthread postman([&] {
    for (int number = 0; number < mail_count; ++number) {
      company.deliver(number);
      ++delivered;
      std::this_thread::sleep_for(between_mails);
    }
  });
  std::jthread agent([&] { answerer.work(); });
  try {
    TwoNodeCompany::wait_until("work is under way", [&] {
      return delivered >= mails_before_the_kill &&
             answerer.acknowledged() >= replies_before_the_kill;
    });
    std::set<std::string> in_flight = kill_and_restart_the_first(company);
    in_flight.merge(pause_the_second(company));
    TwoNodeCompany::wait_until("all tickets are there", [&] {
      return company.count("SELECT COUNT(*) FROM tickets") >= mail_count;
    });
    TwoNodeCompany::wait_until("all replies are acknowledged",
                               [&] { return answerer.acknowledged() >= reply_count; });
    TwoNodeCompany::wait_until("all replies are sent", [&] {
      return company.count(
                 "SELECT COUNT(*) FROM threads WHERE direction = 'out' "
                 "AND delivery_state <> 'sent'") == 0;
    });
    expect_each_mail_to_be_one_ticket(company);
    expect_each_reply_once(company, in_flight);
    std::cout << in_flight.size() << " mails were being sent when their node died or stood still"
              << std::endl;
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
