// What rules, service levels and notification rules add to making a ticket, beside a ticket that is
// made without them in the same run. Processor time is measured, and fifty tickets share a
// transaction, so that waiting for the disk hides nothing.
//   bench_rules [--quick]

#include <fmt/format.h>

#include <cstring>
#include <ctime>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>

#include "access/actor_of.h"
#include "bench/support/draw.h"
#include "bench/support/figures.h"
#include "bench/support/portal.h"
#include "desk/automation/automation_rules.h"
#include "desk/modules.h"
#include "desk/notifications/notification_rules.h"
#include "desk/service_levels/service_levels.h"
#include "operations/operations.h"
#include "server/program.h"

namespace {

using namespace tandem;
using namespace tandem::bench;

constexpr int rules = 50;
constexpr int tickets_per_transaction = 50;
constexpr double engine_target = 0.5;

/// An empty company with one thing switched on, in a database of its own.
class Company {
 public:
  Company(const std::string& name, const Clock& clock) : name_(name) {
    const std::string folder = "build/bench/rules-" + std::to_string(++made_);
    std::filesystem::remove_all(folder);
    program_ = open_program(folder, clock);
    portal_ = make_portal(*program_);
    for (const PortalAgent& agent : portal_.agents) {
      if (!agent.is_administrator || administrator_.org) continue;
      administrator_ = program_->database().read([&](db::Transaction& tx) {
        return must(access::actor_of(tx, program_->catalogue(), agent.person, portal_.org,
                                     access::Path::ui));
      });
    }
  }

  const std::string& name() const { return name_; }
  const Portal& portal() const { return portal_; }
  const access::Actor& administrator() const { return administrator_; }

  template <class Body>
  void write(Body body) {
    must(program_->database().write([&](db::Transaction& tx) -> Result<void> {
      body(tx);
      return {};
    }));
  }

  /// Milliseconds of the processor for each.
  double make_tickets(int count) {
    const std::clock_t start = std::clock();
    for (int made = 0; made < count; made += tickets_per_transaction) {
      write([&](db::Transaction& tx) {
        for (int one = 0; one < tickets_per_transaction; ++one) make_ticket(tx);
      });
    }
    return 1'000.0 * double(std::clock() - start) / CLOCKS_PER_SEC / count;
  }

 private:
  void make_ticket(db::Transaction& tx) {
    must(operations::create_record(tx, administrator_, desk::tickets_module(),
                                   {{"subject", draw_.words(5)},
                                    {"description", "<p>" + draw_.prose(30) + "</p>"},
                                    {"department", portal_.departments.front()},
                                    {"priority", "high"},
                                    {"channel", "phone"}}));
  }

  static inline int made_ = 0;
  std::string name_;
  std::unique_ptr<server::Program> program_;
  Portal portal_;
  access::Actor administrator_;
  Draw draw_{2027};
};

std::string conditions_of(int number) {
  return fmt::format(R"({{"all_of":[{{"field":"priority","is":"high"}},)"
                     R"({{"field":"subject","contains":"nobody writes {}"}}]}})",
                     number);
}

desk::AutomationRule rule(int number, const std::string& conditions) {
  desk::AutomationRule wanted;
  wanted.name = fmt::format("Rule {}", number);
  wanted.conditions_json = conditions;
  wanted.actions_json = R"([{"do":"set_field","field":"category","value":"Rule"}])";
  return wanted;
}

void add_rules(Company& company, const std::function<desk::AutomationRule(int)>& wanted) {
  company.write([&](db::Transaction& tx) {
    for (int number = 0; number < rules; ++number) {
      must(desk::add_automation_rule(tx, company.administrator(), wanted(number)));
    }
  });
}

void add_event_rules(Company& company) {
  add_rules(company, [](int number) { return rule(number, conditions_of(number)); });
}

/// All of them wait for every ticket.
void add_timed_rules(Company& company) {
  add_rules(company, [](int number) {
    desk::AutomationRule wanted = rule(number, R"({"field":"priority","is":"high"})");
    wanted.event = desk::RuleEvent::time_passed;
    wanted.wait_minutes = 1'000 + number;
    wanted.counting =
        number % 2 == 0 ? desk::Counting::business_hours : desk::Counting::day_and_night;
    return wanted;
  });
}

/// The last one fits.
void add_service_levels(Company& company) {
  company.write([&](db::Transaction& tx) {
    for (int number = 0; number < rules; ++number) {
      desk::ServiceLevel level{.name = fmt::format("Policy {}", number)};
      level.conditions_json = number + 1 == rules ? "{}" : conditions_of(number);
      level.targets["high"] = {60, 480};
      must(desk::add_service_level(tx, company.administrator(), level));
    }
  });
}

void add_notification_rules(Company& company) {
  company.write([&](db::Transaction& tx) {
    for (const desk::NotificationEvent event : desk::notification_events()) {
      must(desk::change_notification_rule(tx, company.administrator(),
                                          company.portal().departments.front(), event,
                                          {.by_mail = true}));
    }
  });
}

}  // namespace

int main(int argc, char** argv) {
  const bool is_quick = argc > 1 && std::strcmp(argv[1], "--quick") == 0;
  const int rounds = is_quick ? 5 : 15;
  const int per_round = is_quick ? 500 : 1'000;
  const SystemClock clock;
  Company bare("no rules", clock);
  Company events("50 rules beside the ticket insert that they follow", clock);
  Company timed("50 rules of time beside the ticket insert", clock);
  Company levels("50 service levels beside the ticket insert", clock);
  Company notices("all notification rules beside the ticket insert, 8 people told", clock);
  add_event_rules(events);
  add_timed_rules(timed);
  add_service_levels(levels);
  add_notification_rules(notices);
  Company* const all[] = {&bare, &events, &timed, &levels, &notices};
  std::map<const Company*, std::vector<double>> added;
  std::vector<double> inserts;
  for (Company* company : all) company->make_tickets(per_round);
  for (int round = 0; round < rounds; ++round) {
    double insert = 0;
    for (Company* company : all) {
      const double each = company->make_tickets(per_round);
      if (company == &bare) insert = each;
      added[company].push_back((each - insert) / insert);
    }
    inserts.push_back(insert);
  }
  note("ticket insert without rules", median(inserts), "ms");
  for (const Company* company : {&events, &timed, &levels}) {
    report({company->name(), median(added[company]), "ratio", Bound::at_most, engine_target});
  }
  note(notices.name(), median(added[&notices]), "ratio");
  return 0;
}
