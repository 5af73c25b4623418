#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "access/agents.h"
#include "access/people.h"
#include "bench/support/filling.h"
#include "bench/support/sales_portal.h"
#include "crm/modules.h"
#include "crm/organisation_setup.h"
#include "records/shape.h"
#include "records/store.h"

namespace tandem::bench {

namespace {

using records::Changes;

constexpr int64_t contacts_per_transaction = 5'000;
constexpr int64_t days_until_closing_max = 120;
constexpr Instant first_contact_at{1'730'451'600'000};  // 2024-11-01
constexpr Instant last_contact_at{1'793'523'600'000};   // 2026-11-01

const char* const cities[] = {"Berlin", "Kyoto", "Recife", "Leeds", "Suzhou", "Porto"};

SalesPortal make_sales_portal(server::Program& program) {
  const records::Catalogue& catalogue = *program.applications().find(crm::word(crm::Edition::crm));
  must(program.database().write([&](db::Transaction& tx) -> Result<void> {
    const access::NewOrganisation made =
        TRY(crm::create_sales_organisation(tx, catalogue, "Bench Ltd", "en"));
    const access::Actor system =
        access::system_actor(catalogue, made.organisation.id, access::Path::system);
    const access::Person person = TRY(access::create_person(
        tx, {.email = "seller@desk.example", .name = "Sally Seller", .password_hash = "none"}));
    TRY(access::add_agent(tx, system, {person.id, made.administrator_role, {}}));
    return {};
  }));
  return find_sales_portal(program);
}

/// Writes what sellers would have, through records::store: rows, search words and change log. The
/// rules of the modules are left out, because what they would work out is drawn.
class SalesFilling {
 public:
  SalesFilling(server::Program& program, const SalesPortal& portal)
      : program_(program),
        portal_(portal),
        system_(access::system_actor(*program.applications().find(crm::word(crm::Edition::crm)),
                                     portal.org, access::Path::import)) {
    program.database().read([&](db::Transaction& tx) {
      for (const char* const name : {"accounts", "contacts", "deals"}) {
        shapes_[name] = system_.catalogue->shape(tx, portal.org, *system_.catalogue->find(name));
      }
    });
  }

  /// Adds the next contacts, and their accounts and deals, in one transaction.
  void add_contacts(int64_t count) {
    must(program_.database().write([&](db::Transaction& tx) -> Result<void> {
      for (int64_t at = 0; at < count; ++at) add_contact(tx);
      return {};
    }));
  }

 private:
  void add_contact(db::Transaction& tx) {
    if (made_ % contacts_per_account == 0) {
      account_ = add(tx, "accounts",
                     {{"name", capitalised(draw_.word()) + " " + capitalised(draw_.word())},
                      {"website", fmt::format("https://firm{}.example", made_)},
                      {"phone", fmt::format("+49 30 {}", 1'000'000 + made_)},
                      {"billing_city", cities[draw_.between(0, 5)]},
                      {"owner", portal_.seller}});
    }
    const RecordId contact = add(tx, "contacts",
                                 {{"first_name", capitalised(draw_.word())},
                                  {"last_name", capitalised(draw_.word())},
                                  {"email", contact_email(made_)},
                                  {"phone", fmt::format("+49 30 {}", 5'000'000 + made_)},
                                  {"mailing_city", cities[draw_.between(0, 5)]},
                                  {"account", account_},
                                  {"owner", portal_.seller}});
    if (made_ % contacts_per_deal == 0) add_deal(tx, contact);
    ++made_;
  }

  void add_deal(db::Transaction& tx, RecordId contact) {
    const crm::Pipeline& pipeline = portal_.pipelines.front();
    const auto last = int64_t(pipeline.stages.size()) - 1;
    const crm::Stage& stage = pipeline.stages[size_t(draw_.between(0, last))];
    const int64_t amount = draw_.between(10'000, 9'000'000);
    const Instant now = program_.clock().now();
    Changes values{{"name", capitalised(draw_.words(3))},
                   {"account", account_},
                   {"contact", contact},
                   {"amount", amount},
                   {"closes_on", now.ms / day_ms + draw_.between(1, days_until_closing_max)},
                   {"pipeline", pipeline.id},
                   {"team_pipeline", pipeline.team_pipeline},
                   {"stage", stage.id},
                   {"probability", stage.probability},
                   {"outcome", stage.outcome},
                   {"expected_revenue", amount * stage.probability / 100},
                   {"stage_changed_at", now},
                   {"owner", portal_.seller}};
    if (stage.outcome != "open") values.set("closed_at", now);
    add(tx, "deals", values);
  }

  RecordId add(db::Transaction& tx, const std::string& module, const Changes& values) {
    return add_record(
               tx, system_, shapes_.at(module), values,
               {.id = portal_.seller, .kind = "person", .name = "Sally Seller", .path = "ui"})
        .id;
  }

  server::Program& program_;
  const SalesPortal& portal_;
  access::Actor system_;
  Draw draw_{2027};
  std::map<std::string, records::ShapeRef> shapes_;
  RecordId account_;
  int64_t made_ = 0;
};

}  // namespace

void fill_sales(const std::string& folder, int64_t contacts) {
  const std::string mark = folder + "/filled";
  if (std::filesystem::exists(mark)) return;
  std::filesystem::remove_all(folder);
  std::cerr << fmt::format("Making {} contacts in {}.\n", contacts, folder);
  StoppedClock clock(first_contact_at);
  const std::unique_ptr<server::Program> program = open_program(folder, clock);
  const SalesPortal portal = make_sales_portal(*program);
  SalesFilling filling(*program, portal);
  const int64_t step_ms =
      (last_contact_at - first_contact_at) * contacts_per_transaction / contacts;
  for (int64_t made = 0; made < contacts; made += contacts_per_transaction) {
    filling.add_contacts(std::min(contacts_per_transaction, contacts - made));
    clock.advance_ms(step_ms);
    if (made % 100'000 == 0) std::cerr << fmt::format("{} of {} contacts\n", made, contacts);
  }
  std::ofstream(mark) << contacts << "\n";
}

}  // namespace tandem::bench
