#pragma once

#include <string>
#include <vector>

#include "api/crm/call.h"

namespace tandem::api::crm_dialect {

/// The names of tags as bodies list them: {"name"}, {"id"} of a tag of the module, or a text.
/// Refuses with invalid: wrong_type, not_found.
Result<std::vector<std::string>> tag_names_of(db::Transaction& tx, const Call& call,
                                              const records::ModuleDef& module, const Json& json);

/// The tags of a module, as records show theirs. Read once for all records of a page.
class KnownTags {
 public:
  void look_up(db::Transaction& tx, const access::Actor& actor, const records::ModuleDef& module);
  /// [{"name","id","color_code"}].
  void append(JsonWriter& json, const std::vector<std::string>& names) const;

 private:
  std::vector<records::Record> tags_;
};

}  // namespace tandem::api::crm_dialect
