#include "api/crm/item_words.h"

#include "api/crm/tag_words.h"
#include "api/link_names.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace tandem::api::crm_dialect {

namespace {

using records::FieldDef;
using records::Value;

/// The name that a member gives instead of an id: "ACME" or {"name":"ACME"}.
std::string name_in(const Json& json) {
  if (json.is_string()) return std::string(trim(std::string_view(json.get_string())));
  return json.is_object() ? std::string(trim(text_of(json, "name"))) : "";
}

Refusal not_there(const FieldDef& field) {
  return invalid(field.name, "not_found", "the related id given seems to be invalid");
}

class Reading {
 public:
  Reading(db::Transaction& tx, const Call& call, const ModuleWords& words, const JsonObject& item)
      : tx_(tx), call_(call), words_(words), item_(item) {}

  Result<records::Changes> run() {
    for (const auto& member : item_) {
      const FieldWord* word = words_.find(member.key());
      if (!word || word->field->written_by == records::WrittenBy::system) continue;
      take(*word->field, value_of(*word, member.value()));
    }
    TRY(take_relation());
    if (!faults_.empty()) return invalid(std::move(faults_));
    return std::move(changes_);
  }

 private:
  void take(const FieldDef& field, Result<Value> value) {
    if (value) {
      changes_.set(field.name, std::move(*value));
    } else {
      faults_.push_back({field.name, value.error().code, value.error().message});
    }
  }

  Result<Value> value_of(const FieldWord& word, const Json& json) {
    const FieldDef& field = *word.field;
    if (json.is_null()) return Value();
    switch (word.form) {
      case Form::lookup: return link_to(field, json);
      case Form::person: return link_to(field, json);
      case Form::name:
        if (field.name == "pipeline") return pipeline(field, json);
        return link_to(field, json);
      case Form::tags: return tags(field, json);
      case Form::addresses: return list_of(field, json, "participant");
      case Form::duration: return duration(field, json);
      default: return records::value_from_json(field, json);
    }
  }

  Result<Value> link_to(const FieldDef& field, const Json& json) {
    const std::string& module = linked_module(field);
    const records::ModuleDef* linked = call_.actor.catalogue->find(module);
    if (const std::optional<RecordId> id = id_in(json)) return Value(*id);
    const std::string name = name_in(json);
    if (name.empty()) return json.is_object() ? Result<Value>(not_there(field)) : Value();
    const std::vector<records::Record> named = TRY(titled(*linked, name, records::everything()));
    if (named.empty()) return not_there(field);
    return Value(named.front().id);
  }

  /// Oldest first; at most two are looked at.
  Result<std::vector<records::Record>> titled(const records::ModuleDef& module,
                                              const std::string& title,
                                              const records::Filter& condition) {
    records::Query query;
    query.filter = records::all_of({records::field("title").is(Value(title)), condition});
    query.sort = {"id", false};
    query.limit = 2;
    records::Page page = TRY(operations::list_records(tx_, call_.actor, module, query));
    return std::move(page.records);
  }

  /// Sub-pipelines of one name may be in several pipelines; the pipeline of the item says which.
  Result<Value> pipeline(const FieldDef& field, const Json& json) {
    const records::ModuleDef& pipelines = *call_.actor.catalogue->find("pipelines");
    if (const std::optional<RecordId> id = id_in(json)) return Value(*id);
    records::Filter condition = records::everything();
    if (words_.edition() == Edition::bigin) {
      const auto team = item_.find("Pipeline");
      const std::optional<RecordId> id = team == item_.end() ? std::nullopt : id_in(team->value());
      if (id) condition = records::field("team_pipeline").is(Value(*id));
    }
    const std::vector<records::Record> named = TRY(titled(pipelines, name_in(json), condition));
    if (named.empty()) return not_there(field);
    return Value(named.front().id);
  }

