#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/actor.h"
#include "api/link_names.h"
#include "operations/operations.h"

namespace tandem::api::native {

/// How much of a record is written: a row of a list leaves rich text out, which no list shows.
enum class Extent { whole, row };

/// Writes records of one shape as the native API shows them (docs/api/native.md). What all records
/// of a page share is worked out once: which fields the role sees, how their keys are spelt, what
/// the role may do. The actor and the shape must outlive it.
class RecordWriter {
 public:
  RecordWriter(const access::Actor& actor, const records::ShapeRef& shape, Instant now,
               Extent extent);
  /// Looks up, in one query per linked module, what the links of these records are called.
  void name_links(db::Transaction& tx, const std::vector<const records::Record*>& shown);
  void append(JsonWriter& json, const records::Record& record) const;

 private:
  struct ShownField {
    const records::FieldDef* field = nullptr;
    const JsonKey* key = nullptr;
    size_t index = 0;                            // in the record's values
    const std::string* linked_module = nullptr;  // null when it is no link
  };
  void append_field(JsonWriter& json, const ShownField& shown, const records::Value& value) const;
  void append_link(JsonWriter& json, const ShownField& shown, int64_t id) const;
  /// What the role may not write, and of this record what a sync keeps.
  void append_read_only(JsonWriter& json, const records::Record& record) const;

  const access::Actor& actor_;
  const records::Shape& shape_;
  Instant now_;
  operations::AllowedActs acts_;
  std::vector<ShownField> own_;
  std::vector<ShownField> custom_;
  std::vector<std::string> read_only_;
  std::string read_only_json_;
  int synced_fields_ = -1;  // position of the field of that name; -1: the module has none
  LinkNames names_;
};

}  // namespace tandem::api::native
