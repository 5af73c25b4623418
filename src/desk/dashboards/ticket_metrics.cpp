#include "desk/dashboards/ticket_metrics.h"

#include <algorithm>
#include <limits>

#include "desk/modules.h"
#include "desk/tickets/statuses.h"
#include "operations/visible.h"

namespace tandem::desk {

using access::Actor;

namespace {

constexpr int history_page = 200;

/// What the history says of one field at one moment; an empty text is no value.
struct Step {
  Instant at = {};
  std::string before = {};
  std::string after = {};
};

std::string text_of(const Json& value) {
  return value.is_string() ? std::string(value.get_string()) : std::string();
}

std::optional<Step> step_of(const records::LogEntry& entry, const char* field) {
  const Result<Json> changes =
      json_from_text(entry.changes_json.empty() ? "{}" : entry.changes_json);
  const Json* change = changes ? find(*changes, field) : nullptr;
  if (!change || !change->is_array() || change->get_array().size() != 2) return std::nullopt;
  return Step{entry.at, text_of(change->get_array()[0]), text_of(change->get_array()[1])};
}

/// Oldest first.
Result<std::vector<records::LogEntry>> history_of_ticket(db::Transaction& tx, const Actor& actor,
                                                         RecordId ticket) {
  std::vector<records::LogEntry> entries;
  std::string cursor;
  do {
    const records::LogPage page =
        TRY(operations::record_history(tx, actor, tickets_module(), ticket, cursor, history_page));
    entries.insert(entries.end(), page.entries.begin(), page.entries.end());
    cursor = page.next_cursor;
  } while (!cursor.empty() && entries.size() < size_t(metrics_entries_max));
  std::reverse(entries.begin(), entries.end());
  return entries;
}

void add_time(std::vector<Handled>& handled, const std::string& key, int64_t ms) {
  const auto same = std::find_if(handled.begin(), handled.end(),
                                 [&](const Handled& each) { return each.key == key; });
  if (same == handled.end()) {
    handled.push_back({key, key, ms});
  } else {
    same->ms += ms;
  }
}

/// Walks the life of a ticket from one change of owner or status to the next.
class Life {
 public:
  Life(db::Transaction& tx, OrgId org, const records::Record& ticket, TicketMetrics& metrics)
      : tx_(tx), org_(org), ticket_(ticket), metrics_(metrics), since_(ticket.created_at) {}

  void begin(const std::vector<records::LogEntry>& entries) {
    status_ = first_value(entries, "status");
    owner_ = first_value(entries, "owner");
  }

  void pass(const records::LogEntry& entry) {
    const std::optional<Step> status = step_of(entry, "status");
    const std::optional<Step> owner = step_of(entry, "owner");
    if (!status && !owner) return;
    settle(entry.at);
    if (owner) {
      if (!owner->before.empty() && !owner->after.empty()) ++metrics_.reassigned;
      owner_ = owner->after;
    }
    if (status) {
      const bool is_reopened =
          !status->before.empty() && is_closed(status->before) && !is_closed(status->after);
      if (is_reopened) ++metrics_.reopened;
      status_ = status->after;
    }
  }

  void end(Instant now) { settle(now); }

 private:
  /// What stood before the first change that is known, or what stands now.
  std::string first_value(const std::vector<records::LogEntry>& entries, const char* field) const {
    for (const records::LogEntry& entry : entries) {
      if (const std::optional<Step> step = step_of(entry, field))
        return step->before.empty() && entry.event == "created" ? step->after : step->before;
    }
    const records::Value& value = ticket_.get(field);
    if (value.is_null()) return "";
    return value.is_text() ? value.text() : to_string(value.id());
  }

  bool is_closed(const std::string& status) const {
    return status_type_of(tx_, org_, status) == "closed";
  }

  void settle(Instant at) {
    const int64_t ms = std::max<int64_t>(at - since_, 0);
    since_ = at;
    if (status_.empty()) return;
    if (!is_closed(status_)) {
      add_time(metrics_.statuses, status_, ms);
      if (!owner_.empty()) add_time(metrics_.agents, owner_, ms);
    }
  }

  db::Transaction& tx_;
  OrgId org_;
  const records::Record& ticket_;
  TicketMetrics& metrics_;
  Instant since_;
  std::string status_;
  std::string owner_;
};

/// A customer waits from their first message on that nobody answered.
void count_messages(db::Transaction& tx, OrgId org, RecordId ticket, TicketMetrics& metrics) {
  std::optional<int64_t> waiting_since;
  int64_t waited_ms = 0;
  tx.for_each(
      "SELECT direction, created_at, is_forward, author_kind FROM threads WHERE org_id = $1 "
      "AND ticket = $2 AND deleted_at IS NULL ORDER BY id LIMIT $3",
      {org.value, ticket.value, metrics_messages_max}, [&](const db::RowView& row) {
        ++metrics.messages;
        if (row.text(0) == "in") {
          if (!waiting_since) waiting_since = row.integer(1);
          return true;
        }
        ++metrics.outgoing;
        const bool is_answer = row.integer(2) == 0 && row.text(3) == "agent";
        if (!is_answer || !waiting_since) return true;
        waited_ms += std::max<int64_t>(row.integer(1) - *waiting_since, 0);
        ++metrics.responses;
        waiting_since.reset();
        return true;
      });
  if (metrics.responses > 0) metrics.total_response_minutes = waited_ms / minute_ms;
}

std::optional<int64_t> minutes_of(const records::Record& ticket, const char* field) {
  const records::Value& value = ticket.get(field);
  return value.is_null() ? std::nullopt : std::optional(value.number());
}

void name_agents(db::Transaction& tx, const Actor& actor, std::vector<Handled>& agents) {
  std::vector<int64_t> ids;
  for (const Handled& agent : agents) ids.push_back(id_from_text(agent.key).value_or(0));
  for (const records::LinkTitle& link :
       records::link_titles(tx, actor.org, *actor.catalogue->find("agents"), std::move(ids))) {
    for (Handled& agent : agents) {
      if (agent.key == to_string(link.id)) agent.name = link.title;
    }
  }
}

void name_statuses(const records::Record& ticket, std::vector<Handled>& statuses) {
  for (const records::ChoiceOption& choice : ticket.shape->find("status")->choices) {
    for (Handled& status : statuses) {
      if (status.key == choice.name) status.name = choice.label;
    }
  }
}

}  // namespace

Result<TicketMetrics> metrics_of_ticket(db::Transaction& tx, const Actor& actor, RecordId ticket) {
  const records::Record record = TRY(operations::read_record(tx, actor, tickets_module(), ticket));
  const std::vector<records::LogEntry> entries = TRY(history_of_ticket(tx, actor, ticket));
  TicketMetrics metrics;
  metrics.first_response_minutes = minutes_of(record, "first_answer_minutes");
  metrics.resolution_minutes = minutes_of(record, "resolution_minutes");
  count_messages(tx, actor.org, ticket, metrics);
  Life life(tx, actor.org, record, metrics);
  life.begin(entries);
  for (const records::LogEntry& entry : entries) life.pass(entry);
  life.end(tx.now());
  name_agents(tx, actor, metrics.agents);
  name_statuses(record, metrics.statuses);
  return metrics;
}

}  // namespace tandem::desk
