#include "tests/rules/sales_office.h"

#include <cstdlib>

#include "access/agents.h"
#include "access/people.h"
#include "base/text.h"
#include "server/program.h"
#include "tests/support/both_databases.h"

namespace tandem::test {

namespace {

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().code + ": " + result.error().message);
  return std::move(*result);
}

}  // namespace

SalesOffice::SalesOffice(crm::Edition edition) : edition_(edition) {
  server::add_all_applications(applications);
  catalogue = applications.find(crm::word(edition));
  database = new_database(database_of_run(), clock, "all", [&](db::Database& fresh) {
    for (const records::Catalogue& one : applications.all()) {
      const Result<void> synced = records::sync_tables(fresh, one);
      if (!synced) throw std::runtime_error(synced.error().message);
    }
  });
  made = must(database->write([&](db::Transaction& tx) {
    return crm::create_sales_organisation(tx, *catalogue, "Firma", "en");
  }));
  org = made.organisation.id;
  ada = member("Ada", made.administrator_role);
}

access::Actor SalesOffice::member(const std::string& name, RecordId role) {
  return must(database->write([&](db::Transaction& tx) -> Result<access::Actor> {
    const access::Person person = TRY(access::create_person(
        tx,
        {.email = ascii_lower(name) + "@firma.example", .name = name, .password_hash = "none"}));
    const access::Actor program = access::system_actor(*catalogue, org, access::Path::system);
    TRY(access::add_agent(tx, program, {person.id, role, {}}));
    return access::actor_of(tx, *catalogue, person.id, org, access::Path::ui);
  }));
}

const records::ModuleDef& SalesOffice::module(const std::string& name) const {
  return *catalogue->find(name);
}

Result<records::Record> SalesOffice::create(const access::Actor& actor, const std::string& name,
                                            const records::Changes& values) {
  return database->write([&](db::Transaction& tx) {
    return operations::create_record(tx, actor, module(name), values);
  });
}

Result<records::Record> SalesOffice::change(const access::Actor& actor, const std::string& name,
                                            RecordId id, const records::Changes& values) {
  return database->write([&](db::Transaction& tx) {
    return operations::update_record(tx, actor, module(name), id, values);
  });
}

Result<records::Record> SalesOffice::remove(const access::Actor& actor, const std::string& name,
                                            RecordId id) {
  return database->write(
      [&](db::Transaction& tx) { return operations::delete_record(tx, actor, module(name), id); });
}

records::Record SalesOffice::read(const std::string& name, RecordId id) {
  return must(database->read([&](db::Transaction& tx) {
    return operations::read_record(tx, ada, module(name), id, records::Bin::either);
  }));
}

RecordId SalesOffice::named(const std::string& name, const std::string& title) {
  const records::Page page = must(database->read([&](db::Transaction& tx) {
    records::Query query;
    query.filter = records::field("title").is(records::Value(title));
    return operations::list_records(tx, ada, module(name), query);
  }));
  if (page.records.empty()) throw std::runtime_error("there is no " + title + " in " + name);
  return page.records.front().id;
}

}  // namespace tandem::test
