#include <sys/stat.h>
#include <CLI/CLI.hpp>

#include <csignal>
#include <iostream>

#include "base/log.h"
#include "server/commands.h"

// The table of contents: every command of the program, and what it is given.

namespace {

using tandem::server::Config;

volatile std::sig_atomic_t stop_was_asked = 0;

void ask_to_stop(int) { stop_was_asked = 1; }

/// Where a command finds its data: the same three options for all.
void add_place(CLI::App* command, Config& config, std::string& config_file) {
  command->add_option("--data", config.data_folder, "Folder of the database, files and keys");
  command->add_option("--database", config.database_url,
                      "postgresql://… instead of the database in the folder");
  command->add_option("--config", config_file, "Configuration file (TOML); see docs/OPERATIONS.md");
}

}  // namespace

int main(int argc, char** argv) {
  using namespace tandem;
  CLI::App program("Tandem: the customer service of a company, in one program");
  program.require_subcommand(1);
  Config config;
  std::string config_file;
  std::string listen;

  CLI::App* serve = program.add_subcommand("serve", "Serve people and programs");
  add_place(serve, config, config_file);
  serve->add_option("--listen", listen, "HOST:PORT, by default 127.0.0.1:8080");

  server::SetupRequest setup_request;
  CLI::App* setup =
      program.add_subcommand("setup", "Make the first company and invite its administrator");
  add_place(setup, config, config_file);
  setup->add_option("--company", setup_request.company, "Name of the company")->required();
  setup->add_option("--email", setup_request.email, "The administrator's address")->required();
  setup->add_option("--name", setup_request.name, "The administrator's name")->required();
  setup->add_option("--listen", listen,
                    "HOST:PORT it will be served at, for the address that is printed");
  setup->add_option("--locale", setup_request.locale, "en, ja, zh or pt");

  server::DemoRequest demo_request;
  CLI::App* demo =
      program.add_subcommand("demo", "Make a living demo company, the same every time");
  add_place(demo, config, config_file);
  demo->add_option("--listen", listen,
                   "HOST:PORT it will be served at, for the addresses that are printed");
  demo->add_flag("--json", demo_request.as_json, "Print ids, passwords and tokens as JSON");

  server::MailImport import_request;
  CLI::App* mail = program.add_subcommand("mail", "Mail");
  mail->require_subcommand(1);
  CLI::App* mail_import = mail->add_subcommand("import", "Take mails in from .eml and mbox files");
  add_place(mail_import, config, config_file);
  mail_import
      ->add_option("--mailbox", import_request.mailbox, "Address of the mailbox they belong to")
      ->required();
  mail_import->add_flag("--json", import_request.as_json, "One line of JSON per mail");
  mail_import->add_option("PATH", import_request.paths, "Files and folders")->required();

  std::string backup_file;
  CLI::App* backup =
      program.add_subcommand("backup", "Write a consistent copy of the database while people work");
  add_place(backup, config, config_file);
  backup->add_option("FILE", backup_file, "A file that does not exist yet")->required();

  CLI::App* check = program.add_subcommand("check", "Check the database and our own invariants");
  add_place(check, config, config_file);

  CLI11_PARSE(program, argc, argv);
  // Databases, backups and mails are for this user alone.
  umask(077);
  const Result<void> configured = server::settle_config(config, config_file, listen);
  if (!configured) return server::report(configured.error());
  std::signal(SIGINT, ask_to_stop);
  std::signal(SIGTERM, ask_to_stop);
  std::signal(SIGPIPE, SIG_IGN);
  try {
    if (*serve) return server::run_serve(config, [] { return stop_was_asked != 0; });
    if (*setup) return server::run_setup(config, setup_request);
    if (*demo) return server::run_demo(config, demo_request);
    if (*mail_import) return server::run_mail_import(config, import_request);
    if (*backup) return server::run_backup(config, backup_file);
    if (*check) return server::run_check(config);
  } catch (const std::exception& failure) {
    log_error(failure.what());
    return 2;
  }
  return 2;
}
