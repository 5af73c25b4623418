#include "crm/demo/sales_demo.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>

#include "access/actor_of.h"
#include "access/agents.h"
#include "crm/deals/pipelines.h"
#include "crm/demo/sales_cast.h"
#include "crm/demo/sales_office.h"
#include "crm/leads/lead_conversion.h"
#include "crm/modules.h"
#include "operations/operations.h"

// Five weeks in a second: every act gets a time, all are sorted by it, and the clock moves from one
// to the next while the real code runs. So stage changes, closing times and histories are what they
// would be had it all happened.

namespace tandem::crm {

namespace {

using access::Actor;
using records::Value;

constexpr int64_t story_length_ms = 35 * day_ms;
/// Deals of each pipeline for each of its stages.
constexpr int deals_per_stage = 3;
constexpr int converted_every = 6;

/// A deal while its story is told.
struct Telling {
  const OfficeBuyer* buyer = nullptr;
  const Actor* seller = nullptr;
  Pipeline pipeline;
  size_t last_stage = 0;  // where it stands at the end
  std::string name;
  int number = 0;
  RecordId id = {};
};

class Narrator {
 public:
  Narrator(db::Database& database, StoppedClock& clock, const SalesDemoPlan& plan,
           const SalesOffice& office)
      : database_(database), clock_(clock), plan_(plan), office_(office) {}

  Result<void> tell() {
    cast_deals();
    cast_leads();
    cast_signals();
    std::stable_sort(moments_.begin(), moments_.end(),
                     [](const Moment& a, const Moment& b) { return a.at < b.at; });
    for (const Moment& moment : moments_) {
      if (moment.at > plan_.until) break;
      clock_.advance_ms(std::max<int64_t>(0, moment.at - clock_.now()));
      TRY(database_.write(moment.act, db::Priority::bulk));
    }
    clock_.advance_ms(std::max<int64_t>(0, plan_.until - clock_.now()));
    return {};
  }

 private:
  using Act = std::function<Result<void>(db::Transaction&)>;
  struct Moment {
    Instant at;
    Act act;
  };

  void at(Instant time, Act act) { moments_.push_back({time, std::move(act)}); }

  Instant begin() const { return plan_.until - story_length_ms; }
  const Actor& seller(int number) const {
    return office_.sellers[size_t(number) % office_.sellers.size()];
  }
  const std::string& language(const Telling& deal) const {
    return office_.firms[deal.buyer->firm].language;
  }
  static int64_t day_of(Instant time) { return time.ms / day_ms; }

  static Result<void> make(db::Transaction& tx, const Actor& actor, const char* module,
                           const records::Changes& changes) {
    TRY(operations::create_record(tx, actor, *actor.catalogue->find(module), changes));
    return {};
  }

  /// As many of each stage, the older the further: a story ends before the present.
  void cast_deals() {
    for (const Pipeline& pipeline : office_.pipelines)
      tellings_.resize(tellings_.size() + pipeline.stages.size() * deals_per_stage);
    int number = 0;
    for (int round = 0; round < deals_per_stage; ++round) {
      for (const Pipeline& pipeline : office_.pipelines) {
        for (size_t stage = 0; stage < pipeline.stages.size(); ++stage) {
          cast_deal(tellings_[size_t(number)], pipeline, stage, number);
          ++number;
        }
      }
    }
  }

  void cast_deal(Telling& deal, const Pipeline& pipeline, size_t last_stage, int number) {
    deal.number = number;
    deal.buyer = &office_.buyers[size_t(number) % office_.buyers.size()];
    deal.seller = &seller(number);
    deal.pipeline = pipeline;
    deal.last_stage = last_stage;
    const std::vector<std::string>& about = sales_words(language(deal)).deals;
    deal.name = fmt::format("{}: {}", office_.firms[deal.buyer->firm].name,
                            about[size_t(number / 3) % about.size()]);
    const int64_t span = story_length_ms - 12 * day_ms;
    Instant time = begin() + span * number / int64_t(tellings_.size()) + 9 * hour_ms;
    at(time, [this, &deal](db::Transaction& tx) { return open(tx, deal); });
    at(time + 3 * hour_ms, [this, &deal](db::Transaction& tx) { return call(tx, deal); });
    for (size_t step = 1; step <= way_to(deal).size(); ++step) {
      time = time + 26 * hour_ms + (number % 5) * hour_ms;
      at(time, [this, &deal, step](db::Transaction& tx) { return move_on(tx, deal, step); });
    }
  }

