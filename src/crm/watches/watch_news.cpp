#include "crm/watches/watch_news.h"

#include <algorithm>

#include "operations/operations.h"

namespace tandem::crm {

using access::Actor;
using records::LogEntry;

namespace {

/// A notice that grew so long takes no further record.
constexpr size_t notice_chars_max = 200'000;

/// A merge puts records into the bin and its undoing takes them out, under events of their own. The
/// target has the second one as well, and nothing of it but fields changes.
std::optional<Operation> by_merging(const LogEntry& entry) {
  if (entry.event.ends_with("_merged_into")) return Operation::delete_;
  if (!entry.event.ends_with("_merge_undone")) return std::nullopt;
  const Result<Json> changes = json_from_text(entry.changes_json);
  const bool is_back = changes && find(*changes, "merged_into") != nullptr;
  return is_back ? std::optional(Operation::insert) : std::nullopt;
}

/// Nothing when it is news for nobody: what is purged was told when it went into the bin.
std::optional<Operation> operation_of(const LogEntry& entry) {
  if (entry.event == "created" || entry.event == "restored") return Operation::insert;
  if (entry.event == "deleted") return Operation::delete_;
  if (const std::optional<Operation> merging = by_merging(entry)) return merging;
  if (entry.event == "purged" || entry.changes_json == "{}") return std::nullopt;
  return Operation::update;
}

/// Links that a record of one module may have to records of the other.
std::vector<const records::FieldDef*> links_to(const records::Shape& shape,
                                               const std::string& module) {
  std::vector<const records::FieldDef*> links;
  for (const records::FieldDef& field : shape.fields()) {
    if (field.kind == records::FieldKind::link && field.link_to == module) links.push_back(&field);
  }
  return links;
}

bool is_visible(db::Transaction& tx, const Actor& actor, const records::ModuleDef& module,
                RecordId id, records::Bin bin) {
  return operations::read_record(tx, actor, module, id, bin).has_value();
}

JsonObject without_values(const JsonObject& fields) {
  JsonObject names;
  for (const auto& pair : fields) names[pair.key()] = nullptr;
  return names;
}

}  // namespace

WatchNews::WatchNews(db::Transaction& tx, const access::Applications& applications,
                     const WatchFace& face)
    : tx_(tx), applications_(applications), face_(face) {}

WatchNews::Organisation& WatchNews::organisation(OrgId org) {
  const auto [known, is_new] = organisations_.try_emplace(org.value);
  if (!is_new) return known->second;
  known->second.watches = live_watches(tx_, org);
  if (known->second.watches.empty()) return known->second;
  const Result<const records::Catalogue*> catalogue = applications_.of(tx_, org);
  if (catalogue) known->second.catalogue = *catalogue;
  return known->second;
}

const Actor* WatchNews::owner(const Watch& watch) {
  const auto [known, is_new] = owners_.try_emplace(watch.id.value);
  if (is_new) known->second = owner_of(tx_, applications_, watch);
  return known->second ? &*known->second : nullptr;
}

void WatchNews::add(OrgId org, const LogEntry& entry) {
  const Organisation& known = organisation(org);
  if (!known.catalogue) return;
  const records::ModuleDef* module = known.catalogue->find(entry.module);
  const std::optional<Operation> operation = operation_of(entry);
  if (!module || !operation) return;
  const Entry news{entry, *module, *operation};
  for (const Watch& watch : known.watches) {
    if (entry.at < watch.since_at) continue;
    if (watch.module == entry.module) {
      tell_of_record(watch, news);
    } else if (watch.tells_related && watch.tells(Operation::update) && !watch.fields) {
      tell_of_related(watch, news);
    }
  }
}

const std::set<std::string, std::less<>>& WatchNews::shown_fields(const records::ShapeRef& shape) {
  const auto [known, is_new] = shown_.try_emplace(shape);
  if (is_new) known->second = face_.shown_fields(*shape);
  return known->second;
}

JsonObject WatchNews::fields_of(const Entry& entry, const Actor& owner) {
  JsonObject fields;
  const Result<Json> changes = json_from_text(entry.log.changes_json);
  if (!changes || !changes->is_object()) return fields;
  const records::ShapeRef shape = owner.catalogue->shape(tx_, owner.org, entry.module);
  for (const auto& pair : changes->as_object()) {
    const records::FieldDef* field = shape->find(std::string_view(pair.key()));
    if (!field || !shown_fields(shape).contains(field->name)) continue;
    const bool is_hidden =
        access::field_access(owner, entry.module.name, *field) == access::FieldAccess::hidden;
    const bool has_values = pair.value().is_array() && !pair.value().as_array().empty();
    if (!is_hidden && has_values) fields[pair.key()] = pair.value().as_array().back();
  }
  return fields;
}

void WatchNews::tell_of_record(const Watch& watch, const Entry& entry) {
  if (!watch.tells(entry.operation)) return;
  const Actor* actor = owner(watch);
  if (!actor) return;
  JsonObject fields;
  if (entry.operation != Operation::delete_) fields = fields_of(entry, *actor);
  if (entry.operation == Operation::update) {
    if (fields.empty() || (watch.fields && !is_met(*watch.fields, fields))) return;
  }
  if (!is_visible(tx_, *actor, entry.module, entry.log.record, records::Bin::either)) return;
  if (!watch.gives_values) fields = without_values(fields);
  tell(watch, entry.operation, {.id = entry.log.record, .fields = std::move(fields)});
}

/// What a contact is changed by, its account hears of, too.
void WatchNews::tell_of_related(const Watch& watch, const Entry& entry) {
  const Actor* actor = owner(watch);
  if (!actor) return;
  const records::ShapeRef shape = actor->catalogue->shape(tx_, actor->org, entry.module);
  const std::vector<const records::FieldDef*> links = links_to(*shape, watch.module);
  if (links.empty()) return;
  if (entry.operation == Operation::update && fields_of(entry, *actor).empty()) return;
  const Result<records::Record> record =
      operations::read_record(tx_, *actor, entry.module, entry.log.record, records::Bin::either);
  if (!record) return;
  const records::ModuleDef& watched = *actor->catalogue->find(watch.module);
  for (const records::FieldDef* link : links) {
    const RecordId id = record->get(link->name).id();
    if (id && is_visible(tx_, *actor, watched, id, records::Bin::outside))
      tell(watch, Operation::update, {.id = id});
  }
}

void WatchNews::tell(const Watch& watch, Operation operation, ToldRecord record) {
  const size_t chars = json_to_text(record.fields).size();
  const auto [known, is_first] = latest_.try_emplace(watch.id.value);
  Latest& latest = known->second;
  if (!is_first) {
    Notice& notice = told_[latest.place].notice;
    const bool has_room =
        notice.records.size() < told_records_max && latest.chars + chars <= notice_chars_max;
    if (notice.operation == operation && has_room) {
      latest.chars += chars;
      const auto same = std::find_if(notice.records.begin(), notice.records.end(),
                                     [&](const ToldRecord& told) { return told.id == record.id; });
      if (same == notice.records.end()) {
        notice.records.push_back(std::move(record));
      } else {
        for (auto& pair : record.fields) same->fields[pair.key()] = pair.value();
      }
      return;
    }
  }
  latest = {.place = told_.size(), .chars = chars};
  told_.push_back({watch, {.operation = operation, .records = {}}});
  told_.back().notice.records.push_back(std::move(record));
}

}  // namespace tandem::crm
