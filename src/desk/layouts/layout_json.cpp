#include "desk/layouts/layout_json.h"

#include <fmt/format.h>

#include <set>

#include "base/text.h"
#include "desk/modules.h"

namespace tandem::desk {

namespace {

using records::FieldDef;
using records::FieldKind;
using records::Shape;

Refusal bad_sections(const char* code, std::string message) {
  return invalid("sections", code, std::move(message));
}

Result<Asked> asked_from(const Json& json) {
  const std::string text = text_of(json, "required");
  if (text.empty()) return Asked::never;
  for (const Asked asked : {Asked::never, Asked::to_close, Asked::always}) {
    if (word(asked) == text) return asked;
  }
  return bad_sections("not_a_choice", "Say never, to_close or always in required.");
}

Result<LayoutField> field_from(const Shape& tickets, const Json& json) {
  const std::string name = json.is_object() ? text_of(json, "name") : "";
  const FieldDef* field = tickets.find(name);
  if (!field) {
    return bad_sections("unknown_field", fmt::format("Tickets have no field {}.", name));
  }
  if (!may_be_laid_out(*field)) {
    return bad_sections("read_only",
                        fmt::format("{} is set by the program; leave it out.", field->label));
  }
  const Asked asked = TRY(asked_from(json));
  return LayoutField{name, std::max(asked, asked_by(*field))};
}

Result<LayoutSection> section_from(const Shape& tickets, const Json& json,
                                   std::set<std::string>& named) {
  const Json* fields = find(json, "fields");
  if (!json.is_object() || !fields || !fields->is_array()) {
    return bad_sections("wrong_type", "Send each section with a list of fields.");
  }
  LayoutSection section;
  section.label = std::string(trim(to_utf8_lossy(text_of(json, "label"))));
  if (count_chars(section.label) > layout_label_chars_max) {
    return bad_sections("too_long", fmt::format("Keep the heading of a section to {} characters.",
                                                layout_label_chars_max));
  }
  for (const Json& one : fields->as_array()) {
    LayoutField field = TRY(field_from(tickets, one));
    if (!named.insert(field.name).second) {
      return bad_sections("duplicate", fmt::format("{} stands in the layout twice.",
                                                   tickets.find(field.name)->label));
    }
    section.fields.push_back(std::move(field));
  }
  return section;
}

Result<void> nothing_is_missing(const Shape& tickets, const std::set<std::string>& named) {
  for (const FieldDef& field : tickets.fields()) {
    if (asked_by(field) != Asked::always || named.contains(field.name)) continue;
    return bad_sections("required",
                        fmt::format("Every ticket needs {}; leave it in the layout.", field.label));
  }
  return {};
}

Result<void> read_defaults(const Shape& tickets, const JsonObject& given,
                           const std::set<std::string>& named, Layout& layout) {
  for (const auto& pair : given) {
    const std::string name(pair.key());
    const FieldDef* field = tickets.find(name);
    if (!field || !named.contains(name)) {
      return invalid("defaults", "unknown_field",
                     fmt::format("{} has no place in the layout; leave it out.", name));
    }
    if (pair.value().is_null()) continue;
    if (!may_have_default(*field)) {
      return invalid("defaults", "not_possible",
                     fmt::format("{} takes no default here; leave it out.", field->label));
    }
    Result<records::Value> value = records::value_from_json(*field, pair.value());
    if (!value) return invalid("defaults", value.error().code, value.error().message);
    if (!value->is_null()) layout.defaults[name] = std::move(*value);
  }
  return {};
}

void append_fields(JsonWriter& json, const LayoutSection& section) {
  json.begin_object().string("label", section.label).key("fields").begin_array();
  for (const LayoutField& field : section.fields) {
    json.begin_object().string("name", field.name);
    json.string("required", word(field.asked)).end_object();
  }
  json.end_array().end_object();
}

}  // namespace

/// Who or what a link names may be gone or out of reach when a ticket comes, and then no ticket
/// could come.
bool may_have_default(const FieldDef& field) {
  const bool is_link = field.kind == FieldKind::link || field.kind == FieldKind::user;
  return !is_link && !field.unique && field.default_value.is_null() && field.name != "subject" &&
         field.name != "description";
}

Result<Layout> layout_from_json(const Shape& tickets, const JsonObject& body) {
  const Json* sections = body.if_contains("sections");
  if (!sections || !sections->is_array() || sections->as_array().empty()) {
    return bad_sections("required", "Send at least one section.");
  }
  if (sections->as_array().size() > layout_sections_max) {
    return bad_sections("too_many", fmt::format("Keep to {} sections.", layout_sections_max));
  }
  Layout layout;
  std::set<std::string> named;
  for (const Json& one : sections->as_array()) {
    LayoutSection section = TRY(section_from(tickets, one, named));
    layout.sections.push_back(std::move(section));
  }
  TRY(nothing_is_missing(tickets, named));
  const Json* defaults = body.if_contains("defaults");
  if (!defaults || defaults->is_null()) return layout;
  if (!defaults->is_object()) return invalid("defaults", "wrong_type", "Send defaults by field.");
  TRY(read_defaults(tickets, defaults->as_object(), named, layout));
  return layout;
}

std::string definition_of(const Shape& tickets, const Layout& layout) {
  JsonWriter json;
  json.begin_object();
  append_layout(json, tickets, layout);
  return json.end_object().take();
}

Layout stored_layout(const Shape& tickets, const std::string& definition) {
  Layout layout;
  const Result<Json> json = json_from_text(definition);
  const Json* sections = json ? find(*json, "sections") : nullptr;
  if (!sections || !sections->is_array()) return layout;
  for (const Json& one : sections->as_array()) {
    LayoutSection& section = layout.sections.emplace_back();
    section.label = text_of(one, "label");
    const Json* fields = find(one, "fields");
    if (!fields || !fields->is_array()) continue;
    for (const Json& each : fields->as_array()) {
      const Result<LayoutField> field = field_from(tickets, each);
      if (field) section.fields.push_back(*field);
    }
  }
  const Json* defaults = find(*json, "defaults");
  if (!defaults || !defaults->is_object()) return layout;
  for (const auto& pair : defaults->as_object()) {
    const FieldDef* field = tickets.find(pair.key());
    if (!field || !may_have_default(*field)) continue;
    // A choice that was removed since is no default any more.
    const Result<records::Value> value = records::value_from_json(*field, pair.value());
    if (value && !value->is_null()) layout.defaults[std::string(pair.key())] = *value;
  }
  return layout;
}

void append_layout(JsonWriter& json, const Shape& tickets, const Layout& layout) {
  json.key("sections").begin_array();
  for (const LayoutSection& section : layout.sections) append_fields(json, section);
  json.end_array().key("defaults").begin_object();
  for (const auto& [name, value] : layout.defaults) {
    json.key(name);
    records::append_value(json, *tickets.find(name), value);
  }
  json.end_object();
}

}  // namespace tandem::desk
