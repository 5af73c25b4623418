#include "api/desk/parts.h"

#include <fmt/format.h>

#include <map>

#include "desk/conversation/attachments.h"

namespace tandem::api::desk_dialect {

using desk::TimelineItem;

Result<std::vector<TimelineItem>> list_parts(db::Transaction& tx, const Call& call,
                                             const PartsQuery& wanted) {
  TRY(operations::read_record(tx, call.actor, *call.actor.catalogue->find("tickets"),
                              wanted.ticket));
  const char* module = wanted.type == TimelineItem::Type::thread ? "threads" : "comments";
  records::Query query;
  query.filter = records::field("ticket").is(wanted.ticket);
  query.sort = {"id", wanted.order == Order::newest_first};
  query.offset = wanted.window.offset;
  query.limit = wanted.window.limit;
  records::Page page =
      TRY(list_page(tx, call, *call.actor.catalogue->find(module), std::move(query)));
  std::vector<RecordId> ids;
  for (const records::Record& part : page.records) ids.push_back(part.id);
  const std::vector<records::Record> attachments =
      TRY(desk::attachments_of_parts(tx, call.actor, wanted.ticket, ids));
  std::map<int64_t, std::vector<records::Record>> by_part;
  for (const records::Record& attachment : attachments) {
    by_part[attachment.get("part").number()].push_back(attachment);
  }
  std::vector<TimelineItem> items;
  for (records::Record& part : page.records) {
    TimelineItem item;
    item.type = wanted.type;
    item.at = part.created_at;
    item.attachments = std::move(by_part[part.id.value]);
    item.record = std::move(part);
    items.push_back(std::move(item));
  }
  return items;
}

Result<Order> order_by(const Call& call, std::string_view moment) {
  std::string_view text = call.request.query_value("sortBy").value_or("");
  if (text.empty()) return Order::newest_first;
  const bool is_descending = text.starts_with('-');
  if (is_descending) text.remove_prefix(1);
  if (text != moment) {
    return invalid("sortBy", "not_a_choice", fmt::format("Sort by {0} or -{0}.", moment));
  }
  return is_descending ? Order::newest_first : Order::oldest_first;
}

}  // namespace tandem::api::desk_dialect
