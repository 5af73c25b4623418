#include <gtest/gtest.h>

#include <atomic>

#include "api/desk/routes.h"
#include "http/multipart.h"
#include "tests/api/portal.h"

// A page of the Desk dialect asks the database as often for one row as for many.

namespace tandem::test {
namespace {

using http::Method;

/// A transaction that counts what it is asked and hands it on.
class CountingTransaction final : public db::Transaction {
 public:
  CountingTransaction(db::Transaction& inner, IdMaker& ids, std::atomic<int>& count)
      : Transaction(inner.now(), ids), inner_(inner), count_(count) {}

  void for_each(std::string_view sql, const db::Args& args,
                const std::function<bool(const db::RowView&)>& each) override {
    ++count_;
    inner_.for_each(sql, args, each);
  }
  int64_t execute(std::string_view sql, const db::Args& args) override {
    ++count_;
    return inner_.execute(sql, args);
  }
  void run_script(std::string_view sql) override { inner_.run_script(sql); }
  void run_alone() override { inner_.run_alone(); }
  db::Kind kind() const override { return inner_.kind(); }

 protected:
  bool forget_failure() override { return true; }

 private:
  db::Transaction& inner_;
  std::atomic<int>& count_;
};

/// A database that counts the statements of its readers. It is not written to.
class CountingDatabase final : public db::Database {
 public:
  explicit CountingDatabase(db::Database& inner) : inner_(inner), ids_(inner.clock(), 201) {}

  db::Kind kind() const override { return inner_.kind(); }
  const Clock& clock() const override { return inner_.clock(); }
  Result<void> back_up_to(const std::string& file) override { return inner_.back_up_to(file); }
  std::vector<std::string> integrity_faults() override { return inner_.integrity_faults(); }

  int take_count() { return count_.exchange(0); }

 protected:
  void run_read(const std::function<void(db::Transaction&)>& body) override {
    inner_.read([&](db::Transaction& tx) {
      CountingTransaction counting(tx, ids_, count_);
      body(counting);
    });
  }
  void run_write(const std::function<Outcome(db::Transaction&)>&, db::Priority) override {
    ADD_FAILURE() << "a list writes";
  }

 private:
  db::Database& inner_;
  IdMaker ids_;
  std::atomic<int> count_ = 0;
};

class DeskQueries : public testing::Test {
 protected:
  DeskQueries()
      : counted_(portal_.program().database()),
        services_{.database = counted_,
                  .applications = portal_.program().applications(),
                  .files = portal_.program().files(),
                  .desk = portal_.program().desk(),
                  .clock = portal_.clock(),
                  .base_url = "http://desk.example",
                  .secret_key = portal_.program().secret_key(),
                  .wake = [] {},
                  .listen = [](const access::Actor&, int64_t,
                               std::shared_ptr<http::EventStream>) -> Result<void> { return {}; },
                  .drop_listeners = [](PersonId) {}} {
    api::desk_dialect::add_routes(router_, services_);
  }

  Answer made(const std::string& address, const std::string& body) {
    const Answer answer = portal_.dialect(agent_, Method::post, address, body);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return answer;
  }
  /// A ticket with its own account, contact, owner, comment and file.
  void add_ticket(int number) {
    const std::string n = std::to_string(number);
    const Answer account = made("/accounts", R"({"accountName":"Works )" + n + R"("})");
    const Answer contact = made("/contacts", R"({"lastName":"Lee )" + n + R"(","accountId":")" +
                                                 account.at("id") + R"("})");
    made("/tickets", R"({"subject":"Crate )" + n + R"(","departmentId":")" +
                         to_string(ours_.support) + R"(","contactId":")" + contact.at("id") +
                         R"(","assigneeId":")" + to_string(agent_.agent) + R"("})");
    made("/tickets/" + to_string(ours_.ticket) + "/comments", R"({"content":"Note )" + n + R"("})");
  }
  /// The statements behind one GET, which is asked twice so that nothing is read for the first
  /// time.
  int statements_of(const std::string& address, size_t rows) {
    int count = 0;
    for (int time = 0; time < 2; ++time) {
      http::Request request;
      request.path = "/api/v1" + address.substr(0, address.find('?'));
      request.query = *http::read_form(address.substr(address.find('?') + 1));
      request.headers = {{"Authorization", "Bearer " + agent_.access_token}};
      counted_.take_count();
      const http::Response response = router_.answer(request);
      count = counted_.take_count();
      EXPECT_EQ(response.status, 200) << response.body;
      const Result<Json> json = json_from_text(response.body);
      EXPECT_EQ(find(*json, "data")->as_array().size(), rows) << address;
    }
    return count;
  }

  Portal portal_;
  CountingDatabase counted_;
  api::Services services_;
  http::Router router_;
  Company& ours_ = portal_.ours();
  Member& agent_ = ours_.members["agent"];
};

TEST_F(DeskQueries, APageOfManyRowsAsksNoMoreThanAPageOfTwo) {
  for (int number = 0; number < 9; ++number) add_ticket(number);
  const std::string ticket = "/tickets/" + to_string(ours_.ticket);
  for (const std::string& address :
       {std::string("/tickets?include=contacts,assignee,departments"),
        std::string("/tickets/search?subject=Crate*&include=contacts,assignee,departments"),
        std::string("/contacts?include=accounts&sortBy=-createdTime"), ticket + "/comments?",
        std::string("/departments?")}) {
    const bool is_short = address.starts_with("/departments");
    const int few = statements_of(address + "&limit=2", 2);
    const int many = statements_of(address + "&limit=9", is_short ? 2 : 9);
    EXPECT_EQ(many, few) << address;
    EXPECT_LE(many, 19) << address;
  }
}

}  // namespace
}  // namespace tandem::test
