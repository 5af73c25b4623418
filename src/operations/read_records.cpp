#include <algorithm>

#include "access/field_limits.h"
#include "operations/follow.h"
#include "operations/visible.h"
#include "records/search/search.h"

namespace tandem::operations {

namespace {

records::Filter within(Reach reach, const Actor& actor, const ModuleDef& module) {
  return reach == Reach::visible ? visible_filter(actor, module) : listed_filter(actor, module);
}

}  // namespace

Result<records::Page> list_records(db::Transaction& tx, const Actor& actor, const ModuleDef& module,
                                   records::Query query, Reach reach) {
  TRY(access::require_right(actor, module, access::Right::read));
  TRY(may_ask(actor, module, query.filter));
  TRY(may_sort(actor, module, query.sort));
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, module);
  Follower follower(tx, actor);
  query.filter = follower.followed(
      *shape, records::all_of({within(reach, actor, module), std::move(query.filter)}));
  records::Page page = TRY(records::select_page(tx, actor.org, shape, query));
  follower.follow(page.records);
  for (Record& record : page.records) hide_fields(actor, record);
  return page;
}

Result<records::Count> count_records(db::Transaction& tx, const Actor& actor,
                                     const ModuleDef& module, const records::Filter& filter,
                                     Reach reach) {
  TRY(access::require_right(actor, module, access::Right::read));
  TRY(may_ask(actor, module, filter));
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, module);
  return records::count_up_to_cap(
      tx, actor.org, shape,
      Follower(tx, actor).followed(*shape,
                                   records::all_of({within(reach, actor, module), filter})));
}

Result<Record> read_record(db::Transaction& tx, const Actor& actor, const ModuleDef& module,
                           RecordId id, records::Bin bin) {
  TRY(access::require_right(actor, module, access::Right::read));
  std::vector<Record> read(1);
  read.front() = TRY(find_visible(tx, actor, module, id, bin));
  Follower(tx, actor).follow(read);
  hide_fields(actor, read.front());
  return std::move(read.front());
}

Result<std::vector<Record>> search_records(db::Transaction& tx, const Actor& actor,
                                           const ModuleDef& module, std::string_view text,
                                           int limit, Reach reach) {
  TRY(access::require_right(actor, module, access::Right::read));
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, module);
  // The index knows no rights, so that more hits are asked for than are wanted, and read in rounds
  // until enough of them are visible. All are asked for at once, because a search that begins again
  // further down costs as much as the first one. Rounds are bounded: an actor who sees almost
  // nothing gets fewer results rather than a scan of everybody else's records.
  constexpr size_t rounds_max = 5;
  const size_t round_size = size_t(std::max(limit, 40));
  const std::vector<int64_t> ids =
      records::find_words(tx, actor.org, module.name, text, int(round_size * rounds_max));
  std::vector<Record> found;
  Follower follower(tx, actor);
  for (size_t at = 0; at < ids.size() && found.size() < size_t(limit); at += round_size) {
    const auto first = ids.begin() + std::ptrdiff_t(at);
    std::vector<records::Value> round(
        first, first + std::ptrdiff_t(std::min(round_size, ids.size() - at)));
    records::Query query;
    query.filter = follower.followed(
        *shape, records::all_of({within(reach, actor, module),
                                 records::field("id").is_one_of(std::move(round))}));
    query.limit = int(round_size);
    records::Page page = TRY(records::select_page(tx, actor.org, shape, query));
    follower.follow(page.records);
    for (Record& record : page.records) {
      if (found.size() == size_t(limit)) break;
      const bool was_whole = !hide_fields(actor, record);
      // The index does not know in which field a word stood.
      if (was_whole || records::holds_words(records::searchable_text(record), text))
        found.push_back(std::move(record));
    }
  }
  return found;
}

Result<records::LogPage> record_history(db::Transaction& tx, const Actor& actor,
                                        const ModuleDef& module, RecordId id,
                                        const std::string& cursor, int limit) {
  TRY(access::require_right(actor, module, access::Right::read));
  TRY(find_visible(tx, actor, module, id, records::Bin::either));
  records::LogPage page = TRY(records::history_of(tx, actor.org, module.name, id, cursor, limit));
  const access::FieldLimits& limits = access::field_limits(actor, module.name);
  if (limits.empty()) return page;
  for (records::LogEntry& entry : page.entries) {
    Result<Json> changes = json_from_text(entry.changes_json);
    if (!changes || !changes->is_object()) continue;
    for (const auto& [field, access] : limits) {
      if (access == access::FieldAccess::hidden) changes->as_object().erase(field);
    }
    entry.changes_json = json_to_text(*changes);
  }
  return page;
}

}  // namespace tandem::operations
