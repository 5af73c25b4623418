#pragma once

#include <string>
#include <vector>

#include "bench/support/draw.h"
#include "bench/support/portal.h"
#include "records/store.h"

namespace tandem::bench {

/// Adds a record through records::store alone, with the module's default values; no rule of its
/// module runs.
records::Record add_record(db::Transaction& tx, const access::Actor& system,
                           const records::ShapeRef& shape, const records::Changes& values,
                           const records::Author& author);

/// Makes tickets, their contacts, accounts and messages as mail intake and agents leave them: every
/// row, search word and change-log entry is written by records::store, only the rules of the desk
/// are left out, because what they would work out is drawn.
class Filling {
 public:
  /// `tickets`: how many there will be; one third as many contacts, one tenth as many accounts.
  Filling(server::Program& program, const Portal& portal);

  /// Adds the next tickets in one transaction, at the moment of the database's clock.
  void add_tickets(int64_t count);

 private:
  struct Person {
    RecordId id = {};
    RecordId account = {};
    std::string name = {};
    std::string email = {};
  };
  struct Ticket {
    records::Record record = {};
    Person contact = {};
    const PortalAgent* owner = nullptr;
  };

  void add_ticket(db::Transaction& tx);
  void add_account(db::Transaction& tx);
  const Person& contact_for_next(db::Transaction& tx);
  const PortalAgent& agent_of(RecordId department);
  records::Changes ticket_values(const Ticket& ticket, RecordId department,
                                 const std::string& text);
  void add_first_message(db::Transaction& tx, const Ticket& ticket, const std::string& text);
  void add_answer(db::Transaction& tx, Ticket& ticket, int64_t number);
  void close(db::Transaction& tx, Ticket& ticket);

  records::Record add(db::Transaction& tx, const records::ModuleDef& module,
                      const records::Changes& values, const records::Author& author);
  void change(db::Transaction& tx, records::Record& record, const records::Changes& values,
              const records::Author& author, const std::string& event);
  const records::ShapeRef& shape(const records::ModuleDef& module) const;

  server::Program& program_;
  const Portal& portal_;
  access::Actor system_;
  Draw draw_{2026};
  std::vector<records::ShapeRef> shapes_;
  std::vector<RecordId> accounts_;
  std::vector<Person> contacts_;
  int64_t made_ = 0;
};

}  // namespace tandem::bench
