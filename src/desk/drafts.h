#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/actor.h"

namespace tandem::desk {

/// A person's unsent text on a ticket; one per person and ticket.
struct Draft {
  std::string kind = "reply";  // reply, reply_all, forward or comment
  std::vector<std::string> to;
  std::vector<std::string> cc;
  std::vector<std::string> bcc;
  std::string html;
  std::vector<int64_t> attachment_ids;
  Instant saved_at;
};

/// Refuses: not_found (ticket), invalid (kind, html longer than reply_html_bytes_max).
Result<Draft> save_draft(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                         Draft draft);
Result<std::optional<Draft>> find_draft(db::Transaction& tx, const access::Actor& actor,
                                        RecordId ticket);
Result<void> drop_draft(db::Transaction& tx, const access::Actor& actor, RecordId ticket);

}  // namespace tandem::desk
