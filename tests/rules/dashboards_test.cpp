#include <gmock/gmock.h>

#include <random>
#include <set>

#include "desk/dashboards/figures_keeping.h"
#include "desk/dashboards/figures_state.h"
#include "desk/dashboards/tickets_behind.h"
#include "desk/service_levels/business_hours.h"
#include "tests/support/office.h"

// What dashboards show, that each figure opens exactly its tickets, and that the figures stay those
// of the tickets whatever happens. The office opens on Monday 2026-03-02 at 09:00 UTC.

namespace tandem::test {
namespace {

using desk::Measure;
using testing::IsEmpty;

class Dashboards : public testing::Test {
 protected:
  void count() { desk::finish_figures(*office_.database); }

  Result<desk::DashboardScope> scope(const access::Actor& actor,
                                     const desk::DashboardQuery& query = {}) {
    return office_.database->read(
        [&](db::Transaction& tx) { return desk::dashboard_scope(tx, actor, query); });
  }
  desk::Dashboard dashboard(const access::Actor& actor, const desk::DashboardQuery& query = {}) {
    count();
    const auto read = office_.database->read([&](db::Transaction& tx) -> Result<desk::Dashboard> {
      const desk::DashboardScope found = TRY(desk::dashboard_scope(tx, actor, query));
      return desk::read_dashboard(tx, actor, found);
    });
    EXPECT_TRUE(read) << read.error().message;
    return read ? *read : desk::Dashboard{};
  }
  Result<records::Page> page(const access::Actor& actor, const desk::BehindQuery& behind,
                             const desk::DashboardQuery& query = {}) {
    return office_.database->read([&](db::Transaction& tx) -> Result<records::Page> {
      const desk::DashboardScope found = TRY(desk::dashboard_scope(tx, actor, query));
      return desk::tickets_behind(tx, actor, found, behind);
    });
  }
  /// All pages of a list, three at a time.
  std::vector<int64_t> tickets(const access::Actor& actor, desk::BehindQuery behind,
                               const desk::DashboardQuery& query = {}) {
    behind.limit = 3;
    std::vector<int64_t> ids;
    do {
      const Result<records::Page> found = page(actor, behind, query);
      EXPECT_TRUE(found) << behind.figure << ": " << found.error().message;
      if (!found) return ids;
      for (const records::Record& record : found->records) ids.push_back(record.id.value);
      behind.cursor = found->next_cursor;
    } while (!behind.cursor.empty());
    return ids;
  }
  int64_t behind(const access::Actor& actor, const desk::BehindQuery& query,
                 const desk::DashboardQuery& dashboard = {}) {
    const std::vector<int64_t> ids = tickets(actor, query, dashboard);
    EXPECT_EQ(std::set<int64_t>(ids.begin(), ids.end()).size(), ids.size()) << query.figure;
    const auto count = office_.database->read([&](db::Transaction& tx) -> Result<records::Count> {
      const desk::DashboardScope found = TRY(desk::dashboard_scope(tx, actor, dashboard));
      return desk::count_behind(tx, actor, found, query);
    });
    EXPECT_EQ(count->value, int64_t(ids.size())) << query.figure;
    return int64_t(ids.size());
  }
  std::vector<std::string> wrong() {
    count();
    return office_.database->read(
        [&](db::Transaction& tx) { return desk::wrong_figures(tx, office_.org); });
  }
  void set(RecordId ticket, const records::Changes& changes) {
    const auto changed = office_.change(ada_, "tickets", ticket, changes);
    EXPECT_TRUE(changed) << changed.error().message;
  }
  void pass(int64_t ms) { office_.clock.advance_ms(ms); }
  static const desk::KeyFigures* row(const desk::KeyedFigures& rows, const std::string& key) {
    for (const desk::KeyFigures& each : *rows) {
      if (each.key == key) return &each;
    }
    return nullptr;
  }
  void check_every_figure(const access::Actor& actor, const desk::DashboardQuery& query);
  void check_rows(const access::Actor& actor, const desk::DashboardQuery& query,
                  const desk::Dashboard& shown);
  void act_at_random(std::mt19937& random);
  void take_zone(const std::string& zone);

