#include "api/desk/conversation_handlers.h"
#include "api/desk/input_words.h"

// The resolution of a ticket: ours is one of its fields.

namespace tandem::api::desk_dialect {

namespace {

constexpr int entries_per_page = 100;
constexpr int pages_max = 10;
constexpr int rows_usual = 25;
constexpr int rows_max = 100;

std::string resolution_json(const records::Record& ticket) {
  JsonWriter json;
  json.begin_object().id("ticketId", ticket.id.value);
  json.string("content", ticket.get("resolution").text());
  json.string("modifiedTime", to_iso(ticket.updated_at)).boolean("isNotifyContact", false);
  return json.end_object().take();
}

Result<records::Record> write_resolution(db::Transaction& tx, const Call& call, RecordId ticket,
                                         const records::Value& value) {
  const records::ShapeRef shape = call.actor.catalogue->shape(tx, call.actor.org, *call.module);
  return in_words(*shape, operations::update_record(tx, call.actor, *call.module, ticket,
                                                    {{"resolution", value}}));
}

/// What the entry made of the resolution; nothing when it left it alone.
std::optional<std::string> resolution_in(const records::LogEntry& entry) {
  const Result<Json> changes = json_from_text(entry.changes_json);
  const Json* change = changes ? find(*changes, "resolution") : nullptr;
  if (!change || !change->is_array() || change->as_array().size() != 2) return std::nullopt;
  const Json& after = change->as_array().back();
  return after.is_string() ? std::string(after.as_string()) : std::string();
}

std::string past_resolution_json(const records::LogEntry& entry, const std::string& content) {
  JsonWriter json;
  json.begin_object().string("content", content).string("modifiedTime", to_iso(entry.at));
  json.key("author").begin_object().id("id", entry.author.id.value);
  json.string("name", entry.author.name).end_object().end_object();
  return json.take();
}

}  // namespace

Result<http::Response> show_resolution(Call& call) {
  const RecordId id = TRY(call.id());
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const records::Record ticket = TRY(operations::read_record(tx, call.actor, *call.module, id));
    return http::Response::json(200, resolution_json(ticket));
  });
}

Result<http::Response> change_resolution(Call& call) {
  const RecordId id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  const std::string content = text_member(body, "content");
  if (content.empty()) return invalid("content", "required", "Give content.");
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    Result<records::Record> ticket = write_resolution(tx, call, id, records::Value(content));
    if (!ticket) {
      constexpr InputWord words[] = {{"resolution", "content"}};
      return in_words(words, std::move(ticket).error());
    }
    return resolution_json(*ticket);
  }));
  call.services.wake();
  return http::Response::json(200, std::move(json));
}

Result<http::Response> remove_resolution(Call& call) {
  const RecordId id = TRY(call.id());
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    TRY(write_resolution(tx, call, id, records::Value()));
    return {};
  }));
  call.services.wake();
  return http::Response::no_content();
}

Result<http::Response> list_resolutions(Call& call) {
  const RecordId id = TRY(call.id());
  const PageWindow window = TRY(page_window(call, rows_usual, rows_max));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    std::vector<std::string> items;
    std::string cursor;
    int64_t row = 0;
    for (int page = 0; page < pages_max && items.size() < size_t(window.limit); ++page) {
      const records::LogPage log = TRY(
          operations::record_history(tx, call.actor, *call.module, id, cursor, entries_per_page));
      for (const records::LogEntry& entry : log.entries) {
        const std::optional<std::string> content = resolution_in(entry);
        if (!content || row++ < window.offset || items.size() == size_t(window.limit)) continue;
        items.push_back(past_resolution_json(entry, *content));
      }
      cursor = log.next_cursor;
      if (cursor.empty()) break;
    }
    return show_list(items);
  });
}

}  // namespace tandem::api::desk_dialect