  Result<Value> tags(const FieldDef& field, const Json& json) {
    if (!json.is_array()) return records::value_from_json(field, json);
    const std::vector<std::string> named =
        TRY(tag_names_of(tx_, call_, words_.shape().module(), json));
    const JsonArray names(named.begin(), named.end());
    return records::value_from_json(field, Json(names));
  }

  /// Texts, or objects whose `key` is the text.
  static Result<Value> list_of(const FieldDef& field, const Json& json, std::string_view key) {
    if (!json.is_array()) return records::value_from_json(field, json);
    JsonArray texts;
    for (const Json& part : json.get_array()) {
      if (part.is_object()) {
        if (const std::string text = text_of(part, key); !text.empty()) texts.emplace_back(text);
      } else {
        texts.push_back(part);
      }
    }
    return records::value_from_json(field, Json(std::move(texts)));
  }

  /// "12:05", or minutes alone, as seconds.
  static Result<Value> duration(const FieldDef& field, const Json& json) {
    const std::string text = json.is_string() ? std::string(json.get_string()) : json_to_text(json);
    const size_t colon = text.find(':');
    const Result<Value> minutes = records::value_from_text(field, text.substr(0, colon));
    const Result<Value> seconds = colon == std::string::npos
                                      ? Value(int64_t{0})
                                      : records::value_from_text(field, text.substr(colon + 1));
    if (minutes && seconds) return Value(minutes->number() * 60 + seconds->number());
    return invalid(field.name, "wrong_type", "Give minutes and seconds: 12:05.");
  }

  const Json* member(std::string_view key) const {
    const auto at = item_.find(key);
    return at == item_.end() ? nullptr : &at->value();
  }

  /// $se_module says which link What_Id is; older clients write se_module. Parent_Id says it
  /// inside.
  std::string named_module(const Relation& relation, const Json& json) const {
    if (const Json* module = json.is_object() ? find(json, "module") : nullptr)
      return module->is_string() ? std::string(module->get_string()) : text_of(*module, "api_name");
    for (const std::string_view key :
         {std::string_view(relation.module_key), std::string_view("$se_module"),
          std::string_view("se_module"), std::string_view("$related_module")}) {
      const Json* named = member(key);
      if (named && named->is_string()) return std::string(named->get_string());
    }
    return "";
  }

  Result<void> take_relation() {
    if (!words_.relation()) return {};
    const Relation& relation = *words_.relation();
    const Json* json = member(relation.api_name);
    // Clients of Bigin's first version say What_Id.
    if (!json && relation.api_name == "Related_To") json = member("What_Id");
    if (!json) return {};
    for (const std::string& field : relation.fields) changes_.set(field, Value());
    if (json->is_null()) return {};
    const FieldDef& first = *words_.shape().find(relation.fields.front());
    const std::optional<RecordId> id = id_in(*json);
    if (!id) {
      take(first, not_there(first));
      return {};
    }
    const std::string word = named_module(relation, *json);
    for (const std::string& name : relation.fields) {
      const FieldDef& field = *words_.shape().find(name);
      const records::ModuleDef& module = *call_.actor.catalogue->find(field.link_to);
      const bool is_named =
          !word.empty() && module_of_word(*call_.actor.catalogue, call_.edition, word) == &module;
      const bool is_it = word.empty()
                             ? operations::read_record(tx_, call_.actor, module, *id).has_value()
                             : is_named;
      if (!is_it) continue;
      changes_.set(name, Value(*id));
      return {};
    }
    take(first, not_there(first));
    return {};
  }

  db::Transaction& tx_;
  const Call& call_;
  const ModuleWords& words_;
  const JsonObject& item_;
  records::Changes changes_;
  std::vector<FieldFault> faults_;
};

}  // namespace

Result<records::Changes> changes_from_item(db::Transaction& tx, const Call& call,
                                           const ModuleWords& words, const JsonObject& item) {
  return Reading(tx, call, words, item).run();
}

}  // namespace tandem::api::crm_dialect
