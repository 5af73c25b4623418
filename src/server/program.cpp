#include "server/program.h"

#include <fmt/format.h>

#include <filesystem>

#include "access/agents_module.h"
#include "access/secret_key.h"
#include "crm/modules.h"
#include "db/migrate.h"
#include "desk/modules.h"
#include "http/egress.h"
#include "server/schema_check.h"
#include "server/secret_probe.h"
#include "server/upgrade.h"

namespace tandem::server {

namespace {

// With SQLite a few connections read as fast as the processors do; writes wait for the disk, and
// those that wait together share one sync.
constexpr int workers_sqlite = 4;
constexpr int write_workers_sqlite = 32;
constexpr int workers_postgres = 16;

std::string usual_base_url(const Config& config) {
  const bool listens_everywhere = config.host == "0.0.0.0" || config.host == "::";
  return fmt::format("http://{}:{}", listens_everywhere ? "localhost" : config.host, config.port);
}

std::string host_of(const std::string& url) {
  const size_t start = url.find("://") + 3;
  const std::string host = url.substr(start, url.find_first_of(":/", start) - start);
  return host.empty() ? "localhost" : host;
}

/// Where the secret key comes from, for people.
std::string place_of_key(const Config& config) {
  return config.secret_key.empty() ? config.data_folder + "/secret.key"
                                   : "The configured secret_key";
}

Result<void> require_key_file(const Config& config) {
  if (!config.secret_key.empty() || std::filesystem::exists(config.data_folder + "/secret.key"))
    return {};
  return conflict(
      "no_secret_key",
      fmt::format("There is no {}/secret.key, and the database needs the one it was served with. "
                  "Put it back. If it is lost for good, see \"A lost secret key\" in "
                  "docs/OPERATIONS.md.",
                  config.data_folder));
}

}  // namespace

void add_all_applications(access::Applications& applications) {
  records::Catalogue& desk = applications.add("desk");
  desk.add(access::agents_module());
  desk::add_modules(desk);
  for (const crm::Edition edition : {crm::Edition::crm, crm::Edition::bigin}) {
    records::Catalogue& sales = applications.add(std::string(crm::word(edition)));
    sales.add(access::agents_module());
    crm::add_modules(sales, edition);
  }
}

Program::Program(const Config& config, const Clock& clock) : config_(config), clock_(clock) {
  if (config_.base_url.empty()) config_.base_url = usual_base_url(config_);
  if (config_.outbox_folder.empty()) config_.outbox_folder = config_.data_folder + "/outbox";
  if (config_.workers == 0)
    config_.workers = config_.uses_postgres() ? workers_postgres : workers_sqlite;
  if (config_.write_workers == 0 && !config_.uses_postgres())
    config_.write_workers = write_workers_sqlite;
  add_all_applications(applications_);
}

Result<void> make_data_folder(const Config& config) {
  std::error_code failure;
  std::filesystem::create_directories(config.data_folder, failure);
  if (!failure) return {};
  return invalid(
      "data", "bad_config",
      fmt::format("The folder {} can't be made: {}.", config.data_folder, failure.message()));
}

Result<void> require_database(const Config& config) {
  if (config.uses_postgres()) return {};
  std::error_code missing;
  const auto bytes = std::filesystem::file_size(config.database(), missing);
  if (!missing && bytes > 0) return {};
  return not_found(
      fmt::format("There is no database in {}; give the folder of `tandem setup` with --data.",
                  config.data_folder));
}

Result<std::unique_ptr<Program>> Program::open(const Config& config, const Clock& clock) {
  std::unique_ptr<Program> program(new Program(config, clock));
  TRY(make_data_folder(config));
  program->open_database();
  db::Database& database = *program->database_;
  TRY(upgrade(database, config.database(), config.data_folder + "/backups",
              db::embedded_migrations()));
  for (const records::Catalogue& catalogue : program->applications_.all())
    TRY(records::sync_tables(database, catalogue));
  // A new key is made for a new database alone.
  if (has_secret_probe(database)) TRY(require_key_file(config));
  TRY(program->load_key());
  keep_secret_probe(database, program->secret_key_);
  TRY(require_own_key(database, program->secret_key_, place_of_key(config)));
  program->arrange();
  return program;
}

Result<std::unique_ptr<Program>> Program::open_as_it_is(const Config& config, const Clock& clock) {
  TRY(require_database(config));
  std::unique_ptr<Program> program(new Program(config, clock));
  program->open_database();
  TRY(require_own_schema(*program->database_, db::embedded_migrations(), program->applications_));
  TRY(require_key_file(config));
  TRY(program->load_key());
  TRY(require_own_key(*program->database_, program->secret_key_, place_of_key(config)));
  program->arrange();
  return program;
}

void Program::open_database() {
  db::OpenOptions options;
  options.url = config_.database();
  options.connections = config_.workers;
  database_ = db::open_database(options, clock_);
}

Result<void> Program::load_key() {
  secret_key_ = TRY(access::load_secret_key(config_.data_folder, config_.secret_key));
  return {};
}

/// What stands on the database and the configuration.
void Program::arrange() {
  files_ = files::open_file_store(*database_, config_.data_folder + "/files");
  const std::string host = host_of(config_.base_url);
  const std::string sender =
      config_.notice_sender.empty() ? "no-reply@" + host : config_.notice_sender;
  desk_ = std::make_unique<desk::Desk>(desk::Desk{.database = *database_,
                                                  .files = *files_,
                                                  .catalogue = catalogue(),
                                                  .secret = secret_key_,
                                                  .mail_domain = host,
                                                  .default_sender = {"Tandem", sender},
                                                  .default_smtp = std::nullopt,
                                                  .outbox_folder = config_.outbox_folder});
  if (!config_.smtp.host.empty()) desk_->default_smtp = config_.smtp;
  desk_->mail_guard = [ranges = config_.allowed_networks](const std::string& text) {
    const std::optional<http::Address> address = http::address_from_text(text);
    return address && http::may_connect(*address, ranges);
  };
}

}  // namespace tandem::server
