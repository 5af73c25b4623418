#include "server/commands.h"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "access/agents.h"
#include "access/invitations.h"
#include "access/organisations.h"
#include "access/people.h"
#include "base/log.h"
#include "crm/organisation_setup.h"
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

namespace {

/// The applications that a company can be set up for.
constexpr std::pair<std::string_view, std::string_view> set_up_apps[]{
    {"desk", "Desk"}, {"crm", "CRM"}, {"bigin", "Bigin"}};

Result<void> require_no_organisation(db::Transaction& tx, const std::string& app) {
  for (const auto& [word, name] : set_up_apps) {
    if (app != word) continue;
    for (const access::Organisation& one : access::all_organisations(tx)) {
      if (one.app != app) continue;
      return conflict("set_up", fmt::format("{} has an organisation already, {}; sign in and "
                                            "invite people there.",
                                            name, one.name));
    }
    return {};
  }
  return invalid("app", "not_a_choice", "Choose desk, crm or bigin.");
}

struct SetUp {
  access::NewOrganisation organisation;
  access::Actor program;
  std::vector<int64_t> departments = {};  // of the administrator
};

Result<SetUp> make_organisation(db::Transaction& tx, const Program& program,
                                const SetupRequest& request) {
  const records::Catalogue& catalogue = *program.applications().find(request.app);
  SetUp made;
  const bool is_desk = request.app == "desk";
  made.organisation =
      TRY(is_desk ? access::create_organisation(tx, "desk", request.company, request.locale)
                  : crm::create_sales_organisation(tx, catalogue, request.company, request.locale));
  made.program =
      access::system_actor(catalogue, made.organisation.organisation.id, access::Path::system);
  if (!is_desk) return made;
  const records::Record department = TRY(operations::create_record(
      tx, made.program, desk::departments_module(), {{"name", records::Value("Support")}}));
  made.departments = {department.id.value};
  return made;
}

/// What the person does next, in words.
Result<std::string> welcome(db::Transaction& tx, const Program& program, const SetUp& made,
                            const SetupRequest& request) {
  const std::string& base_url = program.config().base_url;
  const RecordId role = made.organisation.administrator_role;
  const std::string email = TRY(access::normal_email(request.email));
  if (const auto person = access::find_person_by_email(tx, email)) {
    TRY(access::add_agent(tx, made.program, {person->id, role, made.departments}));
    return fmt::format("{} is its administrator. Sign in at {}.\n", person->name, base_url);
  }
  if (request.name.empty())
    return invalid("name", "required", "Give the administrator's name with --name.");
  const access::Invited invited =
      TRY(access::invite(tx, made.program, {email, request.name, role, made.departments}));
  return fmt::format(
      "Choose your password at {}/invitation/{} (within seven days, once `tandem serve` runs).\n",
      base_url, invited.mail.token);
}

}  // namespace

int run_setup(const Config& config, const SetupRequest& request) {
  const SystemClock clock;
  Result<std::unique_ptr<Program>> program = Program::open(config, clock);
  if (!program) return report(program.error());
  const Result<std::string> said =
      (*program)->database().write([&](db::Transaction& tx) -> Result<std::string> {
        TRY(require_no_organisation(tx, request.app));
        const SetUp made = TRY(make_organisation(tx, **program, request));
        return welcome(tx, **program, made, request);
      });
  if (!said) return report(said.error());
  std::cout << *said;
  return 0;
}

int run_backup(const Config& config, const std::string& file) {
  const Result<void> found = require_database(config);
  if (!found) return report(found.error());
  // Without the secret key: a copy needs none, and whoever makes it need not have it.
  const SystemClock clock;
  const auto database = db::open_database({.url = config.database(), .connections = 1}, clock);
  access::Applications applications;
  add_all_applications(applications);
  const Result<void> own = require_own_schema(*database, db::embedded_migrations(), applications);
  if (!own) return report(own.error());
  const Result<void> done = database->back_up_to(file);
  if (!done) return report(done.error());
  std::cout << "Backed up the database to " << file << " (" << std::filesystem::file_size(file)
            << " bytes). Copy the folder files with it, and keep secret.key apart from both.\n";
  return 0;
}

}  // namespace tandem::server
