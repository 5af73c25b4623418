#include "operations/visible.h"

#include <fmt/format.h>

#include <algorithm>

#include "access/field_limits.h"
#include "operations/follow.h"

namespace tandem::operations {

records::Filter visible_filter(const Actor& actor, const ModuleDef& module) {
  if (!module.visible_to || actor.is_system()) return records::everything();
  return module.visible_to(actor);
}

records::Filter listed_filter(const Actor& actor, const ModuleDef& module) {
  if (!module.listed_to || actor.is_system()) return visible_filter(actor, module);
  return module.listed_to(actor);
}

Result<Record> find_visible(db::Transaction& tx, const Actor& actor, const ModuleDef& module,
                            RecordId id, records::Bin bin) {
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, module);
  std::optional<Record> found = TRY(records::select_one(
      tx, actor.org, shape, id, Follower(tx, actor).followed(*shape, visible_filter(actor, module)),
      bin));
  if (!found) {
    return not_found(fmt::format("There is no {} {} here, or you may not see it.",
                                 label_in_sentence(module), to_string(id)));
  }
  return std::move(*found);
}

std::string label_in_sentence(const ModuleDef& module) {
  std::string label = module.label;
  if (!label.empty() && label[0] >= 'A' && label[0] <= 'Z') label[0] = char(label[0] - 'A' + 'a');
  return label;
}

Result<void> may_write(const Actor& actor, const records::Shape& shape, const Changes& changes) {
  std::vector<FieldFault> faults;
  for (const auto& [name, value] : changes) {
    const records::FieldDef* field = shape.find(name);
    if (!field) {
      faults.push_back(
          {name, "unknown_field", fmt::format("There is no field {}; leave it out.", name)});
      continue;
    }
    if (actor.is_system()) continue;
    if (field->written_by == records::WrittenBy::system) {
      faults.push_back({name, "read_only",
                        fmt::format("{} is set by the program; leave it out.", field->label)});
    } else if (access::field_access(actor, shape.module().name, *field) !=
               access::FieldAccess::write) {
      faults.push_back(
          {name, "no_field_right",
           fmt::format("Your role may not change {}; ask an administrator.", field->label)});
    }
  }
  if (!faults.empty()) return invalid(std::move(faults));
  return {};
}

namespace {

Refusal hidden_field(const std::string& field) {
  return invalid(field, "unknown_field", fmt::format("There is no field {}; leave it out.", field));
}

}  // namespace

Result<void> may_ask(const Actor& actor, const ModuleDef& module, const records::Filter& filter) {
  if (access::is_hidden(actor, module.name, filter.field)) return hidden_field(filter.field);
  if (filter.kind == records::Filter::Kind::linked) {
    const records::FieldDef* field = actor.catalogue->plain_shape(module)->find(filter.field);
    const ModuleDef* linked = field ? actor.catalogue->find(field->link_to) : nullptr;
    if (!linked || filter.parts.empty()) return {};
    return may_ask(actor, *linked, filter.parts.front());
  }
  for (const records::Filter& part : filter.parts) TRY(may_ask(actor, module, part));
  return {};
}

Result<void> may_sort(const Actor& actor, const ModuleDef& module, const records::Sort& sort) {
  if (access::is_hidden(actor, module.name, sort.field)) return hidden_field(sort.field);
  return {};
}

namespace {

bool asks_for_the_title_alone(const records::Filter& filter) {
  using Kind = records::Filter::Kind;
  if (filter.kind == Kind::field) return filter.field == "title";
  return filter.kind != Kind::linked &&
         std::all_of(filter.parts.begin(), filter.parts.end(), asks_for_the_title_alone);
}

}  // namespace

Result<records::Filter> of_linked(const Actor& actor, const ModuleDef& linked, std::string link,
                                  records::Filter part) {
  if (asks_for_the_title_alone(part)) return records::linked(std::move(link), std::move(part));
  TRY(access::require_right(actor, linked, access::Right::read));
  TRY(may_ask(actor, linked, part));
  records::Filter seen = visible_filter(actor, linked);
  if (seen.kind != records::Filter::Kind::everything)
    part = records::all_of({std::move(seen), std::move(part)});
  return records::linked(std::move(link), std::move(part));
}

bool hide_fields(const Actor& actor, Record& record) {
  bool any = false;
  for (const auto& [name, access] : access::field_limits(actor, record.shape->module().name)) {
    const int index = record.shape->index_of(name);
    if (access != access::FieldAccess::hidden || index < 0) continue;
    any = any || !record.values[size_t(index)].is_null();
    record.values[size_t(index)] = records::Value();
  }
  return any;
}

}  // namespace tandem::operations
