#include "operations/follow.h"

#include <algorithm>

namespace tandem::operations {

using records::Comparison;
using records::FieldDef;
using records::Filter;
using records::Record;
using records::Shape;

namespace {

bool compares_links(const Filter& filter) {
  switch (filter.comparison) {
    case Comparison::is:
    case Comparison::is_not:
    case Comparison::is_one_of:
    case Comparison::is_none_of: return true;
    case Comparison::contains:
    case Comparison::starts_with:
    case Comparison::ends_with:
    case Comparison::is_empty:
    case Comparison::is_not_empty:
    case Comparison::before:
    case Comparison::after:
    case Comparison::at_least:
    case Comparison::at_most:
    case Comparison::between: return false;
  }
  return false;
}

/// The pointer that the program itself keeps is none of these.
bool may_point_to_another(const FieldDef& field) {
  return field.kind == records::FieldKind::link && field.written_by == records::WrittenBy::person &&
         records::may_become(field.link_to);
}

}  // namespace

Filter Follower::followed(const Shape& shape, Filter filter) {
  follow_filter(shape, filter);
  return filter;
}

void Follower::follow_filter(const Shape& shape, Filter& filter) {
  if (filter.kind == Filter::Kind::field) {
    const FieldDef* field = compares_links(filter) ? shape.find(filter.field) : nullptr;
    if (field && may_point_to_another(*field)) add_former(*field, filter);
    return;
  }
  if (filter.kind == Filter::Kind::linked) {
    const FieldDef* field = shape.find(filter.field);
    const records::ModuleDef* module = field ? actor_.catalogue->find(field->link_to) : nullptr;
    if (!module) return;
    const records::ShapeRef linked = actor_.catalogue->plain_shape(*module);
    for (Filter& part : filter.parts) follow_filter(*linked, part);
    return;
  }
  for (Filter& part : filter.parts) follow_filter(shape, part);
}

void Follower::add_former(const FieldDef& link, Filter& filter) {
  const auto module = became().find(link.link_to);
  if (module == became().end()) return;
  const std::vector<records::Value> asked = filter.values;
  for (const auto& [former, now] : module->second) {
    const bool is_meant = std::any_of(asked.begin(), asked.end(), [&](const auto& one) {
      return one.is_number() && one.number() == now;
    });
    const bool fits = filter.values.size() < size_t(records::filter_values_max);
    if (is_meant && fits) filter.values.emplace_back(former);
  }
  if (filter.values.size() == asked.size()) return;
  if (filter.comparison == Comparison::is) filter.comparison = Comparison::is_one_of;
  if (filter.comparison == Comparison::is_not) filter.comparison = Comparison::is_none_of;
}

void Follower::follow(std::vector<Record>& records) {
  if (records.empty()) return;
  const std::vector<FieldDef>& fields = records.front().shape->fields();
  for (size_t at = 0; at < fields.size(); ++at) {
    if (!may_point_to_another(fields[at])) continue;
    const auto module = became().find(fields[at].link_to);
    if (module == became().end()) continue;
    for (Record& record : records) {
      const auto found = module->second.find(record.values[at].number());
      if (found != module->second.end()) record.values[at] = records::Value(found->second);
    }
  }
}

const records::Became& Follower::became() {
  if (!became_) became_ = records::what_became(tx_, actor_.org);
  return *became_;
}

}  // namespace tandem::operations
