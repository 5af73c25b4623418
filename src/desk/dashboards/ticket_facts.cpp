#include "desk/dashboards/ticket_facts.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"

namespace tandem::desk {

namespace {

std::optional<int64_t> number_of(const db::Row& row, int column) {
  return row.is_null(column) ? std::nullopt : std::optional(row.integer(column));
}

db::Value value_of(const std::optional<int64_t>& number) {
  return number ? db::Value(*number) : db::Value(nullptr);
}

std::vector<std::string> tags_of_json(const std::string& text) {
  std::vector<std::string> tags;
  const Result<Json> json = json_from_text(text);
  if (!json || !json->is_array()) return tags;
  for (const Json& tag : json->get_array()) {
    if (tag.is_string()) tags.push_back(ascii_lower(trim(std::string(tag.get_string()))));
  }
  std::sort(tags.begin(), tags.end());
  tags.erase(std::unique(tags.begin(), tags.end()), tags.end());
  return tags;
}

std::string joined(const std::vector<std::string>& tags) {
  std::string text;
  for (const std::string& tag : tags) text += (text.empty() ? "" : "\n") + tag;
  return text;
}

enum Column {
  department,
  owner,
  channel,
  priority,
  tags,
  created_at,
  closed_at,
  resolution_minutes,
  resolution_due_at,
  resolution_left_minutes,
  responded_at,
  first_answer_minutes,
  first_response_due_at,
  rated_at,
  rating,
  due_at
};

/// A ticket that was closed while its clock stood still kept what was left.
std::string resolution_outcome_of(const db::Row& row) {
  if (!row.is_null(resolution_due_at)) {
    return row.instant(closed_at) <= row.instant(resolution_due_at) ? "kept" : "missed";
  }
  return row.is_null(resolution_left_minutes) ? "" : "kept";
}

std::string response_outcome_of(const db::Row& row) {
  if (row.is_null(first_response_due_at)) return "";
  return row.instant(responded_at) <= row.instant(first_response_due_at) ? "kept" : "missed";
}

void read_ending(const db::Row& row, const LocalDays& days, TicketFacts& facts) {
  if (row.is_null(closed_at)) {
    if (row.is_null(due_at)) return;
    facts.due_at = row.instant(due_at);
    facts.due_day = days.day_of(*facts.due_at);
    return;
  }
  facts.closed_day = std::max(days.day_of(row.instant(closed_at)), facts.created_day);
  facts.resolution_minutes = number_of(row, resolution_minutes);
  facts.resolution_outcome = resolution_outcome_of(row);
}

}  // namespace

std::optional<TicketFacts> facts_of_ticket(db::Transaction& tx, OrgId org, RecordId ticket,
                                           const LocalDays& days) {
  const std::optional<db::Row> row = tx.row(
      "SELECT department, owner, channel, priority, tags, created_at, closed_at, "
      "resolution_minutes, resolution_due_at, resolution_left_minutes, responded_at, "
      "first_answer_minutes, first_response_due_at, rated_at, rating, due_at FROM tickets "
      "WHERE org_id = $1 AND id = $2 AND deleted_at IS NULL AND merged_into IS NULL "
      "AND status_type <> 'spam'",
      {org.value, ticket.value});
  if (!row) return std::nullopt;
  TicketFacts facts{
      .ticket = ticket,
      .department = RecordId{row->integer(department)},
      .owner = RecordId{row->integer(owner)},
      .channel = row->text(channel),
      .priority = row->text(priority),
      .tags = row->is_null(tags) ? std::vector<std::string>() : tags_of_json(row->text(tags))};
  facts.created_day = days.day_of(row->instant(created_at));
  facts.hour_of_week = days.hour_of_week(row->instant(created_at));
  read_ending(*row, days, facts);
  if (!row->is_null(responded_at)) {
    facts.responded_day = days.day_of(row->instant(responded_at));
    facts.answer_minutes = number_of(*row, first_answer_minutes);
    facts.response_outcome = response_outcome_of(*row);
  }
  if (!row->is_null(rated_at) && !row->is_null(rating)) {
    facts.rated_day = days.day_of(row->instant(rated_at));
    facts.rating = row->text(rating);
  }
  return facts;
}

std::optional<KeptFacts> kept_facts(db::Transaction& tx, OrgId org, RecordId ticket) {
  const std::optional<db::Row> row = tx.row(
      "SELECT generation, department_id, owner_id, channel, priority, tags, created_day, "
      "hour_of_week, closed_day, resolution_minutes, resolution_outcome, responded_day, "
      "answer_minutes, response_outcome, rated_day, rating, due_day, due_at FROM ticket_facts "
      "WHERE org_id = $1 AND ticket_id = $2",
      {org.value, ticket.value});
  if (!row) return std::nullopt;
  KeptFacts kept{.generation = row->integer(0), .facts = {}};
  TicketFacts& facts = kept.facts;
  facts.ticket = ticket;
  facts.department = RecordId{row->integer(1)};
  facts.owner = RecordId{row->integer(2)};
  facts.channel = row->text(3);
  facts.priority = row->text(4);
  if (!row->text(5).empty()) facts.tags = split(row->text(5), '\n');
  facts.created_day = row->integer(6);
  facts.hour_of_week = row->integer(7);
  facts.closed_day = row->integer(8);
  facts.resolution_minutes = number_of(*row, 9);
  facts.resolution_outcome = row->text(10);
  facts.responded_day = number_of(*row, 11);
  facts.answer_minutes = number_of(*row, 12);
  facts.response_outcome = row->text(13);
  facts.rated_day = number_of(*row, 14);
  facts.rating = row->text(15);
  facts.due_day = number_of(*row, 16);
  if (!row->is_null(17)) facts.due_at = row->instant(17);
  return kept;
}

void keep_facts(db::Transaction& tx, OrgId org, const KeptFacts& kept) {
  const TicketFacts& facts = kept.facts;
  tx.execute(
      "INSERT INTO ticket_facts (org_id, ticket_id, generation, department_id, owner_id, channel, "
      "priority, tags, created_day, hour_of_week, closed_day, resolution_minutes, "
      "resolution_outcome, responded_day, answer_minutes, response_outcome, rated_day, rating, "
      "due_day, due_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, "
      "$16, $17, $18, $19, $20) ON CONFLICT (org_id, ticket_id) DO UPDATE SET "
      "generation = excluded.generation, department_id = excluded.department_id, "
      "owner_id = excluded.owner_id, channel = excluded.channel, priority = excluded.priority, "
      "tags = excluded.tags, created_day = excluded.created_day, "
      "hour_of_week = excluded.hour_of_week, closed_day = excluded.closed_day, "
      "resolution_minutes = excluded.resolution_minutes, "
      "resolution_outcome = excluded.resolution_outcome, responded_day = excluded.responded_day, "
      "answer_minutes = excluded.answer_minutes, response_outcome = excluded.response_outcome, "
      "rated_day = excluded.rated_day, rating = excluded.rating, due_day = excluded.due_day, "
      "due_at = excluded.due_at",
      {org.value,
       facts.ticket.value,
       kept.generation,
       facts.department.value,
       facts.owner.value,
       facts.channel,
       facts.priority,
       joined(facts.tags),
       facts.created_day,
       facts.hour_of_week,
       facts.closed_day,
       value_of(facts.resolution_minutes),
       facts.resolution_outcome,
       value_of(facts.responded_day),
       value_of(facts.answer_minutes),
       facts.response_outcome,
       value_of(facts.rated_day),
       facts.rating,
       value_of(facts.due_day),
       facts.due_at ? db::arg(*facts.due_at) : db::Value(nullptr)});
}

void forget_facts(db::Transaction& tx, OrgId org, RecordId ticket) {
  tx.execute("DELETE FROM ticket_facts WHERE org_id = $1 AND ticket_id = $2",
             {org.value, ticket.value});
}

size_t band_of(int64_t minutes) {
  const auto end = std::lower_bound(band_ends_minutes.begin(), band_ends_minutes.end(), minutes);
  return size_t(end - band_ends_minutes.begin());
}

}  // namespace tandem::desk
