#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "http/egress.h"
#include "http/forwarded.h"
#include "mail/server_address.h"

namespace tandem::server {

constexpr int lease_s_min = 2;
constexpr int lease_s_max = 3'600;

/// After how long another node takes over what a node that died had in hand. Whoever lives renews
/// in time.
struct Leases {
  int jobs_s = 60;
  int mailboxes_s = 90;
  int sending_s = 300;  // one mail on its way to its server
};

/// How this process runs: from the command line, then the configuration file, then what is usual.
struct Config {
  std::string data_folder = "data";  // SQLite database, files, secret.key, outbox
  std::string database_url;          // "postgresql://…"; empty: the SQLite file in the data folder
  std::string host = "127.0.0.1";
  int port = 8080;
  std::string base_url;       // as people reach it; empty: http://host:port
  std::string secret_key;     // 64 hexadecimal digits; empty: <data>/secret.key
  int workers = 0;            // 0: 4 with SQLite, 16 with PostgreSQL
  int write_workers = 0;      // 0: 32 with SQLite; with PostgreSQL `workers` write too
  bool keeps_polling = true;  // fetch mail from IMAP mailboxes
  std::string
      notice_sender;  // From of invitations and password links; empty: no-reply@<host of base_url>
  mail::SmtpServer
      smtp;  // for mailboxes without their own and for notices; host empty: write to the outbox
  std::string outbox_folder;  // empty: <data>/outbox
  /// Where servers that people type in the browser may lie besides the public internet.
  std::vector<http::Cidr> allowed_networks;
  http::ProxyRules proxies;  // whose word about the client's address is believed
  Leases leases;

  bool uses_postgres() const { return database_url.starts_with("postgres"); }
  std::string database() const {
    return uses_postgres() ? database_url : data_folder + "/tandem.db";
  }
};

/// Reads a TOML file over `config`. Refuses with invalid, the field named by its key, and says what
/// may stand there: unknown keys, wrong types, ports out of range, a base_url that is none.
Result<void> read_config_file(const std::string& file, Config& config);
/// "HOST:PORT" or ":PORT".
Result<void> read_listen(const std::string& text, Config& config);

}  // namespace tandem::server
