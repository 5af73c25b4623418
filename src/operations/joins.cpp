#include "operations/joins.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "operations/rows.h"
#include "operations/visible.h"

namespace tandem::operations {

namespace {

using records::Pair;

/// Both records with all their fields, also those that are hidden from the role.
struct Both {
  Record holder;
  Record held;
};

Result<Record> readable(db::Transaction& tx, const Actor& actor, const ModuleDef& module,
                        RecordId id) {
  TRY(access::require_right(actor, module, access::Right::read));
  return find_visible(tx, actor, module, id, records::Bin::outside);
}

Result<Both> both_of(db::Transaction& tx, const Actor& actor, const JoinSide& side,
                     const Pair& pair) {
  Record of = TRY(readable(tx, actor, *side.of, pair.of));
  Record listed = TRY(readable(tx, actor, *side.listed, pair.listed));
  Both both = side.is_held ? Both{std::move(listed), std::move(of)}
                           : Both{std::move(of), std::move(listed)};
  TRY(require_act(actor, both.holder, "update"));
  return both;
}

std::string detail_of(const std::string& list, const Record& other, const std::string& said) {
  JsonWriter json;
  json.begin_object().string("list", list).string("module", other.shape->module().name);
  json.id("id", other.id.value);
  if (!said.empty()) json.string("said", said);
  return json.end_object().take();
}

/// The holder is changed by it, so that whoever asks for what is newer finds it.
Result<void> tell(db::Transaction& tx, const Actor& actor, const JoinSide& side, const Both& both,
                  const std::string& event, const std::string& said) {
  const records::JoinDef& join = *side.join;
  TRY(change_row(
      tx, actor, both.holder, {},
      {.event = event, .detail_json = detail_of(join.name, both.held, said), .created_at = {}}));
  records::log_event(tx, actor.org, join.held, both.held.id, both.held.revision, event,
                     actor.author(), detail_of(join.name_there, both.holder, said));
  return {};
}

Result<std::string> said_now(const JoinSide& side, const Said& said,
                             const std::optional<std::string>& before) {
  if (!said) return before ? *before : side.join->said.default_value.text();
  if (said->is_null()) return std::string();
  if (side.join->said.name.empty())
    return invalid("", "unknown_field", "Nothing is said of these pairs; leave it out.");
  const records::Value checked = TRY(records::value_from_text(side.join->said, said->text()));
  return checked.text();
}

}  // namespace

Result<records::Page> list_joined(db::Transaction& tx, const Actor& actor, const JoinSide& side,
                                  RecordId of, records::Query query) {
  TRY(read_record(tx, actor, *side.of, of));
  query.filter = records::all_of({records::joined_with(side, of), std::move(query.filter)});
  return list_records(tx, actor, *side.listed, std::move(query), Reach::visible);
}

Result<Record> read_joined(db::Transaction& tx, const Actor& actor, const JoinSide& side,
                           const Pair& pair) {
  TRY(read_record(tx, actor, *side.of, pair.of));
  Record found = TRY(read_record(tx, actor, *side.listed, pair.listed));
  if (!records::said_of(tx, actor.org, side, pair))
    return not_found("These two records do not belong together.");
  return found;
}

Result<void> join_records(db::Transaction& tx, const Actor& actor, const JoinSide& side,
                          const Pair& pair, const Said& said) {
  const Both both = TRY(both_of(tx, actor, side, pair));
  const std::optional<std::string> before = records::said_of(tx, actor.org, side, pair);
  const std::string now = TRY(said_now(side, said, before));
  if (before && *before == now) return {};
  const bool is_full = !before && records::count_held(tx, actor.org, side, both.holder.id) >=
                                      records::held_records_max;
  if (is_full) {
    return invalid(
        "id", "too_many",
        fmt::format("The list has {} records; take one out first.", records::held_records_max));
  }
  records::put_pair(tx, actor.org, side, pair, now, actor.id);
  return tell(tx, actor, side, both, "joined", now);
}

Result<void> part_records(db::Transaction& tx, const Actor& actor, const JoinSide& side,
                          const Pair& pair) {
  const Both both = TRY(both_of(tx, actor, side, pair));
  if (!records::remove_pair(tx, actor.org, side, pair))
    return not_found("These two records do not belong together.");
  return tell(tx, actor, side, both, "parted", "");
}

Result<void> hold_exactly(db::Transaction& tx, const Actor& actor, const JoinSide& side,
                          RecordId holder, const std::vector<RecordId>& held) {
  const std::vector<Held> before = TRY(list_held(tx, actor, side, {holder}));
  for (const Held& one : before) {
    const bool stays = std::find(held.begin(), held.end(), one.record.id) != held.end();
    if (!stays) TRY(part_records(tx, actor, side, {holder, one.record.id}));
  }
  for (const RecordId one : held) TRY(join_records(tx, actor, side, {holder, one}));
  return {};
}

Result<std::vector<Held>> list_held(db::Transaction& tx, const Actor& actor, const JoinSide& side,
                                    const std::vector<RecordId>& holders) {
  std::vector<Held> shown;
  if (!access::has_right(actor, side.listed->name, access::Right::read)) return shown;
  const std::vector<Pair> pairs = records::held_by(tx, actor.org, side, holders);
  std::map<int64_t, Record> seen;
  for (size_t at = 0; at < pairs.size(); at += size_t(db::bulk_rows_max)) {
    std::vector<records::Value> ids;
    const size_t end = std::min(pairs.size(), at + size_t(db::bulk_rows_max));
    for (size_t one = at; one < end; ++one) ids.emplace_back(pairs[one].listed);
    records::Query query;
    query.filter = records::field("id").is_one_of(std::move(ids));
    query.limit = db::bulk_rows_max;
    records::Page page =
        TRY(list_records(tx, actor, *side.listed, std::move(query), Reach::visible));
    for (Record& record : page.records) seen.emplace(record.id.value, std::move(record));
  }
  for (const Pair& pair : pairs) {
    const auto at = seen.find(pair.listed.value);
    if (at != seen.end()) shown.push_back({pair.of, at->second});
  }
  return shown;
}

}  // namespace tandem::operations
