#pragma once

#include <string>

#include "desk/demo/demo_office.h"

// What the colleagues of the demo do beside answering: they note their time, plan tasks and
// appointments, call customers, and follow what is not theirs.

namespace tandem::desk {

struct DemoWork {
  const access::Actor& agent;  // who answers for the ticket
  RecordId ticket;
  RecordId department;
  Team team = Team::support;
  std::string language;
  int number = 0;  // of the ticket in the demo: decides what is done to it
};

/// When somebody takes the ticket: perhaps a task, an appointment, a call. Answers the task, 0
/// without one.
Result<RecordId> plan_work(db::Transaction& tx, const DemoWork& work);
/// After an answer: how long it took.
Result<void> note_time(db::Transaction& tx, const DemoWork& work, int64_t minutes);
/// With the ticket done, most of its tasks are.
Result<void> finish_task(db::Transaction& tx, const DemoWork& work, RecordId task);
/// The head of the office follows what might go wrong.
Result<void> follow_along(db::Transaction& tx, const DemoOffice& office, const DemoWork& work);
/// What everybody has on their own list as of now.
Result<void> plan_own_days(db::Transaction& tx, const DemoOffice& office);

}  // namespace tandem::desk
