#include "bench/support/portal.h"

#include <fmt/format.h>

#include <filesystem>

#include "access/agents.h"
#include "access/organisations.h"
#include "access/people.h"
#include "bench/support/draw.h"
#include "desk/mail/mailboxes.h"
#include "desk/modules.h"
#include "operations/operations.h"

namespace tandem::bench {

namespace {

constexpr int departments_made = 5;
constexpr int agents_made = 20;
constexpr int administrators_made = 2;
constexpr int departments_per_agent = 2;

RecordId add_department(db::Transaction& tx, server::Program& program, const access::Actor& system,
                        int number) {
  static const char* const names[departments_made] = {"Support", "Billing", "Shipping", "Returns",
                                                      "Partners"};
  const RecordId id = must(operations::create_record(tx, system, desk::departments_module(),
                                                     {{"name", records::Value(names[number])}}))
                          .id;
  desk::Mailbox mailbox;
  mailbox.org = system.org;
  mailbox.department = id;
  mailbox.address = fmt::format("department{}@desk.example", number);
  must(desk::add_mailbox(tx, program.desk(), system, mailbox));
  return id;
}

void add_agent(db::Transaction& tx, const access::Actor& system, Draw& draw, RecordId role,
               const std::vector<int64_t>& department_ids) {
  const std::string name = capitalised(draw.word()) + " " + capitalised(draw.word());
  const std::string email = fmt::format("agent{}@desk.example", draw.between(1, 1'000'000'000));
  const access::Person person =
      must(access::create_person(tx, {.email = email, .name = name, .password_hash = "none"}));
  must(access::add_agent(tx, system, {person.id, role, department_ids}));
}

}  // namespace

std::string folder_of(int64_t tickets) { return fmt::format("build/bench/{}", tickets); }

std::unique_ptr<server::Program> open_program(const std::string& folder, const Clock& clock) {
  server::Config config;
  config.data_folder = folder;
  config.base_url = "http://desk.example";
  return must(server::Program::open(config, clock));
}

Portal make_portal(server::Program& program) {
  must(program.database().write([&](db::Transaction& tx) -> Result<void> {
    const access::NewOrganisation made =
        must(access::create_organisation(tx, "desk", "Bench Ltd", "en"));
    const access::Actor system =
        access::system_actor(program.catalogue(), made.organisation.id, access::Path::system);
    std::vector<int64_t> departments;
    for (int number = 0; number < departments_made; ++number) {
      departments.push_back(add_department(tx, program, system, number).value);
    }
    Draw draw(1);
    for (int number = 0; number < agents_made; ++number) {
      if (number < administrators_made) {
        add_agent(tx, system, draw, made.administrator_role, departments);
        continue;
      }
      std::vector<int64_t> own;
      for (int at = 0; at < departments_per_agent; ++at) {
        own.push_back(departments[size_t(number + at) % departments.size()]);
      }
      add_agent(tx, system, draw, made.agent_role, own);
    }
    return {};
  }));
  return find_portal(program);
}

Portal find_portal(server::Program& program) {
  return program.database().read([&](db::Transaction& tx) {
    Portal portal;
    portal.org = access::all_organisations(tx).at(0).id;
    const db::Args args{portal.org.value};
    for (const db::Row& row : tx.rows("SELECT id FROM departments WHERE org_id = $1", args)) {
      portal.departments.push_back({row.integer(0)});
    }
    for (const access::Agent& agent : access::list_agents(tx, portal.org)) {
      portal.agents.push_back(
          {.id = agent.id,
           .person = agent.person,
           .name = agent.name,
           .is_administrator = agent.role_kind == access::RoleKind::administrator,
           .department_ids = agent.department_ids});
    }
    return portal;
  });
}

}  // namespace tandem::bench
