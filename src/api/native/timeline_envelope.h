#pragma once

#include "api/native/call.h"
#include "desk/conversation/replies.h"
#include "desk/tickets/timeline.h"

namespace tandem::api::native {

/// A message or comment of a ticket's timeline, its inline images pointing to the attachments they
/// are.
void append_item(JsonWriter& json, const Call& call, const desk::TimelineItem& item);
/// The items of a page, oldest first, events among them.
void append_timeline(JsonWriter& json, db::Transaction& tx, const Call& call,
                     const desk::Timeline& timeline);
void append_addresses(JsonWriter& json, std::string_view key,
                      const std::vector<desk::Address>& addresses);
void append_attachment(JsonWriter& json, const records::Record& attachment);
/// The other way round, for a text that comes in: images that point to our attachments become cid:
/// images, which survive in a mail.
std::string with_content_ids(const Call& call, std::string html);
/// `html` with cid: images pointing to the attachments that carry them.
std::string with_inline_images(const Call& call, std::string html,
                               const std::vector<records::Record>& attachments);

}  // namespace tandem::api::native
