#include "tests/simulation/two_node_company.h"

#include <fmt/format.h>

#include <chrono>
#include <fstream>
#include <stdexcept>
#include <thread>

#include "tests/support/office.h"

namespace tandem::simulation {

namespace {

constexpr auto look_again = std::chrono::milliseconds(50);
constexpr auto patience = std::chrono::seconds(60);

}  // namespace

std::string customer(int number) { return fmt::format("customer{}@kunde.example", number); }
std::string subject(int number) { return fmt::format("Question {}", number); }
std::string mail_id(int number) { return fmt::format("question{}@kunde.example", number); }

TwoNodeCompany::Member::Member(const std::filesystem::path& folder, const char* name)
    : data(folder / name),
      config(folder / "tandem.toml"),
      node(place(), folder / (std::string(name) + ".log")) {}

TwoNodeCompany::TwoNodeCompany(const ShortLeases& leases) {
  write_configuration(leases);
  const std::string token = set_up_company(first.place());
  first.node.start_ms();
  session = accept_invitation(first.node.address(), token);
  ApiClient api(first.node.address());
  api.use(session);
  add_mailbox(api);
  // The first node shall hold the mailbox: it is the one that dies.
  wait_until("a node reads the mailbox", [&] { return !mailbox_owner().empty(); });
  first_owner = mailbox_owner();
}

int64_t TwoNodeCompany::count(const std::string& sql, const db::Args& args) {
  return database->read([&](db::Transaction& tx) { return tx.integer(sql, args); });
}

std::set<std::string> TwoNodeCompany::texts(const std::string& sql) {
  std::set<std::string> found;
  database->read([&](db::Transaction& tx) {
    for (const db::Row& row : tx.rows(sql)) found.insert(row.text(0));
  });
  return found;
}

std::string TwoNodeCompany::mailbox_owner() {
  const std::set<std::string> owners = texts(
      fmt::format("SELECT lease_owner FROM mailboxes WHERE lease_until > {}", clock.now().ms));
  return owners.empty() ? "" : *owners.begin();
}

std::set<std::string> TwoNodeCompany::mails_on_their_way() {
  return texts(
      "SELECT h.message_id FROM mail_sendings s "
      "JOIN threads h ON h.org_id = s.org_id AND h.id = s.thread_id");
}

void TwoNodeCompany::deliver(int number) {
  imap.deliver("support", test::raw_mail({.from = customer(number),
                                          .subject = subject(number),
                                          .message_id = mail_id(number)}));
}

void TwoNodeCompany::wait_until(const char* what, const std::function<bool()>& is_so) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (!is_so()) {
    if (std::chrono::steady_clock::now() > deadline)
      throw std::runtime_error(std::string("waited in vain until ") + what);
    std::this_thread::sleep_for(look_again);
  }
}

void TwoNodeCompany::write_configuration(const ShortLeases& leases) {
  std::ofstream(folder.path() / "tandem.toml") << fmt::format(
      "database = \"{}\"\nsecret_key = \"{}\"\n"
      "base_url = \"http://help.firma.example\"\nallowed_networks = [\"127.0.0.0/8\"]\n"
      "[smtp]\nhost = \"127.0.0.1\"\nport = {}\nsecurity = \"none\"\n"
      "[leases]\njobs_seconds = {}\nmailboxes_seconds = {}\nsending_seconds = {}\n",
      url, std::string(64, 'a'), gate.port(), leases.jobs_s, leases.mailboxes_s, leases.sending_s);
}

void TwoNodeCompany::add_mailbox(ApiClient& api) {
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

}  // namespace tandem::simulation
