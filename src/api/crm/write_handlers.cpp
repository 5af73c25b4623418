#include <fmt/format.h>

#include "api/crm/handlers.h"
#include "api/crm/item_words.h"
#include "api/crm/joined_words.h"
#include "api/crm/write_results.h"
#include "crm/bulk/bulk_cells.h"
#include "crm/notes/attachments.h"
#include "crm/owners.h"

namespace tandem::api::crm_dialect {

namespace {

using records::Record;

Result<Record> create(db::Transaction& tx, const Call& call, const ModuleWords& words,
                      const JsonObject& item) {
  const records::Changes changes = TRY(changes_from_item(tx, call, words, item));
  Record made = TRY(operations::create_record(tx, call.actor, *call.module, changes));
  TRY(hold_as_said(tx, call, item, made.id));
  return made;
}

Result<Record> update(db::Transaction& tx, const Call& call, const ModuleWords& words,
                      const JsonObject& item, RecordId id) {
  const records::Changes changes = TRY(changes_from_item(tx, call, words, item));
  Record saved = TRY(operations::update_record(tx, call.actor, *call.module, id, changes));
  TRY(hold_as_said(tx, call, item, id));
  return saved;
}

/// What a record of the module is the same by, when the call does not say.
std::vector<std::string> usual_duplicate_check(const records::ModuleDef& module) {
  if (module.name == "leads" || module.name == "contacts") return {"Email"};
  if (module.name == "accounts") return {"Account_Name"};
  if (module.name == "deals") return {"Deal_Name"};
  if (module.name == "products") return {"Product_Name"};
  if (module.name == "campaigns") return {"Campaign_Name"};
  return {};
}

struct Found {
  RecordId id;
  std::string by;
};

/// The oldest record that has the item's value in one of the fields, asked in their order.
Result<std::optional<Found>> find_same(db::Transaction& tx, const Call& call,
                                       const ModuleWords& words, const records::Changes& changes,
                                       const std::vector<std::string>& fields) {
  for (const std::string& field : fields) {
    const records::Value* value = changes.find(field);
    if (!value || value->is_null()) continue;
    const std::optional<Record> known =
        TRY(crm::find_known(tx, call.actor, *call.module, field, *value));
    if (known) return std::optional<Found>({known->id, words.api_name_of(field)});
  }
  return std::optional<Found>();
}

constexpr size_t duplicate_check_fields_max = 10;

/// Our names of the fields that say which record an item is. Each item asks for each of them within
/// one write, so that they are few, and such as records are found by at once.
Result<std::vector<std::string>> duplicate_check(const Call& call) {
  const JsonObject body = TRY(call.body());
  std::vector<std::string> names;
  const auto at = body.find("duplicate_check_fields");
  if (at != body.end() && at->value().is_array())
    for (const Json& name : at->value().get_array())
      if (name.is_string()) names.emplace_back(name.get_string());
  if (names.empty()) names = usual_duplicate_check(*call.module);
  if (names.size() > duplicate_check_fields_max)
    return invalid("duplicate_check_fields", "too_many",
                   fmt::format("Name at most {} fields.", duplicate_check_fields_max));
  return call.database().read([&](db::Transaction& tx) -> Result<std::vector<std::string>> {
    records::ShapeRef shape;
    const ModuleWords words = call.words(tx, shape);
    std::vector<std::string> fields;
    for (const std::string& name : names) {
      const FieldWord* word = words.find(name);
      if (!word) return invalid("duplicate_check_fields", "not_a_choice", "invalid field");
      if (!crm::finds_quickly(*call.module, *word->field))
        return invalid("duplicate_check_fields", "not_a_choice",
                       fmt::format("Records are not found by {}, which has no index; name a field "
                                   "that is sortable or unique.",
                                   word->api_name));
      fields.push_back(word->field->name);
    }
    return fields;
  });
}

}  // namespace

Result<http::Response> create_records(Call& call) {
  const JsonArray items = TRY(call.items("data", records_per_call_max));
  return for_each_item(call, items, 201,
                       [&](db::Transaction& tx, const ModuleWords& words, const JsonObject& item,
                           WriteResults& results) -> Result<void> {
                         const Record made = TRY(create(tx, call, words, item));
                         results.add_saved(tx, made, "record added");
                         return {};
                       });
}

/// A new record with what the caller may write of another.
Result<http::Response> clone_record(Call& call) {
  const RecordId id = TRY(call.id());
  http::Response response =
      TRY(call.database().write([&](db::Transaction& tx) -> Result<http::Response> {
        const Record like = TRY(operations::read_record(tx, call.actor, *call.module, id));
        records::Changes changes;
        for (size_t at = 0; at < like.values.size(); ++at) {
          const records::FieldDef& field = like.shape->fields()[at];
          const bool is_written = access::field_access(call.actor, call.module->name, field) ==
                                  access::FieldAccess::write;
          if (is_written && !field.unique && !like.values[at].is_null())
            changes.set(field.name, like.values[at]);
        }
        // The copy of what a colleague who left owns is its maker's.
        const records::Value* owner = changes.find("owner");
        if (owner && !crm::may_own(tx, call.actor.org, owner->id())) changes.erase("owner");
        const Record made = TRY(operations::create_record(tx, call.actor, *call.module, changes));
        records::ShapeRef shape;
        const ModuleWords words = call.words(tx, shape);
        WriteResults results(call, words);
        results.add_saved(tx, made, "record added");
        return results.take(201);
      }));
  call.services.wake();
  return response;
}

Result<http::Response> update_records(Call& call) {
  const JsonArray items = TRY(call.items("data", records_per_call_max));
  return for_each_item(call, items, 200,
                       [&](db::Transaction& tx, const ModuleWords& words, const JsonObject& item,
                           WriteResults& results) -> Result<void> {
                         const std::optional<RecordId> id = TRY(id_of(item));
                         if (!id) return invalid("id", "required", "required field not found");
                         const Record saved = TRY(update(tx, call, words, item, *id));
                         results.add_saved(tx, saved, "record updated");
                         return {};
                       });
}

Result<http::Response> update_one(Call& call) {
  const RecordId id = TRY(call.id());
  const JsonArray items = TRY(call.items("data", 1));
  return for_each_item(call, items, 200,
                       [&](db::Transaction& tx, const ModuleWords& words, const JsonObject& item,
                           WriteResults& results) -> Result<void> {
                         const Record saved = TRY(update(tx, call, words, item, id));
                         results.add_saved(tx, saved, "record updated");
                         return {};
                       });
}

Result<http::Response> upsert_records(Call& call) {
  const JsonArray items = TRY(call.items("data", records_per_call_max));
  const std::vector<std::string> fields = TRY(duplicate_check(call));
  return for_each_item(
      call, items, 200,
      [&](db::Transaction& tx, const ModuleWords& words, const JsonObject& item,
          WriteResults& results) -> Result<void> {
        const records::Changes changes = TRY(changes_from_item(tx, call, words, item));
        std::optional<Found> same;
        const std::optional<RecordId> id = TRY(id_of(item));
        if (id) {
          same = Found{*id, ""};
        } else {
          same = TRY(find_same(tx, call, words, changes, fields));
        }
        if (same) {
          const Record saved =
              TRY(operations::update_record(tx, call.actor, *call.module, same->id, changes));
          TRY(hold_as_said(tx, call, item, saved.id));
          results.add_saved(tx, saved, "record updated", WriteResults::Extra{"update", same->by});
        } else {
          const Record made = TRY(operations::create_record(tx, call.actor, *call.module, changes));
          TRY(hold_as_said(tx, call, item, made.id));
          results.add_saved(tx, made, "record added", WriteResults::Extra{"insert", ""});
        }
        return {};
      });
}

namespace {

/// Records go into the recycle bin; files go for good.
Result<http::Response> delete_all(Call& call, const std::vector<RecordId>& ids) {
  return for_each_id(call, ids, "record deleted",
                     [&](db::Transaction& tx, RecordId id) -> Result<void> {
                       if (call.module->name == "attachments")
                         return crm::remove_attachment(tx, call.actor, id);
                       TRY(operations::delete_record(tx, call.actor, *call.module, id));
                       return {};
                     });
}

}  // namespace

Result<http::Response> delete_records(Call& call) {
  const std::vector<RecordId> ids = TRY(call.query_ids("ids", records_per_call_max));
  return delete_all(call, ids);
}

Result<http::Response> delete_one(Call& call) {
  const RecordId id = TRY(call.id());
  return delete_all(call, {id});
}

}  // namespace tandem::api::crm_dialect
