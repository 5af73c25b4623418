// A node dies while it hands a reply to a server that has not answered yet. The other node sends
// the reply, once, when the lease of the dead one is over: no sooner, and not a whole lease later.

#include <gtest/gtest.h>

#include "tests/simulation/two_node_company.h"

namespace tandem::simulation {

namespace {

// The job comes back after its own lease and a look, well before the mail's lease is over.
constexpr ShortLeases leases{.jobs_s = 2, .mailboxes_s = 2, .sending_s = 9};
/// Rounding, and the time that a claim takes.
constexpr int64_t slack_ms = 500;

int64_t lease_end(TwoNodeCompany& company) {
  return company.count("SELECT MAX(lease_until) FROM mail_sendings");
}

void reply_to_the_only_ticket(TwoNodeCompany& company) {
  ApiClient api(company.first.node.address());
  api.use(company.session);
  const Answer list = api.get(api.desk("/tickets?limit=1"));
  const std::string ticket = text_of(find(list.json, "records")->as_array().at(0), "id");
  const Answer answer = api.post(api.desk("/tickets/" + ticket + "/replies"),
                                 R"({"kind":"reply","html":"<p>We look into it.</p>"})");
  ASSERT_EQ(answer.status, 201) << answer.body;
}

}  // namespace

TEST(Takeover, AReplyInFlightWhenItsNodeDiesIsSentOnceByTheOtherWhenItsLeaseEnds) {
  TwoNodeCompany company(leases);
  company.deliver(1);
  TwoNodeCompany::wait_until("the question is a ticket",
                             [&] { return company.count("SELECT COUNT(*) FROM tickets") == 1; });
  reply_to_the_only_ticket(company);
  TwoNodeCompany::wait_until("the reply is on its way",
                             [&] { return !company.mails_on_their_way().empty(); });
  const int64_t first_end = lease_end(company);
  TwoNodeCompany::wait_until("its lease is renewed while the server is silent",
                             [&] { return lease_end(company) > first_end; });
  company.first.node.kill_hard();
  const int64_t end = lease_end(company);
  company.gate.open();
  company.second.node.start_ms();

  const auto is_sent = [&] {
    return company.count("SELECT COUNT(*) FROM threads WHERE delivery_state = 'sent'") == 1;
  };
  int64_t next_try = 0;
  TwoNodeCompany::wait_until("the other node comes too early and is put off", [&] {
    next_try = company.count(
        "SELECT run_at FROM jobs WHERE kind = 'send_mail' AND lease_owner = '' AND attempt >= 2");
    return next_try != 0 || is_sent();
  });
  // On a machine so busy that it comes too late to be put off, what follows holds all the same.
  if (next_try != 0) {
    EXPECT_GE(next_try, end);
    EXPECT_LE(next_try, end + slack_ms) << "it waits longer than the rest of the lease";
  }
  TwoNodeCompany::wait_until("the reply is sent", is_sent);
  EXPECT_GE(company.clock.now().ms, end);
  EXPECT_EQ(company.smtp.wait_for_mails(customer(1), 1).size(), 1U);
  EXPECT_EQ(company.second.node.end_softly(), 0);
  EXPECT_EQ(company.smtp.wait_for_mails(customer(1), 1).size(), 1U);
}

}  // namespace tandem::simulation
