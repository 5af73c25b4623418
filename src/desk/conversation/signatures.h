#pragma once

#include <string>

#include "access/actor.h"
#include "records/record.h"

// What stands below the text of an answer or a forward: an agent's own signature, else that of the
// ticket's department. The composer begins with it; nothing is added to a mail that leaves without
// it. Manual, Signatures.

namespace tandem::desk {

constexpr size_t signature_html_bytes_max = 20'000;

/// The actor's own, with its placeholders; "" when there is none. Refuses with forbidden who is no
/// agent.
Result<std::string> own_signature(db::Transaction& tx, const access::Actor& actor);
/// Answers it as it is kept; a text that shows nothing removes it. Refuses: forbidden as above,
/// too_large and invalid (html; unknown_placeholder).
Result<std::string> save_own_signature(db::Transaction& tx, const access::Actor& actor,
                                       const std::string& html);

/// The same of a department; they need the duty manage_departments, and refuse with not_found what
/// is no department.
Result<std::string> department_signature(db::Transaction& tx, const access::Actor& actor,
                                         RecordId department);
Result<std::string> save_department_signature(db::Transaction& tx, const access::Actor& actor,
                                              RecordId department, const std::string& html);

/// What a mail of the actor's on this ticket begins with, filled in; "" when neither has one.
/// Refuses with not_found a ticket out of sight.
Result<std::string> signature_on(db::Transaction& tx, const access::Actor& actor, RecordId ticket);

/// Of an agent or a department that is gone for good.
void forget_signature(db::Transaction& tx, OrgId org, RecordId owner);

}  // namespace tandem::desk
