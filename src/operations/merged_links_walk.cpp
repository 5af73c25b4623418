#include "operations/merged_links.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/json.h"
#include "records/became.h"

namespace tandem::operations {

namespace {

constexpr int64_t late_writers_ms = minute_ms;
constexpr int64_t receivers_look_again_ms = 5 * second_ms;

/// Where a run goes on: in a module, behind an id; "" is before the walk.
struct Place {
  std::string module = {};
  int64_t after = 0;
};

enum class Round { first, last };

struct Run {
  db::Database& database;
  MergeErrand errand;
  Place place;
  Round round = Round::first;
  const StopSign& stop;
};

void queue_run(db::Transaction& tx, const MergeErrand& errand, const Place& place, Round round,
               Instant at) {
  JsonWriter payload;
  payload.begin_object().id("merge", errand.merge.value).id("by", errand.author.id.value);
  payload.string("name", errand.author.name).string("kind", errand.author.kind);
  payload.string("module", place.module).id("after", place.after);
  payload.boolean("is_last", round == Round::last).end_object();
  const std::string key =
      fmt::format("{}:{}:{}:{}", errand.merge.value, int(round), place.module, place.after);
  jobs::enqueue(tx, errand.org, errand.ties.job, payload.take(), at, key);
}

/// A module is looked through as a whole when no index knows all of its links; of the others the
/// recycle bin alone, which lists' indexes leave out.
records::Bin bin_to_walk(const ModuleDef& merged, const records::Shape& shape) {
  const auto is_custom = [&](const std::string& name) { return shape.find(name)->custom; };
  const std::vector<std::string> links = links_to(merged, shape);
  return std::any_of(links.begin(), links.end(), is_custom) ? records::Bin::either
                                                            : records::Bin::inside;
}

/// The next module with links to what merges, in the order of the catalogue; null at the end.
const ModuleDef* module_after(db::Transaction& tx, const MergeErrand& errand,
                              const std::string& name) {
  bool is_behind = name.empty();
  for (const ModuleDef* module : errand.catalogue.modules()) {
    if (is_behind &&
        !links_to(errand.module, *errand.catalogue.shape(tx, errand.org, *module)).empty())
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
Result<Stretch> look_through(db::Transaction& tx, const MergeErrand& errand,
                             const ModuleDef& module, int64_t after) {
  Stretch stretch;
  const std::vector<RecordId> merged = merged_by(tx, errand.org, errand.merge);
  const records::ShapeRef shape = errand.catalogue.shape(tx, errand.org, module);
  const records::Bin bin = bin_to_walk(errand.module, *shape);
  const std::optional<db::Row> last =
      tx.row(fmt::format("SELECT id FROM \"{}\" WHERE org_id = $1 AND id > $2{} ORDER BY id "
                         "LIMIT 1 OFFSET $3",
                         module.table_name(),
                         bin == records::Bin::inside ? " AND deleted_at IS NOT NULL" : ""),
             {errand.org.value, after, merge_stretch_rows - 1});
  stretch.is_end = !last || merged.empty();
  if (merged.empty()) return stretch;
  std::vector<records::Filter> links;
  for (const std::string& name : links_to(errand.module, *shape))
    links.push_back(records::field(name).is_one_of({merged.begin(), merged.end()}));
  std::vector<records::Filter> all{records::field("id").after(after),
                                   records::any_of(std::move(links))};
  if (last) all.push_back(records::field("id").at_most(last->integer(0)));
  records::Query query;
  query.filter = records::all_of(std::move(all));
  query.sort = {"id", false};
  query.limit = merged_links_at_once_max;
  query.bin = bin;
  const records::Page page = TRY(records::select_page(tx, errand.org, shape, query));
  for (const records::Record& record : page.records) stretch.found.push_back(record.id.value);
  const bool is_all = page.next_cursor.empty();
  stretch.up_to = is_all ? (last ? last->integer(0) : 0) : stretch.found.back();
  stretch.is_end = stretch.is_end && is_all;
  return stretch;
}

/// Whether the merge waits for somebody who is told of each record.
bool waits(db::Transaction& tx, const MergeErrand& errand) {
  if (!errand.ties.has_much_to_tell) return false;
  const int64_t merged_at = tx.integer("SELECT merged_at FROM merges WHERE org_id = $1 AND id = $2",
                                       {errand.org.value, errand.merge.value});
  if (tx.now().ms - merged_at > merge_waits_max_ms) return false;
  return errand.ties.has_much_to_tell(tx, errand.org);
}

bool tells_receivers(db::Transaction& tx, const MergeErrand& errand) {
  return errand.ties.tells_receivers && errand.ties.tells_receivers(tx, errand.org);
}

/// Answers how many records moved. At the end of a module the place is the next one's; behind the
/// last one it has no module and `is_done` is set.
Result<int> take_step(Run& run, bool& is_done) {
  const auto write = [&](const auto& move) {
    return run.database.write([&](db::Transaction& tx) -> Result<int> { return move(tx); },
                              db::Priority::bulk);
  };
  const auto go_on_behind = [&](const std::string& name) {
    const ModuleDef* next =
        run.database.read([&](db::Transaction& tx) { return module_after(tx, run.errand, name); });
    run.place = {next ? next->name : "", 0};
    is_done = next == nullptr;
  };
  if (run.place.module.empty()) {
    const int moved =
        TRY(write([&](db::Transaction& tx) { return move_merged_links(tx, run.errand); }));
    if (moved == 0) go_on_behind("");
    return moved;
  }
  const ModuleDef* module = run.errand.catalogue.find(run.place.module);
  if (!module) return not_found("A module of this merge is no more.");
  const Stretch stretch = TRY(run.database.read(
      [&](db::Transaction& tx) { return look_through(tx, run.errand, *module, run.place.after); }));
  int moved = 0;
  if (!stretch.found.empty()) {
    moved = TRY(write([&](db::Transaction& tx) {
      return move_found_links(tx, run.errand, *module, stretch.found);
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

/// From here on nothing names those that were merged.
Result<void> end_merge(const Run& run) {
  if (run.round == Round::first) return {};
  return run.database.write([&](db::Transaction& tx) -> Result<void> {
    records::forget_what_became(tx, run.errand.org, run.errand.merge);
    return {};
  });
}

Result<void> run_some(Run& run) {
  const auto [tells, has_to_wait] = run.database.read([&](db::Transaction& tx) {
    return std::pair(tells_receivers(tx, run.errand), waits(tx, run.errand));
  });
  if (has_to_wait) return queue_rest(run, receivers_look_again_ms);
  int64_t moved = 0;
  for (int step = 0; step < merge_stretches_per_run; ++step) {
    bool is_done = false;
    moved += TRY(take_step(run, is_done));
    if (is_done) return end_merge(run);
    if (tells && moved >= merge_told_at_once_max) return queue_rest(run, receivers_look_again_ms);
    if (run.stop.is_up()) break;
  }
  return queue_rest(run, 0);
}

}  // namespace

void queue_merged_links(db::Transaction& tx, const MergeErrand& errand) {
  queue_run(tx, errand, {}, Round::first, tx.now());
  queue_run(tx, errand, {}, Round::last, tx.now() + late_writers_ms);
}

Result<void> follow_merge(db::Transaction& tx, const MergeErrand& errand) {
  TRY(move_merged_links(tx, errand));
  queue_merged_links(tx, errand);
  return {};
}

namespace {

/// Null when the merge, or what it merged, is no more.
const ModuleDef* module_of_merge(db::Transaction& tx, const records::Catalogue& catalogue,
                                 OrgId org, RecordId merge) {
  const std::optional<db::Row> row =
      tx.row("SELECT module FROM merges WHERE org_id = $1 AND id = $2", {org.value, merge.value});
  return row ? catalogue.find(row->text(0)) : nullptr;
}

}  // namespace

jobs::Outcome run_merged_links(const records::Catalogue& catalogue, const MergeTies& ties,
                               db::Database& database, const jobs::Job& job) {
  const Result<Json> payload = json_from_text(job.payload_json);
  if (!payload) return {.kind = jobs::Outcome::Kind::give_up, .reason = payload.error().message};
  const auto id_in = [&](std::string_view key) {
    return id_from_text(text_of(*payload, key)).value_or(0);
  };
  const RecordId merge{id_in("merge")};
  const ModuleDef* module = database.read(
      [&](db::Transaction& tx) { return module_of_merge(tx, catalogue, job.org, merge); });
  if (!module) return {};
  const Json* is_last = find(*payload, "is_last");
  Run run{.database = database,
          .errand = {.catalogue = catalogue,
                     .ties = ties,
                     .org = job.org,
                     .module = *module,
                     .merge = merge,
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

}  // namespace tandem::operations
