#include "db/sqlite/writer.h"

#include <algorithm>

#include "db/inside.h"
#include "db/sqlite/sqlite_transaction.h"

namespace tandem::db {

namespace {

constexpr size_t group_bodies_max = 64;

int count_wal_pages(void* pages, sqlite3*, const char*, int in_log) {
  *static_cast<int*>(pages) = in_log;
  return SQLITE_OK;
}

}  // namespace

SqliteWriter::SqliteWriter(Options options, const Database& database, const Clock& clock,
                           IdMaker& ids)
    : database_(database),
      clock_(clock),
      ids_(ids),
      options_(std::move(options)),
      connection_(options_.path, options_.durability, Access::write) {
  thread_ = std::thread([this] { work(); });
}

SqliteWriter::~SqliteWriter() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  work_waits_.notify_one();
  thread_.join();
}

void SqliteWriter::write(const WriteBody& body, Priority priority) {
  Request request;
  request.body = &body;
  {
    const std::lock_guard lock(mutex_);
    (priority == Priority::person ? people_ : bulk_).push_back(&request);
  }
  work_waits_.notify_one();
  request.done.acquire();
  if (request.failure) std::rethrow_exception(request.failure);
  for (const std::function<void()>& effect : request.effects) effect();
}

size_t SqliteWriter::waiting() {
  const std::lock_guard lock(mutex_);
  return people_.size() + bulk_.size();
}

void SqliteWriter::work() {
  const InsideBody inside(database_);
  for (Group group = take_group(); !group.empty(); group = take_group()) {
    run_group(group);
    // A waiter may be gone as soon as it is woken, so nothing of it is read after this.
    for (Request* request : group) request->done.release();
    options_.rest();
  }
}

SqliteWriter::Group SqliteWriter::take_group() {
  std::unique_lock lock(mutex_);
  work_waits_.wait(lock, [&] { return stopping_ || !people_.empty() || !bulk_.empty(); });
  Group group;
  while (!people_.empty() && group.size() < group_bodies_max) {
    group.push_back(people_.front());
    people_.pop_front();
  }
  if (group.empty() && !bulk_.empty()) {
    group.push_back(bulk_.front());
    bulk_.pop_front();
  }
  return group;
}

void SqliteWriter::run_group(const Group& group) {
  for (size_t next = 0; next < group.size();) {
    try {
      next = run_together(group, next);
    } catch (...) {
      // BEGIN failed: no body has run.
      connection_.roll_back();
      for (; next < group.size(); ++next) group[next]->failure = std::current_exception();
    }
  }
}

size_t SqliteWriter::run_together(const Group& group, size_t next) {
  connection_.run("BEGIN IMMEDIATE");
  const Company company = group.size() - next > 1 ? Company::others : Company::alone;
  const size_t from = next;
  while (next < group.size()) {
    run_one(*group[next], company);
    ++next;
    // On a full disk or an I/O error SQLite rolls the whole transaction back by itself.
    if (!connection_.in_transaction()) break;
  }
  commit(group, from, next);
  return next;
}

void SqliteWriter::run_one(Request& request, Company company) {
  const bool with_savepoint = company == Company::others;
  SqliteTransaction transaction(connection_, clock_.now(), ids_);
  try {
    if (with_savepoint) connection_.run("SAVEPOINT body");
    const bool wants_commit = (*request.body)(transaction);
    if (wants_commit && transaction.has_failed()) {
      throw DatabaseFailure("a statement failed earlier: this transaction can't be committed");
    }
    if (wants_commit) {
      request.state = State::committing;
      request.effects = transaction.take_effects();
    } else if (with_savepoint) {
      connection_.run("ROLLBACK TO body");
    }
    if (with_savepoint) connection_.run("RELEASE body");
  } catch (...) {
    request.failure = std::current_exception();
    request.state = State::finished;
    if (with_savepoint && connection_.in_transaction()) {
      sqlite3_exec(connection_.handle(), "ROLLBACK TO body; RELEASE body", nullptr, nullptr,
                   nullptr);
    }
  }
}

void SqliteWriter::commit(const Group& group, size_t from, size_t end) {
  const bool any =
      std::any_of(group.begin() + ptrdiff_t(from), group.begin() + ptrdiff_t(end),
                  [](const Request* request) { return request->state == State::committing; });
  if (!any) {
    connection_.roll_back();
    return;
  }
  int wal_pages = 0;
  sqlite3_wal_hook(connection_.handle(), count_wal_pages, &wal_pages);
  try {
    if (!connection_.in_transaction())
      throw DatabaseFailure("the transaction was rolled back by the database");
    connection_.run("COMMIT");
    commits_.fetch_add(1, std::memory_order_relaxed);
  } catch (...) {
    connection_.roll_back();
    fail_committing(group, from, end, std::current_exception());
  }
  sqlite3_wal_hook(connection_.handle(), nullptr, nullptr);
  options_.committed(wal_pages);
}

void SqliteWriter::fail_committing(const Group& group, size_t from, size_t end,
                                   const std::exception_ptr& failure) {
  for (size_t i = from; i < end; ++i) {
    if (group[i]->state != State::committing) continue;
    group[i]->state = State::finished;
    group[i]->failure = failure;
    group[i]->effects.clear();
  }
}

}  // namespace tandem::db
