#include "tests/unit/access/office.h"

#include "access/agents_module.h"
#include "access/audit.h"
#include "records/filter.h"

namespace tandem::access {

namespace {

records::ModuleDef named_module(const std::string& name) {
  records::ModuleDef module;
  module.name = name;
  module.label = name;
  module.label_plural = name;
  module.fields = {{.name = "name", .label = "Name", .required = true},
                   {.name = "due_at", .label = "Due", .kind = records::FieldKind::instant}};
  module.visible_to = [](const Actor&) { return records::everything(); };
  return module;
}

const records::ModuleDef& module_named(std::string_view name) {
  static const records::ModuleDef departments = named_module("departments");
  static const records::ModuleDef tickets = named_module("tickets");
  static const records::ModuleDef contacts = named_module("contacts");
  return name == "departments" ? departments : name == "tickets" ? tickets : contacts;
}

/// Hashing takes 30 ms; one hash serves all people of the tests.
const std::string& good_hash() {
  static const std::string hash = hash_password(good_password);
  return hash;
}

}  // namespace

void Office::SetUp() {
  catalogue.add(agents_module());
  for (const std::string_view name : {"departments", "tickets", "contacts"}) {
    catalogue.add(module_named(name));
  }
  database = test::new_database(GetParam(), clock, "office", [&](db::Database& fresh) {
    const Result<void> synced = records::sync_tables(fresh, catalogue);
    ASSERT_TRUE(synced.has_value());
  });
  office = write([&](db::Transaction& tx) -> Result<NewOrganisation> {
    return create_organisation(tx, "desk", "Harbour", "en");
  });
  org = office.organisation.id;
  ada = add_member("ada@example.com", office.administrator_role);
}

Person Office::add_person(const std::string& email, const std::string& name) {
  return write([&](db::Transaction& tx) -> Result<Person> {
    return create_person(tx, {.email = email, .name = name, .password_hash = good_hash()});
  });
}

Actor Office::add_member(const std::string& email, RecordId role,
                         std::vector<int64_t> departments) {
  const Person person = add_person(email, email.substr(0, email.find('@')));
  write([&](db::Transaction& tx) -> Result<Agent> {
    return add_agent(tx, system_actor(catalogue, org, Path::system),
                     {person.id, role, std::move(departments)});
  });
  return actor(person.id);
}

Actor Office::actor(PersonId person) {
  return database
      ->read([&](db::Transaction& tx) { return actor_of(tx, catalogue, person, org, Path::ui); })
      .value();
}

int64_t Office::add_department(const std::string& name) {
  return write([&](db::Transaction& tx) -> Result<int64_t> {
    const Actor program = system_actor(catalogue, org, Path::system);
    records::Record before;
    before.shape = catalogue.shape(tx, org, module_named("departments"));
    before.id = RecordId{tx.new_id()};
    before.values.resize(before.shape->fields().size());
    records::Record proposed = before;
    proposed.set("name", name);
    records::Change change{tx, org, program, records::Verb::created, before, proposed, "", ""};
    const records::Record stored = TRY(records::store(change, program.author()));
    return stored.id.value;
  });
}

Result<SignedIn> Office::sign_in_from(const std::string& address, const std::string& email,
                                      const std::string& password, const std::string& code) {
  return sign_in(*database, key,
                 {.email = email,
                  .password = password,
                  .totp_code = code,
                  .address = address,
                  .agent = "Firefox"});
}

std::vector<std::string> Office::audited() {
  return database->read([&](db::Transaction& tx) {
    std::vector<std::string> words;
    const AuditPage page =
        list_audit(tx, system_actor(catalogue, org, Path::system), "", 200).value();
    for (const AuditEntry& entry : page.entries) {
      words.insert(words.begin(), entry.what);
    }
    return words;
  });
}

}  // namespace tandem::access
