#pragma once

#include <string>
#include <vector>

#include "access/agents.h"
#include "api/desk/call.h"
#include "api/desk/related.h"
#include "desk/tickets/timeline.h"

// How the Desk dialect shows things.

namespace tandem::api::desk_dialect {

/// Records of one module, in their order: tickets, contacts, accounts or departments. The query's
/// `include` says what they carry beside themselves, `fields` which of their keys are shown.
std::vector<std::string> records_json(db::Transaction& tx, const Call& call,
                                      const std::vector<records::Record>& records);
std::string record_json(db::Transaction& tx, const Call& call, const records::Record& record);
/// The names of `fields=a,b`. Refuses with invalid more than 30.
Result<void> check_fields(const Call& call);

std::string agent_json(const access::Agent& agent);
/// "firstName" and "lastName": the last word is the last name, as in most of the languages that
/// have one.
void append_names(JsonWriter& json, std::string_view name);

/// `content`: whole texts; a list of threads shows summaries only.
enum class Content { summary, whole };
std::string thread_json(const Call& call, const desk::TimelineItem& item, Content content);
/// `authors`: those of the page, from authors_of(); their role stands with them.
std::string comment_json(const Call& call, const desk::TimelineItem& item,
                         const Related::ById& authors);
std::string comment_json(db::Transaction& tx, const Call& call, const desk::TimelineItem& item);
std::string attachment_json(const Call& call, const records::Record& attachment);
/// Changes of fields that the dialect has no word for are left out. A share names its department
/// and the access, a change of access the one before, too.
std::string history_json(db::Transaction& tx, OrgId org, const records::Shape& shape,
                         const records::LogEntry& entry);

}  // namespace tandem::api::desk_dialect
