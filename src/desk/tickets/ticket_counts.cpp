#include "desk/tickets/ticket_counts.h"

#include <algorithm>
#include <string>

#include "records/filter_compile.h"

namespace tandem::desk {

namespace {

/// What a row of the statement tells.
enum class Told : int64_t { tasks, time_entries, followers, followed, read, service_level };

/// Few lengths of lists make few statements to prepare.
std::string id_list(records::Statement& statement, const std::vector<records::Record>& tickets) {
  std::vector<int64_t> ids;
  for (const records::Record& ticket : tickets) ids.push_back(ticket.id.value);
  size_t places = 1;
  while (places < ids.size()) places *= 2;
  ids.resize(places, ids.back());
  std::string list = "(";
  for (const int64_t id : ids) {
    if (list.size() > 1) list += ", ";
    list += statement.bind(id);
  }
  return list + ")";
}

records::Statement counting(const access::Actor& actor,
                            const std::vector<records::Record>& tickets) {
  records::Statement statement(actor.org);
  const std::string me = statement.bind(actor.id.value);
  const std::string ids = id_list(statement, tickets);
  const auto add = [&](Told told, const std::string& column, const std::string& value,
                       const std::string& rest) {
    if (!statement.text.empty()) statement.text += " UNION ALL ";
    statement.text += "SELECT CAST(" + std::to_string(int64_t(told)) + " AS BIGINT), " + column +
                      ", CAST(" + value + " AS BIGINT) FROM " + rest;
  };
  const auto where = [&](const std::string& column) {
    return " WHERE org_id = $1 AND " + column + " IN " + ids;
  };
  if (access::has_right(actor, "tasks", access::Right::read)) {
    add(Told::tasks, "ticket", "COUNT(*)",
        "tasks" + where("ticket") + " AND deleted_at IS NULL GROUP BY ticket");
  }
  add(Told::time_entries, "ticket", "COUNT(*)",
      "time_entries" + where("ticket") + " AND deleted_at IS NULL GROUP BY ticket");
  add(Told::followers, "ticket_id", "COUNT(*)",
      "ticket_followers" + where("ticket_id") + " GROUP BY ticket_id");
  add(Told::followed, "ticket_id", "1",
      "ticket_followers" + where("ticket_id") + " AND agent_id = " + me);
  add(Told::read, "ticket_id", "read_at",
      "ticket_reads" + where("ticket_id") + " AND agent_id = " + me);
  add(Told::service_level, "ticket_id", "service_level_id",
      "ticket_clocks" + where("ticket_id") + " AND service_level_id IS NOT NULL");
  return statement;
}

void take(TicketCounts& counts, Told told, int64_t value) {
  switch (told) {
    case Told::tasks: counts.tasks = value; break;
    case Told::time_entries: counts.time_entries = value; break;
    case Told::followers: counts.followers = value; break;
    case Told::followed: counts.is_followed = true; break;
    case Told::read: counts.read_at = Instant{value}; break;
    case Told::service_level: counts.service_level = RecordId{value}; break;
  }
}

}  // namespace

std::map<int64_t, TicketCounts> counts_of_tickets(db::Transaction& tx, const access::Actor& actor,
                                                  const std::vector<records::Record>& tickets) {
  std::map<int64_t, TicketCounts> found;
  if (tickets.empty()) return found;
  const records::Statement statement = counting(actor, tickets);
  tx.for_each(statement.text, statement.args, [&](const db::RowView& row) {
    take(found[row.integer(1)], Told(row.integer(0)), row.integer(2));
    return true;
  });
  return found;
}

}  // namespace tandem::desk
