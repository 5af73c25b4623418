#pragma once

#include <string>
#include <vector>

#include "api/crm/call.h"
#include "api/crm/joined_words.h"
#include "api/crm/tag_words.h"
#include "api/link_names.h"

// How the dialect shows records.

namespace tandem::api::crm_dialect {

/// Writes records of one module. What all records of a page share is worked out once. Call, words
/// and shape must outlive it.
class RecordWriter {
 public:
  /// `fields`: the api names that the caller asked for; empty shows all.
  RecordWriter(const Call& call, const ModuleWords& words, const std::vector<std::string>& fields);
  /// Looks up, in one query per module, what the links of these records are called.
  void name_links(db::Transaction& tx, const std::vector<records::Record>& shown);
  void append(JsonWriter& json, const records::Record& record) const;
  /// The same without the brackets around it, for who adds members.
  void append_members(JsonWriter& json, const records::Record& record) const;
  bool is_asked(std::string_view api_name) const;
  /// One field as a member of its own, under a key of the caller's choosing. Null when the dialect
  /// has no such field or the role does not see it.
  void append_field(JsonWriter& json, std::string_view key, const std::string& api_name,
                    const records::Record& record) const;

 private:
  void append_value(JsonWriter& json, const FieldWord& word, const records::Value& value) const;
  void append_lookup(JsonWriter& json, const std::string& module, int64_t id,
                     bool shows_email) const;
  void append_relation(JsonWriter& json, const records::Record& record) const;
  void append_relation_as(JsonWriter& json, std::string_view key,
                          const records::Record& record) const;
  bool append_system_value(JsonWriter& json, std::string_view key, std::string_view api_name,
                           const records::Record& record) const;
  void append_system(JsonWriter& json, const records::Record& record) const;
  void look_up_held(db::Transaction& tx, const std::vector<records::Record>& shown);
  void append_held_fields(JsonWriter& json, const records::Record& record) const;

  const Call& call_;
  const ModuleWords& words_;
  std::vector<std::string> asked_;  // in lower case
  std::vector<const FieldWord*> shown_;
  LinkNames names_;
  KnownTags tags_;
  std::vector<HeldField> held_fields_;
  std::vector<std::vector<operations::Held>> held_;  // in the order of held_fields_
};

/// {"id","name"} of a member of the organisation.
void append_member(JsonWriter& json, std::string_view key, const LinkNames& names, RecordId member);

/// The names of `fields=A,B`. Refuses with invalid more than 50.
Result<std::vector<std::string>> fields_asked_for(const Call& call);

/// {"data":[…]} of records, or 204 when there are none.
Result<http::Response> show_records(db::Transaction& tx, const Call& call, const ModuleWords& words,
                                    const std::vector<records::Record>& records,
                                    const std::string& info_json);

/// A page of records with the `info` that goes with it.
struct ListedPage {
  records::Page page;
  std::string info;
};
/// The page that the query asks for. Refuses with invalid: sort_by, page.
Result<ListedPage> read_list(db::Transaction& tx, const Call& call, const ModuleWords& words,
                             records::Filter filter,
                             operations::Reach reach = operations::Reach::listed);

/// One page of the records that meet the filter, in the order and by the pages that the query asks
/// for. Refuses with invalid: sort_by, page, fields.
Result<http::Response> show_list(db::Transaction& tx, const Call& call, const ModuleWords& words,
                                 records::Filter filter,
                                 operations::Reach reach = operations::Reach::listed);

/// `info` of a list.
struct PageInfo {
  int per_page = 0;
  int page = 1;
  size_t count = 0;
  std::string sort_by = "id";
  bool descending = true;
  std::string next_token = {};  // "" at the end
  Instant now = {};
};
std::string info_json(const PageInfo& info);

}  // namespace tandem::api::crm_dialect
