#include "desk/tickets/ticket_search.h"

#include <algorithm>

#include "desk/modules.h"
#include "operations/operations.h"

// Who searches a name wants that person's tickets. The name could stand among the words of each
// ticket, but then a person who is renamed, merged or hidden from a role would have to be looked
// for in all of them. So the contacts and accounts are searched as anybody would, with the rules of
// who sees them and which of their fields, and their tickets are listed as anybody would, too: no
// rule is said twice and nothing goes stale. That costs two more searches and two lists, so it is
// asked only where the words of the tickets themselves leave room on the page.

namespace tandem::desk {

namespace {

using records::Record;

/// As many lists as an index can still merge in order.
constexpr int named_max = 20;

struct NamedBy {
  const char* field;
  const records::ModuleDef& module;
};

bool may_look_through(const access::Actor& actor, const NamedBy& by) {
  const records::FieldDef* field = actor.catalogue->plain_shape(tickets_module())->find(by.field);
  return access::has_right(actor, by.module.name, access::Right::read) &&
         access::field_access(actor, tickets_module().name, *field) != access::FieldAccess::hidden;
}

Result<std::vector<Record>> tickets_of(db::Transaction& tx, const access::Actor& actor,
                                       const NamedBy& by, std::string_view text, int limit,
                                       operations::Reach reach) {
  if (!may_look_through(actor, by)) return std::vector<Record>{};
  const std::vector<Record> named =
      TRY(operations::search_records(tx, actor, by.module, text, named_max));
  if (named.empty()) return std::vector<Record>{};
  std::vector<records::Value> ids;
  for (const Record& record : named) ids.emplace_back(record.id);
  records::Query query;
  query.filter = records::field(by.field).is_one_of(std::move(ids));
  query.sort = {"last_activity_at", true};
  query.limit = limit;
  records::Page page =
      TRY(operations::list_records(tx, actor, tickets_module(), std::move(query), reach));
  return std::move(page.records);
}

}  // namespace

Result<std::vector<Record>> search_tickets(db::Transaction& tx, const access::Actor& actor,
                                           std::string_view text, int limit,
                                           operations::Reach reach) {
  std::vector<Record> found =
      TRY(operations::search_records(tx, actor, tickets_module(), text, limit, reach));
  if (found.size() >= size_t(limit)) return found;
  for (const NamedBy& by :
       {NamedBy{"contact", contacts_module()}, NamedBy{"account", accounts_module()}}) {
    std::vector<Record> more = TRY(tickets_of(tx, actor, by, text, limit, reach));
    std::move(more.begin(), more.end(), std::back_inserter(found));
  }
  std::sort(found.begin(), found.end(),
            [](const Record& a, const Record& b) { return a.id.value > b.id.value; });
  const auto same = [](const Record& a, const Record& b) { return a.id == b.id; };
  found.erase(std::unique(found.begin(), found.end(), same), found.end());
  if (found.size() > size_t(limit)) found.resize(size_t(limit));
  return found;
}

}  // namespace tandem::desk
