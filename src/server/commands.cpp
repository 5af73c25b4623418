#include "server/commands.h"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "access/agents.h"
#include "access/invitations.h"
#include "access/organisations.h"
#include "base/log.h"
#include "desk/modules.h"
#include "operations/operations.h"
#include "server/schema_check.h"
#include "server/serve.h"
#include "server/serve_lock.h"

namespace tandem::server {

int report(const Refusal& refusal) {
  std::cerr << (refusal.field.empty() ? "" : refusal.field + ": ") << refusal.message << "\n";
  return 1;
}

Result<void> settle_config(Config& config, const std::string& file, const std::string& listen) {
  if (!file.empty()) {
    // What stands on the command line wins over the file.
    const Config from_command_line = config;
    TRY(read_config_file(file, config));
    const Config usual;
    if (from_command_line.data_folder != usual.data_folder)
      config.data_folder = from_command_line.data_folder;
    if (!from_command_line.database_url.empty())
      config.database_url = from_command_line.database_url;
  }
  if (const char* key = std::getenv("TANDEM_SECRET_KEY"); key && config.secret_key.empty())
    config.secret_key = key;
  if (!listen.empty()) TRY(read_listen(listen, config));
  if (!config.database_url.empty() && !config.uses_postgres()) {
    return invalid("database", "bad_config",
                   "Give a postgresql:// address, or --data for the embedded database.");
  }
  return {};
}

int run_serve(const Config& config, const std::function<bool()>& should_stop) {
  // Before the database is opened: two that start together must not both upgrade it.
  std::unique_ptr<ServeLock> lock;
  if (!config.uses_postgres()) {
    const Result<void> made = make_data_folder(config);
    if (!made) return report(made.error());
    Result<std::unique_ptr<ServeLock>> taken = ServeLock::take(config.data_folder);
    if (!taken) return report(taken.error());
    lock = std::move(*taken);
  }
  const SystemClock clock;
  Result<std::unique_ptr<Program>> program = Program::open(config, clock);
  if (!program) return report(program.error());
  const Result<void> served = serve(**program, should_stop, [&](int port) {
    log_info(fmt::format("Tandem listens on {}:{}; people reach it at {}", config.host, port,
                         (*program)->config().base_url));
  });
  return served ? 0 : report(served.error());
}

int run_setup(const Config& config, const SetupRequest& request) {
  const SystemClock clock;
  Result<std::unique_ptr<Program>> program = Program::open(config, clock);
  if (!program) return report(program.error());
  const auto made =
      (*program)->database().write([&](db::Transaction& tx) -> Result<access::InvitationMail> {
        if (!access::setup_needed(tx))
          return conflict("set_up", "There is a company already; sign in and invite people there.");
        const access::NewOrganisation organisation =
            TRY(access::create_organisation(tx, "desk", request.company, request.locale));
        const access::Actor actor = access::system_actor(
            (*program)->catalogue(), organisation.organisation.id, access::Path::system);
        const records::Record department = TRY(operations::create_record(
            tx, actor, desk::departments_module(), {{"name", records::Value("Support")}}));
        const access::Invited invited = TRY(access::invite(
            tx, actor,
            {request.email, request.name, organisation.administrator_role, {department.id.value}}));
        return invited.mail;
      });
  if (!made) return report(made.error());
  std::cout << "Choose your password at " << (*program)->config().base_url << "/invitation/"
            << made->token << " (within seven days, once `tandem serve` runs).\n";
  return 0;
}

int run_backup(const Config& config, const std::string& file) {
  const Result<void> found = require_database(config);
  if (!found) return report(found.error());
  // Without the secret key: a copy needs none, and whoever makes it need not have it.
  const SystemClock clock;
  const auto database = db::open_database({.url = config.database(), .connections = 1}, clock);
  records::Catalogue catalogue;
  add_all_modules(catalogue);
  const Result<void> own = require_own_schema(*database, db::embedded_migrations(), catalogue);
  if (!own) return report(own.error());
  const Result<void> done = database->back_up_to(file);
  if (!done) return report(done.error());
  std::cout << "Backed up the database to " << file << " (" << std::filesystem::file_size(file)
            << " bytes). Copy the folder files with it, and keep secret.key apart from both.\n";
  return 0;
}

}  // namespace tandem::server
