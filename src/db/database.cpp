#include "db/database.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "db/inside.h"
#include "db/postgres/postgres_database.h"
#include "db/sqlite/sqlite_database.h"

namespace tandem::db {

namespace {

constexpr int connections_max = 64;
constexpr int node_max = 255;
constexpr size_t shown_sql_bytes_max = 200;

/// The databases whose bodies this thread is running; more than one only when a body of one uses
/// another.
thread_local std::vector<const Database*> bodies_running;

const std::string empty_text;

std::logic_error wrong_type(int column, const char* wanted) {
  return std::logic_error(fmt::format("column {} is not {}", column, wanted));
}

}  // namespace

Row::Row(const RowView& view) {
  const int columns = view.columns();
  values_.reserve(size_t(columns));
  for (int column = 0; column < columns; ++column) values_.push_back(view.value(column));
}

int64_t Row::integer(int column) const {
  const Value& value = values_[size_t(column)];
  if (const int64_t* number = std::get_if<int64_t>(&value)) return *number;
  if (is_null(column)) return 0;
  throw wrong_type(column, "an integer");
}

const std::string& Row::text(int column) const {
  const Value& value = values_[size_t(column)];
  if (const std::string* text = std::get_if<std::string>(&value)) return *text;
  if (is_null(column)) return empty_text;
  throw wrong_type(column, "text");
}

const std::string& Row::bytes(int column) const {
  const Value& value = values_[size_t(column)];
  if (const Bytes* bytes = std::get_if<Bytes>(&value)) return bytes->data;
  if (is_null(column)) return empty_text;
  throw wrong_type(column, "bytes");
}

std::vector<Row> Transaction::rows(std::string_view sql, const Args& args) {
  std::vector<Row> out;
  for_each(sql, args, [&](const RowView& view) {
    out.emplace_back(view);
    return true;
  });
  return out;
}

std::optional<Row> Transaction::row(std::string_view sql, const Args& args) {
  std::optional<Row> out;
  for_each(sql, args, [&](const RowView& view) {
    out.emplace(view);
    return false;
  });
  return out;
}

int64_t Transaction::integer(std::string_view sql, const Args& args) {
  int64_t out = 0;
  for_each(sql, args, [&](const RowView& view) {
    out = view.integer(0);
    return false;
  });
  return out;
}

std::unique_ptr<Database> open_database(const OpenOptions& options, const Clock& clock) {
  if (options.connections < 1 || options.connections > connections_max) {
    throw DatabaseFailure(fmt::format("connections must be 1 to {}", connections_max));
  }
  if (options.node < -1 || options.node > node_max) {
    throw DatabaseFailure(fmt::format("node must be -1 to {}", node_max));
  }
  const bool is_postgres =
      options.url.starts_with("postgresql://") || options.url.starts_with("postgres://");
  if (is_postgres) return open_postgres(options, clock);
  return open_sqlite(options, clock);
}

InsideBody::InsideBody(const Database& database) { bodies_running.push_back(&database); }
InsideBody::~InsideBody() { bodies_running.pop_back(); }

void throw_if_inside(const Database& database) {
  if (std::find(bodies_running.begin(), bodies_running.end(), &database) == bodies_running.end())
    return;
  throw std::logic_error("read() or write() was called inside a body: use its transaction");
}

void check_bindable(std::string_view text) {
  if (text.find('\0') != text.npos) throw DatabaseFailure("a bound text holds a NUL character");
  if (!is_utf8(text)) throw DatabaseFailure("a bound text is not UTF-8");
}

std::string_view shown_sql(std::string_view sql) { return sql.substr(0, shown_sql_bytes_max); }

}  // namespace tandem::db
