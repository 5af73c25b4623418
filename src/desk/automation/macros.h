#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/actor.h"
#include "base/json.h"
#include "operations/operations.h"

// Several actions under one name, that a person runs on tickets with their own rights. Manual,
// Macros 1.1.

namespace tandem::desk {

constexpr size_t shared_macros_max = 100;
constexpr size_t personal_macros_max = 50;

enum class MacroAudience { owner, everybody };

struct Macro {
  RecordId id = {};
  std::string name = {};
  MacroAudience audience = MacroAudience::owner;
  RecordId owner = {};              // 0 when it is everybody's
  std::string actions_json = "[]";  // automation_actions.h
  Instant created_at = {};
};

/// The actor's own and everybody's, by name. Refuses with forbidden who is no agent; so do all
/// below.
Result<std::vector<Macro>> list_macros(db::Transaction& tx, const access::Actor& actor);
/// Of these, those that would be done on one of `tickets` at least (at most 250; what the actor
/// does not see counts for nothing), so that no screen offers what is refused. Manual, Macros 1.6.
/// Refuses: forbidden, too_large.
Result<std::vector<Macro>> list_macros_for(db::Transaction& tx, const access::Actor& actor,
                                           const std::vector<RecordId>& tickets);
/// Refuses with not_found also what belongs to somebody else.
Result<Macro> find_macro(db::Transaction& tx, const access::Actor& actor, RecordId id);

/// Everybody's macros are made, changed and removed by who manages the organisation. Refuses:
/// forbidden, invalid (name, actions, too_many). `id`, `owner` and `created_at` are given here.
Result<Macro> add_macro(db::Transaction& tx, const access::Actor& actor, Macro wanted);
/// Refuses also: not_found.
Result<Macro> change_macro(db::Transaction& tx, const access::Actor& actor, Macro wanted);
Result<void> remove_macro(db::Transaction& tx, const access::Actor& actor, RecordId id);
bool may_change_macro(const access::Actor& actor, const Macro& macro);

/// A macro that others run and that puts this reply template into their drafts: one of everybody's
/// before one that an active colleague keeps to themselves. Manual, Reply templates 1.5.
std::optional<Macro> macro_of_others_naming(db::Transaction& tx, const access::Actor& actor,
                                            RecordId reply_template);

/// Runs it on up to 250 tickets as the actor, by the way "macro". Each ticket stands for itself,
/// and on each it does everything or nothing. Refuses: not_found (macro), invalid (no ticket),
/// too_large, forbidden (more than one ticket without the right to bulk changes). S055.
Result<std::vector<operations::BulkOutcome>> run_macro(db::Transaction& tx,
                                                       const access::Actor& actor, RecordId id,
                                                       const std::vector<RecordId>& tickets);

}  // namespace tandem::desk
