#include "http/receiver_turns.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace tandem::http {
namespace {

TEST(ReceiverTurns, AReceiverIsTheHostWithItsPort) {
  EXPECT_EQ(receiver_of("https://Hooks.Example/path?x=1"), "hooks.example");
  EXPECT_EQ(receiver_of("http://ana:geheim@hooks.example:8443/path"), "hooks.example:8443");
  EXPECT_EQ(receiver_of("http://[2001:db8::1]:80?x=@y"), "[2001:db8::1]:80");
  EXPECT_EQ(receiver_of("no address"), "");
}

TEST(ReceiverTurns, OneReceiverGetsItsTurnsAndNoMore) {
  ReceiverTurns turns;
  for (int call = 0; call < turns_per_receiver_max; ++call) EXPECT_EQ(turns.take("slow", 0), 0);
  EXPECT_GT(turns.take("slow", 0), 0);
  EXPECT_EQ(turns.take("other", 0), 0);
  turns.give_back("slow", 10);
  EXPECT_EQ(turns.take("slow", 10), 0);
}

TEST(ReceiverTurns, WhoFindsNoTurnComesBackOneAfterTheOther) {
  ReceiverTurns turns;
  for (int call = 0; call < turns_per_receiver_max; ++call) turns.take("slow", 0);
  turns.give_back("slow", 4'000);  // that is how long its calls take
  turns.take("slow", 4'000);
  int64_t before_ms = 0;
  for (int number = 1; number <= 3; ++number) {
    const int64_t wait_ms = turns.take("slow", 4'000);
    EXPECT_EQ(wait_ms, before_ms + 4'000 / turns_per_receiver_max);
    before_ms = wait_ms;
  }
}

TEST(ReceiverTurns, NobodyStaysAwayForLongerThanAMinute) {
  ReceiverTurns turns;
  for (int call = 0; call < turns_per_receiver_max; ++call) turns.take("slow", 0);
  turns.give_back("slow", 15'000);
  turns.take("slow", 0);
  int64_t longest_ms = 0;
  for (int number = 0; number < 1'000; ++number) {
    longest_ms = std::max(longest_ms, turns.take("slow", 0));
  }
  EXPECT_EQ(longest_ms, turn_wait_max_ms);
}

TEST(ReceiverTurns, ATurnIsGivenBackHoweverTheCallEnds) {
  ReceiverTurns turns;
  for (int round = 0; round < 3 * turns_per_receiver_max; ++round) {
    try {
      const ReceiverTurn turn(turns, "slow");
      EXPECT_TRUE(turn.is_taken());
      throw round;
    } catch (int) {
    }
  }
}

}  // namespace
}  // namespace tandem::http
