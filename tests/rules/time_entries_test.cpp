#include "desk/time_tracking/time_entries.h"

#include <gmock/gmock.h>

#include "desk/sharing/ticket_sharing.h"
#include "desk/tickets/ticket_merging.h"
#include "desk/time_tracking/ticket_timers.h"
#include "desk/time_tracking/time_report.h"
#include "records/change_log.h"
#include "tests/rules/ticket_checks.h"
#include "tests/support/office.h"

// Manual, Time entries.

namespace tandem::test {
namespace {

using testing::ElementsAre;

class TimeEntries : public testing::Test {
 protected:
  Office office_;
  access::Actor ana_ = office_.agent("ana", {"Support"});
  access::Actor ben_ = office_.agent("ben", {"Support"});
  access::Actor eva_ = office_.agent("eva", {"Billing"});
  access::Actor ada_ = office_.administrator();
  RecordId router_ = office_.ticket("Router");

  template <class Act>
  auto in(Act&& act) {
    return office_.database->write([&](db::Transaction& tx) { return act(tx); });
  }
  Result<records::Record> log(const access::Actor& actor, const desk::WorkedTime& worked) {
    return in([&](db::Transaction& tx) { return desk::log_time(tx, actor, router_, worked); });
  }
  Result<records::Record> change(const access::Actor& actor, RecordId entry,
                                 const desk::WorkedTimeChange& wanted) {
    return in(
        [&](db::Transaction& tx) { return desk::change_time(tx, actor, router_, entry, wanted); });
  }
  Result<void> remove(const access::Actor& actor, RecordId entry) {
    return in([&](db::Transaction& tx) { return desk::remove_time(tx, actor, router_, entry); });
  }
  Result<desk::Timer> start(const access::Actor& actor, RecordId ticket) {
    return in([&](db::Transaction& tx) { return desk::start_timer(tx, actor, ticket); });
  }
  Result<desk::Timer> pause(const access::Actor& actor, RecordId ticket) {
    return in([&](db::Transaction& tx) { return desk::pause_timer(tx, actor, ticket); });
  }
  desk::TimeTotals totals(RecordId ticket) {
    return office_.database->read([&](db::Transaction& tx) {
      const auto time = desk::time_of_ticket(tx, ana_, ticket);
      EXPECT_TRUE(time);
      return time ? time->totals : desk::TimeTotals{};
    });
  }
  std::vector<std::string> history() { return events_of(office_, router_); }
};

TEST_F(TimeEntries, WorkedTimeIsNotedAndSummedByTicket) {
  const auto entry = log(ana_, {.seconds = 5'400, .note = " Looked at the logs "});
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->get("agent").id(), ana_.id);
  EXPECT_EQ(entry->get("note").text(), "Looked at the logs");
  EXPECT_EQ(entry->get("worked_at").instant().ms, office_.clock.now().ms - 5'400'000)
      << "said of the present, it began before";
  ASSERT_TRUE(log(ben_, {.seconds = 600, .is_billable = false}));
  const desk::TimeTotals sum = totals(router_);
  EXPECT_EQ(sum.count, 2);
  EXPECT_EQ(sum.seconds, 6'000);
  EXPECT_EQ(sum.billable_seconds, 5'400);
  EXPECT_THAT(history(), ElementsAre("time_logged", "time_logged", "created"));
}

TEST_F(TimeEntries, WhatIsNoTimeIsRefused) {
  EXPECT_EQ(log(ana_, {.seconds = 0}).error().field, "seconds");
  EXPECT_EQ(log(ana_, {.seconds = 4'000'000}).error().field, "seconds");
  EXPECT_EQ(log(ana_, {.worked_at = office_.clock.now() + hour_ms, .seconds = 60}).error().field,
            "worked_at");
  EXPECT_EQ(log(ana_, {.seconds = 60, .note = std::string(2'001, 'a')}).error().field, "note");
  EXPECT_EQ(log(eva_, {.seconds = 60}).error().kind, RefusalKind::not_found);
  const access::Actor lea = office_.light_agent("lea", {"Support"});
  EXPECT_EQ(log(lea, {.seconds = 60}).error().kind, RefusalKind::forbidden);
}

TEST_F(TimeEntries, OnesOwnTimeIsChangedAndThatOfOthersByWhoMayAssign) {
  const auto entry = log(ana_, {.seconds = 600});
  ASSERT_TRUE(entry);
  EXPECT_EQ(change(ben_, entry->id, {.seconds = 60}).error().kind, RefusalKind::forbidden);
  EXPECT_EQ(remove(ben_, entry->id).error().kind, RefusalKind::forbidden);
  EXPECT_EQ(log(ben_, {.agent = ana_.id, .seconds = 60}).error().kind, RefusalKind::forbidden);
  EXPECT_EQ(change(ana_, entry->id, {.agent = ben_.id}).error().kind, RefusalKind::forbidden);
  ASSERT_TRUE(change(ana_, entry->id, {.seconds = 900, .is_billable = false}));
  EXPECT_EQ(totals(router_).seconds, 900);
  ASSERT_TRUE(change(ada_, entry->id, {.agent = ben_.id}));
  EXPECT_EQ(code_of(change(ada_, entry->id, {.agent = RecordId{1}})), "not_found");
  ASSERT_TRUE(remove(ben_, entry->id)) << "it is his now";
  EXPECT_EQ(totals(router_).count, 0);
  EXPECT_THAT(history(), ElementsAre("time_removed", "time_changed", "time_changed", "time_logged",
                                     "created"));
}

TEST_F(TimeEntries, AStopwatchRunsOnTheServerAndBecomesAnEntry) {
  ASSERT_TRUE(start(ana_, router_));
  office_.clock.advance_ms(10 * minute_ms);
  ASSERT_TRUE(pause(ana_, router_));
  office_.clock.advance_ms(hour_ms);
  const auto again = start(ana_, router_);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->seconds, 600) << "a pause does not count";
  office_.clock.advance_ms(5 * minute_ms);
  const auto entry = in(
      [&](db::Transaction& tx) { return desk::stop_timer(tx, ana_, router_, {.note = "Fixed"}); });
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->get("seconds").number(), 900);
  EXPECT_EQ(entry->get("source").text(), "timer");
  EXPECT_EQ(code_of(pause(ana_, router_)), "no_timer");
}

TEST_F(TimeEntries, AnotherStopwatchPausesTheFirst) {
  const RecordId printer = office_.ticket("Printer");
  ASSERT_TRUE(start(ana_, router_));
  office_.clock.advance_ms(minute_ms);
  ASSERT_TRUE(start(ana_, printer));
  ASSERT_TRUE(start(ben_, router_)) << "each has their own";
  const auto timers =
      office_.database->read([&](db::Transaction& tx) { return desk::timers_of(tx, ana_); });
  ASSERT_EQ(timers->size(), 2U);
  EXPECT_EQ((*timers)[0].ticket->title, "Printer");
  EXPECT_TRUE((*timers)[0].timer.is_running);
  EXPECT_FALSE((*timers)[1].timer.is_running);
  EXPECT_EQ((*timers)[1].timer.seconds, 60);
}

TEST_F(TimeEntries, AMergeTakesTheTimeAlongAndItsUndoGivesItBack) {
  ASSERT_TRUE(log(ana_, {.seconds = 600}));
  ASSERT_TRUE(start(ben_, router_));
  const RecordId other = office_.ticket("Router again");
  ASSERT_TRUE(
      in([&](db::Transaction& tx) { return desk::merge_tickets(tx, ana_, {other}, {{router_}}); }));
  EXPECT_EQ(totals(other).seconds, 600);
  const auto timers =
      office_.database->read([&](db::Transaction& tx) { return desk::timers_of(tx, ben_); });
  ASSERT_EQ(timers->size(), 1U);
  EXPECT_EQ((*timers)[0].ticket->id, other);
  ASSERT_TRUE(in([&](db::Transaction& tx) -> Result<void> {
    const auto merges = TRY(desk::merges_into(tx, ana_, other));
    TRY(desk::undo_merge(tx, ana_, other, merges.front().id));
    return {};
  }));
  EXPECT_EQ(totals(other).seconds, 0);
  EXPECT_EQ(totals(router_).seconds, 600);
}

TEST_F(TimeEntries, WhoMeasuresOnBothTicketsOfAMergeLosesNothing) {
  const RecordId other = office_.ticket("Router again");
  const auto seconds = [&](const access::Actor& actor, RecordId ticket) {
    const auto timer = office_.database->read(
        [&](db::Transaction& tx) { return desk::timer_of(tx, actor, ticket); });
    return timer && *timer ? (*timer)->seconds : int64_t{-1};
  };
  ASSERT_TRUE(start(ana_, other));
  ASSERT_TRUE(start(ben_, router_));
  office_.clock.advance_ms(5 * minute_ms);
  ASSERT_TRUE(start(ana_, router_));
  office_.clock.advance_ms(10 * minute_ms);
  ASSERT_TRUE(
      in([&](db::Transaction& tx) { return desk::merge_tickets(tx, ada_, {other}, {{router_}}); }));
  EXPECT_EQ(seconds(ana_, other), 900) << "five minutes here and ten there";
  EXPECT_EQ(seconds(ben_, other), 900);
  office_.clock.advance_ms(minute_ms);
  EXPECT_EQ(seconds(ana_, other), 960) << "it goes on";
  ASSERT_TRUE(in([&](db::Transaction& tx) -> Result<void> {
    const auto merges = TRY(desk::merges_into(tx, ada_, other));
    TRY(desk::undo_merge(tx, ada_, other, merges.front().id));
    return {};
  }));
  EXPECT_EQ(seconds(ana_, router_), 600) << "what was measured there came back";
  EXPECT_EQ(seconds(ana_, other), 360);
  EXPECT_EQ(seconds(ben_, router_), 960) << "it came alone and goes back alone";
  EXPECT_EQ(seconds(ben_, other), -1);
}

TEST_F(TimeEntries, AStopwatchOnATicketOutOfSightStaysItsAgentsOwn) {
  const RecordId printer = office_.ticket("Printer");
  ASSERT_TRUE(start(ana_, printer));
  ASSERT_TRUE(start(ana_, router_));
  office_.clock.advance_ms(10 * minute_ms);
  for (const RecordId ticket : {router_, printer}) {
    ASSERT_TRUE(
        office_.change(ada_, "tickets", ticket, {{"department", office_.department("Billing")}}));
  }
  const auto timers = [&] {
    return *office_.database->read([&](db::Transaction& tx) { return desk::timers_of(tx, ana_); });
  };
  ASSERT_EQ(timers().size(), 2U);
  EXPECT_TRUE(timers()[0].timer.is_running);
  EXPECT_FALSE(timers()[0].ticket) << "nothing of it is told";
  const auto stop = [&](std::optional<int64_t> seconds) {
    return in([&](db::Transaction& tx) {
      return desk::stop_timer(tx, ana_, router_, {.seconds = seconds});
    });
  };
  ASSERT_TRUE(pause(ana_, router_));
  EXPECT_EQ(code_of(stop(3'600)), "out_of_range") << "more than was measured";
  ASSERT_TRUE(stop({}));
  EXPECT_EQ(office_.database->read([&](db::Transaction& tx) {
    return tx.integer("SELECT SUM(seconds) FROM time_entries WHERE ticket = $1", {router_.value});
  }),
            600);
  EXPECT_EQ(code_of(stop({})), "not_found") << "as if there were no such ticket";
  ASSERT_TRUE(in([&](db::Transaction& tx) { return desk::drop_timer(tx, ana_, printer); }));
  EXPECT_TRUE(timers().empty());
  EXPECT_EQ(code_of(start(ana_, router_)), "not_found");
}

TEST_F(TimeEntries, TheReportSumsByAgentWhatIsInOnesLists) {
  ASSERT_TRUE(log(ana_, {.seconds = 600}));
  ASSERT_TRUE(log(ana_, {.seconds = 300, .is_billable = false}));
  ASSERT_TRUE(log(ben_, {.seconds = 60}));
  const auto report = [&](const access::Actor& actor, int64_t from_ms, int64_t to_ms) {
    return office_.database->read([&](db::Transaction& tx) {
      const Instant now = office_.clock.now();
      return desk::time_by_agent(tx, actor, {.from = now + from_ms, .to = now + to_ms});
    });
  };
  const auto hers = report(ana_, -day_ms, day_ms);
  ASSERT_TRUE(hers);
  ASSERT_EQ(hers->size(), 2U);
  EXPECT_EQ((*hers)[0].name, "ana");
  EXPECT_EQ((*hers)[0].totals.seconds, 900);
  EXPECT_EQ((*hers)[0].totals.billable_seconds, 600);
  EXPECT_TRUE(report(eva_, -day_ms, day_ms)->empty()) << "of another department";
  EXPECT_TRUE(report(ana_, -2 * day_ms, -day_ms)->empty());
  EXPECT_EQ(report(ana_, 0, 0).error().field, "to");
  EXPECT_EQ(report(ana_, 0, 367 * day_ms).error().field, "to");
}

TEST_F(TimeEntries, TheReportSumsByTicketAndDayAndListsEachEntry) {
  const RecordId parcel = office_.ticket("Parcel");
  const Instant now = office_.clock.now();
  ASSERT_TRUE(log(ana_, {.worked_at = now - day_ms, .seconds = 600, .note = "Logs"}));
  ASSERT_TRUE(log(ben_, {.worked_at = now - hour_ms, .seconds = 300, .is_billable = false}));
  ASSERT_TRUE(in([&](db::Transaction& tx) {
    return desk::log_time(tx, ben_, parcel, {.worked_at = now - hour_ms, .seconds = 1200});
  }));
  const auto ask = [&](auto&& report, desk::TimeReportQuery query) {
    query.from = now - 7 * day_ms;
    query.to = now + day_ms;
    return *office_.database->read([&](db::Transaction& tx) { return report(tx, ana_, query); });
  };
  const auto tickets = ask(desk::time_by_ticket, {});
  ASSERT_EQ(tickets.size(), 2U);
  EXPECT_EQ(tickets[0].title, "Parcel") << "the most time first";
  EXPECT_EQ(tickets[1].totals.seconds, 900);
  EXPECT_EQ(tickets[1].totals.billable_seconds, 600);
  const auto days = ask(desk::time_by_day, {});
  ASSERT_EQ(days.size(), 2U);
  EXPECT_EQ(days[0].totals.seconds, 1500) << "the newest day first";
  EXPECT_EQ(days[0].day - days[1].day, 1);
  EXPECT_EQ(ask(desk::reported_entries, {.agent = ana_.id})[0].note, "Logs");
  EXPECT_EQ(ask(desk::reported_entries, {.is_billable = false})[0].agent_name, "ben");
  EXPECT_EQ(ask(desk::time_by_ticket, {.is_billable = true}).size(), 2U);
  EXPECT_TRUE(ask(desk::reported_entries, {.department = office_.department("Billing")}).empty());
}

TEST_F(TimeEntries, ADayOfTheReportIsOneOfTheOrganisation) {
  desk::TimeReportQuery query;
  office_.database->read([&](db::Transaction& tx) {
    desk::set_days(tx, office_.org, 20'000, 20'006, query);
    return 0;
  });
  EXPECT_EQ(query.to - query.from, 7 * day_ms);
  EXPECT_EQ(query.from.ms % minute_ms, 0);
}

TEST_F(TimeEntries, ItGoesWithTheTicketForGood) {
  ASSERT_TRUE(log(ana_, {.seconds = 600}));
  ASSERT_TRUE(start(ana_, router_));
  ASSERT_TRUE(in([&](db::Transaction& tx) -> Result<void> {
    const records::ModuleDef& tickets = *office_.catalogue.find("tickets");
    TRY(operations::delete_record(tx, ada_, tickets, router_));
    EXPECT_EQ(code_of(desk::log_time(tx, ana_, router_, {.seconds = 60})), "in_recycle_bin");
    return operations::purge_record(tx, ada_, tickets, router_);
  }));
  office_.database->read([&](db::Transaction& tx) {
    EXPECT_EQ(tx.integer("SELECT COUNT(*) FROM time_entries", {}), 0);
    EXPECT_EQ(tx.integer("SELECT COUNT(*) FROM ticket_timers", {}), 0);
  });
}

}  // namespace
}  // namespace tandem::test
