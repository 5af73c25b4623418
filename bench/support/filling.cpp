#include "bench/support/filling.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "base/text.h"
#include "desk/conversation/conversation.h"
#include "desk/conversation/replies.h"
#include "desk/modules.h"

namespace tandem::bench {

namespace {

using records::Changes;
using records::Value;

constexpr int64_t tickets_per_transaction = 5'000;
constexpr int64_t fast_search_bytes = 64LL * 1024 * 1024;
constexpr int64_t usual_search_bytes = 1024LL * 1024;  // what FTS5 begins with
constexpr int64_t tickets_per_contact = 3;
constexpr int64_t tickets_per_account = 10;
constexpr int64_t answers_max = 2;
constexpr Instant first_ticket_at{1'730'451'600'000};  // 2024-11-01
constexpr Instant last_ticket_at{1'793'523'600'000};   // 2026-11-01
constexpr Instant far_future{1'893'456'000'000};       // 2030-01-01

const char* const priorities[] = {"low", "medium", "high", "urgent"};
const char* const industries[] = {"Retail", "Health", "Machines", "Software", "Travel"};

records::Author author_of(const PortalAgent& agent) {
  return {.id = agent.id, .kind = "person", .name = agent.name, .path = "ui"};
}

std::string addresses(const std::string& name, const std::string& address) {
  return desk::addresses_to_json({{name, address}});
}

}  // namespace

records::Record add_record(db::Transaction& tx, const access::Actor& system,
                           const records::ShapeRef& shape, const Changes& values,
                           const records::Author& author) {
  records::Record before;
  before.shape = shape;
  before.id = {tx.new_id()};
  before.values.resize(before.shape->fields().size());
  records::Record proposed = before;
  for (size_t index = 0; index < proposed.values.size(); ++index) {
    proposed.values[index] = proposed.shape->fields()[index].default_value;
  }
  for (const auto& [name, value] : values) proposed.set(name, value);
  records::Change change{.tx = tx,
                         .org = system.org,
                         .actor = system,
                         .verb = records::Verb::created,
                         .before = std::move(before),
                         .proposed = std::move(proposed)};
  return must(records::store(change, author));
}

Filling::Filling(server::Program& program, const Portal& portal)
    : program_(program),
      portal_(portal),
      system_(access::system_actor(program.catalogue(), portal.org, access::Path::mail)) {
  program.database().read([&](db::Transaction& tx) {
    for (const records::ModuleDef* module : {&desk::accounts_module(), &desk::contacts_module(),
                                             &desk::tickets_module(), &desk::threads_module()}) {
      shapes_.push_back(program.catalogue().shape(tx, portal.org, *module));
    }
  });
}

void Filling::add_tickets(int64_t count) {
  must(program_.database().write([&](db::Transaction& tx) -> Result<void> {
    for (int64_t at = 0; at < count; ++at) add_ticket(tx);
    return {};
  }));
}

void Filling::add_ticket(db::Transaction& tx) {
  if (made_ % tickets_per_account == 0) add_account(tx);
  Ticket ticket;
  ticket.contact = contact_for_next(tx);
  const RecordId department = portal_.departments[size_t(draw_.between(0, 4))];
  if (draw_.chance(90)) ticket.owner = &agent_of(department);
  const std::string text = draw_.prose(draw_.between(15, 40));
  const records::Author author{
      .id = ticket.contact.id, .kind = "contact", .name = ticket.contact.name, .path = "mail"};
  ticket.record = add(tx, desk::tickets_module(), ticket_values(ticket, department, text), author);
  add_first_message(tx, ticket, text);
  const int64_t answers = draw_.between(0, answers_max);
  for (int64_t number = 1; number <= answers; ++number) add_answer(tx, ticket, number);
  if (draw_.chance(75)) close(tx, ticket);
  ++made_;
}

void Filling::add_account(db::Transaction& tx) {
  const int64_t number = int64_t(accounts_.size()) + 1;
  const Changes values{{"name", capitalised(draw_.word()) + " " + capitalised(draw_.word())},
                       {"website", fmt::format("https://company{}.example", number)},
                       {"phone", fmt::format("+49 30 {}", 1'000'000 + number)},
                       {"industry", industries[draw_.between(0, 4)]},
                       {"code", fmt::format("C{}", number)}};
  accounts_.push_back(add(tx, desk::accounts_module(), values,
                          {.id = {}, .kind = "system", .name = "", .path = "import"})
                          .id);
}

/// Every third ticket comes from somebody new.
const Filling::Person& Filling::contact_for_next(db::Transaction& tx) {
  if (made_ % tickets_per_contact != 0) {
    return contacts_[size_t(draw_.between(0, int64_t(contacts_.size()) - 1))];
  }
  Person person;
  const std::string first = capitalised(draw_.word());
  const std::string last = capitalised(draw_.word());
  person.name = first + " " + last;
  person.email =
      fmt::format("{}.{}@company{}.example", ascii_lower(last), contacts_.size(), accounts_.size());
  person.account = accounts_[size_t(draw_.between(0, int64_t(accounts_.size()) - 1))];
  person.id = add(tx, desk::contacts_module(),
                  {{"first_name", first},
                   {"last_name", last},
                   {"email", person.email},
                   {"phone", fmt::format("+49 30 {}", 5'000'000 + contacts_.size())},
                   {"account", person.account}},
                  {.id = {}, .kind = "system", .name = "", .path = "mail"})
                  .id;
  contacts_.push_back(std::move(person));
  return contacts_.back();
}

const PortalAgent& Filling::agent_of(RecordId department) {
  while (true) {
    const PortalAgent& agent =
        portal_.agents[size_t(draw_.between(0, int64_t(portal_.agents.size()) - 1))];
    if (std::binary_search(agent.department_ids.begin(), agent.department_ids.end(),
                           department.value)) {
      return agent;
    }
  }
}

records::Changes Filling::ticket_values(const Ticket& ticket, RecordId department,
                                        const std::string& text) {
  const Instant now = program_.clock().now();
  Changes values{{"subject", capitalised(draw_.words(draw_.between(3, 8)))},
                 {"description", text_to_html(text)},
                 {"status", "open"},
                 {"status_type", "open"},
                 {"channel", draw_.chance(80) ? "email" : "web"},
                 {"department", department},
                 {"contact", ticket.contact.id},
                 {"account", ticket.contact.account},
                 {"email", ticket.contact.email},
                 {"is_escalated", int64_t{draw_.chance(3)}},
                 {"thread_count", int64_t{1}},
                 {"last_word", desk::preview_of(text)},
                 {"last_word_by", "customer"},
                 {"last_word_at", now},
                 {"last_activity_at", now + draw_.between(0, hour_ms)}};
  if (ticket.owner) values.set("owner", ticket.owner->id);
  if (draw_.chance(60)) values.set("priority", priorities[draw_.between(0, 3)]);
  if (draw_.chance(60)) {
    values.set("due_at", draw_.chance(30) ? far_future + draw_.between(0, 30 * day_ms)
                                          : now + draw_.between(day_ms, 7 * day_ms));
  }
  return values;
}

void Filling::add_first_message(db::Transaction& tx, const Ticket& ticket,
                                const std::string& text) {
  const Person& contact = ticket.contact;
  add(tx, desk::threads_module(),
      {{"ticket", ticket.record.id},
       {"direction", "in"},
       {"channel", "email"},
       {"subject", ticket.record.get("subject")},
       {"html", text_to_html(text)},
       {"plain_text", text},
       {"text_preview", desk::preview_of(text)},
       {"is_description", int64_t{1}},
       {"sent_at", program_.clock().now()},
       {"sender_name", contact.name},
       {"sender_email", contact.email},
       {"to_addresses", addresses("Support", "department0@desk.example")},
       {"message_id", fmt::format("{}.0@company.example", made_)},
       {"author_kind", "contact"},
       {"author_id", contact.id},
       {"author_name", contact.name},
       {"author_email", contact.email}},
      {.id = contact.id, .kind = "contact", .name = contact.name, .path = "mail"});
}

void Filling::add_answer(db::Transaction& tx, Ticket& ticket, int64_t number) {
  const PortalAgent& agent = ticket.owner ? *ticket.owner : portal_.agents.front();
  const std::string text = draw_.prose(draw_.between(15, 50));
  add(tx, desk::threads_module(),
      {{"ticket", ticket.record.id},
       {"direction", "out"},
       {"channel", "email"},
       {"subject", "Re: " + ticket.record.get("subject").text()},
       {"html", text_to_html(text)},
       {"plain_text", text},
       {"text_preview", desk::preview_of(text)},
       {"sent_at", program_.clock().now()},
       {"sender_name", agent.name},
       {"sender_email", "department0@desk.example"},
       {"to_addresses", addresses(ticket.contact.name, ticket.contact.email)},
       {"message_id", fmt::format("{}.{}@desk.example", made_, number)},
       {"in_reply_to", fmt::format("{}.{}@company.example", made_, number - 1)},
       {"delivery_state", "sent"},
       {"attempts", int64_t{1}},
       {"author_kind", "agent"},
       {"author_id", agent.id},
       {"author_name", agent.name}},
      author_of(agent));
  change(tx, ticket.record,
         {{"thread_count", number + 1},
          {"last_word", desk::preview_of(text)},
          {"last_word_by", "agent"},
          {"last_word_at", program_.clock().now()},
          {"last_activity_at",
           ticket.record.get("last_activity_at").instant() + draw_.between(hour_ms, 2 * day_ms)}},
         author_of(agent), "reply_sent");
}

/// Of those that come by here, nine in ten are closed and the others wait.
void Filling::close(db::Transaction& tx, Ticket& ticket) {
  const PortalAgent& agent = ticket.owner ? *ticket.owner : portal_.agents.front();
  if (draw_.chance(10)) {
    return change(tx, ticket.record, {{"status", "on_hold"}, {"status_type", "on_hold"}},
                  author_of(agent), "");
  }
  change(tx, ticket.record,
         {{"status", "closed"},
          {"status_type", "closed"},
          {"closed_at", ticket.record.get("last_activity_at")}},
         author_of(agent), "");
}

records::Record Filling::add(db::Transaction& tx, const records::ModuleDef& module,
                             const Changes& values, const records::Author& author) {
  return add_record(tx, system_, shape(module), values, author);
}

void Filling::change(db::Transaction& tx, records::Record& record, const Changes& values,
                     const records::Author& author, const std::string& event) {
  records::Record proposed = record;
  for (const auto& [name, value] : values) proposed.set(name, value);
  records::Change change{.tx = tx,
                         .org = portal_.org,
                         .actor = system_,
                         .verb = records::Verb::updated,
                         .before = std::move(record),
                         .proposed = std::move(proposed),
                         .event = event};
  record = must(records::store(change, author));
}

const records::ShapeRef& Filling::shape(const records::ModuleDef& module) const {
  for (const records::ShapeRef& one : shapes_) {
    if (&one->module() == &module) return one;
  }
  throw std::logic_error("no shape of " + module.name);
}

namespace {

/// Indexes that only lists need are made at the end, in one go each. What must be unique stays.
void drop_list_indexes(server::Program& program) {
  must(program.database().write([&](db::Transaction& tx) -> Result<void> {
    for (const char* table : {"tickets", "threads", "contacts", "accounts"}) {
      for (const db::Row& row :
           tx.rows("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = $1 "
                   "AND sql LIKE 'CREATE INDEX%'",
                   {std::string(table)})) {
        tx.run_script("DROP INDEX \"" + row.text(0) + "\"");
      }
    }
    tx.run_script("PRAGMA cache_size = -262144");  // 256 MiB, for this connection alone
    return {};
  }));
}

/// How many bytes of words FTS5 gathers before it writes them; larger pieces are merged less often.
void set_search_bytes(server::Program& program, int64_t bytes) {
  must(program.database().write([&](db::Transaction& tx) -> Result<void> {
    for (const char* table : {"search_tickets", "search_threads", "search_contacts"}) {
      tx.execute(fmt::format("INSERT INTO {0} ({0}, rank) VALUES ('hashsize', $1)", table),
                 {bytes});
    }
    return {};
  }));
}

void show_progress(int64_t made, int64_t tickets) {
  if (made % 50'000 == 0) std::cerr << fmt::format("{} of {} tickets\n", made, tickets);
}

}  // namespace

void fill(const std::string& folder, int64_t tickets) {
  const std::string mark = folder + "/filled";
  if (std::filesystem::exists(mark)) return;
  std::filesystem::remove_all(folder);
  std::cerr << fmt::format("Making {} tickets in {}.\n", tickets, folder);
  StoppedClock clock(first_ticket_at);
  const std::unique_ptr<server::Program> program = open_program(folder, clock);
  const Portal portal = make_portal(*program);
  drop_list_indexes(*program);
  set_search_bytes(*program, fast_search_bytes);
  Filling filling(*program, portal);
  const int64_t step_ms = (last_ticket_at - first_ticket_at) * tickets_per_transaction / tickets;
  for (int64_t made = 0; made < tickets;) {
    const int64_t count = std::min(tickets_per_transaction, tickets - made);
    filling.add_tickets(count);
    clock.advance_ms(step_ms);
    made += count;
    show_progress(made, tickets);
  }
  set_search_bytes(*program, usual_search_bytes);
  must(records::sync_tables(program->database(), program->catalogue()));
  std::ofstream(mark) << tickets << "\n";
}

}  // namespace tandem::bench
