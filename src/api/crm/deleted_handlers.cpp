#include "api/crm/envelope.h"
#include "api/crm/handlers.h"
#include "base/text.h"
#include "operations/purged.h"

// What of a module is deleted: first what lies in the recycle bin, then what is gone for good, each
// newest first.

namespace tandem::api::crm_dialect {

namespace {

constexpr std::string_view recycle = "recycle";
constexpr std::string_view permanent = "permanent";

/// One deleted record; what is gone for good has left neither its name nor its maker.
struct Deleted {
  RecordId id = {};
  std::optional<std::string> name = {};
  Instant at = {};
  RecordId by = {};
  RecordId made_by = {};
};

/// Where the lists go on: which of the two, and its cursor. The token of a page is "recycle." or
/// "permanent." and the cursor.
struct Place {
  std::string_view list = recycle;
  std::string cursor = {};
  bool is_end = false;
};

std::string token_of(const Place& place) {
  return place.is_end ? "" : std::string(place.list) + "." + place.cursor;
}

Result<Place> place_of(const std::string& token, std::string_view first) {
  if (token.empty()) return Place{.list = first};
  for (const std::string_view list : {recycle, permanent}) {
    if (token.starts_with(std::string(list) + "."))
      return Place{.list = list, .cursor = token.substr(list.size() + 1)};
  }
  return invalid("page_token", "bad_cursor", "Start again without a page_token.");
}

class DeletedList {
 public:
  DeletedList(db::Transaction& tx, const Call& call, bool ends_with_the_bin)
      : tx_(tx), call_(call), ends_with_the_bin_(ends_with_the_bin) {}

  /// Up to `count` from `place`, which moves on.
  Result<std::vector<Deleted>> take(Place& place, int count) {
    std::vector<Deleted> taken;
    if (place.list == recycle) TRY(take_from_bin(place, count, taken));
    const int rest = count - int(taken.size());
    if (place.list == recycle || place.is_end) return taken;
    if (rest > 0) {
      TRY(take_purged(place, rest, taken));
    } else if (place.cursor.empty()) {
      place.is_end = TRY(nothing_is_purged());
    }
    return taken;
  }

 private:
  Result<void> take_from_bin(Place& place, int count, std::vector<Deleted>& taken) {
    records::Query query;
    query.bin = records::Bin::inside;
    query.sort = {"deleted_at", true};
    query.limit = count;
    query.cursor = place.cursor;
    const records::Page page =
        TRY(operations::list_records(tx_, call_.actor, *call_.module, std::move(query)));
    for (const records::Record& record : page.records) {
      taken.push_back(
          {record.id, record.title, *record.deleted_at, record.deleted_by, record.created_by});
    }
    place.cursor = page.next_cursor;
    if (!place.cursor.empty()) return {};
    place.is_end = ends_with_the_bin_;
    place.list = permanent;
    return {};
  }

  Result<void> take_purged(Place& place, int count, std::vector<Deleted>& taken) {
    const records::LogPage page =
        TRY(operations::list_purged(tx_, call_.actor, *call_.module, place.cursor, count));
    for (const records::LogEntry& entry : page.entries)
      taken.push_back({entry.record, std::nullopt, entry.at, entry.author.id, {}});
    place.cursor = page.next_cursor;
    place.is_end = place.cursor.empty();
    return {};
  }

  Result<bool> nothing_is_purged() {
    const records::LogPage page =
        TRY(operations::list_purged(tx_, call_.actor, *call_.module, "", 1));
    return page.entries.empty();
  }

  db::Transaction& tx_;
  const Call& call_;
  const bool ends_with_the_bin_;
};

void append_deleted(JsonWriter& json, const Deleted& deleted, const LinkNames& names) {
  json.begin_object().id("id", deleted.id.value).key("display_name");
  deleted.name ? json.string(*deleted.name) : json.null();
  json.string("type", deleted.name ? recycle : permanent);
  json.string("deleted_time", moment_text(deleted.at));
  append_member(json, "deleted_by", names, deleted.by);
  append_member(json, "created_by", names, deleted.made_by);
  json.end_object();
}

Result<std::string> type_of(const Call& call) {
  std::string type = ascii_lower(call.query_text("type"));
  if (type.empty()) type = "all";
  if (type == "all" || type == recycle || type == permanent) return type;
  return invalid("type", "not_a_choice", "Ask for all, recycle or permanent.");
}

}  // namespace

Result<http::Response> list_deleted(Call& call) {
  const PageWindow window = TRY(page_window(call));
  const std::string type = TRY(type_of(call));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    Place place = TRY(place_of(window.cursor, type == permanent ? permanent : recycle));
    DeletedList list(tx, call, type == recycle);
    // Pages by number are found by walking; numbered_rows_max bounds it.
    int64_t skipped = window.cursor.empty() ? window.offset() : 0;
    while (skipped > 0 && !place.is_end) {
      const int step = int(std::min<int64_t>(skipped, page_rows_max));
      TRY(list.take(place, step));
      skipped -= step;
    }
    if (place.is_end) return http::Response::no_content();
    const std::vector<Deleted> shown = TRY(list.take(place, window.per_page));
    if (shown.empty()) return http::Response::no_content();
    std::vector<int64_t> members;
    for (const Deleted& deleted : shown) {
      members.push_back(deleted.by.value);
      members.push_back(deleted.made_by.value);
    }
    LinkNames names;
    names.look_up(tx, call.actor, "agents", std::move(members));
    JsonWriter json;
    json.begin_object().key("data").begin_array();
    for (const Deleted& deleted : shown) append_deleted(json, deleted, names);
    json.end_array();
    json.raw("info", info_json({.per_page = window.per_page,
                                .page = window.page,
                                .count = shown.size(),
                                .next_token = token_of(place),
                                .now = tx.now()}));
    return http::Response::json(200, json.end_object().take());
  });
}

}  // namespace tandem::api::crm_dialect
