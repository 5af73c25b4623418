#pragma once

#include <string>
#include <vector>

#include "access/agents.h"
#include "api/desk/call.h"
#include "desk/timeline.h"

// How the Desk dialect shows things.

namespace tandem::api::desk_dialect {

/// A record of tickets, contacts, accounts or departments. `include`: names of nested objects that
/// a ticket carries (contacts, assignee, departments).
std::string record_json(db::Transaction& tx, const Call& call, const records::Record& record,
                        const std::vector<std::string>& include = {});
std::string agent_json(const access::Agent& agent);
/// `content`: whole texts; a list of threads shows summaries only.
enum class Content { summary, whole };
std::string thread_json(const Call& call, const desk::TimelineItem& item, Content content);
std::string comment_json(const Call& call, const desk::TimelineItem& item);
std::string attachment_json(const Call& call, const records::Record& attachment);
std::string history_json(const Call& call, const records::LogEntry& entry);

}  // namespace tandem::api::desk_dialect