  /// The stages that it goes through: open ones one after the other, of the closed ones one.
  static std::vector<RecordId> way_to(const Telling& deal) {
    std::vector<RecordId> way;
    const std::vector<Stage>& stages = deal.pipeline.stages;
    for (size_t at = 1; at <= deal.last_stage; ++at) {
      if (stages[at].outcome == "open" || at == deal.last_stage) way.push_back(stages[at].id);
    }
    return way;
  }

  Result<void> open(db::Transaction& tx, Telling& deal) {
    const SalesWords& words = sales_words(language(deal));
    const int64_t closes_on = day_of(plan_.until) + deal.number % 45 - 10;
    const records::Record made = TRY(operations::create_record(
        tx, *deal.seller, *deal.seller->catalogue->find("deals"),
        {{"name", Value(deal.name)},
         {"account", Value(office_.accounts[deal.buyer->firm])},
         {"contact", Value(deal.buyer->id)},
         {"amount", Value(int64_t{120'000} + int64_t{deal.number} * 37'500 % 1'900'000)},
         {"closes_on", Value(closes_on)},
         {"pipeline", Value(deal.pipeline.id)},
         {"deal_type", Value(deal.number % 3 == 0 ? "existing_business" : "new_business")},
         {"next_step", Value(words.next_steps[size_t(deal.number) % words.next_steps.size()])},
         {"tags", Value(std::vector<std::string>{words.tag})}}));
    deal.id = made.id;
    if (deal.number % 2 != 0) return {};
    return make(tx, *deal.seller, "notes",
                {{"content", Value(words.notes[size_t(deal.number / 2) % words.notes.size()])},
                 {"deal", Value(deal.id)}});
  }

  /// What was talked about, and what is to be done next.
  Result<void> call(db::Transaction& tx, const Telling& deal) {
    const SalesWords& words = sales_words(language(deal));
    TRY(make(tx, *deal.seller, "calls",
             {{"subject", Value(words.call)},
              {"call_type", Value(deal.number % 4 == 0 ? "inbound" : "outbound")},
              {"starts_at", Value(tx.now() - 15 * minute_ms)},
              {"duration_s", Value(int64_t{180} + deal.number % 7 * 95)},
              {"call_result", Value("interested")},
              {"contact", Value(deal.buyer->id)},
              {"deal", Value(deal.id)}}));
    const bool is_done = deal.number % 3 == 0;
    TRY(make(tx, *deal.seller, "tasks",
             {{"subject", Value(words.task)},
              {"due_on", Value(day_of(is_done ? tx.now() : plan_.until) + deal.number % 9 - 2)},
              {"status", Value(is_done ? "completed" : "not_started")},
              {"priority", Value(deal.number % 5 == 0 ? "high" : "normal")},
              {"contact", Value(deal.buyer->id)},
              {"deal", Value(deal.id)}}));
    if (deal.number % 4 != 1) return {};
    const Instant starts_at = plan_.until - 6 * day_ms + (deal.number % 14) * day_ms;
    return make(tx, *deal.seller, "events",
                {{"subject", Value(words.meeting)},
                 {"starts_at", Value(starts_at)},
                 {"ends_at", Value(starts_at + hour_ms)},
                 {"venue", Value(office_.firms[deal.buyer->firm].city)},
                 {"contact", Value(deal.buyer->id)},
                 {"deal", Value(deal.id)}});
  }

  static Result<void> move_on(db::Transaction& tx, const Telling& deal, size_t step) {
    const std::vector<RecordId> way = way_to(deal);
    records::Changes changes{{"stage", Value(way[step - 1])}};
    const std::string& end = deal.pipeline.stages[deal.last_stage].outcome;
    if (step == way.size() && end != "open") changes.set("closes_on", Value(day_of(tx.now())));
    if (step == way.size() && end == "lost") {
      const char* reasons[] = {"price", "competition", "lack_of_response"};
      changes.set("reason_for_loss", Value(reasons[deal.number % std::size(reasons)]));
    }
    TRY(operations::update_record(tx, *deal.seller, *deal.seller->catalogue->find("deals"), deal.id,
                                  changes));
    return {};
  }

  void cast_leads() {
    if (office_.edition != Edition::crm) return;
    leads_.resize(demo_leads().size());
    for (size_t number = 0; number < leads_.size(); ++number) {
      const Instant time =
          begin() + story_length_ms * int64_t(number) / int64_t(leads_.size()) + 10 * hour_ms;
      at(time, [this, number](db::Transaction& tx) { return meet(tx, number); });
      if (number % converted_every != 1) continue;
      at(time + 3 * day_ms, [this, number](db::Transaction& tx) { return win_over(tx, number); });
    }
  }

  Result<void> meet(db::Transaction& tx, size_t number) {
    const DemoLead& one = demo_leads()[number];
    const Actor& finder = seller(int(number));
    const SalesWords& words = sales_words(one.language);
    const records::Record made =
        TRY(operations::create_record(tx, finder, leads_module(),
                                      {{"first_name", Value(one.first_name)},
                                       {"last_name", Value(one.last_name)},
                                       {"company", Value(one.company)},
                                       {"email", Value(one.email)},
                                       {"country", Value(one.country)},
                                       {"lead_status", Value(one.status)},
                                       {"lead_source", Value(one.source)},
                                       {"industry", Value(one.industry)},
                                       {"tags", Value(std::vector<std::string>{words.tag})}}));
    leads_[number] = made.id;
    return make(
        tx, finder, "notes",
        {{"content", Value(words.notes[number % words.notes.size()])}, {"lead", Value(made.id)}});
  }

  Result<void> win_over(db::Transaction& tx, size_t number) {
    const DemoLead& one = demo_leads()[number];
    LeadConversion conversion;
    conversion.deal = records::Changes{
        {"name", Value(fmt::format("{}: {}", one.company, sales_words(one.language).deals[0]))},
        {"amount", Value(int64_t{350'000})},
        {"closes_on", Value(day_of(plan_.until) + 30)}};
    TRY(convert_lead(tx, seller(int(number)), leads_[number], conversion));
    return {};
  }

  /// This morning everybody asked a colleague about the newest deal of theirs.
  void cast_signals() {
    if (office_.sellers.size() < 2) return;
    for (size_t number = 0; number < office_.sellers.size(); ++number) {
      const Actor& asked = office_.sellers[number];
      const auto newest = std::find_if(tellings_.rbegin(), tellings_.rend(),
                                       [&](const Telling& deal) { return deal.seller == &asked; });
      if (newest == tellings_.rend()) continue;
      at(plan_.until - int64_t(number + 1) * 20 * minute_ms,
         [this, number, &deal = *newest](db::Transaction& tx) {
           return ask(tx, seller(int(number + 1)), deal);
         });
    }
  }

  Result<void> ask(db::Transaction& tx, const Actor& colleague, const Telling& deal) {
    const SalesWords& words = sales_words(language(deal));
    TRY(make(tx, colleague, "tasks",
             {{"subject", Value(words.task)},
              {"due_on", Value(day_of(plan_.until) + 2)},
              {"priority", Value("high")},
              {"contact", Value(deal.buyer->id)},
              {"deal", Value(deal.id)},
              {"owner", Value(deal.seller->id)}}));
    return make(tx, colleague, "notes",
                {{"content", Value("@" + deal.seller->name + " " +
                                   words.notes[size_t(deal.number) % words.notes.size()])},
                 {"deal", Value(deal.id)}});
  }

  db::Database& database_;
  StoppedClock& clock_;
  const SalesDemoPlan& plan_;
  const SalesOffice& office_;
  std::vector<Telling> tellings_;  // stay where they are once they are cast
  std::vector<RecordId> leads_;
  std::vector<Moment> moments_;
};

}  // namespace

Result<OrgId> make_sales_demo(db::Database& database, const records::Catalogue& catalogue,
                              StoppedClock& clock, const SalesDemoPlan& plan) {
  if (&database.clock() != &clock)
    return invalid("clock", "another_clock", "Open the database with the clock of the demo.");
  const bool somebody_sells =
      std::any_of(plan.members.begin(), plan.members.end(),
                  [](const DemoMember& one) { return one.role != access::RoleKind::light_agent; });
  if (!somebody_sells) return invalid("members", "required", "Name somebody who sells.");
  clock.advance_ms(plan.until - story_length_ms - day_ms - clock.now());
  const SalesOffice office = TRY(database.write([&](db::Transaction& tx) -> Result<SalesOffice> {
    return make_sales_office(tx, catalogue, plan);
  }));
  TRY(Narrator(database, clock, plan, office).tell());
  return office.org;
}

}  // namespace tandem::crm
