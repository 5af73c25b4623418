#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "api/crm/handlers.h"
#include "api/crm/item_words.h"
#include "api/crm/metadata.h"
#include "api/crm/views.h"
#include "api/crm/write_results.h"
#include "base/text.h"

// One change for several records: mass update and change of owner.

namespace tandem::api::crm_dialect {

namespace {

using records::Record;

/// The records that a body names: by `ids`, or by `cvid` what a view lists, newest first. Both have
/// the same limit, so that one call stays one short write.
Result<std::vector<RecordId>> targets_of(const Call& call, const JsonObject& body,
                                         size_t count_max) {
  const auto view = body.find("cvid");
  if (view == body.end() || body.contains("ids")) return call.ids_of(body, "ids", count_max);
  const std::string cvid = view->value().is_string() ? std::string(view->value().get_string())
                                                     : json_to_text(view->value());
  return call.database().read([&](db::Transaction& tx) -> Result<std::vector<RecordId>> {
    if (cvid.empty()) return invalid("cvid", "required", "required field not found");
    records::Query query;
    query.filter = TRY(filter_of_view(tx, call, cvid));
    query.limit = int(count_max);
    const records::Page page =
        TRY(operations::list_records(tx, call.actor, *call.module, std::move(query)));
    if (!page.next_cursor.empty()) {
      return invalid("cvid", "too_many",
                     fmt::format("The view lists more than {} records; name them by ids, so many "
                                 "at a time.",
                                 count_max));
    }
    std::vector<RecordId> ids;
    for (const Record& record : page.records) ids.push_back(record.id);
    return ids;
  });
}

Result<void> may_change_many(const Call& call, const std::vector<RecordId>& ids) {
  if (ids.size() <= 1) return {};
  return access::require_right(call.actor, *call.module, access::Right::bulk);
}

/// Of all the records of one call together, so that it stays one short write.
constexpr int64_t related_records_max = records::count_cap;

/// The lists whose records are given the new owner, too: those that go by a lookup, each once. What
/// is joined many with many belongs to others as well.
Result<std::vector<RelatedList>> related_modules(const Call& call, const JsonObject& body) {
  std::vector<RelatedList> asked;
  const auto at = body.find("related_modules");
  if (at == body.end() || !at->value().is_array()) return asked;
  std::set<std::string> words;
  for (const Json& named : at->value().get_array())
    words.insert(ascii_lower(text_of(named, "api_name")));
  for (const RelatedList& list : related_lists_of(call, *call.module)) {
    if (list.side || !words.contains(ascii_lower(module_word(call.edition, *list.module))))
      continue;
    TRY(call.require_scope(*list.module, "UPDATE"));
    TRY(access::require_right(call.actor, *list.module, access::Right::bulk));
    asked.push_back(list);
  }
  for (const std::string& word : words) {
    const bool is_known = std::any_of(asked.begin(), asked.end(), [&](const RelatedList& list) {
      return ascii_lower(module_word(call.edition, *list.module)) == word;
    });
    if (!is_known)
      return invalid("related_modules", "not_a_choice",
                     "the relation name given seems to be invalid");
  }
  std::erase_if(asked, [&](const RelatedList& list) {
    return call.actor.catalogue->plain_shape(*list.module)->find("owner") == nullptr;
  });
  return asked;
}

struct Handover {
  RecordId owner;
  std::vector<RelatedList> lists;
};

Result<Handover> handover_of(const Call& call) {
  const JsonObject body = TRY(call.body());
  const auto at = body.find("owner");
  if (at == body.end() || at->value().is_null())
    return invalid("owner", "required", "required field not found");
  const std::optional<RecordId> owner = id_in(at->value());
  if (!owner) return invalid("owner", "bad_id", "the id given seems to be invalid");
  std::vector<RelatedList> lists = TRY(related_modules(call, body));
  return Handover{*owner, std::move(lists)};
}

/// Refuses with invalid "too_many" when more than related_records_max belong to the records.
Result<void> few_belong_to_them(db::Transaction& tx, const Call& call, const Handover& handover,
                                const std::vector<RecordId>& ids) {
  int64_t found = 0;
  for (const RelatedList& list : handover.lists) {
    const records::Filter theirs =
        records::field(list.field).is_one_of(std::vector<records::Value>(ids.begin(), ids.end()));
    const records::Count count =
        TRY(operations::count_records(tx, call.actor, *list.module, theirs));
    found += count.value;
    if (!count.is_exact || found > related_records_max)
      return invalid("related_modules", "too_many",
                     fmt::format("More than {} records belong to these; give fewer at a time.",
                                 related_records_max));
  }
  return {};
}

/// The record, and what belongs to it by the lists: at most 250 records of each.
Result<void> give_to(db::Transaction& tx, const Call& call, const Handover& handover, RecordId id) {
  const records::Changes changes{{"owner", handover.owner}};
  TRY(operations::update_record(tx, call.actor, *call.module, id, changes));
  for (const RelatedList& list : handover.lists) {
    records::Query query;
    query.filter = records::field(list.field).is(id);
    query.limit = db::bulk_rows_max;
    const records::Page page =
        TRY(operations::list_records(tx, call.actor, *list.module, std::move(query)));
    if (!page.next_cursor.empty())
      return invalid("related_modules", "too_many", "More than 250 records belong to it.");
    for (const Record& record : page.records)
      TRY(operations::update_record(tx, call.actor, *list.module, record.id, changes));
  }
  return {};
}

Result<http::Response> give_all(Call& call, const std::vector<RecordId>& ids) {
  const Handover handover = TRY(handover_of(call));
  TRY(may_change_many(call, ids));
  if (ids.size() > 1 || !handover.lists.empty()) call.actor.path = access::Path::bulk;
  TRY(call.database().read(
      [&](db::Transaction& tx) { return few_belong_to_them(tx, call, handover, ids); }));
  return for_each_id(
      call, ids, "owner is successfully updated",
      [&](db::Transaction& tx, RecordId id) { return give_to(tx, call, handover, id); });
}

}  // namespace

Result<http::Response> change_owner(Call& call) {
  const RecordId id = TRY(call.id());
  return give_all(call, {id});
}

Result<http::Response> change_owners(Call& call) {
  const JsonObject body = TRY(call.body());
  const std::vector<RecordId> ids = TRY(targets_of(call, body, records_per_call_max));
  if (ids.empty()) return http::Response::no_content();
  return give_all(call, ids);
}

/// One item of changes for all records of `ids`, or of the view `cvid`.
Result<http::Response> mass_update(Call& call) {
  const JsonObject body = TRY(call.body());
  const JsonArray items = TRY(call.items("data", 1));
  if (!items.front().is_object()) return invalid("data", "wrong_type", "invalid data");
  TRY(access::require_right(call.actor, *call.module, access::Right::bulk));
  const std::vector<RecordId> ids = TRY(targets_of(call, body, db::bulk_rows_max));
  if (ids.empty()) return http::Response::no_content();
  call.actor.path = access::Path::bulk;
  return for_each_id(call, ids, "record updated",
                     [&](db::Transaction& tx, RecordId id) -> Result<void> {
                       records::ShapeRef shape;
                       const ModuleWords words = call.words(tx, shape);
                       const records::Changes changes =
                           TRY(changes_from_item(tx, call, words, items.front().get_object()));
                       TRY(operations::update_record(tx, call.actor, *call.module, id, changes));
                       return {};
                     });
}

}  // namespace tandem::api::crm_dialect
