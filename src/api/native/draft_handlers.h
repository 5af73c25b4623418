#pragma once

#include "api/native/call.h"
#include "desk/conversation/held_replies.h"

// What a person writes on a ticket and has not sent yet, and replies that can be taken back.

namespace tandem::api::native {

Result<http::Response> show_draft(Call& call);
Result<http::Response> show_own_words(Call& call);
Result<http::Response> save_draft(Call& call);
Result<http::Response> drop_draft(Call& call);

Result<http::Response> list_held_replies(Call& call);
Result<http::Response> take_back_reply(Call& call);

/// What stands in one text of a draft, besides the other texts.
Result<desk::DraftText> read_draft_text(const JsonObject& body);
/// The members of a text with the names and sizes of its files, as far as they wait to be sent.
void append_draft_text(JsonWriter& json, db::Transaction& tx, const Call& call,
                       const desk::DraftText& text);
void append_held_reply(JsonWriter& json, db::Transaction& tx, const Call& call,
                       const desk::HeldReply& held);
std::string draft_json(db::Transaction& tx, const Call& call, const desk::Draft& draft);

}  // namespace tandem::api::native
