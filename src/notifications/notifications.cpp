#include "notifications/notifications.h"

#include <utility>

#include "base/json.h"
#include "operations/operations.h"
#include "records/personal_log.h"

namespace tandem::notifications {

namespace {

constexpr int records_per_query = 200;

void forget_oldest(db::Transaction& tx, OrgId org, RecordId agent) {
  tx.execute(
      "DELETE FROM notifications WHERE org_id = $1 AND agent_id = $2 AND id <= "
      "(SELECT id FROM notifications WHERE org_id = $1 AND agent_id = $2 ORDER BY id DESC "
      "LIMIT 1 OFFSET $3)",
      {db::arg(org), db::arg(agent), int64_t{kept_per_agent_max}});
}

/// The person's browsers ask again.
void say_to_browsers(db::Transaction& tx, const access::Actor& actor, RecordId agent,
                     const std::string& event) {
  records::log_event(tx, actor.org, records::personal_module, agent, 0, event, actor.author());
}

std::vector<Notification> told_to(db::Transaction& tx, const access::Actor& actor) {
  std::vector<Notification> told;
  tx.for_each(
      "SELECT id, kind, record_id, by_kind, by_id, by_name, told_at, read_at, module, detail "
      "FROM notifications "
      "WHERE org_id = $1 AND agent_id = $2 ORDER BY id DESC LIMIT $3",
      {db::arg(actor.org), db::arg(actor.id), int64_t{kept_per_agent_max}},
      [&](const db::RowView& row) {
        Notification one;
        one.id = RecordId{row.integer(0)};
        one.kind = row.text(1);
        one.about = RecordId{row.integer(2)};
        one.module = row.text(8);
        one.by.kind = row.text(3);
        one.by.id = RecordId{row.integer(4)};
        one.by.name = row.text(5);
        one.told_at = Instant{row.integer(6)};
        if (!row.is_null(7)) one.read_at = Instant{row.integer(7)};
        one.detail_json = row.text(9);
        told.push_back(std::move(one));
        return true;
      });
  return told;
}

}  // namespace

void tell_agent(db::Transaction& tx, const access::Actor& by, const Telling& telling) {
  const records::Author author = by.author();
  tx.execute(
      "INSERT INTO notifications (org_id, agent_id, id, kind, module, record_id, by_kind, by_id, "
      "by_name, told_at, detail) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
      {db::arg(by.org), db::arg(telling.agent), tx.new_id(), telling.kind, telling.module,
       telling.record.value, author.kind, db::arg(author.id), author.name, db::arg(tx.now()),
       telling.detail_json});
  forget_oldest(tx, by.org, telling.agent);
  say_to_browsers(tx, by, telling.agent, "told");
}

namespace {

std::string count_json(int64_t count) {
  return JsonWriter().begin_object().number("count", count).end_object().take();
}

}  // namespace

void tell_agent_of_one_more(db::Transaction& tx, const access::Actor& by, const OneMore& more) {
  const std::optional<db::Row> line = tx.row(
      "SELECT id, detail, told_at FROM notifications WHERE org_id = $1 AND agent_id = $2 "
      "AND kind = $3 AND module = $4 AND COALESCE(by_id, 0) = $5 AND read_at IS NULL "
      "AND told_at >= $6 ORDER BY id DESC LIMIT 1",
      {db::arg(by.org), db::arg(more.agent), more.kind, more.module, by.author().id.value,
       db::arg(tx.now() - counted_together_ms)});
  if (!line) {
    tell_agent(tx, by, {more.kind, more.agent, more.module, {}, count_json(1)});
    return;
  }
  const Result<Json> detail = json_from_text(line->text(1));
  const Json* const count = detail ? find(*detail, "count") : nullptr;
  const int64_t so_far = count && count->is_int64() ? count->get_int64() : 0;
  tx.execute(
      "UPDATE notifications SET detail = $4, told_at = $5 "
      "WHERE org_id = $1 AND agent_id = $2 AND id = $3",
      {db::arg(by.org), db::arg(more.agent), line->integer(0), count_json(so_far + 1),
       db::arg(tx.now())});
  // Once for each transaction is enough: browsers ask when it is over.
  if (Instant{line->integer(2)} != tx.now()) say_to_browsers(tx, by, more.agent, "told");
}

void take_back(db::Transaction& tx, OrgId org, const TakenBack& telling, Instant since) {
  tx.execute(
      "DELETE FROM notifications WHERE org_id = $1 AND module = $2 AND record_id = $3 AND "
      "kind = $4 AND told_at >= $5",
      {db::arg(org), telling.module, db::arg(telling.record), telling.kind, db::arg(since)});
}

void forget_record(db::Transaction& tx, OrgId org, const std::string& module, RecordId record) {
  tx.execute("DELETE FROM notifications WHERE org_id = $1 AND module = $2 AND record_id = $3",
             {db::arg(org), module, db::arg(record)});
}

void say_to_everybody(db::Transaction& tx, const access::Actor& by) {
  say_to_browsers(tx, by, records::everybody, "told");
}

Result<RecordsById> visible_records(db::Transaction& tx, const access::Actor& actor,
                                    const records::ModuleDef& module,
                                    const std::set<int64_t>& ids) {
  RecordsById found;
  if (!access::has_right(actor, module.name, access::Right::read)) return found;
  std::vector<records::Value> asked;
  for (auto id = ids.begin(); id != ids.end();) {
    asked.emplace_back(*id);
    const bool is_last = ++id == ids.end();
    if (!is_last && asked.size() < size_t{records_per_query}) continue;
    records::Query query;
    query.filter = records::field("id").is_one_of(std::move(asked));
    query.limit = records_per_query;
    asked.clear();
    records::Page page = TRY(
        operations::list_records(tx, actor, module, std::move(query), operations::Reach::visible));
    for (records::Record& record : page.records) found.emplace(record.id.value, record);
  }
  return found;
}

Result<std::vector<Notification>> told_and_seen(
    db::Transaction& tx, const access::Actor& actor,
    const std::vector<const records::ModuleDef*>& modules) {
  std::vector<Notification> told = told_to(tx, actor);
  std::map<std::string, RecordsById> known;
  for (const records::ModuleDef* module : modules) {
    std::set<int64_t> ids;
    for (const Notification& one : told) {
      if (one.module == module->name) ids.insert(one.about.value);
    }
    known[module->name] = TRY(visible_records(tx, actor, *module, ids));
  }
  std::vector<Notification> seen;
  for (Notification& one : told) {
    const RecordsById& records = known[one.module];
    const auto record = records.find(one.about.value);
    if (record == records.end()) continue;
    one.record = record->second;
    seen.push_back(std::move(one));
  }
  return seen;
}

std::vector<Notification> told_of_kinds(db::Transaction& tx, const access::Actor& actor,
                                        const std::set<std::string>& kinds) {
  std::vector<Notification> told = told_to(tx, actor);
  std::erase_if(told, [&](const Notification& one) { return !kinds.contains(one.kind); });
  return told;
}

Notifications newest_of(std::vector<Notification> told, int limit) {
  Notifications answer;
  for (const Notification& one : told) {
    if (!one.read_at) ++answer.unread_count;
  }
  if (told.size() > size_t(limit)) told.resize(size_t(limit));
  answer.newest = std::move(told);
  return answer;
}

Result<void> mark_read(db::Transaction& tx, const access::Actor& actor, RecordId id) {
  const std::optional<db::Row> row =
      tx.row("SELECT read_at FROM notifications WHERE org_id = $1 AND agent_id = $2 AND id = $3",
             {db::arg(actor.org), db::arg(actor.id), db::arg(id)});
  if (!row) return not_found("This notification is not there any more.");
  if (!row->is_null(0)) return {};
  tx.execute(
      "UPDATE notifications SET read_at = $4 WHERE org_id = $1 AND agent_id = $2 AND id = $3",
      {db::arg(actor.org), db::arg(actor.id), db::arg(id), db::arg(tx.now())});
  say_to_browsers(tx, actor, actor.id, "read");
  return {};
}

Result<void> mark_all_read(db::Transaction& tx, const access::Actor& actor, RecordId newest_seen) {
  const int64_t marked = tx.execute(
      "UPDATE notifications SET read_at = $4 WHERE org_id = $1 AND agent_id = $2 AND id <= $3 "
      "AND read_at IS NULL",
      {db::arg(actor.org), db::arg(actor.id), db::arg(newest_seen), db::arg(tx.now())});
  if (marked > 0) say_to_browsers(tx, actor, actor.id, "read");
  return {};
}

}  // namespace tandem::notifications
