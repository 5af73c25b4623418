#pragma once

#include <functional>
#include <string>
#include <vector>

#include "server/config.h"

// What each command of the program does. All answer the exit code: 0 done, 1 refused (said on
// standard error), 2 failed.

namespace tandem::server {

/// Says on standard error what was refused; answers 1.
int report(const Refusal& refusal);

/// The configuration file under the command line's options.
Result<void> settle_config(Config& config, const std::string& file, const std::string& listen);

int run_serve(const Config& config, const std::function<bool()>& should_stop);

struct SetupRequest {
  std::string app = "desk";  // desk, crm or bigin
  std::string company;
  std::string email;
  std::string name = {};  // of a new person; somebody who is there keeps theirs
  std::string locale = "en";
};
/// Makes an organisation of the application and its administrator. A new person chooses a password
/// at the address that is printed; somebody who is there already is a member at once. Refuses when
/// there is an organisation of the application already.
int run_setup(const Config& config, const SetupRequest& request);

struct DemoRequest {
  bool as_json = false;
};
/// Refuses a database that holds a company already.
int run_demo(const Config& config, const DemoRequest& request);

struct MailImport {
  std::string mailbox;
  std::vector<std::string> paths;
  bool as_json = false;
};
/// Takes in every mail of the files (.eml, mbox) and of the files in the folders, in the order of
/// their names.
int run_mail_import(const Config& config, const MailImport& import);

/// Leave the schema alone, so that they can run beside a server of another version, and refuse a
/// database whose schema is not this program's. So does run_mail_import().
/// A backup needs no secret key.
int run_backup(const Config& config, const std::string& file);
/// Prints a line for each fault, and what to do about damage and lost files; answers 1 when there
/// are any.
int run_check(const Config& config);

struct FiguresRequest {
  bool is_rebuilt = false;  // counts every ticket anew first
};
/// Brings the figures of dashboards up to date and compares them with the tickets, a line for each
/// that differs; answers 1 when there are any.
int run_figures(const Config& config, const FiguresRequest& request);

}  // namespace tandem::server
