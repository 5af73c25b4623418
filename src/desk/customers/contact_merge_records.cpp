#include "desk/customers/contact_merge_records.h"

#include "access/actor.h"
#include "base/json.h"
#include "desk/customers/contact_merging.h"
#include "desk/modules.h"

namespace tandem::desk {

namespace {

using records::Record;
using records::Verb;

constexpr int64_t late_writers_ms = minute_ms;

struct Way {
  RecordId target;
  bool is_undone = false;
  std::vector<RecordId> others;
};

/// Holds the row, so that undoing waits for a batch that is on its way.
std::optional<Way> way_of(db::Transaction& tx, OrgId org, RecordId merge) {
  tx.execute("UPDATE merges SET undone_at = undone_at WHERE org_id = $1 AND id = $2",
             {org.value, merge.value});
  const std::optional<db::Row> row =
      tx.row("SELECT target_id, undone_at, undo FROM merges WHERE org_id = $1 AND id = $2",
             {org.value, merge.value});
  if (!row) return std::nullopt;
  Way way{RecordId{row->integer(0)}, !row->is_null(1), {}};
  for (const MergedContact& other : merged_contacts_in(row->text(2)))
    way.others.push_back(other.id);
  return way;
}

/// What is asked of each batch.
struct Batch {
  db::Transaction& tx;
  const records::Catalogue& catalogue;
  OrgId org;
  RecordId merge;
  const records::Author& author;
  NamedBy fields;
};

bool names_contacts(const records::ModuleDef& module, const records::FieldDef& field) {
  if (field.kind != records::FieldKind::link || field.link_to != "contacts") return false;
  return module.name != "contacts" || field.name != "merged_into";
}

/// Without the rules of the module: nothing is sent, assigned or counted because a contact is
/// called something else.
Result<void> give_record(const Batch& batch, const Record& before, const std::string& field,
                         RecordId contact) {
  db::Transaction& tx = batch.tx;
  const OrgId org = batch.org;
  Record proposed = before;
  proposed.set(field, contact);
  const access::Actor program = access::system_actor(batch.catalogue, org, access::Path::bulk);
  records::Change change{tx, org, program, Verb::updated, before, std::move(proposed), "", ""};
  TRY(records::store(change, batch.author));
  const bool is_requester = field == "contact" && before.shape->module().name == "tickets";
  if (!is_requester) return {};
  tx.execute(
      "UPDATE ratings SET contact_id = $3 WHERE org_id = $1 AND ticket_id = $2 AND contact_id = $4",
      {org.value, before.id.value, contact.value, before.get("contact").number()});
  return {};
}

/// One link field, from one contact to the target.
Result<int> move_field(const Batch& batch, const records::ShapeRef& shape, const std::string& field,
                       RecordId from, RecordId target, int limit) {
  int moved = 0;
  // Asked apart, because the indexes of lists hold what is outside the bin alone.
  for (const records::Bin bin : {records::Bin::outside, records::Bin::inside}) {
    if (moved >= limit) break;
    records::Query query;
    query.filter = records::field(field).is(from);
    query.limit = limit - moved;
    query.bin = bin;
    const records::Page page = TRY(records::select_page(batch.tx, batch.org, shape, query));
    for (const Record& record : page.records) {
      TRY(give_record(batch, record, field, target));
      batch.tx.execute(
          "INSERT INTO contact_merge_records "
          "(org_id, merge_id, module, record_id, field, from_contact_id) "
          "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
          {batch.org.value, batch.merge.value, shape->module().name, record.id.value, field,
           from.value});
      ++moved;
    }
  }
  return moved;
}

Result<int> move_to_target(const Batch& batch, const Way& way) {
  int moved = 0;
  for (const records::ModuleDef* module : batch.catalogue.modules()) {
    const records::ShapeRef shape = batch.catalogue.shape(batch.tx, batch.org, *module);
    for (const records::FieldDef& field : shape->fields()) {
      const bool is_meant = batch.fields == NamedBy::all_fields || !field.custom;
      if (!is_meant || !names_contacts(*module, field)) continue;
      for (const RecordId other : way.others) {
        const int left = merged_records_at_once_max - moved;
        if (left == 0) return moved;
        const int some = TRY(move_field(batch, shape, field.name, other, way.target, left));
        moved += some;
      }
    }
  }
  return moved;
}

bool is_there(const Batch& batch, RecordId contact) {
  return batch.tx
      .row("SELECT 1 FROM contacts WHERE org_id = $1 AND id = $2 AND deleted_at IS NULL",
           {batch.org.value, contact.value})
      .has_value();
}

/// What was given to another contact since stays there; so does what would belong to nobody.
Result<void> give_back(const Batch& batch, const Way& way, const std::string& name, RecordId id,
                       const std::string& field, RecordId from) {
  const records::ModuleDef* module = batch.catalogue.find(name);
  if (!module || !is_there(batch, from)) return {};
  const records::ShapeRef shape = batch.catalogue.shape(batch.tx, batch.org, *module);
  if (!shape->find(field)) return {};
  const std::optional<Record> record = TRY(records::select_one(
      batch.tx, batch.org, shape, id, records::everything(), records::Bin::either));
  if (!record || record->get(field).id() != way.target) return {};
  return give_record(batch, *record, field, from);
}

Result<int> move_back(const Batch& batch, const Way& way) {
  const std::vector<db::Row> rows = batch.tx.rows(
      "SELECT module, record_id, field, from_contact_id FROM contact_merge_records "
      "WHERE org_id = $1 AND merge_id = $2 ORDER BY module, record_id, field LIMIT $3",
      {batch.org.value, batch.merge.value, int64_t{merged_records_at_once_max}});
  for (const db::Row& row : rows) {
    TRY(give_back(batch, way, row.text(0), RecordId{row.integer(1)}, row.text(2),
                  RecordId{row.integer(3)}));
    batch.tx.execute(
        "DELETE FROM contact_merge_records WHERE org_id = $1 AND merge_id = $2 AND module = $3 "
        "AND record_id = $4 AND field = $5",
        {batch.org.value, batch.merge.value, row.text(0), row.integer(1), row.text(2)});
  }
  return int(rows.size());
}

}  // namespace

Result<int> move_merged_records(db::Transaction& tx, const records::Catalogue& catalogue, OrgId org,
                                RecordId merge, const records::Author& author, NamedBy fields) {
  const std::optional<Way> way = way_of(tx, org, merge);
  if (!way) return 0;
  const Batch batch{tx, catalogue, org, merge, author, fields};
  return way->is_undone ? move_back(batch, *way) : move_to_target(batch, *way);
}

void queue_merged_records(db::Transaction& tx, OrgId org, RecordId merge,
                          const records::Author& author) {
  JsonWriter payload;
  payload.begin_object().id("merge", merge.value).id("by", author.id.value);
  payload.string("name", author.name).string("kind", author.kind).end_object();
  const std::string json = payload.take();
  jobs::enqueue(tx, org, "merge_contacts", json, tx.now());
  jobs::enqueue(tx, org, "merge_contacts", json, tx.now() + late_writers_ms);
}

jobs::Outcome run_merged_records(const Desk& desk, db::Database& database, const jobs::Job& job) {
  const Result<Json> payload = json_from_text(job.payload_json);
  if (!payload) return {.kind = jobs::Outcome::Kind::give_up, .reason = payload.error().message};
  const RecordId merge{id_from_text(text_of(*payload, "merge")).value_or(0)};
  const records::Author author{.id = RecordId{id_from_text(text_of(*payload, "by")).value_or(0)},
                               .kind = text_of(*payload, "kind"),
                               .name = text_of(*payload, "name"),
                               .path = "bulk"};
  while (true) {
    const Result<int> moved = database.write(
        [&](db::Transaction& tx) -> Result<int> {
          return move_merged_records(tx, desk.catalogue, job.org, merge, author,
                                     NamedBy::all_fields);
        },
        db::Priority::bulk);
    if (!moved) return {.kind = jobs::Outcome::Kind::retry, .reason = moved.error().message};
    if (*moved == 0) return {};
  }
}

}  // namespace tandem::desk
