#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"
#include "base/json.h"
#include "desk/sharing/ticket_visibility.h"
#include "records/record.h"

// What rules and macros do to a ticket. Manual, Automation 1.3 and Macros 1.2.

namespace tandem::desk {

constexpr size_t automation_actions_max = 10;
constexpr size_t automation_actions_bytes_max = 200'000;

enum class ActionKind {
  set_field,
  assign,
  escalate,
  share,
  comment,
  draft,
  mail,
  move,
  webhook,
  stop
};
std::string_view word(ActionKind kind);

/// To whom a ticket is given. `me` is the person who runs a macro.
enum class Assignee { agent, nobody, me, round_robin, least_load };

struct Action {
  ActionKind kind = ActionKind::stop;
  std::string field = {};     // set_field
  records::Value value = {};  // set_field
  Assignee assignee = Assignee::agent;
  RecordId agent = {};                       // assign, when to an agent
  RecordId department = {};                  // share, move
  TicketAccess access = TicketAccess::full;  // share
  std::string html = {};                     // comment, draft, mail
  std::string draft_kind = {};               // draft: reply, reply_all or comment
  RecordId reply_template = {};              // draft, in place of html
  RecordId webhook = {};                     // webhook
};

/// Who does it: macros know a person and their draft, rules know an order that they may end, and
/// only rules of time write to customers, so that no answer starts an answer.
enum class ActionsOf { rule, timed_rule, macro };

/// Reads {"do":"set_field","field":"priority","value":"high"} and its likes (docs/api/native.md).
/// Refuses with invalid (actions).
Result<Action> action_from_json(const Json& json, const records::Shape& tickets, ActionsOf whose);

/// The list as it is to be stored. Refuses with invalid (actions) an empty or long list, what
/// action_from_json refuses, and people and departments that are not there.
Result<std::string> checked_actions(db::Transaction& tx, const access::Actor& actor,
                                    const Json& actions, ActionsOf whose);

/// What was stored, each on its own, because a field or choice may be gone by now.
std::vector<Result<Action>> stored_actions(const std::string& json, const records::Shape& tickets,
                                           ActionsOf whose);

/// Does it as the actor, by the verbs that people use, so that every refusal of theirs holds here.
/// `source`: the rule or macro, which remembers whose turn it is.
Result<void> perform(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                     const Action& action, RecordId source);

/// Whether perform() would be allowed to this person on this ticket as it is; what only shows while
/// it is done (an agent who left, a template that is gone) is not asked.
bool may_perform(const access::Actor& actor, const records::Record& ticket, const Action& action);

}  // namespace tandem::desk
