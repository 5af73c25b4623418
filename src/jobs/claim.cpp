#include "jobs/claim.h"

#include <optional>

#include "base/text.h"

namespace tandem::jobs {

namespace {

struct Candidate {
  OrgId org;
  int64_t id = 0;
  std::string kind;
};

// The kinds differ from program to program, so their placeholders do, too.
std::string due_query(const LeaseByKind& kinds) {
  std::string sql =
      "SELECT org_id, id, kind FROM jobs WHERE run_at <= $1 AND lease_until <= $1 AND kind IN (";
  for (size_t index = 0; index < kinds.size(); ++index) {
    sql += (index == 0 ? "$" : ", $") + std::to_string(index + 3);
  }
  return sql + ") ORDER BY run_at, id LIMIT $2";
}

std::vector<Candidate> look_for_due(db::Database& database, const LeaseByKind& kinds, int limit) {
  db::Args args{db::arg(database.clock().now()), int64_t(limit)};
  for (const auto& [kind, lease_ms] : kinds) args.emplace_back(kind);
  return database.read([&](db::Transaction& tx) {
    std::vector<Candidate> found;
    tx.for_each(due_query(kinds), args, [&](const db::RowView& row) {
      found.push_back({OrgId{row.integer(0)}, row.integer(1), std::string(row.text(2))});
      return true;
    });
    return found;
  });
}

// Two claimers race for a row here: the later one waits for the row, then finds it leased.
std::optional<ClaimedJob> claim_one(db::Transaction& tx, const std::string& owner,
                                    const Candidate& candidate, int64_t lease_ms) {
  const std::optional<db::Row> row = tx.row(
      "UPDATE jobs SET lease_owner = $1, lease_until = $2, epoch = epoch + 1, "
      "attempt = attempt + 1, waiting_key = NULL "
      "WHERE org_id = $3 AND id = $4 AND run_at <= $5 AND lease_until <= $5 "
      "RETURNING payload, attempt, epoch, last_error",
      {owner, db::arg(tx.now() + lease_ms), candidate.org.value, candidate.id, db::arg(tx.now())});
  if (!row) return std::nullopt;
  ClaimedJob claimed;
  claimed.job.id = candidate.id;
  claimed.job.org = candidate.org;
  claimed.job.kind = candidate.kind;
  claimed.job.payload_json = row->text(0);
  claimed.job.attempt = int(row->integer(1));
  claimed.lease = {candidate.org, candidate.id, owner, row->integer(2), lease_ms};
  claimed.last_error = row->text(3);
  return claimed;
}

// A job that comes back waits again under its key. A younger job that took the key meanwhile is the
// same work; it goes, because this one carries the attempts.
void remove_waiting_twin(db::Transaction& tx, const Lease& lease) {
  tx.execute(
      "DELETE FROM jobs WHERE org_id = $1 AND id IN (SELECT twin.id FROM jobs mine "
      "JOIN jobs twin ON twin.org_id = mine.org_id AND twin.kind = mine.kind "
      "AND twin.waiting_key = mine.unique_key AND twin.id <> mine.id "
      "WHERE mine.org_id = $1 AND mine.id = $2 AND mine.lease_owner = $3 AND mine.epoch = $4)",
      {lease.org.value, lease.job_id, lease.owner, lease.epoch});
}

std::string short_reason(std::string_view reason) {
  const std::string clean = to_utf8_lossy(reason);
  return std::string(first_chars(clean, reason_chars_max));
}

}  // namespace

std::vector<ClaimedJob> claim_due(db::Database& database, const std::string& owner,
                                  const LeaseByKind& kinds, int limit) {
  if (kinds.empty()) return {};
  const std::vector<Candidate> candidates = look_for_due(database, kinds, limit);
  if (candidates.empty()) return {};
  auto claimed = database.write(
      [&](db::Transaction& tx) -> Result<std::vector<ClaimedJob>> {
        std::vector<ClaimedJob> taken;
        for (const Candidate& candidate : candidates) {
          auto job = claim_one(tx, owner, candidate, kinds.at(candidate.kind));
          if (job) taken.push_back(std::move(*job));
        }
        return taken;
      },
      db::Priority::bulk);
  return std::move(*claimed);
}

bool renew(db::Transaction& tx, const Lease& lease) {
  return tx.execute(
             "UPDATE jobs SET lease_until = $1 "
             "WHERE org_id = $2 AND id = $3 AND lease_owner = $4 AND epoch = $5",
             {db::arg(tx.now() + lease.lease_ms), lease.org.value, lease.job_id, lease.owner,
              lease.epoch}) == 1;
}

bool finish(db::Transaction& tx, const Lease& lease) {
  return tx.execute(
             "DELETE FROM jobs "
             "WHERE org_id = $1 AND id = $2 AND lease_owner = $3 AND epoch = $4",
             {lease.org.value, lease.job_id, lease.owner, lease.epoch}) == 1;
}

bool retry_at(db::Transaction& tx, const Lease& lease, Instant run_at, std::string_view reason) {
  remove_waiting_twin(tx, lease);
  return tx.execute(
             "UPDATE jobs SET run_at = $1, last_error = $2, lease_owner = '', lease_until = 0, "
             "waiting_key = unique_key "
             "WHERE org_id = $3 AND id = $4 AND lease_owner = $5 AND epoch = $6",
             {db::arg(run_at), short_reason(reason), lease.org.value, lease.job_id, lease.owner,
              lease.epoch}) == 1;
}

bool hand_back(db::Transaction& tx, const Lease& lease, std::optional<Instant> run_at) {
  remove_waiting_twin(tx, lease);
  const db::Value due = run_at ? db::arg(*run_at) : db::Value(nullptr);
  return tx.execute(
             "UPDATE jobs SET attempt = attempt - 1, lease_owner = '', lease_until = 0, "
             "waiting_key = unique_key, run_at = COALESCE($5, run_at) "
             "WHERE org_id = $1 AND id = $2 AND lease_owner = $3 AND epoch = $4",
             {lease.org.value, lease.job_id, lease.owner, lease.epoch, due}) == 1;
}

bool give_up(db::Transaction& tx, const Lease& lease, std::string_view reason) {
  const std::optional<db::Row> gone = tx.row(
      "DELETE FROM jobs WHERE org_id = $1 AND id = $2 AND lease_owner = $3 AND epoch = $4 "
      "RETURNING kind, payload, attempt, created_at",
      {lease.org.value, lease.job_id, lease.owner, lease.epoch});
  if (!gone) return false;
  tx.execute(
      "INSERT INTO failed_jobs (org_id, id, kind, payload, attempt, reason, created_at, failed_at) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      {lease.org.value, lease.job_id, gone->text(0), gone->text(1), gone->integer(2),
       short_reason(reason), gone->integer(3), db::arg(tx.now())});
  tx.execute("DELETE FROM failed_jobs WHERE org_id = $1 AND failed_at < $2",
             {lease.org.value, db::arg(tx.now() - failed_days_kept * day_ms)});
  return true;
}

