#include "db/postgres/connection.h"

#include <fmt/format.h>

#include "base/text.h"
#include "db/inside.h"

namespace tandem::db {

namespace {

constexpr Oid inferred_type = 0;
constexpr Oid int8_type = 20;
constexpr Oid bytea_type = 17;

constexpr int text_format = 0;
constexpr int binary_format = 1;

// Limits of a session, so that a lost client or a wild statement does not hold locks for ever.
constexpr const char* session_settings =
    "SET client_encoding = 'UTF8'; SET timezone = 'UTC'; SET standard_conforming_strings = on; "
    "SET statement_timeout = '5min'; SET lock_timeout = '1min'; SET "
    "idle_in_transaction_session_timeout = '2min'; "
    "SET client_min_messages = warning";

/// The parameter type that an argument asks for; null asks for nothing.
Oid type_of(const Value& value) {
  if (std::holds_alternative<int64_t>(value)) return int8_type;
  if (std::holds_alternative<Bytes>(value)) return bytea_type;
  return inferred_type;
}

bool fits(const std::vector<Oid>& types, const Args& args) {
  if (types.size() != args.size()) return false;
  for (size_t i = 0; i < args.size(); ++i) {
    if (!std::holds_alternative<std::nullptr_t>(args[i]) && types[i] != type_of(args[i]))
      return false;
  }
  return true;
}

/// Arguments in the shape libpq wants. Text and bytes are borrowed from `args`.
class Parameters {
 public:
  explicit Parameters(const Args& args) : numbers_(args.size()) {
    for (size_t i = 0; i < args.size(); ++i) add(args[i], i);
  }
  const char* const* values() const { return values_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }
  int count() const { return int(values_.size()); }

 private:
  void add(const Value& value, size_t index) {
    if (const int64_t* number = std::get_if<int64_t>(&value)) {
      numbers_[index] = std::to_string(*number);
      push(numbers_[index].c_str(), numbers_[index].size(), text_format);
    } else if (const std::string* text = std::get_if<std::string>(&value)) {
      check_bindable(*text);
      push(text->c_str(), text->size(), text_format);
    } else if (const Bytes* bytes = std::get_if<Bytes>(&value)) {
      push(bytes->data.data(), bytes->data.size(), binary_format);
    } else {
      push(nullptr, 0, text_format);
    }
  }
  void push(const char* data, size_t size, int format) {
    values_.push_back(data);
    lengths_.push_back(int(size));
    formats_.push_back(format);
  }

  std::vector<std::string> numbers_;
  std::vector<const char*> values_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
};

}  // namespace

PostgresConnection::PostgresConnection(std::string url) : url_(std::move(url)) {}

void PostgresConnection::ensure_open() {
  if (handle_ != nullptr && !is_broken()) return;
  cache_.clear();
  handle_.reset(PQconnectdb(url_.c_str()));
  if (is_broken()) {
    // libpq's text names host and port, never the password.
    const std::string message =
        handle_ == nullptr ? "out of memory" : std::string(trim(PQerrorMessage(handle_.get())));
    handle_.reset();
    throw DatabaseFailure("can't connect to PostgreSQL: " + message);
  }
  PQsetNoticeProcessor(handle_.get(), [](void*, const char*) {}, nullptr);
  run(session_settings);
}

void PostgresConnection::drop_if_broken() {
  if (!is_broken()) return;
  handle_.reset();
  cache_.clear();
}

PostgresResult PostgresConnection::run(const std::string& sql) {
  return checked(PQexec(handle_.get(), sql.c_str()), sql);
}

PostgresResult PostgresConnection::run(std::string_view sql, const Args& args) {
  const Parameters parameters(args);
  const Prepared& statement = prepared(sql, args);
  return checked(
      PQexecPrepared(handle_.get(), statement.name.c_str(), parameters.count(), parameters.values(),
                     parameters.lengths(), parameters.formats(), text_format),
      sql);
}

void PostgresConnection::roll_back() noexcept {
  if (in_transaction()) PQclear(PQexec(handle_.get(), "ROLLBACK"));
  if (!plans_are_stale_) return;
  plans_are_stale_ = false;
  cache_.clear();
  if (!is_broken()) PQclear(PQexec(handle_.get(), "DEALLOCATE ALL"));
}

PostgresResult PostgresConnection::checked(PGresult* raw, std::string_view sql) {
  PostgresResult result(raw);
  const ExecStatusType status = PQresultStatus(raw);
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY)
    return result;
  const char* code = raw == nullptr ? nullptr : PQresultErrorField(raw, PG_DIAG_SQLSTATE);
  const std::string_view state = code == nullptr ? "" : code;
  const std::string message =
      fmt::format("{} ({}): {}", trim(PQerrorMessage(handle_.get())), state, shown_sql(sql));
  if (state == "23505") throw UniqueViolation(message);
  if (state == "40001" || state == "40P01") throw RunAgain(message);
  // "cached plan must not change result type": a table changed under a prepared statement.
  if (state == "0A000" && message.find("cached plan") != message.npos) {
    plans_are_stale_ = true;
    throw RunAgain(message);
  }
  throw DatabaseFailure(message);
}

const PostgresConnection::Prepared& PostgresConnection::prepared(std::string_view sql,
                                                                 const Args& args) {
  Prepared* known = cache_.find(sql);
  if (known != nullptr && fits(known->types, args)) return *known;
  if (known != nullptr) {
    // First seen with nulls or other types: from now on as these arguments say.
    Prepared again{"", known->types};
    again.types.resize(args.size(), inferred_type);
    for (size_t i = 0; i < args.size(); ++i) {
      if (!std::holds_alternative<std::nullptr_t>(args[i])) again.types[i] = type_of(args[i]);
    }
    prepare(again, sql);
    std::swap(*known, again);
    deallocate(again.name);
    return *known;
  }
  Prepared fresh;
  for (const Value& value : args) fresh.types.push_back(type_of(value));
  prepare(fresh, sql);
  return cache_.keep(
      sql, std::move(fresh), [](const Prepared&) { return true; },
      [&](const Prepared& old) { deallocate(old.name); });
}

void PostgresConnection::prepare(Prepared& statement, std::string_view sql) {
  statement.name = fmt::format("s{}", ++statements_made_);
  checked(PQprepare(handle_.get(), statement.name.c_str(), std::string(sql).c_str(),
                    int(statement.types.size()), statement.types.data()),
          sql);
}

void PostgresConnection::deallocate(const std::string& name) { run("DEALLOCATE " + name); }

}  // namespace tandem::db
