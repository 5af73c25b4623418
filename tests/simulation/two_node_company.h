#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>

#include "db/database.h"
#include "tests/simulation/api_client.h"
#include "tests/simulation/gate.h"
#include "tests/simulation/node.h"
#include "tests/support/mail_servers.h"
#include "tests/support/postgres_server.h"

namespace tandem::simulation {

/// Leases short enough to run out while a test waits.
struct ShortLeases {
  int jobs_s = 2;
  int mailboxes_s = 2;
  int sending_s = 3;
};

/// One PostgreSQL, one mailbox, one submission server, and two nodes over them, of which the first
/// runs and reads the mailbox.
class TwoNodeCompany {
 public:
  explicit TwoNodeCompany(const ShortLeases& leases);

  int64_t count(const std::string& sql, const db::Args& args = {});
  std::set<std::string> texts(const std::string& sql);
  /// "" when nobody has its lease.
  std::string mailbox_owner();
  /// Message-IDs of the mails that a node hands to the server now, or did when it died.
  std::set<std::string> mails_on_their_way();
  void deliver(int number);

  static void wait_until(const char* what, const std::function<bool()>& is_so);

  struct Member {
    std::string data;
    std::string config;
    Node node;
    std::vector<std::string> place() const { return {"--data", data, "--config", config}; }
    Member(const std::filesystem::path& folder, const char* name);
  };

  testing::TemporaryFolder folder;
  std::string url = test::new_postgres_database();
  SystemClock clock;
  testing::TestImapServer imap{{{"support", "secret"}}};
  testing::TestSmtpServer smtp;
  /// In front of the submission server; no mail leaves before it is opened.
  Gate gate{smtp.port()};
  Member first{folder.path(), "first"};
  Member second{folder.path(), "second"};
  std::unique_ptr<db::Database> database;
  Session session;
  std::string first_owner;

 private:
  void write_configuration(const ShortLeases& leases);
  void add_mailbox(ApiClient& api);
};

// The customers' questions, by number.
std::string customer(int number);
std::string subject(int number);
std::string mail_id(int number);

}  // namespace tandem::simulation
