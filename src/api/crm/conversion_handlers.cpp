#include "api/crm/handlers.h"
#include "api/crm/item_words.h"
#include "crm/leads/lead_conversion.h"
#include "crm/modules.h"

namespace tandem::api::crm_dialect {

namespace {

/// The record that a member names; 0 when it is not there or null. Refuses with invalid what is no
/// id: whoever names a record wants no new one.
Result<RecordId> id_member(const JsonObject& item, std::string_view key) {
  const auto at = item.find(key);
  if (at == item.end() || at->value().is_null()) return RecordId();
  const std::optional<RecordId> id = id_in(at->value());
  if (!id) return invalid(std::string(key), "bad_id", "the id given seems to be invalid");
  return *id;
}

/// The deal to make; nothing when none is wanted.
Result<std::optional<records::Changes>> deal_of(db::Transaction& tx, const Call& call,
                                                const JsonObject& item) {
  const auto at = item.find("Deals");
  if (at == item.end() || at->value().is_null()) return std::optional<records::Changes>();
  if (!at->value().is_object()) return invalid("Deals", "wrong_type", "invalid data");
  const records::ShapeRef shape =
      call.actor.catalogue->shape(tx, call.actor.org, crm::deals_module(call.edition));
  records::Changes deal =
      TRY(changes_from_item(tx, call, ModuleWords(call.edition, *shape), at->value().get_object()));
  return std::optional(std::move(deal));
}

Result<crm::LeadConversion> conversion_of(db::Transaction& tx, const Call& call,
                                          const JsonObject& item) {
  crm::LeadConversion conversion;
  conversion.contact = TRY(id_member(item, "Contacts"));
  conversion.account = TRY(id_member(item, "Accounts"));
  conversion.owner = TRY(id_member(item, "assign_to"));
  conversion.deal = TRY(deal_of(tx, call, item));
  return conversion;
}

void append_made(JsonWriter& json, std::string_view key, const records::Record& record) {
  json.key(key).begin_object().string("name", record.title).id("id", record.id.value);
  json.end_object();
}

}  // namespace

Result<http::Response> convert_lead(Call& call) {
  if (call.module->name != "leads")
    return invalid("module", "not_convertible", "Only leads are converted.");
  const RecordId lead = TRY(call.id());
  const JsonArray items = TRY(call.items("data", 1));
  if (!items.front().is_object()) return invalid("data", "wrong_type", "invalid data");
  const crm::ConvertedLead made =
      TRY(call.database().write([&](db::Transaction& tx) -> Result<crm::ConvertedLead> {
        const crm::LeadConversion conversion =
            TRY(conversion_of(tx, call, items.front().get_object()));
        return crm::convert_lead(tx, call.actor, lead, conversion);
      }));
  call.services.wake();
  JsonWriter json;
  json.begin_object().key("data").begin_array().begin_object().string("code", "SUCCESS");
  json.key("details").begin_object();
  append_made(json, "Contacts", made.contact);
  if (made.deal) {
    append_made(json, "Deals", *made.deal);
  } else {
    json.null("Deals");
  }
  append_made(json, "Accounts", made.account);
  json.end_object().string("message", "The record has been converted successfully");
  json.string("status", "success").end_object().end_array().end_object();
  return http::Response::json(200, json.take());
}

}  // namespace tandem::api::crm_dialect
