#include "desk/demo/demo_office.h"

#include <algorithm>

#include "access/actor_of.h"
#include "access/agents.h"
#include "access/organisations.h"
#include "access/people.h"
#include "base/crypto.h"
#include "desk/demo/cast.h"
#include "desk/modules.h"
#include "desk/products/product_customers.h"
#include "desk/products/products_module.h"
#include "operations/operations.h"

namespace tandem::desk {

namespace {

struct TeamDef {
  Team team;
  const char* name;
  const char* address;
};
constexpr TeamDef teams[] = {{Team::support, "Customer support", "support@aurora.example"},
                             {Team::receivables, "Receivables", "receivables@aurora.example"},
                             {Team::shipping, "Shipping", "shipping@aurora.example"}};

Result<void> make_departments(db::Transaction& tx, const Desk& desk, DemoOffice& office) {
  for (const TeamDef& team : teams) {
    const records::Record made = TRY(
        operations::create_record(tx, office.program, departments_module(), {{"name", team.name}}));
    office.departments[team.team] = made.id;
    Mailbox mailbox;
    mailbox.department = made.id;
    mailbox.address = team.address;
    mailbox.display_name = std::string("Aurora ") + team.name;
    office.mailboxes[team.team] = TRY(add_mailbox(tx, desk, office.program, mailbox));
  }
  return {};
}

std::vector<int64_t> ids_of(const DemoOffice& office, const std::vector<std::string>& names) {
  std::vector<int64_t> ids;
  for (const TeamDef& team : teams) {
    if (std::find(names.begin(), names.end(), team.name) != names.end()) {
      ids.push_back(office.departments.at(team.team).value);
    }
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

Result<void> hire(db::Transaction& tx, const Desk& desk, const access::NewOrganisation& made,
                  const std::string& password_hash, DemoOffice& office) {
  for (const DemoColleague& one : demo_colleagues()) {
    std::optional<access::Person> person = access::find_person_by_email(tx, one.email);
    if (!person) {
      person = TRY(access::create_person(tx, {.email = one.email,
                                              .name = one.name,
                                              .password_hash = password_hash,
                                              .locale = one.locale}));
    }
    RecordId role = made.agent_role;
    if (one.role == "administrator") role = made.administrator_role;
    if (one.role == "light_agent") role = made.light_agent_role;
    TRY(access::add_agent(tx, office.program, {person->id, role, ids_of(office, one.departments)}));
    const access::Actor colleague =
        TRY(access::actor_of(tx, desk.catalogue, person->id, office.org, access::Path::ui));
    office.colleagues.push_back(colleague);
  }
  return {};
}

Result<void> meet_customers(db::Transaction& tx, DemoOffice& office) {
  std::vector<RecordId> accounts;
  for (const DemoCompany& company : demo_companies()) {
    const records::Record made =
        TRY(operations::create_record(tx, office.program, accounts_module(),
                                      {{"name", company.name},
                                       {"website", "https://www." + company.domain},
                                       {"city", company.city},
                                       {"country", company.country}}));
    accounts.push_back(made.id);
  }
  size_t number = 0;
  for (const DemoCustomer& one : demo_customers()) {
    const std::string address = demo_address(number++);
    const records::Record made =
        TRY(operations::create_record(tx, office.program, contacts_module(),
                                      {{"first_name", one.first_name},
                                       {"last_name", one.last_name},
                                       {"email", address},
                                       {"phone", "+44 20 7946 0" + std::to_string(100 + number)},
                                       {"account", accounts[one.company]}}));
    office.contacts.push_back({made.id, made.title, address, one.language});
  }
  return {};
}

/// Every customer has one or two of what the company makes.
Result<void> sell_products(db::Transaction& tx, DemoOffice& office) {
  for (const DemoProduct& one : demo_products()) {
    std::vector<std::string> departments;
    for (const int64_t id : ids_of(office, one.departments))
      departments.push_back(std::to_string(id));
    const records::ShapeRef shape =
        office.program.catalogue->shape(tx, office.org, products_module());
    const records::Value price =
        TRY(records::value_from_text(*shape->find("unit_price"), one.price));
    const records::Record made =
        TRY(operations::create_record(tx, office.program, products_module(),
                                      {{"name", one.name},
                                       {"code", one.code},
                                       {"category", one.category},
                                       {"manufacturer", "Aurora Home Networks"},
                                       {"unit_price", price},
                                       {"description", one.description},
                                       {"owner", office.colleagues.front().id},
                                       {"departments", departments}}));
    office.products.push_back({made.id, one.name});
  }
  for (size_t at = 0; at < office.contacts.size(); ++at) {
    TRY(give_products(tx, office.program, contacts_module(), office.contacts[at].id,
                      {office.products[at % demo_devices].id.value}));
  }
  return {};
}

}  // namespace

Result<DemoOffice> make_demo_office(const Desk& desk, const DemoPlan& plan) {
  const std::string password_hash = hash_password(plan.password);
  return desk.database.write([&](db::Transaction& tx) -> Result<DemoOffice> {
    const access::NewOrganisation made =
        TRY(access::create_organisation(tx, "desk", plan.organisation, "en"));
    DemoOffice office;
    office.org = made.organisation.id;
    office.program = access::system_actor(desk.catalogue, office.org, access::Path::system);
    TRY(make_departments(tx, desk, office));
    TRY(hire(tx, desk, made, password_hash, office));
    TRY(meet_customers(tx, office));
    TRY(sell_products(tx, office));
    return office;
  });
}

}  // namespace tandem::desk
