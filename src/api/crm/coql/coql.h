#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/crm/conditions.h"

// The query language of the CRM dialect, read into a tree that says nothing of modules and fields
// yet:
//
//   select f1, Lookup.f2, count(id) as n from M
//   where (a = 'x' and b in (1, 2)) or c like 'x%' group by f1 order by f1 desc limit 10, 200

namespace tandem::api::crm_dialect::coql {

constexpr size_t query_bytes_max = 20'000;
constexpr size_t columns_max = 50;
constexpr size_t conditions_max = 25;
constexpr size_t values_max = 50;               // of one "in"
constexpr int depth_max = int(conditions_max);  // pairs of pairs
constexpr size_t alias_bytes_max = 100;
constexpr int64_t rows_usual = 200;
constexpr int64_t rows_max = 2'000;

enum class Aggregate { none, count, sum, avg, min, max };

/// "Account_Name.Industry", or count(id) as n.
struct Column {
  std::string field = {};  // as it was written
  Aggregate aggregate = Aggregate::none;
  std::string alias = {};  // "" when it has none
};

struct Order {
  std::string field = {};  // or an alias
  Aggregate aggregate = Aggregate::none;
  bool descending = false;
};

struct Query {
  std::vector<Column> columns = {};
  std::string module = {};
  Condition where = {};
  std::vector<std::string> group_by = {};
  std::vector<Order> order_by = {};
  int64_t offset = 0;
  int64_t limit = rows_usual;
};

/// What is wrong with the text, and where: line and column count from 1.
struct Fault {
  std::string code = {};    // SYNTAX_ERROR, LIMIT_EXCEEDED, DUPLICATE_ALIAS, INVALID_ALIAS
  std::string near = {};    // the word at which reading stopped; "" at the end
  std::string clause = {};  // the part that is missing: "where"; "" otherwise
  int line = 1;
  int column = 1;
};

std::expected<Query, Fault> parse(std::string_view text);

}  // namespace tandem::api::crm_dialect::coql
