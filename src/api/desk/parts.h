#pragma once

#include "api/desk/call.h"
#include "desk/tickets/timeline.h"

namespace tandem::api::desk_dialect {

enum class Order { newest_first, oldest_first };

/// One page of a ticket's messages or comments with their attachments: one query for the rows, one
/// for all their attachments. Refuses: not_found, forbidden.
struct PartsQuery {
  RecordId ticket;
  desk::TimelineItem::Type type = desk::TimelineItem::Type::thread;
  PageWindow window;
  Order order = Order::newest_first;
};
Result<std::vector<desk::TimelineItem>> list_parts(db::Transaction& tx, const Call& call,
                                                   const PartsQuery& query);

/// The order that `sortBy` asks for by `moment` ("-sendDateTime"). Refuses with invalid.
Result<Order> order_by(const Call& call, std::string_view moment);

}  // namespace tandem::api::desk_dialect
