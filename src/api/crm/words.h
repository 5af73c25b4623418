#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crm/edition.h"
#include "records/record.h"

// The words of the CRM dialect, which Bigin speaks too, for our modules and fields. No rule lives
// here. docs/api/crm.md, docs/api/bigin.md.

namespace tandem::api::crm_dialect {

using crm::Edition;

/// How a value stands in the dialect's JSON.
enum class Form {
  text,      // "…"
  number,    // 5
  real,      // 12.5
  flag,      // true
  day,       // "2026-11-22"
  moment,    // "2026-11-22T10:40:00+00:00"
  label,     // a choice by its label: "Cold Call"
  labels,    // several of them
  lookup,    // {"id":"…","name":"…"}
  lookups,   // several of them
  person,    // {"id":"…","name":"…","email":"…"}
  name,      // a link by the title of its record: "Qualification"
  tags,      // [{"name":"…"}]
  duration,  // "12:05", of seconds
  addresses  // [{"type":"email","participant":"…"}]
};
/// As data_type of the metadata says it: "ownerlookup".
std::string_view data_type_of(const records::FieldDef& field, Form form);
/// As json_type says it: "jsonobject".
std::string_view json_type_of(Form form);

/// One field that the dialect shows as a key of its own.
struct FieldWord {
  std::string api_name;  // "Last_Name"
  const records::FieldDef* field = nullptr;
  size_t index = 0;  // in the values of a record
  Form form = Form::text;
};

/// Several links of which one is set and that the dialect shows as one key: What_Id, Related_To,
/// Parent_Id.
struct Relation {
  std::string api_name;             // "What_Id"
  std::string module_key;           // "$se_module"
  std::vector<std::string> fields;  // account, deal, …
};

/// The words of one module as one organisation has it. A custom field whose word is taken has a
/// number behind it: "Modified_Time_1". The shape must outlive it.
class ModuleWords {
 public:
  ModuleWords(Edition edition, const records::Shape& shape);
  Edition edition() const { return edition_; }
  const records::Shape& shape() const { return shape_; }
  const std::vector<FieldWord>& fields() const { return fields_; }
  const std::optional<Relation>& relation() const { return relation_; }
  /// In any letter case; null when the dialect has no such field.
  const FieldWord* find(std::string_view api_name) const;
  /// The dialect's name of our field, also of created_at and its like; the field's own name when it
  /// has none.
  std::string api_name_of(std::string_view field) const;
  /// Our name of what lists are sorted and filtered by; "" when there is none. What a record is
  /// called is nothing to ask for where a field has that name.
  std::string field_of(std::string_view api_name) const;

 private:
  std::string free_word(std::string word) const;

  Edition edition_;
  const records::Shape& shape_;
  std::vector<FieldWord> fields_;
  std::optional<Relation> relation_;
};

/// Our name of what every record has: "created_at" of Created_Time, in any letter case. "" when it
/// is none of that.
std::string_view system_field_of(std::string_view api_name);
/// "Lead_Source" of lead_source.
std::string capitalised(std::string_view name);
/// As scopes call the edition: "ZohoCRM".
std::string_view service_word(Edition edition);
/// "Deals" of deals; Bigin calls them "Pipelines". "" when the dialect does not show the module.
std::string module_word(Edition edition, const records::ModuleDef& module);
/// The module of a word in any letter case; older clients of Bigin say Deals.
const records::ModuleDef* module_of_word(const records::Catalogue& catalogue, Edition edition,
                                         std::string_view word);

/// "2026-11-22T10:40:00+00:00".
std::string moment_text(Instant at);

}  // namespace tandem::api::crm_dialect
