#include "tests/api/portal.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "access/agents.h"
#include "access/oauth_clients.h"
#include "access/oauth_codes.h"
#include "access/oauth_tokens.h"
#include "access/organisations.h"
#include "access/people.h"
#include "access/sessions.h"
#include "base/crypto.h"
#include "base/text.h"
#include "desk/conversation/attachments.h"
#include "desk/conversation/comments.h"
#include "desk/mail/mail_intake.h"
#include "desk/mail/mailboxes.h"
#include "desk/modules.h"
#include "http/multipart.h"
#include "operations/operations.h"
#include "server/serve.h"
#include "tests/api/database.h"
#include "tests/support/folder_of_test.h"

namespace tandem::test {

namespace {

using records::Value;

/// A refusal in the making of a fixture is a bug of the test or the product; it says which.
template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().field + ": " + result.error().message);
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

RecordId create(server::Program& program, const access::Actor& actor,
                const records::ModuleDef& module, const records::Changes& changes) {
  return must(program.database().write([&](db::Transaction& tx) -> Result<records::Record> {
           return operations::create_record(tx, actor, module, changes);
         }))
      .id;
}

Member add_member(server::Program& program, const access::NewOrganisation& organisation,
                  const Company& office, const std::string& role) {
  Member member;
  member.role = role;
  const access::Actor system =
      access::system_actor(program.catalogue(), office.org, access::Path::system);
  const std::string email = role + "@" + office.secret_word + ".example";
  RecordId role_id = organisation.agent_role;
  if (role == "administrator") role_id = organisation.administrator_role;
  if (role == "light_agent") role_id = organisation.light_agent_role;
  std::vector<int64_t> departments{office.support.value};
  if (role == "administrator") departments.push_back(office.shipping.value);
  must(program.database().write([&](db::Transaction& tx) -> Result<void> {
    const access::Person person = TRY(access::create_person(
        tx, {.email = email, .name = role + " " + office.secret_word, .password_hash = "none"}));
    const access::Agent agent =
        TRY(access::add_agent(tx, system, {person.id, role_id, departments}));
    const access::NewSession session = access::create_session(tx, person.id, "127.0.0.1", "tests");
    member.person = person.id;
    member.agent = agent.id;
    member.session_token = session.token;
    member.csrf_token = session.session.csrf_token;
    return {};
  }));
  return member;
}

/// A token of the portal's own self client for the member, with every scope of the desk.
void add_token(server::Program& program, Company& office, Member& member,
               const std::string& secret) {
  const std::vector<std::string> scopes{
      "Desk.tickets.ALL", "Desk.contacts.ALL", "Desk.products.ALL",
      "Desk.basic.ALL",   "Desk.tasks.ALL",    "Desk.events.ALL",
      "Desk.calls.ALL",   "Desk.search.READ",  "Desk.settings.ALL"};
  std::string client_id;
  access::IssuedCode code =
      must(program.database().write([&](db::Transaction& tx) -> Result<access::IssuedCode> {
        access::Actor actor =
            access::system_actor(program.catalogue(), office.org, access::Path::system);
        actor.person = member.person;
        actor.id = member.agent;
        const auto clients = TRY(access::list_oauth_clients(tx, actor));
        client_id = clients.front().client_id;
        return access::issue_self_code(tx, actor, office.oauth_client, scopes, 10);
      }));
  access::TokenQuery query;
  query.grant_type = "authorization_code";
  query.client_id = client_id;
  query.client_secret = secret;
  query.code = code.code;
  member.access_token = must(access::grant_token(program.database(), query)).access_token;
}

void add_conversation(server::Program& program, Company& office, const access::Actor& system) {
  const access::Actor& actor = system;
  desk::Mailbox wanted;
  wanted.org = office.org;
  wanted.department = office.support;
  wanted.address = "support@" + office.secret_word + ".example";
  const desk::Mailbox mailbox =
      must(program.database().write([&](db::Transaction& tx) -> Result<desk::Mailbox> {
        return desk::add_mailbox(tx, program.desk(), actor, wanted);
      }));
  office.mailbox = mailbox.id;
  const std::string raw =
      "From: Kim <kim@" + office.secret_word + ".example>\r\nTo: " + wanted.address +
      "\r\nSubject: " + office.secret_word + " parcel\r\nMessage-ID: <1@" + office.secret_word +
      ".example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
      "Content-Type: text/plain\r\n\r\nWhere is my " +
      office.secret_word +
      "?\r\n--b\r\nContent-Type: text/csv; name=list.csv\r\nContent-Disposition: attachment; "
      "filename=list.csv\r\n\r\n1," +
      office.secret_word + "\r\n--b--\r\n";
  const desk::IntakeReport report = desk::take_in(program.desk(), mailbox, raw);
  EXPECT_EQ(report.outcome, desk::IntakeOutcome::ticket) << report.reason;
  office.ticket = report.ticket;
  office.thread = report.thread;
  program.database().read([&](db::Transaction& tx) {
    const auto attachments = desk::attachments_of(tx, actor, "threads", report.thread);
    EXPECT_FALSE(attachments.empty());
    if (!attachments.empty()) office.attachment = attachments.front().id;
    const auto ticket = operations::read_record(tx, actor, desk::tickets_module(), office.ticket);
    if (ticket) office.contact = ticket->get("contact").id();
  });
  office.comment =
      must(program.database().write([&](db::Transaction& tx) -> Result<records::Record> {
        return desk::add_comment(tx, actor, office.ticket,
                                 "<p>Only for us: " + office.secret_word + "</p>",
                                 desk::Audience::colleagues, {});
      })).id;
}

Company make_office(server::Program& program, const std::string& secret_word) {
  Company office;
  office.secret_word = secret_word;
  const auto organisation =
      must(program.database().write([&](db::Transaction& tx) -> Result<access::NewOrganisation> {
        return access::create_organisation(tx, "desk", secret_word + " Ltd", "en");
      }));
  office.org = organisation.organisation.id;
  const access::Actor system =
      access::system_actor(program.catalogue(), office.org, access::Path::system);
  office.support = create(program, system, desk::departments_module(),
                          {{"name", Value(secret_word + " support")}});
  office.shipping = create(program, system, desk::departments_module(),
                           {{"name", Value(secret_word + " shipping")}});
  for (const char* role : {"administrator", "agent", "light_agent"}) {
    office.members[role] = add_member(program, organisation, office, role);
  }
  access::Actor administrator = system;
  administrator.person = office.members["administrator"].person;
  administrator.id = office.members["administrator"].agent;
  const auto client =
      must(program.database().write([&](db::Transaction& tx) -> Result<access::CreatedOAuthClient> {
        return access::create_oauth_client(tx, administrator, {.name = secret_word + " script"});
      }));
  office.oauth_client = client.client.id;
  for (auto& [role, member] : office.members) add_token(program, office, member, client.secret);
  office.account =
      create(program, system, desk::accounts_module(), {{"name", Value(secret_word + " Works")}});
  add_conversation(program, office, system);
  office.shipping_ticket =
      create(program, system, desk::tickets_module(),
             {{"subject", Value(secret_word + " pallet")}, {"department", Value(office.shipping)}});
  return office;
}

}  // namespace

