#include "tests/support/office.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "access/actor_of.h"
#include "access/agents.h"
#include "access/agents_module.h"
#include "access/organisations.h"
#include "access/people.h"
#include "base/crypto.h"
#include "desk/conversation/mail_sending.h"
#include "desk/customers/contact_merging.h"
#include "desk/modules.h"
#include "desk/spam/spam.h"
#include "tests/support/both_databases.h"

namespace tandem::test {

using records::Record;

namespace {

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().code + ": " + result.error().message);
  return std::move(*result);
}

void must(const Result<void>& result) {
  if (!result) throw std::runtime_error(result.error().code + ": " + result.error().message);
}

std::string temporary_folder() {
  const std::string folder =
      (std::filesystem::temp_directory_path() / ("tandem-office-" + random_hex(12))).string();
  std::filesystem::create_directories(folder);
  return folder;
}

}  // namespace

std::string raw_mail(const MailText& mail) {
  const std::string id =
      mail.message_id.empty() ? random_hex(12) + "@kunde.example" : mail.message_id;
  std::string raw = fmt::format(
      "From: {}\r\nTo: {}\r\nSubject: {}\r\nMessage-ID: <{}>\r\n"
      "Date: Mon, 02 Mar 2026 08:59:00 +0000\r\nMIME-Version: 1.0\r\n",
      mail.from, mail.to, mail.subject, id);
  for (const std::string& header : mail.headers) raw += header + "\r\n";
  return raw + "Content-Type: " + mail.content + "\r\n\r\n" + mail.text + "\r\n";
}

Office::Office() : folder_(temporary_folder()) {
  catalogue.add(access::agents_module());
  desk::add_modules(catalogue);
  database = new_database(database_of_run(), clock, "desk", [&](db::Database& fresh) {
    must(records::sync_tables(fresh, catalogue));
  });
  files = files::open_file_store(*database, folder_ + "/files");
  desk = std::make_unique<desk::Desk>(desk::Desk{.database = *database,
                                                 .files = *files,
                                                 .catalogue = catalogue,
                                                 .secret = std::string(32, 's'),
                                                 .mail_domain = "help.firma.example",
                                                 .default_sender = {"Firma", "desk@firma.example"},
                                                 .default_smtp = std::nullopt,
                                                 .outbox_folder = folder_ + "/outbox"});
  worker = std::make_unique<jobs::Worker>(*database, 1);
  desk::add_mail_jobs(*worker, *desk);
  desk::add_contact_jobs(*worker, *desk);
  desk::add_spam_jobs(*worker, *desk);
  const auto made =
      must(database->write([&](db::Transaction& tx) -> Result<access::NewOrganisation> {
        return access::create_organisation(tx, "desk", "Firma", "en");
      }));
  org = made.organisation.id;
  administrator_role_ = made.administrator_role;
  agent_role_ = made.agent_role;
  light_agent_role_ = made.light_agent_role;
  must(create(program(), "departments", {{"name", "Support"}}));
  must(create(program(), "departments", {{"name", "Billing"}}));
  desk::Mailbox box;
  box.department = department("Support");
  box.address = "support@firma.example";
  box.display_name = "Firma Support";
  mailbox = must(database->write([&](db::Transaction& tx) -> Result<desk::Mailbox> {
    return desk::add_mailbox(tx, *desk, program(), box);
  }));
}

