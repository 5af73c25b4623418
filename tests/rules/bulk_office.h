#pragma once

#include "crm/bulk/bulk_jobs.h"
#include "crm/bulk/sent_ahead.h"
#include "files/zip_reader.h"
#include "files/zip_writer.h"
#include "tests/rules/sales_office.h"
#include "tests/support/folder_of_test.h"

namespace tandem::test {

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().code + ": " + result.error().message);
  return std::move(*result);
}

inline std::string zipped(std::string text, const std::string& name = "people.csv") {
  return must(files::zip_one(
      name, [&]() -> Result<std::string> { return std::exchange(text, ""); },
      files::file_bytes_max));
}

inline std::string unzipped(const std::string& archive) {
  files::ZippedFile file = must(
      files::ZippedFile::open(archive, {.unpacked_bytes_max = 1LL << 30, .ratio_max = 100'000}));
  std::string text;
  for (std::string piece = must(file.read()); !piece.empty(); piece = must(file.read()))
    text += piece;
  return text;
}

/// A CRM organisation with people who send tables and ask for them.
class BulkOffice : public SalesOffice {
 public:
  BulkOffice() : SalesOffice(crm::Edition::crm) {}

  FolderOfTest folder;
  std::unique_ptr<files::FileStore> files = files::open_file_store(*database, folder.path());
  crm::Bulk bulk{.database = *database, .files = *files, .applications = applications};
  crm::BulkJob last;

  RecordId send(const access::Actor& actor, const std::string& archive) {
    return must(crm::send_ahead(*database, *files, actor, crm::SentFor::bulk_write,
                                {"people.zip", "application/zip", archive}))
        .id;
  }
  RecordId table(const std::string& csv) { return send(ada, zipped(csv)); }

  /// Contacts by the columns Last_Name, Email and Id of a table.
  static crm::BulkOrder order(crm::BulkOperation operation, const std::string& found_by = "") {
    return {.direction = crm::BulkDirection::write,
            .module = "contacts",
            .columns = {{.name = "Last_Name", .field = "last_name", .index = 0},
                        {.name = "Email", .field = "email", .index = 1}},
            .operation = operation,
            .found_by = found_by,
            .cells = 2};
  }
  Result<crm::BulkJob> start(const access::Actor& actor, RecordId sent, const crm::BulkOrder& order,
                             const std::string& callback = "") {
    return database->write([&](db::Transaction& tx) {
      return crm::add_bulk_write(tx, actor, sent,
                                 {.order = order, .asked_json = "{}", .callback_url = callback});
    });
  }
  static crm::BulkOrder query(records::Filter filter = records::everything()) {
    return {.direction = crm::BulkDirection::read,
            .module = "contacts",
            .columns = {{.name = "Id", .field = "id"},
                        {.name = "Last_Name", .field = "last_name"},
                        {.name = "Email", .field = "email"}},
            .filter = std::move(filter)};
  }
  Result<crm::BulkJob> ask(const access::Actor& actor, const crm::BulkOrder& order) {
    return database->write([&](db::Transaction& tx) {
      return crm::add_bulk_read(tx, actor, {.order = order, .asked_json = "{}"});
    });
  }
  jobs::Outcome run(const crm::BulkJob& job, const StopSign& stop = {}) {
    return run_on(*database, job, stop);
  }
  jobs::Outcome run_on(db::Database& other, const crm::BulkJob& job, const StopSign& stop = {}) {
    const crm::Bulk beside{.database = other,
                           .files = *files,
                           .applications = applications,
                           .page_rows = 2 * db::bulk_rows_max};
    return crm::run_bulk_job(
        beside,
        {.org = org, .payload_json = "{\"job\":\"" + to_string(job.id) + "\"}", .stop = stop});
  }
  crm::BulkJob now(const crm::BulkJob& job) {
    return must(database->read([&](db::Transaction& tx) {
      return crm::find_bulk_job(tx, actor_of(job), job.order.direction, job.id);
    }));
  }
  std::string result(const crm::BulkJob& job) {
    return unzipped(must(crm::bulk_result(*files, now(job))));
  }
  /// A write from its table to its end, and its result.
  std::string written(const crm::BulkOrder& order, const std::string& csv) {
    const crm::BulkJob job = must(start(ada, table(csv), order));
    EXPECT_EQ(run(job).kind, jobs::Outcome::Kind::done);
    last = now(job);
    return result(job);
  }
  int64_t count(const std::string& sql) {
    return database->read([&](db::Transaction& tx) { return tx.integer(sql); });
  }
  int64_t contacts() { return count("SELECT COUNT(*) FROM crm_contacts"); }

 private:
  access::Actor actor_of(const crm::BulkJob& job) const {
    access::Actor actor = ada;
    actor.person = job.person;
    return actor;
  }
};

}  // namespace tandem::test
