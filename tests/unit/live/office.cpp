#include "tests/unit/live/office.h"

#include "access/actor_of.h"
#include "access/agents_module.h"
#include "access/people.h"
#include "access/sessions.h"
#include "base/json.h"
#include "base/text.h"

namespace tandem::live {

namespace {

const records::ModuleDef& tickets() {
  static const records::ModuleDef module{
      .name = "tickets",
      .label = "Ticket",
      .label_plural = "Tickets",
      .fields = {{.name = "subject", .label = "Subject", .required = true},
                 {.name = "team", .label = "Team"},
                 {.name = "helpers", .label = "Helpers", .kind = records::FieldKind::tags}},
      .visible_to =
          [](const access::Actor& actor) {
            if (actor.kind != access::ActorKind::person) return records::everything();
            return records::any_of({records::field("team").is(actor.name),
                                    records::field("helpers").is_one_of({actor.name})});
          },
      .custom_fields = false};
  return module;
}

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().code + ": " + result.error().message);
  return std::move(*result);
}

}  // namespace

LiveOffice::LiveOffice() {
  catalogue.add(access::agents_module());
  catalogue.add(tickets());
  database = test::new_database(GetParam(), clock, "live", [&](db::Database& fresh) {
    const Result<void> synced = records::sync_tables(fresh, catalogue);
    if (!synced) throw std::runtime_error(synced.error().message);
  });
  harbour = add_company("Harbour");
  hub = std::make_unique<Hub>(*database);
}

OrgId LiveOffice::add_company(const std::string& name) {
  return must(database->write([&](db::Transaction& tx) -> Result<OrgId> {
    const access::NewOrganisation made = TRY(access::create_organisation(tx, "desk", name, "en"));
    return made.organisation.id;
  }));
}

access::Actor LiveOffice::program(OrgId org) const {
  return access::system_actor(catalogue, org, access::Path::system);
}

access::Actor LiveOffice::add_agent(OrgId org, const std::string& name) {
  return must(database->write([&](db::Transaction& tx) -> Result<access::Actor> {
    const std::string email = ascii_lower(name) + "@" + to_string(org) + ".example";
    const access::Person person =
        TRY(access::create_person(tx, {.email = email, .name = name, .password_hash = "none"}));
    const RecordId role{
        tx.integer("SELECT id FROM roles WHERE org_id = $1 AND kind = 'agent'", {org.value})};
    TRY(access::add_agent(tx, program(org), {person.id, role, {}}));
    return access::actor_of(tx, catalogue, person.id, org, access::Path::ui);
  }));
}

RecordId LiveOffice::add_ticket(OrgId org, const std::string& team) {
  return must(database->write([&](db::Transaction& tx) -> Result<RecordId> {
    const records::Record made = TRY(operations::create_record(
        tx, program(org), tickets(), {{"subject", "Router"}, {"team", team}}));
    return made.id;
  }));
}

void LiveOffice::rename_ticket(OrgId org, RecordId ticket, const std::string& subject) {
  must(database->write([&](db::Transaction& tx) -> Result<records::Record> {
    return operations::update_record(tx, program(org), tickets(), ticket, {{"subject", subject}});
  }));
}

void LiveOffice::move_ticket(OrgId org, RecordId ticket, const std::string& team) {
  must(database->write([&](db::Transaction& tx) -> Result<records::Record> {
    return operations::update_record(tx, program(org), tickets(), ticket, {{"team", team}});
  }));
}

void LiveOffice::share_ticket(OrgId org, RecordId ticket, std::vector<std::string> helpers) {
  must(database->write([&](db::Transaction& tx) -> Result<records::Record> {
    return operations::update_record(tx, program(org), tickets(), ticket,
                                     {{"helpers", std::move(helpers)}});
  }));
}

void LiveOffice::set_status(OrgId org, const access::Actor& agent, access::AgentStatus status) {
  must(database->write([&](db::Transaction& tx) -> Result<access::Agent> {
    return access::change_agent(tx, program(org), agent.id, {.status = status});
  }));
}

void LiveOffice::make_light(OrgId org, const access::Actor& agent) {
  must(database->write([&](db::Transaction& tx) -> Result<access::Agent> {
    const RecordId role{
        tx.integer("SELECT id FROM roles WHERE org_id = $1 AND kind = 'light_agent'", {org.value})};
    return access::change_agent(tx, program(org), agent.id, {.role_id = role});
  }));
}

std::shared_ptr<http::EventStream> LiveOffice::listen(const access::Actor& agent) {
  return listen(agent, begin_session(agent));
}

int64_t LiveOffice::begin_session(const access::Actor& agent) {
  return must(database->write([&](db::Transaction& tx) -> Result<int64_t> {
    return access::create_session(tx, agent.person, "192.0.2.1", "Firefox").session.id;
  }));
}

std::shared_ptr<http::EventStream> LiveOffice::listen(const access::Actor& agent, int64_t session) {
  auto stream = std::make_shared<http::EventStream>();
  const Result<void> added = hub->add(agent, session, stream);
  if (!added) throw std::runtime_error(added.error().message);
  return stream;
}

std::vector<std::string> told(http::EventStream& stream) {
  std::vector<std::string> found;
  for (const std::string& text : split(stream.take(), '\n')) {
    constexpr std::string_view start = "data: ";
    if (!text.starts_with(start)) continue;
    const Result<Json> event = json_from_text(text.substr(start.size()));
    if (!event || text_of(*event, "module") != "tickets") continue;
    found.push_back(text_of(*event, "id") + " " + text_of(*event, "verb"));
  }
  return found;
}

std::string line(RecordId ticket, const char* verb) { return to_string(ticket) + " " + verb; }

}  // namespace tandem::live
