#include <algorithm>

#include "api/desk/envelope.h"
#include "api/desk/handlers.h"
#include "api/desk/input_words.h"
#include "api/desk/words.h"
#include "desk/customers/contact_merging.h"
#include "desk/rows.h"
#include "desk/tickets/ticket_merging.h"
#include "desk/tickets/ticket_splitting.h"

namespace tandem::api::desk_dialect {

namespace {

using records::Record;

constexpr InputWord merge_inputs[] = {{"tickets", "ids"}, {"contacts", "ids"}};

/// {"subject":"<ticket's id>"}: the values that the target takes over, as they are before the
/// merge. Keys that the dialect does not write are left aside.
Result<records::Changes> values_of_source(db::Transaction& tx, const Call& call,
                                          const JsonObject& body, RecordId target,
                                          const std::vector<RecordId>& others) {
  records::Changes changes;
  const Json* source = body.if_contains("source");
  if (!source || !source->is_object()) return changes;
  const records::ShapeRef shape = call.actor.catalogue->shape(tx, call.actor.org, *call.module);
  for (const auto& pair : source->as_object()) {
    const FieldWord* word = find_word(*call.module, pair.key());
    const std::optional<RecordId> id = id_member(source->as_object(), pair.key());
    if (!word || !id || *id == target) continue;
    if (std::find(others.begin(), others.end(), *id) == others.end()) {
      return invalid("source", "not_found", "Name one of the tickets that are merged.");
    }
    if (shape->find(word->field)->written_by != records::WrittenBy::person) continue;
    const Record ticket = TRY(operations::read_record(tx, call.actor, *call.module, *id));
    changes.set(std::string(word->field), ticket.get(word->field));
  }
  return changes;
}

}  // namespace

Result<http::Response> merge_tickets(Call& call) {
  const RecordId id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  const std::vector<RecordId> ids = TRY(ids_of(body, "ids", desk::tickets_merged_max));
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const records::Changes taken_over = TRY(values_of_source(tx, call, body, id, ids));
    std::vector<desk::SeenTicket> others;
    for (const RecordId one : ids) others.push_back({one});
    TRY(in_words(merge_inputs, desk::merge_tickets(tx, call.actor, {id}, others)));
    if (!taken_over.empty())
      TRY(operations::update_record(tx, call.actor, *call.module, id, taken_over));
    const Record ticket = TRY(operations::read_record(tx, call.actor, *call.module, id));
    return record_json(tx, call, ticket);
  }));
  call.services.wake();
  return http::Response::json(200, std::move(json));
}

Result<http::Response> merge_contacts(Call& call) {
  desk::ContactMergeRequest request;
  request.target.id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  const std::vector<RecordId> ids = TRY(ids_of(body, "ids", desk::contacts_merged_max));
  for (const RecordId one : ids) request.others.push_back({one});
  const Json* source = body.if_contains("source");
  if (source && source->is_object()) {
    for (const auto& pair : source->as_object()) {
      const FieldWord* word = find_word(*call.module, pair.key());
      const std::optional<RecordId> id = id_member(source->as_object(), pair.key());
      if (word && id) request.winners[std::string(word->field)] = *id;
    }
  }
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const Record contact =
        TRY(in_words(merge_inputs, desk::merge_contacts(tx, call.actor, request)));
    return record_json(tx, call, contact);
  }));
  call.services.wake();
  return http::Response::json(200, std::move(json));
}

Result<http::Response> split_ticket(Call& call) {
  desk::SplitRequest request;
  request.ticket = TRY(call.id());
  request.thread = TRY(call.id("thread"));
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const Record made = TRY(desk::split_ticket(tx, call.actor, request));
    const Record ticket = TRY(operations::read_record(tx, call.actor, *call.module, made.id));
    return record_json(tx, call, ticket);
  }));
  call.services.wake();
  return http::Response::json(200, std::move(json));
}

}  // namespace tandem::api::desk_dialect
