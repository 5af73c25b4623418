#include "desk/customers/contact_merge_walk.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/json.h"
#include "records/became.h"

namespace tandem::desk {

namespace {

constexpr int64_t late_writers_ms = minute_ms;
constexpr int64_t webhooks_look_again_ms = 5 * second_ms;

/// Where a run goes on: in a module, behind an id; "" is before the walk.
struct Place {
  std::string module = {};
  int64_t after = 0;
};

enum class Round { first, last };

struct Run {
  db::Database& database;
  ContactMergeErrand errand;
  Place place;
  Round round = Round::first;
  const StopSign& stop;
};

void queue_run(db::Transaction& tx, const ContactMergeErrand& errand, const Place& place,
               Round round, Instant at) {
  JsonWriter payload;
  payload.begin_object().id("merge", errand.merge.value).id("by", errand.author.id.value);
  payload.string("name", errand.author.name).string("kind", errand.author.kind);
  payload.string("module", place.module).id("after", place.after);
  payload.boolean("is_last", round == Round::last).end_object();
  const std::string key =
      fmt::format("{}:{}:{}:{}", errand.merge.value, int(round), place.module, place.after);
  jobs::enqueue(tx, errand.org, "merge_contacts", payload.take(), at, key);
}

/// A module is looked through as a whole when no index knows all of its links; of the others the
/// recycle bin alone, which lists' indexes leave out.
records::Bin bin_to_walk(const records::Shape& shape) {
  const auto is_custom = [&](const std::string& name) { return shape.find(name)->custom; };
  const std::vector<std::string> links = links_to_contacts(shape);
  return std::any_of(links.begin(), links.end(), is_custom) ? records::Bin::either
                                                            : records::Bin::inside;
}

/// The next module with links to contacts, in the order of the catalogue; null at the end.
const records::ModuleDef* module_after(db::Transaction& tx, const ContactMergeErrand& errand,
                                       const std::string& name) {
  bool is_behind = name.empty();
  for (const records::ModuleDef* module : errand.catalogue.modules()) {
    if (is_behind && !links_to_contacts(*errand.catalogue.shape(tx, errand.org, *module)).empty())
      return module;
    is_behind = is_behind || module->name == name;
  }
  return nullptr;
}

struct Stretch {
  std::vector<int64_t> found = {};
  int64_t up_to = 0;
  bool is_end = false;  // of the module
};

/// One stretch of a module, in the order of ids.
Result<Stretch> look_through(db::Transaction& tx, const ContactMergeErrand& errand,
                             const records::ModuleDef& module, int64_t after) {
  Stretch stretch;
  const std::vector<RecordId> contacts = contacts_merged_by(tx, errand.org, errand.merge);
  const records::ShapeRef shape = errand.catalogue.shape(tx, errand.org, module);
  const records::Bin bin = bin_to_walk(*shape);
  const std::optional<db::Row> last = tx.row(
      fmt::format("SELECT id FROM \"{}\" WHERE org_id = $1 AND id > $2{} ORDER BY id "
                  "LIMIT 1 OFFSET $3",
                  module.table_name(), bin == records::Bin::inside ? " AND deleted_at IS NOT NULL" : ""),
      {errand.org.value, after, merge_stretch_rows - 1});
  stretch.is_end = !last || contacts.empty();
  if (contacts.empty()) return stretch;
  std::vector<records::Filter> links;
  for (const std::string& name : links_to_contacts(*shape))
    links.push_back(records::field(name).is_one_of({contacts.begin(), contacts.end()}));
  std::vector<records::Filter> all{records::field("id").after(after),
                                   records::any_of(std::move(links))};
  if (last) all.push_back(records::field("id").at_most(last->integer(0)));
  records::Query query;
  query.filter = records::all_of(std::move(all));
  query.sort = {"id", false};
  query.limit = merged_records_at_once_max;
  query.bin = bin;
  const records::Page page = TRY(records::select_page(tx, errand.org, shape, query));
  for (const records::Record& record : page.records) stretch.found.push_back(record.id.value);
  const bool is_all = page.next_cursor.empty();
  stretch.up_to = is_all ? (last ? last->integer(0) : 0) : stretch.found.back();
  stretch.is_end = stretch.is_end && is_all;
  return stretch;
}

/// Whether a webhook has so much to tell already that more would only pile up.
bool waits_for_webhooks(db::Transaction& tx, const ContactMergeErrand& errand) {
  const int64_t merged_at = tx.integer("SELECT merged_at FROM merges WHERE org_id = $1 AND id = $2",
                                       {errand.org.value, errand.merge.value});
  if (tx.now().ms - merged_at > merge_waits_for_webhooks_ms) return false;
  for (const db::Row& webhook : tx.rows("SELECT id FROM webhooks WHERE org_id = $1 "
                                        "AND is_enabled = 1",
                                        {errand.org.value})) {
    const int64_t waiting = tx.integer(
        "SELECT COUNT(*) FROM (SELECT 1 FROM webhook_deliveries WHERE org_id = $1 "
        "AND webhook_id = $2 AND state = 'waiting' LIMIT $3) AS counted",
        {errand.org.value, webhook.integer(0), merge_told_at_once_max});
    if (waiting >= merge_told_at_once_max) return true;
  }
  return false;
}

bool has_webhooks(db::Transaction& tx, OrgId org) {
  return tx.row("SELECT 1 FROM webhooks WHERE org_id = $1 AND is_enabled = 1", {org.value})
      .has_value();
}

/// Answers how many records moved. At the end of a module the place is the next one's; behind the
/// last one it has no module and `is_done` is set.
Result<int> take_step(Run& run, bool& is_done) {
  const auto write = [&](const auto& move) {
    return run.database.write([&](db::Transaction& tx) -> Result<int> { return move(tx); },
                              db::Priority::bulk);
  };
  const auto go_on_behind = [&](const std::string& name) {
    const records::ModuleDef* next =
        run.database.read([&](db::Transaction& tx) { return module_after(tx, run.errand, name); });
    run.place = {next ? next->name : "", 0};
    is_done = next == nullptr;
  };
  if (run.place.module.empty()) {
    const int moved =
        TRY(write([&](db::Transaction& tx) { return move_merged_records(tx, run.errand); }));
    if (moved == 0) go_on_behind("");
    return moved;
  }
  const records::ModuleDef* module = run.errand.catalogue.find(run.place.module);
  if (!module) return not_found("A module of this merge is no more.");
  const Stretch stretch = TRY(run.database.read(
      [&](db::Transaction& tx) { return look_through(tx, run.errand, *module, run.place.after); }));
  int moved = 0;
  if (!stretch.found.empty()) {
    moved = TRY(write([&](db::Transaction& tx) {
      return move_found_records(tx, run.errand, *module, stretch.found);
    }));
  }
  run.place.after = stretch.up_to;
  if (stretch.is_end) go_on_behind(module->name);
  return moved;
}

Result<void> queue_rest(const Run& run, int64_t wait_ms) {
  return run.database.write([&](db::Transaction& tx) -> Result<void> {
    queue_run(tx, run.errand, run.place, run.round, tx.now() + wait_ms);
    return {};
  });
}

/// From here on nothing names the merged contacts.
Result<void> end_merge(const Run& run) {
  if (run.round == Round::first) return {};
  return run.database.write([&](db::Transaction& tx) -> Result<void> {
    records::forget_what_became(tx, run.errand.org, run.errand.merge);
    return {};
  });
}

Result<void> run_some(Run& run) {
  const auto [tells, waits] = run.database.read([&](db::Transaction& tx) {
    return std::pair(has_webhooks(tx, run.errand.org), waits_for_webhooks(tx, run.errand));
  });
  if (waits) return queue_rest(run, webhooks_look_again_ms);
  int64_t moved = 0;
  for (int step = 0; step < merge_stretches_per_run; ++step) {
    bool is_done = false;
    moved += TRY(take_step(run, is_done));
    if (is_done) return end_merge(run);
    if (tells && moved >= merge_told_at_once_max) return queue_rest(run, webhooks_look_again_ms);
    if (run.stop.is_up()) break;
  }
  return queue_rest(run, 0);
}

}  // namespace

void queue_merged_records(db::Transaction& tx, const ContactMergeErrand& errand) {
  queue_run(tx, errand, {}, Round::first, tx.now());
  queue_run(tx, errand, {}, Round::last, tx.now() + late_writers_ms);
}

jobs::Outcome run_merged_records(const Desk& desk, db::Database& database, const jobs::Job& job) {
  const Result<Json> payload = json_from_text(job.payload_json);
  if (!payload) return {.kind = jobs::Outcome::Kind::give_up, .reason = payload.error().message};
  const auto id_in = [&](std::string_view key) {
    return id_from_text(text_of(*payload, key)).value_or(0);
  };
  const Json* is_last = find(*payload, "is_last");
  Run run{.database = database,
          .errand = {.catalogue = desk.catalogue,
                     .org = job.org,
                     .merge = RecordId{id_in("merge")},
                     .author = {.id = RecordId{id_in("by")},
                                .kind = text_of(*payload, "kind"),
                                .name = text_of(*payload, "name"),
                                .path = "bulk"}},
          .place = {.module = text_of(*payload, "module"), .after = id_in("after")},
          .round = is_last && is_last->is_bool() && is_last->as_bool() ? Round::last : Round::first,
          .stop = job.stop};
  const Result<void> done = run_some(run);
  if (!done) return {.kind = jobs::Outcome::Kind::retry, .reason = done.error().message};
  return {};
}

}  // namespace tandem::desk
