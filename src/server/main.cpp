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

/// Every option of every command, as it was given.
struct Given {
  Config config;
  std::string config_file;
  std::string listen;
  tandem::server::SetupRequest setup;
  tandem::server::DemoRequest demo;
  tandem::server::MailImport import;
  std::string backup_file;
  tandem::server::FiguresRequest figures;
};

void add_listen(CLI::App* command, Given& given) {
  command->add_option("--listen", given.listen,
                      "HOST:PORT it is served at, by default 127.0.0.1:8080");
}

CLI::App* add_serve(CLI::App& program, Given& given) {
  CLI::App* command = program.add_subcommand("serve", "Serve people and programs");
  add_listen(command, given);
  return command;
}

CLI::App* add_setup(CLI::App& program, Given& given) {
  CLI::App* command =
      program.add_subcommand("setup", "Make an organisation and invite its administrator");
  command->add_option("--app", given.setup.app, "desk (by default), crm or bigin");
  command->add_option("--company", given.setup.company, "Name of the company")->required();
  command->add_option("--email", given.setup.email, "The administrator's address")->required();
  command->add_option("--name", given.setup.name,
                      "The administrator's name, when they are new here");
  command->add_option("--locale", given.setup.locale, "en, ja, zh or pt");
  add_listen(command, given);
  return command;
}

CLI::App* add_demo(CLI::App& program, Given& given) {
  CLI::App* command =
      program.add_subcommand("demo", "Make a living demo company, the same every time");
  command->add_flag("--json", given.demo.as_json, "Print ids, passwords and tokens as JSON");
  add_listen(command, given);
  return command;
}

CLI::App* add_mail_import(CLI::App& program, Given& given) {
  CLI::App* mail = program.add_subcommand("mail", "Mail");
  mail->require_subcommand(1);
  CLI::App* command = mail->add_subcommand("import", "Take mails in from .eml and mbox files");
  command->add_option("--mailbox", given.import.mailbox, "Address of the mailbox they belong to")
      ->required();
  command->add_flag("--json", given.import.as_json, "One line of JSON per mail");
  command->add_option("PATH", given.import.paths, "Files and folders")->required();
  return command;
}

CLI::App* add_backup(CLI::App& program, Given& given) {
  CLI::App* command =
      program.add_subcommand("backup", "Write a consistent copy of the database while people work");
  command->add_option("FILE", given.backup_file, "A file that does not exist yet")->required();
  return command;
}

CLI::App* add_figures(CLI::App& program, Given& given) {
  CLI::App* command =
      program.add_subcommand("figures", "Compare the figures of dashboards with the tickets");
  command->add_flag("--rebuild", given.figures.is_rebuilt, "Count every ticket anew first");
  return command;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace tandem;
  CLI::App program("Tandem: the customer service of a company, in one program");
  program.require_subcommand(1);
  Given given;
  CLI::App* serve = add_serve(program, given);
  CLI::App* setup = add_setup(program, given);
  CLI::App* demo = add_demo(program, given);
  CLI::App* mail_import = add_mail_import(program, given);
  CLI::App* backup = add_backup(program, given);
  CLI::App* check = program.add_subcommand("check", "Check the database and our own invariants");
  CLI::App* figures = add_figures(program, given);
  for (CLI::App* command : {serve, setup, demo, mail_import, backup, check, figures}) {
    add_place(command, given.config, given.config_file);
  }
  CLI11_PARSE(program, argc, argv);
  // Databases, backups and mails are for this user alone.
  umask(077);
  const Result<void> configured =
      server::settle_config(given.config, given.config_file, given.listen);
  if (!configured) return server::report(configured.error());
  std::signal(SIGINT, ask_to_stop);
  std::signal(SIGTERM, ask_to_stop);
  std::signal(SIGPIPE, SIG_IGN);
  try {
    if (*serve) return server::run_serve(given.config, [] { return stop_was_asked != 0; });
    if (*setup) return server::run_setup(given.config, given.setup);
    if (*demo) return server::run_demo(given.config, given.demo);
    if (*mail_import) return server::run_mail_import(given.config, given.import);
    if (*backup) return server::run_backup(given.config, given.backup_file);
    if (*check) return server::run_check(given.config);
    if (*figures) return server::run_figures(given.config, given.figures);
  } catch (const std::exception& failure) {
    log_error(failure.what());
    return 2;
  }
  return 2;
}
