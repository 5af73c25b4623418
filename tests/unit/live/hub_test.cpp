#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "access/sessions.h"
#include "tests/unit/live/office.h"

namespace tandem::live {
namespace {

using Lines = std::vector<std::string>;

// Far more than anything here takes; a test that waits this long is broken.
constexpr auto patience = std::chrono::seconds(60);

class LiveHub : public LiveOffice {
 protected:
  void tell_all() {
    while (hub->tell_news() > 0) {
    }
  }
};
TANDEM_ON_BOTH_DATABASES(LiveHub);

TEST_P(LiveHub, ABrowserHearsOfTheRecordsThatItsPersonSeesAndOfNoOthers) {
  const access::Actor ana = add_agent(harbour, "Ana");
  const access::Actor ben = add_agent(harbour, "Ben");
  const auto anas = listen(ana);
  const auto bens = listen(ben);
  tell_all();
  told(*anas);
  told(*bens);
  const RecordId hers = add_ticket(harbour, "Ana");
  const RecordId his = add_ticket(harbour, "Ben");
  rename_ticket(harbour, hers, "Router again");
  tell_all();
  EXPECT_EQ(told(*anas), (Lines{line(hers, "created"), line(hers, "updated")}));
  EXPECT_EQ(told(*bens), Lines{line(his, "created")});
}

TEST_P(LiveHub, ABrowserHearsNothingOfAnotherOrganisation) {
  const OrgId lighthouse = add_company("Lighthouse");
  const access::Actor ana = add_agent(harbour, "Ana");
  const access::Actor namesake = add_agent(lighthouse, "Ana");
  const auto here = listen(ana);
  const auto there = listen(namesake);
  tell_all();
  told(*here);
  told(*there);
  const RecordId ticket = add_ticket(lighthouse, "Ana");
  tell_all();
  EXPECT_EQ(told(*here), Lines{});
  EXPECT_EQ(told(*there), Lines{line(ticket, "created")});
}

TEST_P(LiveHub, SaysWhatChangedAndNeverWhatIsInIt) {
  const auto stream = listen(add_agent(harbour, "Ana"));
  rename_ticket(harbour, add_ticket(harbour, "Ana"), "A secret subject");
  tell_all();
  EXPECT_EQ(stream->take().find("secret"), std::string::npos);
}

TEST_P(LiveHub, RightsAreThoseOfNowAndWhoIsDisabledIsClosed) {
  const access::Actor ana = add_agent(harbour, "Ana");
  const auto stream = listen(ana);
  set_status(harbour, ana, access::AgentStatus::disabled);
  add_ticket(harbour, "Ana");
  tell_all();
  EXPECT_FALSE(stream->is_open());
  EXPECT_EQ(told(*stream), Lines{});
}

TEST_P(LiveHub, WhoMaySeeOtherThingsFromNowOnHearsItOnceAndNobodyElseDoes) {  // S074, S075
  const access::Actor ana = add_agent(harbour, "Ana");
  const access::Actor ben = add_agent(harbour, "Ben");
  const auto anas = listen(ana);
  const auto bens = listen(ben);
  tell_all();
  anas->take();
  bens->take();
  make_light(harbour, ana);
  clock.advance_ms(rights_check_ms);
  tell_all();
  const auto hears_of_rights = [](http::EventStream& stream) {
    return stream.take().find("event: rights") != std::string::npos;
  };
  EXPECT_TRUE(hears_of_rights(*anas));
  EXPECT_FALSE(hears_of_rights(*bens));
  clock.advance_ms(rights_check_ms);
  tell_all();
  EXPECT_FALSE(hears_of_rights(*anas));
}

TEST_P(LiveHub, WhoLosesSightOfARecordHearsThatItIsGoneAndNothingElse) {
  const access::Actor ana = add_agent(harbour, "Ana");
  const access::Actor ben = add_agent(harbour, "Ben");
  const access::Actor cora = add_agent(harbour, "Cora");
  const RecordId ticket = add_ticket(harbour, "Ana");
  tell_all();
  const auto anas = listen(ana);
  const auto bens = listen(ben);
  const auto coras = listen(cora);
  told(*anas);
  move_ticket(harbour, ticket, "Ben");
  tell_all();
  const std::string said = anas->take();
  EXPECT_NE(said.find("data: {\"module\":\"tickets\",\"id\":\"" + to_string(ticket) +
                      "\",\"verb\":\"gone\"}\n"),
            std::string::npos)
      << said;
  EXPECT_EQ(told(*bens), Lines{line(ticket, "updated")});
  EXPECT_EQ(told(*coras), Lines{});
  // What happens to it from now on is no business of Ana's.
  rename_ticket(harbour, ticket, "Elsewhere");
  tell_all();
  EXPECT_EQ(told(*anas), Lines{});
}

TEST_P(LiveHub, WhoIsGivenAShareOfARecordHearsOfItUntilItIsTakenBack) {  // S069, S074
  const access::Actor ben = add_agent(harbour, "Ben");
  const access::Actor cora = add_agent(harbour, "Cora");
  const RecordId ticket = add_ticket(harbour, "Ana");
  tell_all();
  const auto bens = listen(ben);
  const auto coras = listen(cora);
  told(*bens);
  told(*coras);
  share_ticket(harbour, ticket, {"Ben", "Cora"});
  tell_all();
  EXPECT_EQ(told(*bens), Lines{line(ticket, "updated")});
  share_ticket(harbour, ticket, {"Cora"});
  tell_all();
  EXPECT_NE(bens->take().find("\"verb\":\"gone\""), std::string::npos);
  EXPECT_EQ(told(*coras), (Lines{line(ticket, "updated"), line(ticket, "updated")}));
  rename_ticket(harbour, ticket, "Elsewhere");
  tell_all();
  EXPECT_EQ(told(*bens), Lines{});
}

TEST_P(LiveHub, AStreamEndsWithItsSessionAlsoWhenThatEndedOnAnotherNode) {
  const access::Actor ana = add_agent(harbour, "Ana");
  const int64_t session = begin_session(ana);
  const auto ended = listen(ana, session);
  const auto kept = listen(ana);
  add_ticket(harbour, "Ana");
  tell_all();
  told(*ended);
  told(*kept);
  const Result<void> done = database->write([&](db::Transaction& tx) -> Result<void> {
    return access::end_session(tx, ana.person, session);
  });
  ASSERT_TRUE(done);
  clock.advance_ms(session_check_ms);
  const RecordId ticket = add_ticket(harbour, "Ana");
  tell_all();
  EXPECT_FALSE(ended->is_open());
  EXPECT_EQ(told(*ended), Lines{});
  EXPECT_TRUE(kept->is_open());
  EXPECT_EQ(told(*kept), Lines{line(ticket, "created")});
}

TEST_P(LiveHub, WhatLagsBehindALongLogIsToldToTheEndAndInOrder) {
  const auto stream = listen(add_agent(harbour, "Ana"));
  tell_all();
  told(*stream);
  constexpr int others = 600;  // more than one reading of the log takes
  for (int number = 0; number < others; ++number) add_ticket(harbour, "Ben");
  const RecordId first = add_ticket(harbour, "Ana");
  const RecordId second = add_ticket(harbour, "Ana");
  EXPECT_GT(hub->tell_news(), 0);
  EXPECT_EQ(told(*stream), Lines{});
  tell_all();
  EXPECT_EQ(told(*stream), (Lines{line(first, "created"), line(second, "created")}));
}

TEST_P(LiveHub, AReaderThatIsTooSlowIsClosedAndDoesNotHoldUpTheOthers) {
  const access::Actor ana = add_agent(harbour, "Ana");
  const auto slow = listen(ana);
  const auto quick = listen(ana);
  tell_all();
  told(*quick);
  for (int number = 0; number <= http::event_backlog_messages_max; ++number) {
    const RecordId ticket = add_ticket(harbour, "Ana");
    tell_all();
    ASSERT_EQ(told(*quick), Lines{line(ticket, "created")});
  }
  EXPECT_TRUE(slow->is_overrun());
  EXPECT_FALSE(slow->is_open());
  EXPECT_TRUE(quick->is_open());
  add_ticket(harbour, "Ana");
  tell_all();
  EXPECT_EQ(hub->stream_count(), 1);
}

TEST_P(LiveHub, APersonHasAtMostSoManyStreamsAndTheirOwnLimit) {
  const access::Actor ana = add_agent(harbour, "Ana");
  std::vector<std::shared_ptr<http::EventStream>> streams;
  for (int count = 0; count < streams_per_person_max; ++count) streams.push_back(listen(ana));
  const Result<void> refused = hub->add(ana, 1, std::make_shared<http::EventStream>());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, RefusalKind::busy);
  EXPECT_TRUE(hub->add(add_agent(harbour, "Ben"), 2, std::make_shared<http::EventStream>()));
  // A window that was closed makes room.
  streams.front()->close();
  EXPECT_TRUE(hub->add(ana, 1, std::make_shared<http::EventStream>()));
}

TEST_P(LiveHub, DropsTheStreamsOfOnePersonOnly) {
  const access::Actor ana = add_agent(harbour, "Ana");
  const auto one = listen(ana);
  const auto other = listen(ana);
  const auto bens = listen(add_agent(harbour, "Ben"));
  hub->drop(ana.person);
  EXPECT_FALSE(one->is_open());
  EXPECT_FALSE(other->is_open());
  EXPECT_TRUE(bens->is_open());
  EXPECT_EQ(hub->stream_count(), 1);
}

TEST_P(LiveHub, TellsByItselfWhileOthersComeAndGo) {
  const access::Actor ana = add_agent(harbour, "Ana");
  hub->start();
  const auto stream = listen(ana);
  std::atomic<bool> is_over = false;
  std::jthread visitors([&] {
    const access::Actor ben = add_agent(harbour, "Ben");
    while (!is_over) {
      listen(ben, 2);
      hub->drop(ben.person);
    }
  });
  const RecordId ticket = add_ticket(harbour, "Ana");
  hub->wake();
  Lines heard;
  const auto give_up_at = std::chrono::steady_clock::now() + patience;
  while (heard.empty() && std::chrono::steady_clock::now() < give_up_at) {
    heard = told(*stream);
    std::this_thread::yield();
  }
  is_over = true;
  visitors.join();
  hub->stop();
  EXPECT_EQ(heard, Lines{line(ticket, "created")});
}

TEST_P(LiveHub, EqualVisibilityIsAskedOnceAndSaidInEqualWords) {
  using records::field;
  EXPECT_EQ(key_of(field("team").is("Ana")), key_of(field("team").is("Ana")));
  EXPECT_NE(key_of(field("team").is("Ana")), key_of(field("team").is("Ben")));
  EXPECT_NE(key_of(field("team").is("1")), key_of(field("team").is(int64_t{1})));
  EXPECT_NE(key_of(records::any_of({field("a").is("1")})),
            key_of(records::all_of({field("a").is("1")})));
}

}  // namespace
}  // namespace tandem::live
