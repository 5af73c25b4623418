#include "operations/merged_links.h"

#include <fmt/format.h>

#include <algorithm>

namespace tandem::operations {

namespace {

using records::Verb;

/// One merge on the way of a link: from `from` to whatever stands next.
struct Hop {
  RecordId merge;
  RecordId from;
};

struct Way {
  RecordId target;
  bool is_undone = false;
  std::vector<RecordId> others;
  /// Merges that took the target on since, and where they end.
  std::vector<Hop> onward;
  RecordId end;
};

/// Holds the row, so that undoing waits for a batch that is on its way.
void hold(db::Transaction& tx, OrgId org, RecordId merge) {
  tx.execute("UPDATE merges SET undone_at = undone_at WHERE org_id = $1 AND id = $2",
             {org.value, merge.value});
}

bool takes(const db::Row& merge, RecordId record) {
  const std::vector<MergedRecord> others = merged_in(merge.text(1));
  return std::any_of(others.begin(), others.end(),
                     [&](const MergedRecord& one) { return one.id == record; });
}

std::optional<RecordId> merge_that_took(db::Transaction& tx, const MergeErrand& errand,
                                        RecordId record, RecordId target) {
  for (const db::Row& row :
       tx.rows("SELECT id, undo FROM merges WHERE org_id = $1 AND module = $2 "
               "AND target_id = $3 AND undone_at IS NULL ORDER BY id DESC LIMIT $4",
               {errand.org.value, errand.module.name, target.value, int64_t{merged_chain_max}})) {
    if (takes(row, record)) return RecordId{row.integer(0)};
  }
  return std::nullopt;
}

void follow_to_the_end(db::Transaction& tx, const MergeErrand& errand, Way& way) {
  way.end = way.target;
  for (int step = 0; step < merged_chain_max; ++step) {
    const std::optional<db::Row> row =
        tx.row(fmt::format("SELECT merged_into FROM \"{}\" WHERE org_id = $1 AND id = $2",
                           errand.module.table_name()),
               {errand.org.value, way.end.value});
    if (!row || row->is_null(0)) return;
    const RecordId next{row->integer(0)};
    const std::optional<RecordId> merge = merge_that_took(tx, errand, way.end, next);
    if (!merge) return;
    hold(tx, errand.org, *merge);
    way.onward.push_back({*merge, way.end});
    way.end = next;
  }
}

std::optional<Way> way_of(db::Transaction& tx, const MergeErrand& errand) {
  const OrgId org = errand.org;
  const RecordId merge = errand.merge;
  hold(tx, org, merge);
  const std::optional<db::Row> row =
      tx.row("SELECT target_id, undone_at, undo FROM merges WHERE org_id = $1 AND id = $2",
             {org.value, merge.value});
  if (!row) return std::nullopt;
  Way way{RecordId{row->integer(0)}, !row->is_null(1), {}, {}, {}};
  for (const MergedRecord& other : merged_in(row->text(2))) way.others.push_back(other.id);
  if (!way.is_undone) follow_to_the_end(tx, errand, way);
  return way;
}

bool names_merged(const ModuleDef& merged, const ModuleDef& module,
                  const records::FieldDef& field) {
  if (field.kind != records::FieldKind::link || field.link_to != merged.name) return false;
  return module.name != merged.name || field.name != "merged_into";
}

/// What is asked of each batch.
struct Batch {
  db::Transaction& tx;
  const MergeErrand& errand;
};

/// Without the rules of the module: nothing is sent, assigned or counted because a record is
/// called something else. Nothing comes to link to itself.
Result<Record> give_record(const Batch& batch, const Record& before, const std::string& field,
                           RecordId to) {
  db::Transaction& tx = batch.tx;
  const OrgId org = batch.errand.org;
  Record proposed = before;
  const bool is_itself = before.id == to && before.shape->module().name == batch.errand.module.name;
  proposed.set(field, is_itself ? records::Value() : records::Value(to));
  const access::Actor program =
      access::system_actor(batch.errand.catalogue, org, access::Path::bulk);
  records::Change change{tx, org, program, Verb::updated, before, std::move(proposed), "", ""};
  Record stored = TRY(records::store(change, batch.errand.author));
  if (batch.errand.ties.after_move) batch.errand.ties.after_move(tx, org, before, field, to);
  return stored;
}

void note_hop(const Batch& batch, const Hop& hop, const Record& record, const std::string& field) {
  batch.tx.execute(
      "INSERT INTO merged_links "
      "(org_id, merge_id, module, record_id, field, from_id) "
      "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
      {batch.errand.org.value, hop.merge.value, record.shape->module().name, record.id.value, field,
       hop.from.value});
}

/// To the end of the chain, as if it had gone through each merge of it.
Result<Record> take_along(const Batch& batch, const Way& way, const Record& record,
                          const std::string& field, RecordId from) {
  Record stored = TRY(give_record(batch, record, field, way.end));
  note_hop(batch, {batch.errand.merge, from}, record, field);
  for (const Hop& hop : way.onward) note_hop(batch, hop, record, field);
  return stored;
}

Result<int> move_to_target(const Batch& batch, const Way& way) {
  int moved = 0;
  for (const ModuleDef* module : batch.errand.catalogue.modules()) {
    const records::ShapeRef shape =
        batch.errand.catalogue.shape(batch.tx, batch.errand.org, *module);
    for (const records::FieldDef& field : module->fields) {
      if (!names_merged(batch.errand.module, *module, field)) continue;
      for (const RecordId other : way.others) {
        records::Query query;
        query.filter = records::field(field.name).is(other);
        query.limit = merged_links_at_once_max - moved;
        const records::Page page =
            TRY(records::select_page(batch.tx, batch.errand.org, shape, query));
        for (const Record& record : page.records)
          TRY(take_along(batch, way, record, field.name, other));
        moved += int(page.records.size());
        if (moved == merged_links_at_once_max) return moved;
      }
    }
  }
  return moved;
}

bool is_there(const Batch& batch, RecordId record) {
  return batch.tx
      .row(fmt::format("SELECT 1 FROM \"{}\" WHERE org_id = $1 AND id = $2 "
                       "AND deleted_at IS NULL",
                       batch.errand.module.table_name()),
           {batch.errand.org.value, record.value})
      .has_value();
}

/// What was given to another one since stays there; so does what would belong to nobody.
Result<void> give_back(const Batch& batch, const Way& way, const std::string& name, RecordId id,
                       const std::string& field, RecordId from) {
  const ModuleDef* module = batch.errand.catalogue.find(name);
  if (!module || !is_there(batch, from)) return {};
  const records::ShapeRef shape = batch.errand.catalogue.shape(batch.tx, batch.errand.org, *module);
  if (!shape->find(field)) return {};
  const std::optional<Record> record = TRY(records::select_one(
      batch.tx, batch.errand.org, shape, id, records::everything(), records::Bin::either));
  if (!record || record->get(field).id() != way.target) return {};
  TRY(give_record(batch, *record, field, from));
  return {};
}

Result<int> move_back(const Batch& batch, const Way& way) {
  const std::vector<db::Row> rows = batch.tx.rows(
      "SELECT module, record_id, field, from_id FROM merged_links "
      "WHERE org_id = $1 AND merge_id = $2 ORDER BY module, record_id, field LIMIT $3",
      {batch.errand.org.value, batch.errand.merge.value, int64_t{merged_links_at_once_max}});
  for (const db::Row& row : rows) {
    TRY(give_back(batch, way, row.text(0), RecordId{row.integer(1)}, row.text(2),
                  RecordId{row.integer(3)}));
    batch.tx.execute(
        "DELETE FROM merged_links WHERE org_id = $1 AND merge_id = $2 AND module = $3 "
        "AND record_id = $4 AND field = $5",
        {batch.errand.org.value, batch.errand.merge.value, row.text(0), row.integer(1),
         row.text(2)});
  }
  return int(rows.size());
}

}  // namespace

std::vector<std::string> links_to(const ModuleDef& merged, const records::Shape& shape) {
  std::vector<std::string> names;
  for (const records::FieldDef& field : shape.fields()) {
    if (names_merged(merged, shape.module(), field)) names.push_back(field.name);
  }
  return names;
}

std::vector<RecordId> merged_by(db::Transaction& tx, OrgId org, RecordId merge) {
  std::vector<RecordId> merged;
  const std::optional<db::Row> row =
      tx.row("SELECT undo FROM merges WHERE org_id = $1 AND id = $2 AND undone_at IS NULL",
             {org.value, merge.value});
  if (!row) return merged;
  for (const MergedRecord& one : merged_in(row->text(0))) merged.push_back(one.id);
  return merged;
}

Result<int> move_merged_links(db::Transaction& tx, const MergeErrand& errand) {
  const std::optional<Way> way = way_of(tx, errand);
  if (!way) return 0;
  const Batch batch{tx, errand};
  return way->is_undone ? move_back(batch, *way) : move_to_target(batch, *way);
}

Result<int> move_found_links(db::Transaction& tx, const MergeErrand& errand,
                             const ModuleDef& module, const std::vector<int64_t>& ids) {
  const std::optional<Way> way = way_of(tx, errand);
  if (!way || way->is_undone || ids.empty()) return 0;
  const Batch batch{tx, errand};
  const records::ShapeRef shape = errand.catalogue.shape(tx, errand.org, module);
  records::Query query;
  query.filter = records::field("id").is_one_of({ids.begin(), ids.end()});
  query.limit = int(ids.size());
  query.bin = records::Bin::either;
  records::Page page = TRY(records::select_page(tx, errand.org, shape, query));
  int moved = 0;
  for (Record& record : page.records) {
    for (const std::string& field : links_to(errand.module, *shape)) {
      const RecordId from = record.get(field).id();
      const bool is_meant =
          std::find(way->others.begin(), way->others.end(), from) != way->others.end();
      if (!is_meant) continue;
      record = TRY(take_along(batch, *way, record, field, from));
      ++moved;
    }
  }
  return moved;
}

}  // namespace tandem::operations
