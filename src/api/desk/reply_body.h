#pragma once

#include "api/desk/call.h"
#include "desk/conversation/replies.h"

namespace tandem::api::desk_dialect {

/// The body of a reply or of a forward. Refuses with invalid, by the dialect's members.
Result<desk::ReplyRequest> read_reply(db::Transaction& tx, const Call& call, RecordId ticket,
                                      const JsonObject& body);

/// The mailbox whose address the body names as sender, 0 for none. Refuses with invalid an address
/// that is none of the ticket's.
Result<RecordId> sender_of(const desk::ReplyDraft& draft, const std::string& address);

/// "content" as HTML, by its "contentType".
std::string html_of(const JsonObject& body);

/// Refuses with invalid whatever is answered on another channel than EMAIL.
Result<void> check_channel(const JsonObject& body);

}  // namespace tandem::api::desk_dialect
