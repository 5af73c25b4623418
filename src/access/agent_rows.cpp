#include "access/agent_rows.h"

#include "access/agents_module.h"
#include "records/store.h"

namespace tandem::access {

namespace {

Result<records::Record> read_agent(db::Transaction& tx, const Actor& actor, RecordId id) {
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, agents_module());
  const std::optional<records::Record> found =
      TRY(records::select_one(tx, actor.org, shape, id, records::everything()));
  if (!found) return not_found("There is no such agent.");
  return *found;
}

Result<void> save(db::Transaction& tx, const Actor& actor, records::Verb verb,
                  records::Record before, records::Record proposed) {
  records::Change change{tx, actor.org, actor, verb, std::move(before), std::move(proposed),
                         "", ""};
  TRY(records::store(change, actor.author()));
  return {};
}

}  // namespace

Result<RecordId> create_agent_record(db::Transaction& tx, const Actor& actor,
                                     const records::Changes& values) {
  records::Record before;
  before.shape = actor.catalogue->shape(tx, actor.org, agents_module());
  before.id = RecordId{tx.new_id()};
  before.values.resize(before.shape->fields().size());
  records::Record proposed = before;
  for (const auto& [field, value] : values) proposed.set(field, value);
  const RecordId id = before.id;
  TRY(save(tx, actor, records::Verb::created, std::move(before), std::move(proposed)));
  return id;
}

Result<void> update_agent_record(db::Transaction& tx, const Actor& actor, RecordId id,
                                 const records::Changes& values) {
  records::Record before = TRY(read_agent(tx, actor, id));
  records::Record proposed = before;
  for (const auto& [field, value] : values) proposed.set(field, value);
  if (proposed.values == before.values) return {};
  return save(tx, actor, records::Verb::updated, std::move(before), std::move(proposed));
}

Result<void> delete_agent_record(db::Transaction& tx, const Actor& actor, RecordId id) {
  records::Record before = TRY(read_agent(tx, actor, id));
  records::Record proposed = before;
  proposed.deleted_at = tx.now();
  proposed.deleted_by = actor.id;
  return save(tx, actor, records::Verb::deleted, std::move(before), std::move(proposed));
}

}  // namespace tandem::access