std::string Answer::at(std::string_view path) const {
  const Json* value = &json;
  for (const std::string& step : split(path, '.')) {
    if (value->is_array()) {
      const size_t index = size_t(std::stoul(step));
      if (index >= value->as_array().size()) return "";
      value = &value->as_array()[index];
    } else {
      value = find(*value, step);
      if (!value) return "";
    }
  }
  return value->is_string() ? std::string(value->as_string()) : json_to_text(*value);
}

Portal::Portal() : clock_(Instant{1'772'442'000'000}) {  // Monday 2026-03-02, 09:00 UTC
  std::string folder = (fast_folder() / "tandem-portal-XXXXXX").string();
  folder_ = mkdtemp(folder.data());
  server::Config config;
  config.data_folder = folder_;
  config.base_url = "http://desk.example";
  config.workers = 2;
  place_database(config, clock_);
  program_ = must(server::Program::open(config, clock_));
  ours_ = make_office(*program_, "orchid");
  theirs_ = make_office(*program_, "basalt");
  services_ = std::make_unique<api::Services>(
      api::Services{.database = program_->database(),
                    .applications = program_->applications(),
                    .files = program_->files(),
                    .desk = program_->desk(),
                    .clock = clock_,
                    .base_url = config.base_url,
                    .secret_key = program_->secret_key(),
                    .wake = [] {},
                    .listen = [](const access::Actor&, int64_t,
                                 std::shared_ptr<http::EventStream>) -> Result<void> { return {}; },
                    .drop_listeners = [](PersonId) {}});
  server::add_faces(router_, *services_);
}

Portal::~Portal() {
  services_.reset();
  program_.reset();
  std::filesystem::remove_all(folder_);
}

std::string Portal::desk(const Company& office, const std::string& rest) {
  return "/native/desk/" + to_string(office.org) + rest;
}

Answer Portal::native(const Member& member, http::Method method, const std::string& address,
                      const std::string& body) {
  return send(request_of(member, method, address, body));
}

http::Request Portal::request_of(const Member& member, http::Method method,
                                 const std::string& address, const std::string& body) {
  http::Request request;
  request.method = method;
  request.path = address;
  request.body = body;
  request.headers = {{"Cookie", "tandem_session=" + member.session_token},
                     {"X-CSRF-Token", member.csrf_token},
                     {"Host", "desk.example"},
                     {"Origin", "http://desk.example"}};
  return request;
}

Answer Portal::dialect(const Member& member, http::Method method, const std::string& address,
                       const std::string& body) {
  http::Request request;
  request.method = method;
  request.path = "/api/v1" + address;
  request.body = body;
  request.headers = {{"Authorization", "Zoho-oauthtoken " + member.access_token}};
  return send(std::move(request));
}

Answer Portal::send(http::Request request) {
  const size_t question = request.path.find('?');
  if (question != std::string::npos) {
    request.raw_query = request.path.substr(question + 1);
    request.query = must(http::read_form(request.raw_query));
    request.path.resize(question);
  }
  request.peer_address = "127.0.0.1";
  request.received_at = clock_.now();
  request.deadline = clock_.now() + minute_ms;
  Answer answer;
  answer.response = router_.answer(request);
  answer.status = answer.response.status;
  answer.body = answer.response.body;
  if (const Result<Json> json = json_from_text(answer.body)) answer.json = *json;
  return answer;
}

}  // namespace tandem::test
