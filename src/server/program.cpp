#include "server/program.h"

#include <fmt/format.h>

#include <filesystem>

#include "access/agents_module.h"
#include "access/secret_key.h"
#include "base/log.h"
#include "db/migrate.h"
#include "desk/modules.h"
#include "http/egress.h"
#include "server/schema_check.h"

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

Result<void> bring_up_to_date(db::Database& database, const Config& config,
                              const records::Catalogue& catalogue) {
  const auto back_up = [&] {
    if (database.kind() != db::Kind::sqlite) {
      log_warning(
          "The schema is about to change; PostgreSQL is backed up with pg_dump, not by this "
          "program.");
      return;
    }
    const std::string file =
        fmt::format("{}/backups/before-{}.db", config.data_folder, database.clock().now().ms);
    std::filesystem::create_directories(config.data_folder + "/backups");
    const Result<void> done = database.back_up_to(file);
    if (!done) throw db::DatabaseFailure("no backup before the migration: " + done.error().message);
    log_info("Backed up to " + file + " before the schema changes.");
  };
  TRY(db::migrate(database, db::embedded_migrations(), back_up));
  return records::sync_tables(database, catalogue);
}

}  // namespace

void add_all_modules(records::Catalogue& catalogue) {
  catalogue.add(access::agents_module());
  desk::add_modules(catalogue);
}

Program::Program(const Config& config, const Clock& clock) : config_(config), clock_(clock) {
  if (config_.base_url.empty()) config_.base_url = usual_base_url(config_);
  if (config_.outbox_folder.empty()) config_.outbox_folder = config_.data_folder + "/outbox";
  if (config_.workers == 0)
    config_.workers = config_.uses_postgres() ? workers_postgres : workers_sqlite;
  if (config_.write_workers == 0 && !config_.uses_postgres())
    config_.write_workers = write_workers_sqlite;
  add_all_modules(catalogue_);
}

Result<std::unique_ptr<Program>> Program::open(const Config& config, const Clock& clock) {
  std::unique_ptr<Program> program(new Program(config, clock));
  std::error_code failure;
  std::filesystem::create_directories(config.data_folder, failure);
  if (failure) {
    return invalid(
        "data", "bad_config",
        fmt::format("The folder {} can't be made: {}.", config.data_folder, failure.message()));
  }
  TRY(program->open_database());
  TRY(bring_up_to_date(*program->database_, program->config_, program->catalogue_));
  program->arrange();
  return program;
}

Result<std::unique_ptr<Program>> Program::open_as_it_is(const Config& config, const Clock& clock) {
  if (!config.uses_postgres() && !std::filesystem::exists(config.database())) {
    return not_found(
        fmt::format("There is no database {}; name the folder of your installation with --data.",
                    config.database()));
  }
  std::unique_ptr<Program> program(new Program(config, clock));
  TRY(program->open_database());
  TRY(require_own_schema(*program->database_, db::embedded_migrations(), program->catalogue_));
  program->arrange();
  return program;
}

Result<void> Program::open_database() {
  secret_key_ = TRY(access::load_secret_key(config_.data_folder, config_.secret_key));
  db::OpenOptions options;
  options.url = config_.database();
  options.connections = config_.workers;
  database_ = db::open_database(options, clock_);
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
                                                  .catalogue = catalogue_,
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
