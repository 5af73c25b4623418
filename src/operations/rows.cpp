#include "operations/rows.h"

#include "operations/visible.h"

namespace tandem::operations {

using records::Change;
using records::Verb;

Result<Record> add_row(db::Transaction& tx, const Actor& actor, const ModuleDef& module,
                       const Changes& values, const RowEvent& happening, RecordId id) {
  Record proposed;
  proposed.shape = actor.catalogue->shape(tx, actor.org, module);
  proposed.id = id ? id : RecordId{tx.new_id()};
  proposed.created_at = happening.created_at;
  for (const records::FieldDef& field : proposed.shape->fields())
    proposed.values.push_back(field.default_value);
  Record before = proposed;
  before.values.assign(proposed.values.size(), records::Value());
  for (const auto& [name, value] : values) proposed.set(name, value);
  Change change{tx,
                actor.org,
                actor,
                Verb::created,
                std::move(before),
                std::move(proposed),
                happening.event,
                happening.detail_json};
  return save_change(change);
}

Result<Record> change_row(db::Transaction& tx, const Actor& actor, const Record& before,
                          const Changes& values, const RowEvent& happening) {
  Record proposed = before;
  for (const auto& [name, value] : values) proposed.set(name, value);
  Change change{tx,     actor.org,           actor,           Verb::updated,
                before, std::move(proposed), happening.event, happening.detail_json};
  return save_change(change);
}

Result<void> remove_row(db::Transaction& tx, const Actor& actor, const Record& before,
                        const RowEvent& happening) {
  Change change{tx,     actor.org, actor,           Verb::purged,
                before, before,    happening.event, happening.detail_json};
  TRY(save_change(change));
  return {};
}

}  // namespace tandem::operations
