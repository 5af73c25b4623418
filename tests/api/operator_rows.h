#pragma once

#include <random>
#include <string>
#include <vector>

#include "api/crm/conditions.h"
#include "records/fields/field_kind.h"

// What each kind of field may be asked, what is meant by it, and how the faces write it: a plain
// second statement of the rules, by which the operators of the faces are judged.

namespace tandem::test {

using api::crm_dialect::Comparator;
using records::FieldDef;
using records::Value;

/// Which pieces of a value may be asked for.
enum class Pieces {
  none,
  inside,    // contains: of a list one of its entries, of rich text a part
  anywhere,  // starts_with and ends_with, too
};

struct KindRow {
  std::vector<Value> samples;  // as they are stored; no value is always one more
  bool has_equality = true;
  bool has_order = false;
  Pieces pieces = Pieces::none;
};

/// A kind without a row does not compile. `linked`: ids that links may have.
KindRow row_of(const FieldDef& field, const std::vector<int64_t>& linked);

/// What a column of one record shows: its value, and what the record is called that it links to.
struct Cell {
  Value value = {};
  std::string title = {};
};

enum class Asked { value, title, flag };  // links are asked by id or by title

struct Question {
  Comparator comparator = Comparator::equal;
  Asked asked = Asked::value;
  std::vector<Value> wanted = {};
};

bool may_be_asked(const KindRow& row, const Question& question);
/// Whether the record of the cell is meant.
bool is_meant(const FieldDef& field, const Cell& cell, const Question& question);

int values_wanted(Comparator comparator);
const std::vector<Comparator>& all_comparators();

/// " not in ('a', 'b')" behind a column. `texts`: the wanted values as people write them.
std::string coql_of(Comparator comparator, const std::vector<std::string>& texts);
/// ":not_in:a,b" behind a column; "" for what criteria can't say.
std::string criteria_of(Comparator comparator, const std::vector<std::string>& texts);
/// The criteria of bulk reads that say the same.
std::string bulk_json_of(const std::string& column, Comparator comparator,
                         const std::vector<std::string>& texts);
/// A native filter; "" for what it says in no single word.
std::string native_of(const FieldDef& field, Comparator comparator,
                      const std::vector<Value>& wanted);

}  // namespace tandem::test
