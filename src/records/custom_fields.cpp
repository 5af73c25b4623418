#include "records/custom_fields.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "records/columns.h"
#include "records/custom_field_check.h"
#include "records/store.h"

namespace tandem::records {

namespace {

std::string definition_of(const FieldDef& field) {
  JsonWriter json;
  json.begin_object();
  json.boolean("required", field.required).boolean("unique", field.unique);
  json.boolean("searchable", field.searchable);
  json.number("max_chars", field.max_chars).number("scale", field.scale);
  json.string("link_to", field.link_to);
  json.key("choices").begin_array();
  for (const ChoiceOption& option : field.choices) {
    json.begin_object().string("name", option.name).string("label", option.label);
    json.string("kind", option.kind).end_object();
  }
  json.end_array();
  json.key("default");
  append_value(json, field, field.default_value);
  json.end_object();
  return json.take();
}

bool flag_of(const Json& json, std::string_view key) {
  const Json* value = find(json, key);
  return value != nullptr && value->is_bool() && value->get_bool();
}

int int_of(const Json& json, std::string_view key, int otherwise) {
  const Json* value = find(json, key);
  return value != nullptr && value->is_int64() ? int(value->get_int64()) : otherwise;
}

void read_definition(const Json& json, FieldDef& field) {
  field.required = flag_of(json, "required");
  field.unique = flag_of(json, "unique");
  field.searchable = flag_of(json, "searchable");
  field.max_chars = int_of(json, "max_chars", field.max_chars);
  field.scale = int_of(json, "scale", field.scale);
  field.link_to = text_of(json, "link_to");
  const Json* choices = find(json, "choices");
  if (choices != nullptr && choices->is_array()) {
    for (const Json& option : choices->get_array()) {
      field.choices.push_back(
          {text_of(option, "name"), text_of(option, "label"), text_of(option, "kind")});
    }
  }
  const Json* usual = find(json, "default");
  if (usual == nullptr) return;
  Result<Value> value = value_from_json(field, *usual);
  if (value) field.default_value = std::move(*value);
}

bool name_is_taken(db::Transaction& tx, OrgId org, const ModuleDef& module,
                   const std::string& name) {
  for (const FieldDef& own : module.fields)
    if (own.name == name) return true;
  return tx
      .row("SELECT 1 FROM custom_fields WHERE org_id = $1 AND module = $2 AND name = $3",
           {org.value, module.name, name})
      .has_value();
}

/// What a record is called is asked for by this name everywhere, so that a field of one's own does
/// not take it; a module's own field may.
bool is_name_of_every_record(std::string_view name) {
  return is_reserved_name(name) || name == "title";
}

Result<std::string> free_name(db::Transaction& tx, OrgId org, const ModuleDef& module,
                              const FieldDef& field) {
  if (!field.name.empty()) {
    if (is_name_of_every_record(field.name))
      return invalid("name", "bad_name", "Choose a name that not every record has.");
    if (!name_is_taken(tx, org, module, field.name)) return field.name;
    return conflict("duplicate",
                    fmt::format("{} has or had a field named {}; choose another name.",
                                module.label, field.name),
                    "name");
  }
  const std::string base = name_from_label(field.label, "field");
  for (int number = 1; number <= int(custom_fields_max) * 10; ++number) {
    const std::string name = number == 1 ? base : fmt::format("{}_{}", base, number);
    if (!is_name_of_every_record(name) && !name_is_taken(tx, org, module, name)) return name;
  }
  return conflict("duplicate", "Choose another label; many fields have this one.", "label");
}

/// Two fields of one label can't be told apart in a form.
Result<void> the_label_is_free(db::Transaction& tx, OrgId org, const ModuleDef& module,
                               const FieldDef& field) {
  const std::string wanted = fold(trim(field.label));
  const auto is_taken = [&](const FieldDef& other) {
    return other.name != field.name && fold(trim(other.label)) == wanted;
  };
  const std::vector<FieldDef> own = list_custom_fields(tx, org, module.name);
  if (std::none_of(module.fields.begin(), module.fields.end(), is_taken) &&
      std::none_of(own.begin(), own.end(), is_taken)) {
    return {};
  }
  return conflict("duplicate",
                  fmt::format("{} have a field with the label {} already; choose another label.",
                              module.label_plural, trim(field.label)),
                  "label");
}

Result<FieldDef> find_custom(db::Transaction& tx, OrgId org, const ModuleDef& module,
                             const std::string& name) {
  for (FieldDef& field : list_custom_fields(tx, org, module.name))
    if (field.name == name) return std::move(field);
  return not_found(module.label + " has no custom field " + name + ".");
}

/// A choice that records hold would be shown no more and could not be written again. Looks through
/// the rows of the organisation up to the cap: fields are changed rarely, and by administrators.
Result<void> no_record_holds_what_goes(db::Transaction& tx, OrgId org, const Catalogue& catalogue,
                                       const ModuleDef& module, const FieldDef& before,
                                       const FieldDef& field) {
  std::vector<Value> gone;
  std::string labels;
  for (const ChoiceOption& option : before.choices) {
    const auto stays = [&](const ChoiceOption& kept) { return kept.name == option.name; };
    if (std::any_of(field.choices.begin(), field.choices.end(), stays)) continue;
    gone.emplace_back(option.name);
    labels += (labels.empty() ? "" : ", ") + option.label;
  }
  if (gone.empty()) return {};
  tx.run_alone();
  const Filter held = records::field(field.name).is_one_of(std::move(gone));
  const Count count =
      TRY(count_up_to_cap(tx, org, catalogue.shape(tx, org, module), held, Bin::either));
  if (count.value == 0) return {};
  return conflict("choice_in_use",
                  fmt::format("What would go ({}) is held by {}{} of the {}, the recycle bin "
                              "counted in; give them another choice first.",
                              labels, count.value, count.is_exact ? "" : " or more",
                              ascii_lower(module.label_plural)),
                  "choices");
}

void forget_unique_values(db::Transaction& tx, OrgId org, const ModuleDef& module,
                          const std::string& name) {
  tx.execute("DELETE FROM unique_values WHERE org_id = $1 AND module = $2 AND field = $3",
             {org.value, module.name, name});
}

}  // namespace

std::vector<FieldDef> list_custom_fields(db::Transaction& tx, OrgId org,
                                         const std::string& module) {
  std::vector<FieldDef> fields;
  tx.for_each(
      "SELECT name, label, kind, definition FROM custom_fields "
      "WHERE org_id = $1 AND module = $2 AND deleted_at IS NULL ORDER BY position, name",
      {org.value, module}, [&](const db::RowView& row) {
        const FieldKindDef* kind = kind_from_word(row.text(2));
        const Result<Json> definition = json_from_text(row.text(3));
        if (kind == nullptr || !definition) return true;
        FieldDef& field = fields.emplace_back();
        field.name = row.text(0);
        field.label = row.text(1);
        field.kind = kind->kind;
        field.custom = true;
        read_definition(*definition, field);
        return true;
      });
  return fields;
}

Result<FieldDef> add_custom_field(db::Transaction& tx, OrgId org, const Catalogue& catalogue,
                                  const ModuleDef& module, FieldDef field) {
  if (!module.custom_fields)
    return forbidden("no_custom_fields", module.label_plural + " can't have fields of your own.");
  if (list_custom_fields(tx, org, module.name).size() >= custom_fields_max) {
    return invalid("name", "too_many",
                   fmt::format("A module may have at most {} fields of your own; remove one first.",
                               custom_fields_max));
  }
  TRY(check_custom_field(catalogue, field));
  TRY(the_label_is_free(tx, org, module, field));
  field.name = TRY(free_name(tx, org, module, field));
  tx.execute(
      "INSERT INTO custom_fields "
      "(org_id, module, name, label, kind, definition, position, created_at) "
      "VALUES ($1, $2, $3, $4, $5, $6, "
      "(SELECT COALESCE(MAX(position), 0) + 1 FROM custom_fields "
      "WHERE org_id = $1 AND module = $2), $7)",
      {org.value, module.name, field.name, field.label, std::string(kind_of(field).word),
       definition_of(field), tx.now().ms});
  renew_shapes(tx, org);
  return field;
}

Result<FieldDef> change_custom_field(db::Transaction& tx, OrgId org, const Catalogue& catalogue,
                                     const ModuleDef& module, FieldDef field) {
  const FieldDef before = TRY(find_custom(tx, org, module, field.name));
  if (field.link_to.empty()) field.link_to = before.link_to;
  if (field.kind != before.kind || field.scale != before.scale || field.link_to != before.link_to) {
    return invalid("kind", "cannot_change",
                   "The kind of a field can't change; make a new field and move the values.");
  }
  if (field.unique && !before.unique) {
    return invalid("unique", "cannot_change",
                   "Whether values must differ can only be asked for when the field is made.");
  }
  TRY(check_custom_field(catalogue, field));
  if (field.label != before.label) TRY(the_label_is_free(tx, org, module, field));
  TRY(no_record_holds_what_goes(tx, org, catalogue, module, before, field));
  if (before.unique && !field.unique) forget_unique_values(tx, org, module, field.name);
  tx.execute(
      "UPDATE custom_fields SET label = $4, definition = $5 "
      "WHERE org_id = $1 AND module = $2 AND name = $3",
      {org.value, module.name, field.name, field.label, definition_of(field)});
  renew_shapes(tx, org);
  return field;
}

Result<void> remove_custom_field(db::Transaction& tx, OrgId org, const ModuleDef& module,
                                 const std::string& name) {
  TRY(find_custom(tx, org, module, name));
  tx.execute(
      "UPDATE custom_fields SET deleted_at = $4 WHERE org_id = $1 AND module = $2 AND name = $3",
      {org.value, module.name, name, tx.now().ms});
  forget_unique_values(tx, org, module, name);
  renew_shapes(tx, org);
  return {};
}

// A new id and not the next number: a rolled back change must not leave a version behind that
// another change uses again for other fields.
void renew_shapes(db::Transaction& tx, OrgId org) {
  tx.execute("UPDATE organisations SET fields_version = $2 WHERE id = $1",
             {org.value, tx.new_id()});
}

}  // namespace tandem::records
