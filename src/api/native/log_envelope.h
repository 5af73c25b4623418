#pragma once

#include <map>
#include <vector>

#include "api/native/record_writer.h"

namespace tandem::api::native {

/// Entries of the change log with all that showing them takes: what changed, and what linked
/// records are called.
class ShownLog {
 public:
  ShownLog(db::Transaction& tx, const access::Actor& actor,
           const std::vector<const records::LogEntry*>& entries);
  /// Whole, as the history page shows it.
  void append(JsonWriter& json, const records::LogEntry& entry) const;
  /// As a line among the messages of a timeline: without fields that the program derives.
  void append_event(JsonWriter& json, const records::LogEntry& entry) const;
  /// Nothing a person did: a line with no change but derived ones.
  bool is_empty_event(const records::LogEntry& entry) const;

 private:
  struct Change {
    const records::FieldDef* field = nullptr;
    Json from;
    Json to;
  };
  /// The other record of an entry that tells of a pair ("joined", "parted").
  struct Other {
    std::string list;
    std::string module;
    std::string said;
    int64_t id = 0;
  };
  void append_detail(JsonWriter& json, const records::LogEntry& entry) const;
  void append_tail(JsonWriter& json, const records::LogEntry& entry, bool with_derived) const;
  void append_value(JsonWriter& json, const Change& change, const Json& value) const;

  records::ShapeRef shape_;  // keeps the fields alive
  std::map<int64_t, std::vector<Change>> changes_;
  std::map<int64_t, Other> others_;
  LinkNames names_;
};

}  // namespace tandem::api::native
