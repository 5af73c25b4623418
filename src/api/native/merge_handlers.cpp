#include "api/native/comfort_handlers.h"
#include "base/text.h"
#include "desk/modules.h"
#include "desk/rows.h"
#include "desk/tickets/ticket_merging.h"
#include "desk/tickets/ticket_splitting.h"
#include "records/store.h"

namespace tandem::api::native {

namespace {

using records::Record;

Result<std::vector<desk::SeenTicket>> body_tickets(const JsonObject& body) {
  std::vector<desk::SeenTicket> tickets;
  const std::vector<SeenRecord> seen = TRY(body_seen(body, "tickets", desk::tickets_merged_max));
  for (const SeenRecord& one : seen) tickets.push_back({one.id, one.revision});
  return tickets;
}

struct MergeBody {
  desk::SeenTicket target;
  std::vector<desk::SeenTicket> others;
};

Result<MergeBody> read_merge(const Call& call) {
  MergeBody merge;
  merge.target.id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"tickets", "revision"}));
  merge.others = TRY(body_tickets(body));
  merge.target.revision = TRY(body_revision(body));
  return merge;
}

void append_ticket(JsonWriter& json, const Record& ticket) {
  json.id("id", ticket.id.value).string("number", std::to_string(ticket.get("number").number()));
  json.string("title", ticket.title).number("revision", ticket.revision);
}

std::string preview_json(db::Transaction& tx, const Call& call, const desk::MergePreview& merge) {
  std::vector<int64_t> ids;
  for (const desk::MergedTicket& other : merge.others) {
    if (const RecordId contact = other.ticket.get("contact").id()) ids.push_back(contact.value);
  }
  const auto contacts =
      records::link_titles(tx, call.actor.org, desk::contacts_module(), std::move(ids));
  JsonWriter json;
  json.begin_object().key("target").begin_object();
  append_ticket(json, merge.target);
  json.end_object().key("tickets").begin_array();
  for (const desk::MergedTicket& other : merge.others) {
    json.begin_object();
    append_ticket(json, other.ticket);
    json.number("threads", int64_t(other.parts.threads.size()));
    json.number("comments", int64_t(other.parts.comments.size()));
    json.number("attachments", int64_t(other.parts.attachments.size()));
    json.number("private_parts", other.private_count);
    json.number("drafts", int64_t(other.draft_writers.size()));
    json.boolean("is_of_another_contact", other.is_of_another_contact);
    std::string contact;
    for (const records::LinkTitle& one : contacts) {
      if (one.id == other.ticket.get("contact").id()) contact = one.title;
    }
    json.string("contact", contact).end_object();
  }
  json.end_array().key("copied").begin_array();
  for (const std::string& address : merge.copied) json.string(address);
  json.end_array().number("shared_with", int64_t(merge.shared_with.size()));
  json.number("shares_ending", int64_t(merge.shares_ending.size()));
  json.number("followers_left", merge.followers_left);
  return json.end_object().take();
}

Result<http::Response> saved(Call& call, Result<std::string> json, int status) {
  if (!json) return json.error();
  call.services.wake();
  return http::Response::json(status, std::move(*json));
}

}  // namespace

Result<http::Response> preview_ticket_merge(Call& call) {
  const MergeBody merge = TRY(read_merge(call));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const desk::MergePreview preview =
        TRY(desk::preview_merge(tx, call.actor, merge.target, merge.others));
    return http::Response::json(200, preview_json(tx, call, preview));
  });
}

Result<http::Response> merge_tickets(Call& call) {
  const MergeBody merge = TRY(read_merge(call));
  return saved(call, call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const Record ticket = TRY(desk::merge_tickets(tx, call.actor, merge.target, merge.others));
    return record_json(tx, call.actor, ticket);
  }),
               200);
}

Result<http::Response> list_ticket_merges(Call& call) {
  const RecordId id = TRY(call.id());
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const std::vector<desk::DoneMerge> merges = TRY(desk::merges_into(tx, call.actor, id));
    JsonWriter json;
    json.begin_object().key("merges").begin_array();
    for (const desk::DoneMerge& merge : merges) {
      json.begin_object().id("id", merge.id.value).string("at", to_iso(merge.merged_at));
      json.key("tickets").begin_array();
      for (const RecordId one : merge.tickets) {
        // What the reader does not see is not named.
        const Result<Record> ticket = desk::visible_ticket(tx, call.actor, one);
        if (!ticket) continue;
        json.begin_object();
        append_ticket(json, *ticket);
        json.end_object();
      }
      json.end_array().end_object();
    }
    json.end_array().end_object();
    return http::Response::json(200, json.take());
  });
}

Result<http::Response> undo_ticket_merge(Call& call) {
  const RecordId id = TRY(call.id());
  const RecordId merge = TRY(call.id("merge"));
  return saved(call, call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const Record ticket = TRY(desk::undo_merge(tx, call.actor, id, merge));
    return record_json(tx, call.actor, ticket);
  }),
               200);
}

Result<http::Response> split_ticket(Call& call) {
  desk::SplitRequest request;
  request.ticket = TRY(call.id());
  request.thread = TRY(call.id("thread"));
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"and_what_follows", "subject"}));
  request.subject = TRY(body_text(body, "subject"));
  const bool follows = TRY(body_flag(body, "and_what_follows", false));
  if (follows) request.reach = desk::SplitReach::and_what_follows;
  return saved(call, call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    const Record ticket = TRY(desk::split_ticket(tx, call.actor, request));
    return record_json(tx, call.actor, ticket);
  }),
               201);
}

}  // namespace tandem::api::native