  Office office_;
  access::Actor ada_ = office_.administrator();
  access::Actor ana_ = office_.agent("ana", {"Support"});
  access::Actor bill_ = office_.agent("bill", {"Billing"});
  std::vector<RecordId> tickets_;
};

TEST_F(Dashboards, TicketsAreCountedByWhatHappenedToThem) {  // manual, Dashboards 2.1
  const RecordId first = office_.ticket("One", {{"priority", "high"}, {"channel", "phone"}});
  office_.ticket("Two");
  office_.ticket("Three", {{"due_at", office_.clock.now() + hour_ms}});
  pass(2 * day_ms);
  set(first, {{"owner", ana_.id}, {"status", "closed"}});
  const desk::Dashboard shown = dashboard(ana_);
  EXPECT_EQ(shown.total.count(Measure::created), 3);
  EXPECT_EQ(shown.total.count(Measure::closed), 1);
  EXPECT_EQ(shown.total.count(Measure::open), 2);
  EXPECT_EQ(shown.total.average_minutes(Measure::resolved), 2 * 24 * 60);
  EXPECT_EQ(shown.unassigned, 2);
  EXPECT_EQ(shown.overdue, 1);
  EXPECT_EQ(shown.created_by_hour[9], 3);  // Monday, nine o'clock
  ASSERT_EQ(shown.days.size(), 30U);
  EXPECT_EQ(shown.days[26].backlog, 0);
  EXPECT_EQ(shown.days[27].backlog, 3);
  EXPECT_EQ(shown.days[29].backlog, 2);
  EXPECT_EQ(row(shown.channels, "phone")->tally.count(Measure::closed), 1);
  EXPECT_EQ(row(shown.agents, to_string(ana_.id))->title, "ana");
}

TEST_F(Dashboards, WhatIsDueTodayIsOverdueFromItsMinuteOn) {  // manual, Dashboards 2.3
  office_.ticket("Soon", {{"due_at", office_.clock.now() + hour_ms}});
  EXPECT_EQ(dashboard(ana_).overdue, 0);
  EXPECT_EQ(behind(ana_, {.figure = "overdue"}), 0);
  pass(hour_ms + 1);
  EXPECT_EQ(dashboard(ana_).overdue, 1);
  EXPECT_EQ(behind(ana_, {.figure = "overdue"}), 1);
}

TEST_F(Dashboards, ReopeningTakesATicketOutOfTheClosedOnes) {  // manual, Dashboards 2.2
  const RecordId ticket = office_.ticket("One");
  set(ticket, {{"status", "closed"}});
  EXPECT_EQ(dashboard(ana_).total.count(Measure::closed), 1);
  set(ticket, {{"status", "open"}});
  EXPECT_EQ(dashboard(ana_).total.count(Measure::closed), 0);
  EXPECT_EQ(dashboard(ana_).total.count(Measure::open), 1);
}

TEST_F(Dashboards, WhatIsInTheRecycleBinDoesNotCount) {  // manual, Dashboards 1.4
  const RecordId ticket = office_.ticket("One");
  EXPECT_EQ(dashboard(ana_).total.count(Measure::created), 1);
  const auto in_office = [&](auto operation) {
    const auto done = office_.database->write([&](db::Transaction& tx) {
      return operation(tx, ada_, *office_.catalogue.find("tickets"), ticket);
    });
    EXPECT_TRUE(done);
  };
  in_office(operations::delete_record);
  EXPECT_EQ(dashboard(ana_).total.count(Measure::created), 0);
  in_office(operations::restore_record);
  EXPECT_EQ(dashboard(ana_).total.count(Measure::created), 1);
  in_office(operations::delete_record);
  in_office(operations::purge_record);
  EXPECT_EQ(dashboard(ana_).total.count(Measure::created), 0);
  EXPECT_THAT(wrong(), IsEmpty());
}

TEST_F(Dashboards, AgentsLookAtTheirOwnDepartmentsAlone) {  // manual, Dashboards 1.1
  office_.ticket("Ours");
  office_.ticket("Theirs", {{"department", office_.department("Billing")}});
  EXPECT_EQ(dashboard(ana_).total.count(Measure::created), 1);
  EXPECT_EQ(dashboard(ada_).total.count(Measure::created), 2);
  EXPECT_EQ(
      dashboard(ada_, {.department = office_.department("Billing")}).total.count(Measure::created),
      1);
  EXPECT_EQ(behind(ana_, {.figure = "created"}), 1);
  EXPECT_EQ(code_of(scope(ana_, {.department = office_.department("Billing")})), "not_found");
  const access::Actor lucy = office_.light_agent("lucy", {"Billing"});
  EXPECT_EQ(dashboard(lucy).total.count(Measure::created), 1);
  const RecordId maria = office_.contact("Silva", "maria@kunde.example");
  EXPECT_EQ(code_of(scope(office_.contact_actor(maria))), "agents_only");
}

TEST_F(Dashboards, APeriodHasLimits) {  // manual, Dashboards 1.3
  const int64_t today = office_.clock.now().ms / day_ms;
  EXPECT_EQ(code_of(scope(ana_, {.days = 0})), "out_of_range");
  EXPECT_EQ(code_of(scope(ana_, {.days = 367})), "out_of_range");
  for (const desk::Period& period : {desk::Period{today, today + 1}, desk::Period{today, today - 1},
                                     desk::Period{today - 366, today}}) {
    EXPECT_EQ(code_of(scope(ana_, {.period = period})), "out_of_range");
  }
  EXPECT_TRUE(scope(ana_, {.period = desk::Period{today - 365, today}}));
}

TEST_F(Dashboards, AListRefusesWhatItCannotShow) {  // manual, Dashboards 3.1
  count();
  EXPECT_EQ(code_of(page(ana_, {.figure = "happy"})), "not_a_choice");
  EXPECT_EQ(code_of(page(ana_, {.figure = "closed", .hour = 3})), "out_of_range");
  EXPECT_EQ(code_of(page(ana_, {.figure = "created", .hour = 168})), "out_of_range");
  EXPECT_EQ(code_of(page(ana_, {.figure = "answered", .band = 12})), "out_of_range");
  EXPECT_EQ(code_of(page(ana_, {.figure = "created", .band = 1})), "out_of_range");
  EXPECT_EQ(code_of(page(ana_, {.figure = "created", .cursor = "x"})), "bad_cursor");
}

TEST_F(Dashboards, AHiddenFieldHidesItsFigures) {  // manual, Dashboards 3.2
  office_.ticket("One", {{"priority", "high"}, {"due_at", office_.clock.now()}});
  auto role = std::make_shared<access::Role>(*ana_.role);
  role->fields["tickets"] = {{"priority", access::FieldAccess::hidden},
                             {"owner", access::FieldAccess::hidden},
                             {"due_at", access::FieldAccess::hidden},
                             {"rating", access::FieldAccess::hidden}};
  access::Actor blind = ana_;
  blind.role = role;
  const desk::Dashboard shown = dashboard(blind);
  EXPECT_FALSE(shown.priorities);
  EXPECT_FALSE(shown.agents);
  EXPECT_FALSE(shown.unassigned);
  EXPECT_FALSE(shown.overdue);
  EXPECT_TRUE(shown.channels);
  EXPECT_FALSE(desk::may_read(blind, Measure::rated_good));
  for (const desk::BehindQuery& query :
       {desk::BehindQuery{.figure = "created", .priority = "high"},
        desk::BehindQuery{.figure = "created", .owner = 0}, desk::BehindQuery{.figure = "overdue"},
        desk::BehindQuery{.figure = "unassigned"}, desk::BehindQuery{.figure = "rated_good"}}) {
    EXPECT_EQ(code_of(page(blind, query)), "unknown_field") << query.figure;
  }
}

void Dashboards::take_zone(const std::string& zone) {
  desk::NamedHours hours;
  hours.name = zone;
  hours.is_usual = true;
  hours.hours.time_zone = zone;
  hours.hours.week[0] = {{9 * 60, 17 * 60}};
  const auto added = office_.database->write(
      [&](db::Transaction& tx) { return desk::add_business_hours(tx, ada_, hours); });
  ASSERT_TRUE(added) << added.error().message;
}

TEST_F(Dashboards, DaysAreThoseOfTheUsualBusinessHours) {  // manual, Dashboards 1.2
  pass(8 * hour_ms);  // Monday 17:00 UTC, Tuesday 02:00 in Tokyo
  office_.ticket("Late");
  EXPECT_EQ(dashboard(ana_).created_by_hour[17], 1);
  take_zone("Asia/Tokyo");
  const desk::Dashboard shown = dashboard(ana_);
  EXPECT_EQ(shown.created_by_hour[17], 0);
  EXPECT_EQ(shown.created_by_hour[24 + 2], 1);
  EXPECT_EQ(scope(ana_)->time_zone, "Asia/Tokyo");
  EXPECT_EQ(behind(ana_, {.figure = "created", .hour = 26}, {.days = 1}), 1);
  EXPECT_THAT(wrong(), IsEmpty());
}

TEST_F(Dashboards, NothingIsShownWhileAllIsCountedAnew) {  // manual, Dashboards 4.2
  office_.ticket("One");
  EXPECT_EQ(dashboard(ana_).total.count(Measure::created), 1);
  const auto begun = office_.database->write([&](db::Transaction& tx) -> Result<void> {
    desk::count_anew(tx, office_.org);
    return {};
  });
  ASSERT_TRUE(begun);
  EXPECT_FALSE(scope(ana_)->is_ready);
  EXPECT_EQ(code_of(page(ana_, {.figure = "created"})), "figures_are_counted");
  EXPECT_EQ(dashboard(ana_).total.count(Measure::created), 1);
}

/// Something that happens to tickets in a help desk.
void Dashboards::act_at_random(std::mt19937& random) {
  const auto draw = [&](int below) { return int(random() % unsigned(below)); };
  pass(int64_t(draw(300)) * minute_ms);
  const char* priorities[] = {"low", "medium", "high", "urgent"};
  const char* channels[] = {"email", "phone", "web"};
  const char* tag_lists[] = {"vip", "vip; Late", "return"};
  if (tickets_.size() < 4 || draw(3) == 0) {
    records::Changes more{{"priority", priorities[draw(4)]}, {"channel", channels[draw(3)]}};
    if (draw(2) == 0) more.set("tags", tag_lists[draw(3)]);
    if (draw(2) == 0) more.set("due_at", office_.clock.now() + int64_t(draw(4'000)) * minute_ms);
    if (draw(3) == 0) more.set("department", office_.department("Billing"));
    tickets_.push_back(office_.ticket("Random", more));
    return;
  }
  const RecordId ticket = tickets_[size_t(draw(int(tickets_.size())))];
  const auto change = [&](const records::Changes& changes) {
    static_cast<void>(office_.change(ada_, "tickets", ticket, changes));
  };
  switch (draw(9)) {
    case 0:
    case 1:
    case 2: change({{"status", "closed"}}); break;
    case 3: change({{"status", draw(2) == 0 ? "open" : "on_hold"}}); break;
    case 4: change({{"owner", draw(2) == 0 ? ana_.id : ada_.id}}); break;
    case 5: change({{"priority", priorities[draw(4)]}}); break;
    case 6:
      change({{"department", office_.department(draw(2) == 0 ? "Support" : "Billing")}});
      break;
    case 7: change({{"tags", tag_lists[draw(3)]}}); break;
    default:
      static_cast<void>(office_.comment(ada_, ticket, "Read this", desk::Audience::everyone));
      break;
  }
}

void Dashboards::check_rows(const access::Actor& actor, const desk::DashboardQuery& query,
                            const desk::Dashboard& shown) {
  for (const char* figure : {"created", "closed", "open"}) {
    const Measure measure = *desk::measure_from_word(figure);
    for (const desk::KeyFigures& row : *shown.agents) {
      const int64_t owner = id_from_text(row.key).value_or(0);
      EXPECT_EQ(behind(actor, {.figure = figure, .owner = owner}, query), row.tally.count(measure));
    }
    for (const desk::KeyFigures& row : *shown.channels)
      EXPECT_EQ(behind(actor, {.figure = figure, .channel = row.key}, query),
                row.tally.count(measure));
    for (const desk::KeyFigures& row : *shown.priorities)
      EXPECT_EQ(behind(actor, {.figure = figure, .priority = row.key}, query),
                row.tally.count(measure));
    for (const desk::KeyFigures& row : *shown.tags)
      EXPECT_EQ(behind(actor, {.figure = figure, .tag = row.key}, query), row.tally.count(measure));
    for (const desk::KeyFigures& row : *shown.departments) {
      desk::DashboardQuery of_one = query;
      of_one.department = RecordId{*id_from_text(row.key)};
      EXPECT_EQ(behind(actor, {.figure = figure}, of_one), row.tally.count(measure));
    }
  }
}

void Dashboards::check_every_figure(const access::Actor& actor, const desk::DashboardQuery& query) {
  const desk::Dashboard shown = dashboard(actor, query);
  for (size_t index = 0; index < desk::measure_count; ++index) {
    const Measure measure = Measure(index);
    EXPECT_EQ(behind(actor, {.figure = std::string(word(measure))}, query),
              shown.total.count(measure))
        << word(measure);
  }
  EXPECT_EQ(behind(actor, {.figure = "unassigned"}, query), shown.unassigned);
  EXPECT_EQ(behind(actor, {.figure = "overdue"}, query), shown.overdue);
  for (const desk::DayFigures& day : shown.days) {
    const desk::DashboardQuery of_day{.period = desk::Period{day.day, day.day},
                                      .department = query.department};
    EXPECT_EQ(behind(actor, {.figure = "created"}, of_day), day.tally.count(Measure::created));
    EXPECT_EQ(behind(actor, {.figure = "closed"}, of_day), day.tally.count(Measure::closed));
    EXPECT_EQ(behind(actor, {.figure = "backlog"}, of_day), day.backlog);
  }
  for (int64_t hour = 0; hour < desk::hours_per_week; ++hour) {
    const int64_t created = shown.created_by_hour[size_t(hour)];
    if (created == 0) continue;
    EXPECT_EQ(behind(actor, {.figure = "created", .hour = hour}, query), created);
  }
  for (size_t band = 0; band < shown.resolved_by_band.size(); ++band) {
    EXPECT_EQ(behind(actor, {.figure = "resolved", .band = int64_t(band)}, query),
              shown.resolved_by_band[band]);
  }
  check_rows(actor, query, shown);
}

TEST_F(Dashboards, EachFigureOpensExactlyItsTickets) {  // S023; manual, Dashboards 3.1
  std::mt19937 random(20260302);
  for (int act = 0; act < 150; ++act) act_at_random(random);
  EXPECT_GT(dashboard(ada_, {.days = 10}).total.count(Measure::closed), 5);
  EXPECT_GT(dashboard(ada_, {.days = 10}).overdue, 2);
  check_every_figure(ada_, {.days = 10});
  check_every_figure(ana_, {.days = 30});
  check_every_figure(bill_, {.days = 3});
  EXPECT_THAT(wrong(), IsEmpty());
}

TEST_F(Dashboards, ARebuildFindsTheSameFigures) {  // manual, Dashboards 4.3
  std::mt19937 random(7);
  for (int act = 0; act < 60; ++act) {
    act_at_random(random);
    // Now and then the program stops between two steps of its counting.
    if (act % 7 == 0) desk::count_some(*office_.database);
    if (act == 20 || act == 40) {
      const auto begun = office_.database->write([&](db::Transaction& tx) -> Result<void> {
        desk::count_anew(tx, office_.org);
        return {};
      });
      ASSERT_TRUE(begun);
    }
  }
  EXPECT_THAT(wrong(), IsEmpty());
  const auto spoiled = office_.database->write([&](db::Transaction& tx) -> Result<void> {
    tx.execute("UPDATE desk_figures SET count = count + 1 WHERE measure = 'open'");
    return {};
  });
  ASSERT_TRUE(spoiled);
  EXPECT_FALSE(wrong().empty());
  const auto begun = office_.database->write([&](db::Transaction& tx) -> Result<void> {
    desk::count_anew(tx, office_.org);
    return {};
  });
  ASSERT_TRUE(begun);
  EXPECT_THAT(wrong(), IsEmpty());
}

TEST_F(Dashboards, RatingsAndTargetsAreCounted) {  // manual, Dashboards 2.5 and 2.6
  const RecordId ticket = office_.mail_in({.subject = "Help"}).ticket;
  office_.database
      ->write([&](db::Transaction& tx) -> Result<void> {
        tx.execute(
            "UPDATE tickets SET rating = 'good', rated_at = $1, first_response_due_at = $2, "
            "resolution_due_at = $1",
            {db::arg(office_.clock.now()), db::arg(office_.clock.now() + hour_ms)});
        return {};
      })
      .value();
  pass(30 * minute_ms);
  ASSERT_TRUE(office_.reply(ana_, ticket, {.html = "Try again"}));
  pass(day_ms);
  set(ticket, {{"status", "closed"}});
  const desk::Dashboard shown = dashboard(ana_);
  EXPECT_EQ(shown.total.count(Measure::rated_good), 1);
  EXPECT_EQ(shown.total.count(Measure::response_kept), 1);
  EXPECT_EQ(shown.total.count(Measure::resolution_missed), 1);
  EXPECT_EQ(shown.total.average_minutes(Measure::answered), 30);
  EXPECT_EQ(desk::within_minutes(shown.answered_by_band, 90), 60);
  EXPECT_EQ(behind(ana_, {.figure = "answered", .band = 1}), 1);
  check_every_figure(ana_, {.days = 3});
}

/// Whether the database reads the whole of a table for a statement.
bool scans(db::Transaction& tx, const records::Statement& statement) {
  const bool is_sqlite = tx.kind() == db::Kind::sqlite;
  if (!is_sqlite) tx.execute("SET LOCAL enable_seqscan = off");
  bool is_scan = false;
  tx.for_each((is_sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + statement.text, statement.args,
              [&](const db::RowView& row) {
                const std::string_view line = row.text(is_sqlite ? 3 : 0);
                is_scan |= line.starts_with("SCAN") || line.find("Seq Scan") != line.npos;
                return true;
              });
  return is_scan;
}

TEST_F(Dashboards, NoListReadsAllFacts) {
  count();
  const desk::DashboardScope found = *scope(ana_);
  for (const char* figure :
       {"created", "closed", "open", "backlog", "unassigned", "overdue", "answered", "resolved",
        "response_missed", "resolution_missed", "rated_bad"}) {
    const bool is_scan = office_.database->read([&](db::Transaction& tx) {
      return scans(tx, desk::behind_statement(office_.org, tx.now(), found, {.figure = figure},
                                              found.departments.at(0)));
    });
    EXPECT_FALSE(is_scan) << figure;
  }
}

}  // namespace
}  // namespace tandem::test