Office::~Office() {
  worker.reset();
  database.reset();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

access::Actor Office::program() const {
  return access::system_actor(catalogue, org, access::Path::system);
}

access::Actor Office::colleague(const std::string& name, RecordId role,
                                const std::vector<std::string>& departments) {
  std::vector<int64_t> ids;
  for (const std::string& one : departments) ids.push_back(department(one).value);
  std::sort(ids.begin(), ids.end());
  return must(database->write([&](db::Transaction& tx) -> Result<access::Actor> {
    const access::Person person = TRY(access::create_person(
        tx, {.email = name + "@firma.example", .name = name, .password_hash = "none"}));
    TRY(access::add_agent(tx, program(), {person.id, role, ids}));
    return access::actor_of(tx, catalogue, person.id, org, access::Path::ui);
  }));
}

access::Actor Office::administrator(const std::string& name) {
  return colleague(name, administrator_role_, {});
}
access::Actor Office::agent(const std::string& name, const std::vector<std::string>& departments) {
  return colleague(name, agent_role_, departments);
}
access::Actor Office::light_agent(const std::string& name,
                                  const std::vector<std::string>& departments) {
  return colleague(name, light_agent_role_, departments);
}

access::Actor Office::contact_actor(RecordId contact) {
  access::Actor actor;
  actor.catalogue = &catalogue;
  actor.org = org;
  actor.kind = access::ActorKind::contact;
  actor.id = contact;
  actor.path = access::Path::ui;
  return actor;
}

RecordId Office::department(const std::string& name) {
  return database->read([&](db::Transaction& tx) {
    return RecordId{tx.integer("SELECT id FROM departments WHERE org_id = $1 AND name = $2",
                               {org.value, name})};
  });
}

RecordId Office::contact(const std::string& last_name, const std::string& email) {
  records::Changes values{{"last_name", last_name}};
  if (!email.empty()) values.set("email", email);
  return must(create(program(), "contacts", values)).id;
}

RecordId Office::ticket(const std::string& subject, const records::Changes& more) {
  records::Changes values{{"subject", subject}, {"department", department("Support")}};
  for (const auto& [name, value] : more) values.set(name, value);
  return must(create(program(), "tickets", values)).id;
}

Result<Record> Office::create(const access::Actor& actor, const std::string& module,
                              const records::Changes& values) {
  return database->write([&](db::Transaction& tx) -> Result<Record> {
    return operations::create_record(tx, actor, *catalogue.find(module), values);
  });
}

Result<Record> Office::change(const access::Actor& actor, const std::string& module, RecordId id,
                              const records::Changes& values) {
  return database->write([&](db::Transaction& tx) -> Result<Record> {
    return operations::update_record(tx, actor, *catalogue.find(module), id, values);
  });
}

Result<Record> Office::open(const access::Actor& actor, const std::string& module, RecordId id) {
  return database->read([&](db::Transaction& tx) -> Result<Record> {
    return operations::read_record(tx, actor, *catalogue.find(module), id);
  });
}

Record Office::read(const std::string& module, RecordId id) {
  return must(database->read([&](db::Transaction& tx) -> Result<Record> {
    return operations::read_record(tx, program(), *catalogue.find(module), id,
                                   records::Bin::either);
  }));
}

std::vector<int64_t> Office::sees(const access::Actor& actor, const std::string& module,
                                  records::Filter filter) {
  const records::ModuleDef& definition = *catalogue.find(module);
  records::Query query;
  const auto& rule = definition.listed_to ? definition.listed_to : definition.visible_to;
  query.filter = records::all_of({rule(actor), std::move(filter)});
  query.sort = {"id", false};
  query.limit = 250;
  const records::Page page = must(database->read([&](db::Transaction& tx) -> Result<records::Page> {
    return operations::list_records(tx, program(), definition, query);
  }));
  std::vector<int64_t> ids;
  for (const Record& record : page.records) ids.push_back(record.id.value);
  return ids;
}

std::vector<std::string> Office::may(const access::Actor& actor, RecordId ticket) {
  return operations::may(actor, read("tickets", ticket));
}

Result<Record> Office::reply(const access::Actor& actor, RecordId ticket,
                             const desk::ReplyRequest& request) {
  return database->write([&](db::Transaction& tx) -> Result<Record> {
    return desk::send_reply(tx, *desk, actor, ticket, request);
  });
}

Result<Record> Office::comment(const access::Actor& actor, RecordId ticket, const std::string& html,
                               desk::Audience audience) {
  return database->write([&](db::Transaction& tx) -> Result<Record> {
    return desk::add_comment(tx, actor, ticket, html, audience, {});
  });
}

desk::IntakeReport Office::mail_in(const MailText& mail) { return raw_in(raw_mail(mail)); }

desk::IntakeReport Office::raw_in(const std::string& raw) {
  return desk::take_in(*desk, mailbox, raw);
}

std::vector<std::string> Office::raw_outbox() {
  worker->run_due();
  std::vector<std::string> names;
  const std::filesystem::path folder(desk->outbox_folder);
  if (std::filesystem::exists(folder)) {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      names.push_back(entry.path().string());
    }
  }
  std::sort(names.begin(), names.end());
  std::vector<std::string> mails;
  for (const std::string& name : names) {
    std::ifstream file(name, std::ios::binary);
    mails.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return mails;
}

std::vector<mail::ParsedMail> Office::outbox() {
  std::vector<mail::ParsedMail> mails;
  for (const std::string& raw : raw_outbox()) mails.push_back(must(mail::parse_mail(raw)));
  return mails;
}

}  // namespace tandem::test