bool claim_schedule(db::Database& database, const std::string& owner, const std::string& name,
                    const ScheduleTerms& terms) {
  const Instant now = database.clock().now();
  const bool known_and_not_due = database.read([&](db::Transaction& tx) {
    const auto row =
        tx.row("SELECT lease_until, last_run_at FROM schedules WHERE name = $1", {name});
    return row && (row->instant(0) > now || row->instant(1) + terms.period_ms > now);
  });
  if (known_and_not_due) return false;
  const auto claimed = database.write([&](db::Transaction& tx) -> Result<bool> {
    tx.execute(
        "INSERT INTO schedules (name, lease_owner, lease_until, last_run_at) "
        "VALUES ($1, '', 0, 0) ON CONFLICT (name) DO NOTHING",
        {name});
    return tx.execute(
               "UPDATE schedules SET lease_owner = $1, lease_until = $2, last_run_at = $3 "
               "WHERE name = $4 AND lease_until <= $3 AND last_run_at <= $5",
               {owner, db::arg(tx.now() + terms.lease_ms), db::arg(tx.now()), name,
                db::arg(tx.now() - terms.period_ms)}) == 1;
  });
  return *claimed;
}

bool renew_schedule(db::Transaction& tx, const std::string& owner, const std::string& name,
                    int64_t lease_ms) {
  return tx.execute("UPDATE schedules SET lease_until = $1 WHERE name = $2 AND lease_owner = $3",
                    {db::arg(tx.now() + lease_ms), name, owner}) == 1;
}

void finish_schedule(db::Transaction& tx, const std::string& owner, const std::string& name) {
  tx.execute(
      "UPDATE schedules SET lease_owner = '', lease_until = 0 "
      "WHERE name = $1 AND lease_owner = $2",
      {name, owner});
}

void hand_back_schedule(db::Transaction& tx, const std::string& owner, const std::string& name) {
  tx.execute(
      "UPDATE schedules SET lease_owner = '', lease_until = 0, last_run_at = 0 "
      "WHERE name = $1 AND lease_owner = $2",
      {name, owner});
}

}  // namespace tandem::jobs
