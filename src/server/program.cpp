#include "server/program.h"

#include <fmt/format.h>

#include <filesystem>

#include "access/agents_module.h"
#include "access/secret_key.h"
#include "base/log.h"
#include "db/migrate.h"
#include "desk/modules.h"
#include "http/egress.h"

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

Result<std::unique_ptr<Program>> Program::open(const Config& config, const Clock& clock) {
  std::unique_ptr<Program> program(new Program(config, clock));
  Config& settled = program->config_;
  if (settled.base_url.empty()) settled.base_url = usual_base_url(settled);
  if (settled.outbox_folder.empty()) settled.outbox_folder = settled.data_folder + "/outbox";
  if (settled.workers == 0)
    settled.workers = settled.uses_postgres() ? workers_postgres : workers_sqlite;
  if (settled.write_workers == 0 && !settled.uses_postgres())
    settled.write_workers = write_workers_sqlite;
  std::error_code failure;
  std::filesystem::create_directories(settled.data_folder, failure);
  if (failure) {
    return invalid(
        "data", "bad_config",
        fmt::format("The folder {} can't be made: {}.", settled.data_folder, failure.message()));
  }
  program->secret_key_ = TRY(access::load_secret_key(settled.data_folder, settled.secret_key));
  add_all_modules(program->catalogue_);
  db::OpenOptions options;
  options.url = settled.database();
  options.connections = settled.workers;
  program->database_ = db::open_database(options, clock);
  TRY(bring_up_to_date(*program->database_, settled, program->catalogue_));
  program->files_ = files::open_file_store(*program->database_, settled.data_folder + "/files");
  const std::string host = host_of(settled.base_url);
  const std::string sender =
      settled.notice_sender.empty() ? "no-reply@" + host : settled.notice_sender;
  program->desk_ = std::make_unique<desk::Desk>(desk::Desk{.database = *program->database_,
                                                           .files = *program->files_,
                                                           .catalogue = program->catalogue_,
                                                           .secret = program->secret_key_,
                                                           .mail_domain = host,
                                                           .default_sender = {"Tandem", sender},
                                                           .default_smtp = std::nullopt,
                                                           .outbox_folder = settled.outbox_folder});
  if (!settled.smtp.host.empty()) program->desk_->default_smtp = settled.smtp;
  program->desk_->mail_guard = [ranges = settled.allowed_networks](const std::string& text) {
    const std::optional<http::Address> address = http::address_from_text(text);
    return address && http::may_connect(*address, {.allowed = ranges});
  };
  return program;
}

}  // namespace tandem::server
