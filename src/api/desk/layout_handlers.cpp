#include "api/desk/layout_handlers.h"

#include <algorithm>

#include "api/desk/words.h"
#include "base/text.h"
#include "desk/layouts/layouts.h"
#include "desk/modules.h"
#include "desk/products/products_module.h"

// Layouts of tickets are those of the departments, and have their ids. The other modules have one
// layout each, with all their fields.

namespace tandem::api::desk_dialect {

namespace {

using records::FieldDef;
using records::FieldKind;

constexpr std::string_view modules_with_layout[] = {"tickets", "contacts", "accounts", "products"};

std::string_view type_word(const FieldDef& field) {
  switch (field.kind) {
    case FieldKind::text:
    case FieldKind::auto_number: return "Text";
    case FieldKind::long_text:
    case FieldKind::rich_text: return "Textarea";
    case FieldKind::number: return "Number";
    case FieldKind::decimal: return "Decimal";
    case FieldKind::money: return "Currency";
    case FieldKind::boolean: return "Boolean";
    case FieldKind::date: return "Date";
    case FieldKind::instant: return "DateTime";
    case FieldKind::choice: return "Picklist";
    case FieldKind::multi_choice:
    case FieldKind::tags: return "Multiselect";
    case FieldKind::email: return "Email";
    case FieldKind::phone: return "Phone";
    case FieldKind::url: return "URL";
    case FieldKind::link:
    case FieldKind::user: return "LookUp";
  }
  return "Text";
}

/// "cf_serial" of a field of one's own; fields that the dialect has no word for are told to nobody.
std::string api_name(const records::ModuleDef& module, const FieldDef& field) {
  if (field.custom) return "cf_" + field.name;
  for (const FieldWord& word : words_of(module)) {
    if (word.field == field.name) return std::string(word.key);
  }
  return "";
}

std::string field_json(const records::Shape& shape, const FieldDef& field, bool is_mandatory) {
  JsonWriter json;
  const std::string name = api_name(shape.module(), field);
  json.begin_object().string("id", name).string("apiName", name);
  json.string("displayLabel", field.label).string("type", type_word(field));
  json.boolean("isMandatory", is_mandatory).boolean("isCustomField", field.custom);
  json.number("maxLength", field.max_chars).key("allowedValues").begin_array();
  for (const records::ChoiceOption& choice : field.choices) {
    json.begin_object().string("value", label_of(field, choice.name)).end_object();
  }
  return json.end_array().end_object().take();
}

bool is_shown(const Call& call, const records::Shape& shape, const FieldDef& field) {
  return !api_name(shape.module(), field).empty() &&
         access::field_access(call.actor, shape.module().name, field) !=
             access::FieldAccess::hidden;
}

std::string section_json(const Call& call, const records::Shape& shape,
                         const desk::LayoutSection& section) {
  JsonWriter json;
  json.begin_object().string("name", section.label.empty() ? "Details" : section.label);
  json.key("fields").begin_array();
  for (const desk::LayoutField& one : section.fields) {
    const FieldDef& field = *shape.find(one.name);
    if (!is_shown(call, shape, field)) continue;
    json.raw(field_json(shape, field, one.asked == desk::Asked::always));
  }
  return json.end_array().end_object().take();
}

std::string layout_json(const Call& call, const records::Shape& shape, const desk::Layout& layout) {
  const std::string& module = shape.module().name;
  JsonWriter json;
  json.begin_object().id("id", layout.department.value).string("module", module);
  json.string("layoutName", shape.module().label_plural).boolean("isDefaultLayout", !layout.is_own);
  if (module == "tickets") {
    json.id("departmentId", layout.department.value);
  } else {
    json.null("departmentId");
  }
  json.key("sections").begin_array();
  for (const desk::LayoutSection& section : layout.sections) {
    json.raw(section_json(call, shape, section));
  }
  return json.end_array().end_object().take();
}

/// Layouts of modules without departments are counted by their place among them.
desk::Layout plain_layout(const records::Shape& shape, size_t place) {
  desk::Layout layout{.department = RecordId{int64_t(place)}};
  desk::LayoutSection& section = layout.sections.emplace_back();
  for (const FieldDef& field : shape.fields()) {
    if (field.written_by != records::WrittenBy::person) continue;
    section.fields.push_back(
        {field.name, field.required ? desk::Asked::always : desk::Asked::never});
  }
  return layout;
}

Result<size_t> place_of_module(const std::string& name) {
  const auto* const at =
      std::find(std::begin(modules_with_layout), std::end(modules_with_layout), name);
  if (at == std::end(modules_with_layout)) {
    return invalid("module", "unknown_module", "Ask for tickets, contacts, accounts or products.");
  }
  return size_t(at - std::begin(modules_with_layout));
}

Result<records::ShapeRef> shape_of(db::Transaction& tx, const Call& call, size_t place) {
  const records::ModuleDef& module = *call.actor.catalogue->find(modules_with_layout[place]);
  TRY(access::require_right(call.actor, module, access::Right::read));
  return call.actor.catalogue->shape(tx, call.actor.org, module);
}

/// The department of the query, or all of them.
Result<std::vector<RecordId>> departments_of(db::Transaction& tx, const Call& call) {
  const std::vector<records::Value> asked = TRY(call.query_ids("departmentId", 1));
  if (!asked.empty()) return std::vector<RecordId>{asked.front().id()};
  records::Query query;
  query.sort = {"title", false};
  query.limit = db::bulk_rows_max;
  const records::Page page =
      TRY(operations::list_records(tx, call.actor, desk::departments_module(), std::move(query)));
  std::vector<RecordId> ids;
  for (const records::Record& department : page.records) ids.push_back(department.id);
  return ids;
}

}  // namespace

Result<http::Response> list_layouts(Call& call) {
  const size_t place = TRY(place_of_module(call.query_text("module")));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const records::ShapeRef shape = TRY(shape_of(tx, call, place));
    if (place > 0) return show_list({layout_json(call, *shape, plain_layout(*shape, place))});
    std::vector<std::string> items;
    const std::vector<RecordId> departments = TRY(departments_of(tx, call));
    for (const RecordId department : departments) {
      const desk::Layout layout = TRY(desk::read_layout(tx, call.actor, department));
      items.push_back(layout_json(call, *shape, layout));
    }
    return show_list(items);
  });
}

Result<http::Response> read_layout(Call& call) {
  const RecordId id = TRY(call.id());
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const bool is_plain = id.value > 0 && id.value < int64_t(std::size(modules_with_layout));
    const records::ShapeRef shape = TRY(shape_of(tx, call, is_plain ? size_t(id.value) : 0));
    if (is_plain) {
      return http::Response::json(
          200, layout_json(call, *shape, plain_layout(*shape, size_t(id.value))));
    }
    const desk::Layout layout = TRY(desk::read_layout(tx, call.actor, id));
    return http::Response::json(200, layout_json(call, *shape, layout));
  });
}

Result<http::Response> list_fields(Call& call) {
  const size_t place = TRY(place_of_module(call.query_text("module")));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const records::ShapeRef shape = TRY(shape_of(tx, call, place));
    std::vector<std::string> items;
    for (const FieldDef& field : shape->fields()) {
      if (is_shown(call, *shape, field)) {
        items.push_back(field_json(*shape, field, field.required));
      }
    }
    return show_list(items);
  });
}

}  // namespace tandem::api::desk_dialect
