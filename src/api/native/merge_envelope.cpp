#include "api/native/merge_envelope.h"

#include "records/store.h"

namespace tandem::api::native {

namespace {

using records::Record;

/// What a role does not see of a record stays out.
std::string shown_text(const access::Actor& actor, const Record& record, const char* name) {
  const records::FieldDef* field = record.shape->find(name);
  const bool is_hidden = access::field_access(actor, record.shape->module().name, *field) ==
                         access::FieldAccess::hidden;
  return is_hidden ? "" : record.get(name).text();
}

/// A value as people read it: a link by its title.
std::string said(db::Transaction& tx, const Call& call, const records::FieldDef& field,
                 const records::Value& value) {
  if (value.is_null()) return "";
  const records::ModuleDef* linked =
      field.link_to.empty() ? nullptr : call.actor.catalogue->find(field.link_to);
  if (!linked) return records::value_to_text(field, value);
  const auto titles = records::link_titles(tx, call.actor.org, *linked, {value.number()});
  return titles.empty() ? "" : titles.front().title;
}

}  // namespace

Result<operations::MergeRequest> read_merge(const Call& call, const std::string& many) {
  operations::MergeRequest request;
  request.target.id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {many, "revision", "winners"}));
  for (const SeenRecord& one : TRY(body_seen(body, many, operations::merged_others_max)))
    request.others.push_back({one.id, one.revision});
  request.target.revision = TRY(body_revision(body));
  const Json* winners = body.if_contains("winners");
  if (!winners || winners->is_null()) return request;
  if (!winners->is_object())
    return invalid("winners", "wrong_type", "Send winners as {field: id of the one it is from}.");
  for (const auto& pair : winners->as_object()) {
    const RecordId winner = TRY(body_id(winners->as_object(), pair.key()));
    request.winners[std::string(pair.key())] = winner;
  }
  return request;
}

void append_hit(JsonWriter& json, const Call& call, const Record& record) {
  json.id("id", record.id.value).string("title", record.title);
  json.number("revision", record.revision);
  for (const char* name : {"email", "phone", "job_title"})
    if (record.shape->find(name)) json.string(name, shown_text(call.actor, record, name));
}

void append_choices(JsonWriter& json, db::Transaction& tx, const Call& call,
                    const operations::MergePlan& plan, std::string_view one) {
  json.key("fields").begin_array();
  for (const operations::FieldChoice& choice : plan.choices) {
    json.begin_object().string("name", choice.field->name).id("winner", choice.winner.value);
    json.key("values").begin_array();
    for (const Record* record : operations::all_of(plan)) {
      json.begin_object().id(one, record->id.value);
      json.string("text", said(tx, call, *choice.field, record->get(choice.field->name)));
      json.end_object();
    }
    json.end_array().end_object();
  }
  json.end_array();
}

std::string merges_json(const std::vector<operations::DoneMerge>& merges, std::string_view many) {
  JsonWriter json;
  json.begin_object().key("merges").begin_array();
  for (const operations::DoneMerge& merge : merges) {
    json.begin_object().id("id", merge.id.value).string("at", to_iso(merge.merged_at));
    json.key(many).begin_array();
    for (const operations::MergedRecord& one : merge.others)
      json.begin_object().id("id", one.id.value).string("title", one.name).end_object();
    json.end_array().end_object();
  }
  return json.end_array().end_object().take();
}

}  // namespace tandem::api::native
