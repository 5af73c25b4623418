#pragma once

#include <memory>
#include <string>

#include "access/applications.h"
#include "db/database.h"
#include "desk/desk.h"
#include "files/store.h"
#include "records/shape.h"
#include "server/config.h"

namespace tandem::server {

/// The parts every command needs, opened and brought up to date: database, schema, modules, files,
/// secret. What is opened first is closed last.
class Program {
 public:
  /// Opens what `config` names, migrates (after an automatic backup when the schema is about to
  /// change) and makes missing tables. Refuses with invalid or conflict what a person can mend;
  /// throws DatabaseFailure otherwise.
  static Result<std::unique_ptr<Program>> open(const Config& config, const Clock& clock);

  /// The same, but leaves the schema alone: for commands that may run beside a server of another
  /// version. Refuses with not_found when there is no database, and with conflict when its schema
  /// is not that of this program or the secret key is not its own.
  static Result<std::unique_ptr<Program>> open_as_it_is(const Config& config, const Clock& clock);

  const Config& config() const { return config_; }
  const Clock& clock() const { return clock_; }
  db::Database& database() { return *database_; }
  files::FileStore& files() { return *files_; }
  const access::Applications& applications() const { return applications_; }
  /// That of the desk.
  const records::Catalogue& catalogue() const { return *applications_.find("desk"); }
  const desk::Desk& desk() const { return *desk_; }
  const std::string& secret_key() const { return secret_key_; }

 private:
  Program(const Config& config, const Clock& clock);
  void open_database();
  Result<void> load_key();
  void arrange();

  Config config_;
  const Clock& clock_;
  std::string secret_key_;
  access::Applications applications_;
  std::unique_ptr<db::Database> database_;
  std::unique_ptr<files::FileStore> files_;
  std::unique_ptr<desk::Desk> desk_;
};

/// Refuses with invalid what can't be made.
Result<void> make_data_folder(const Config& config);
/// Refuses with not_found a folder that holds no database, or an empty one.
Result<void> require_database(const Config& config);

/// Every application of the program with its modules.
void add_all_applications(access::Applications& applications);

}  // namespace tandem::server
