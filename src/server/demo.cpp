#include "desk/demo/demo.h"

#include <algorithm>
#include <iostream>

#include "access/agents.h"
#include "access/oauth_clients.h"
#include "access/oauth_codes.h"
#include "access/oauth_tokens.h"
#include "access/organisations.h"
#include "access/people.h"
#include "desk/mail/mailboxes.h"
#include "desk/modules.h"
#include "operations/operations.h"
#include "server/commands.h"
#include "server/demo_sales.h"
#include "server/program.h"

// `tandem demo`: the demo company, and what scripts need to act as its people.

namespace tandem::server {

namespace {

/// Wide enough for every call of the three applications.
const std::vector<std::string>& demo_scopes() {
  static const std::vector<std::string> scopes{
      "Desk.tickets.ALL",      "Desk.contacts.ALL",
      "Desk.basic.ALL",        "Desk.settings.ALL",
      "Desk.search.ALL",       "AaaServer.profile.READ",
      "ZohoCRM.modules.ALL",   "ZohoCRM.settings.ALL",
      "ZohoCRM.users.ALL",     "ZohoCRM.org.ALL",
      "ZohoCRM.bulk.ALL",      "ZohoCRM.notifications.ALL",
      "ZohoCRM.coql.READ",     "ZohoFiles.files.ALL",
      "ZohoBigin.modules.ALL", "ZohoBigin.settings.ALL",
      "ZohoBigin.users.ALL",   "ZohoBigin.org.ALL",
      "ZohoBigin.bulk.ALL",    "ZohoBigin.notifications.ALL",
      "ZohoBigin.coql.READ"};
  return scopes;
}

struct DemoClient {
  access::OAuthClient client;
  std::string secret;
};

struct DemoUser {
  desk::DemoPerson person;
  access::Agent agent;
  std::string refresh_token;
};

/// The program acting in a person's name, to give that person's consent.
access::Actor in_the_name_of(const Program& program, OrgId org, const access::Agent& agent) {
  access::Actor actor = access::system_actor(program.catalogue(), org, access::Path::system);
  actor.person = agent.person;
  actor.id = agent.id;
  actor.name = agent.name;
  return actor;
}

Result<DemoClient> make_client(Program& program, OrgId org, const access::Agent& administrator) {
  return program.database().write([&](db::Transaction& tx) -> Result<DemoClient> {
    const access::Actor actor = in_the_name_of(program, org, administrator);
    const access::CreatedOAuthClient made =
        TRY(access::create_oauth_client(tx, actor, {.name = "Demo script"}));
    return DemoClient{made.client, made.secret};
  });
}

Result<std::string> refresh_token(Program& program, OrgId org, const DemoClient& client,
                                  const access::Agent& agent) {
  const access::IssuedCode code =
      TRY(program.database().write([&](db::Transaction& tx) -> Result<access::IssuedCode> {
        return access::issue_self_code(tx, in_the_name_of(program, org, agent), client.client.id,
                                       demo_scopes(), access::self_code_minutes_max);
      }));
  access::TokenQuery query;
  query.grant_type = "authorization_code";
  query.client_id = client.client.client_id;
  query.client_secret = client.secret;
  query.code = code.code;
  const access::TokenGrant grant = TRY(access::grant_token(program.database(), query));
  return grant.refresh_token;
}

Result<std::vector<DemoUser>> users_of(Program& program, const desk::Demo& demo) {
  const std::vector<access::Agent> agents = program.database().read(
      [&](db::Transaction& tx) { return access::list_agents(tx, demo.org); });
  std::vector<DemoUser> users;
  for (const desk::DemoPerson& person : demo.people) {
    for (const access::Agent& agent : agents) {
      if (agent.email == person.email) users.push_back({person, agent, ""});
    }
  }
  // The administrator first: scripts act as them unless they say otherwise.
  std::stable_partition(users.begin(), users.end(), [](const DemoUser& user) {
    return user.agent.role_kind == access::RoleKind::administrator;
  });
  if (users.empty()) return not_found("The demo company has no people.");
  return users;
}

void append_desk(JsonWriter& json, db::Transaction& tx, const Program& program, OrgId org) {
  const access::Actor actor = access::system_actor(program.catalogue(), org, access::Path::system);
  records::Query query;
  query.sort = {"title", false};
  query.limit = db::bulk_rows_max;
  json.key("desk").begin_object().id("org_id", org.value).key("departments").begin_array();
  const auto page = operations::list_records(tx, actor, desk::departments_module(), query);
  const auto mailboxes = desk::list_mailboxes(tx, actor);
  if (page && mailboxes) {
    for (const records::Record& department : page->records) {
      json.begin_object().id("id", department.id.value).string("name", department.title);
      for (const desk::Mailbox& mailbox : *mailboxes) {
        if (mailbox.department == department.id) {
          json.string("mailbox", mailbox.address);
          break;
        }
      }
      json.end_object();
    }
  }
  json.end_array().end_object();
}

std::string as_json(Program& program, const desk::Demo& demo, const SalesDemos& sales,
                    const std::string& password, const std::vector<DemoUser>& users,
                    const DemoClient& client) {
  JsonWriter json;
  json.begin_object().string("base_url", program.config().base_url).key("users").begin_array();
  for (const DemoUser& user : users) {
    json.begin_object().string("email", user.person.email).string("password", password);
    json.string("name", user.person.name)
        .string("role", user.person.role)
        .key("department_ids")
        .begin_array();
    for (const int64_t id : user.agent.department_ids) json.id(id);
    json.end_array().string("refresh_token", user.refresh_token).end_object();
  }
  json.end_array();
  program.database().read([&](db::Transaction& tx) { append_desk(json, tx, program, demo.org); });
  json.key("crm").begin_object().id("org_id", sales.crm.value).end_object();
  json.key("bigin").begin_object().id("org_id", sales.bigin.value).end_object();
  json.key("oauth").begin_object().string("client_id", client.client.client_id);
  json.string("client_secret", client.secret).string("refresh_token", users.front().refresh_token);
  json.end_object().end_object();
  return json.take();
}

std::string in_words(const Program& program, const std::string& password,
                     const std::vector<DemoUser>& users) {
  std::string text = "Sign in to the demo company at " + program.config().base_url + " as\n";
  for (const DemoUser& user : users) {
    text += "  " + user.person.email + "  (" + user.person.name + ", " + user.person.role + ")\n";
  }
  text += "with the password " + password + "\n";
  text += "It has organisations of Desk, CRM and Bigin.\n";
  return text + "Its mail (answers, invitations, password resets) is written to " +
         program.config().outbox_folder + "\n";
}

Result<std::string> make(Program& program, StoppedClock& clock, const DemoRequest& request) {
  const bool is_empty =
      program.database().read([](db::Transaction& tx) { return access::setup_needed(tx); });
  if (!is_empty)
    return conflict("set_up",
                    "There is a company in this database already; give another --data folder.");
  desk::DemoPlan plan;
  plan.until = clock.now();
  const desk::Demo demo = TRY(desk::make_demo(program.desk(), clock, plan));
  const SalesDemos sales = TRY(make_sales_demos(program, clock, demo, plan));
  std::vector<DemoUser> users = TRY(users_of(program, demo));
  const DemoClient client = TRY(make_client(program, demo.org, users.front().agent));
  for (DemoUser& user : users)
    user.refresh_token = TRY(refresh_token(program, demo.org, client, user.agent));
  if (request.as_json) return as_json(program, demo, sales, plan.password, users, client) + "\n";
  return in_words(program, plan.password, users);
}

}  // namespace

int run_demo(const Config& config, const DemoRequest& request) {
  // The story is told on a clock that the demo moves; what follows the story happens now.
  StoppedClock clock(SystemClock().now());
  Result<std::unique_ptr<Program>> program = Program::open(config, clock);
  if (!program) return report(program.error());
  const Result<std::string> made = make(**program, clock, request);
  if (!made) return report(made.error());
  std::cout << *made;
  return 0;
}

}  // namespace tandem::server
