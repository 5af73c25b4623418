#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "records/shape.h"

namespace tandem::records {

/// One row of a module, as read. Values stand in the order of shape->fields().
struct Record {
  ShapeRef shape = {};
  RecordId id = {};
  int64_t revision = 0;  // 1 after creation, +1 per change
  std::string title = {};
  Instant created_at = {};
  Instant updated_at = {};
  RecordId created_by = {};  // an agent or contact; 0 for the program
  RecordId updated_by = {};
  std::optional<Instant> deleted_at = {};  // in the recycle bin since
  RecordId deleted_by = {};
  std::vector<Value> values = {};

  /// The field's value. A name the shape lacks is our bug and stops the program.
  const Value& get(std::string_view field) const;
  void set(std::string_view field, Value value);
};

/// What the words of a record are taken from: its searchable fields, a line each.
std::string searchable_text(const Record& record);

/// Field names with new values, in the order given; null clears.
class Changes {
 public:
  Changes() = default;
  Changes(std::initializer_list<std::pair<std::string, Value>> values) : values_(values) {}
  Changes& set(std::string field, Value value);
  const Value* find(std::string_view field) const;
  bool contains(std::string_view field) const { return find(field) != nullptr; }
  void erase(std::string_view field);
  bool empty() const { return values_.empty(); }
  auto begin() const { return values_.begin(); }
  auto end() const { return values_.end(); }

 private:
  std::vector<std::pair<std::string, Value>> values_;
};

/// What a write does.
enum class Verb { created, updated, deleted, restored, purged };

/// A write on its way, as the rules of a module see it.
struct Change {
  db::Transaction& tx;
  OrgId org;
  const access::Actor& actor;
  Verb verb = Verb::updated;
  Record before = {};      // empty values when created
  Record proposed = {};    // rules set fields here
  std::string event = {};  // the word of the change log when it is more than the verb: "reply_sent"
  std::string detail_json = {};  // for the change log, "" when none

  Instant now() const { return tx.now(); }
  bool is_new() const { return verb == Verb::created; }
  bool changes(std::string_view field) const {
    return is_new() || before.get(field) != proposed.get(field);
  }
  /// The field becomes `value` by this write and was not before.
  bool turns(std::string_view field, const Value& value) const {
    return proposed.get(field) == value && (is_new() || before.get(field) != value);
  }
  const Value& get(std::string_view field) const { return proposed.get(field); }
  void set(std::string_view field, Value value) { proposed.set(field, std::move(value)); }
  void clear(std::string_view field) { proposed.set(field, Value()); }
};

/// Reads one value from JSON as the field's kind wants it: trims, normalises, checks length,
/// choice, range, form. Accepts numbers and booleans as text ("12", "true"). Refuses with invalid
/// naming the field.
Result<Value> value_from_json(const FieldDef& field, const Json& json);
/// Reads one value from text (CSV, form, search criteria).
Result<Value> value_from_text(const FieldDef& field, std::string_view text);
/// Appends the value as the native API shows it (ids as strings, instants as ISO, decimals as text,
/// choices by name).
void append_value(JsonWriter& json, const FieldDef& field, const Value& value);
/// The value as plain text for history, export and search.
std::string value_to_text(const FieldDef& field, const Value& value);

/// Reads a JSON object of field names (custom fields under "custom"). Refuses unknown and
/// system-written fields, all faults together.
Result<Changes> changes_from_json(const Shape& shape, const JsonObject& object);

}  // namespace tandem::records
