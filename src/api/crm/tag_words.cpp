#include "api/crm/tag_words.h"

#include <algorithm>

#include "api/crm/write_results.h"
#include "crm/tags/tags.h"

namespace tandem::api::crm_dialect {

using records::Record;

Result<std::vector<std::string>> tag_names_of(db::Transaction& tx, const Call& call,
                                              const records::ModuleDef& module, const Json& json) {
  std::vector<std::string> names;
  if (!json.is_array()) return invalid("tags", "wrong_type", "Send tags as a list of objects.");
  for (const Json& part : json.get_array()) {
    if (part.is_string()) {
      names.emplace_back(part.get_string());
      continue;
    }
    if (!part.is_object()) return invalid("tags", "wrong_type", "Send tags as a list of objects.");
    const std::string name = text_of(part, "name");
    const std::optional<RecordId> id = TRY(id_of(part.get_object()));
    if (name.empty() && !id) return invalid("tags", "required", "required field not found");
    if (!name.empty()) {
      names.push_back(name);
      continue;
    }
    const Result<Record> tag = crm::find_tag(tx, call.actor, module, *id);
    if (!tag) return invalid("tags", "not_found", "the id given seems to be invalid");
    names.push_back(tag->get("name").text());
  }
  return names;
}

void KnownTags::look_up(db::Transaction& tx, const access::Actor& actor,
                        const records::ModuleDef& module) {
  tags_ = crm::list_tags(tx, actor, module);
}

void KnownTags::append(JsonWriter& json, const std::vector<std::string>& names) const {
  json.begin_array();
  for (const std::string& name : names) {
    const auto at = std::find_if(tags_.begin(), tags_.end(), [&](const Record& tag) {
      return crm::is_same_tag(tag.get("name").text(), name);
    });
    const bool is_known = at != tags_.end();
    json.begin_object().string("name", name).id("id", is_known ? at->id.value : 0);
    const bool has_color = is_known && !at->get("color").is_null();
    has_color ? json.string("color_code", at->get("color").text()) : json.null("color_code");
    json.end_object();
  }
  json.end_array();
}

}  // namespace tandem::api::crm_dialect
