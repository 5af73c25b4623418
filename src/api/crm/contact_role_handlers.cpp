#include "api/crm/handlers.h"
#include "api/crm/write_results.h"
#include "crm/deals/contact_roles.h"

// The roles that contacts may have in deals: /Contacts/roles.

namespace tandem::api::crm_dialect {

namespace {

using crm::ContactRole;

constexpr size_t roles_per_call_max = 100;
constexpr const char* list_key = "contact_roles";

/// Other modules have no such roles: their addresses are none.
Result<void> are_of_contacts(const Call& call) {
  if (call.module->name != "contacts") return not_found("the id given seems to be invalid");
  return access::require_right(call.actor, *call.module, access::Right::read);
}

Result<http::Response> show_roles(const std::vector<ContactRole>& roles, int64_t first_place) {
  if (roles.empty()) return http::Response::no_content();
  JsonWriter json;
  json.begin_object().key(list_key).begin_array();
  int64_t place = first_place;
  for (const ContactRole& role : roles) {
    json.begin_object().id("id", role.id.value).string("name", role.name);
    json.number("sequence_number", place++).end_object();
  }
  json.end_array().end_object();
  return http::Response::json(200, json.take());
}

Result<crm::ContactRoleWords> words_of(const JsonObject& item) {
  crm::ContactRoleWords words;
  if (const auto at = item.find("name"); at != item.end()) {
    if (!at->value().is_string()) return invalid("name", "wrong_type", "Send it as a text.");
    words.name = std::string(at->value().get_string());
  }
  if (const auto at = item.find("sequence_number"); at != item.end()) {
    if (!at->value().is_int64())
      return invalid("sequence_number", "wrong_type", "Send it as a whole number.");
    words.place = at->value().get_int64();
  }
  return words;
}

/// One write of roles. `act(tx, item)` answers the role.
template <class Act>
Result<http::Response> write_roles(Call& call, int status_when_good, std::string_view message,
                                   const Act& act) {
  TRY(are_of_contacts(call));
  const JsonArray items = TRY(call.items(list_key, roles_per_call_max));
  return for_each_item(
      call, items, status_when_good,
      [&](db::Transaction& tx, const ModuleWords&, const JsonObject& item,
          WriteResults& results) -> Result<void> {
        const ContactRole role = TRY(act(tx, item));
        results.add_done(role.id, message);
        return {};
      },
      list_key);
}

Result<ContactRole> change(db::Transaction& tx, const Call& call, std::optional<RecordId> id,
                           const JsonObject& item) {
  if (!id) return invalid("id", "required", "required field not found");
  const crm::ContactRoleWords words = TRY(words_of(item));
  return crm::change_contact_role(tx, call.actor, *id, words);
}

/// Step by step, so that a role of very many deals holds nobody up.
Result<void> retire(Call& call, RecordId role) {
  bool is_done = false;
  while (!is_done) {
    is_done = TRY(call.database().write([&](db::Transaction& tx) -> Result<bool> {
      const crm::RoleRetirement step =
          TRY(crm::retire_contact_role(tx, call.actor, {.role = role}));
      return step.is_done;
    }));
  }
  return {};
}

/// Contacts that have one of the roles stay in their deals without a role.
Result<http::Response> delete_roles(Call& call, const std::vector<RecordId>& ids) {
  TRY(are_of_contacts(call));
  std::vector<Result<void>> outcomes;
  for (const RecordId id : ids) outcomes.push_back(retire(call, id));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    records::ShapeRef shape;
    const ModuleWords words = call.words(tx, shape);
    WriteResults results(call, words, list_key);
    for (size_t position = 0; position < ids.size(); ++position) {
      if (outcomes[position]) {
        results.add_done(ids[position], "contact role deleted");
      } else {
        results.add_refusal(outcomes[position].error(), position);
      }
    }
    return results.take(200);
  });
}

}  // namespace

Result<http::Response> list_contact_roles(Call& call) {
  TRY(are_of_contacts(call));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    return show_roles(crm::list_contact_roles(tx, call.actor.org), 1);
  });
}

Result<http::Response> read_contact_role(Call& call) {
  TRY(are_of_contacts(call));
  const RecordId id = TRY(call.id());
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    int64_t place = 0;
    for (const ContactRole& role : crm::list_contact_roles(tx, call.actor.org)) {
      ++place;
      if (role.id == id) return show_roles({role}, place);
    }
    return not_found("the id given seems to be invalid");
  });
}

Result<http::Response> create_contact_roles(Call& call) {
  return write_roles(call, 201, "contact role added",
                     [&](db::Transaction& tx, const JsonObject& item) -> Result<ContactRole> {
                       const crm::ContactRoleWords words = TRY(words_of(item));
                       return crm::add_contact_role(tx, call.actor, words);
                     });
}

Result<http::Response> update_contact_roles(Call& call) {
  return write_roles(call, 200, "contact role updated",
                     [&](db::Transaction& tx, const JsonObject& item) -> Result<ContactRole> {
                       const std::optional<RecordId> id = TRY(id_of(item));
                       return change(tx, call, id, item);
                     });
}

Result<http::Response> update_contact_role(Call& call) {
  const RecordId id = TRY(call.id());
  return write_roles(
      call, 200, "contact role updated",
      [&](db::Transaction& tx, const JsonObject& item) { return change(tx, call, id, item); });
}

Result<http::Response> delete_contact_roles(Call& call) {
  const std::vector<RecordId> ids = TRY(call.query_ids("ids", roles_per_call_max));
  return delete_roles(call, ids);
}

Result<http::Response> delete_contact_role(Call& call) {
  const RecordId id = TRY(call.id());
  return delete_roles(call, {id});
}

}  // namespace tandem::api::crm_dialect
