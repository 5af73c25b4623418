#include <algorithm>

#include "api/desk/envelope.h"
#include "api/desk/happiness.h"
#include "api/desk/related.h"
#include "api/desk/secondary_contacts.h"
#include "api/desk/sharing.h"
#include "api/desk/words.h"
#include "base/text.h"
#include "desk/modules.h"
#include "desk/views/views.h"

// Tickets, contacts, accounts and departments as the Desk dialect shows them. Clients read keys
// that we have nothing for; those stand there empty, as in the original.

namespace tandem::api::desk_dialect {

namespace {

using records::FieldDef;
using records::Record;
using records::Value;

constexpr size_t fields_max = 30;

struct Page {
  const Call& call;
  const Related& related;
  Instant now;
  desk::Statistics figures;                  // of the one contact or account; a list tells none
  std::vector<RecordId> secondary_contacts;  // of the one ticket
};

void append_word(JsonWriter& json, const Record& record, const FieldWord& word) {
  const FieldDef* field = record.shape->find(word.field);
  const Value& value = record.get(word.field);
  json.key(word.key);
  if (value.is_null()) {
    json.null();
  } else if (word.form == Form::label) {
    json.string(label_of(*field, value.text()));
  } else if (word.form == Form::id) {
    json.id(value.number());
  } else if (word.form == Form::count) {
    json.string(std::to_string(value.number()));
  } else {
    records::append_value(json, *field, value);
  }
}

void append_custom(JsonWriter& json, const Record& record) {
  const std::vector<FieldDef>& fields = record.shape->fields();
  for (const std::string_view group : {"cf", "customFields"}) {
    json.key(group).begin_object();
    for (size_t index = record.shape->own_field_count(); index < fields.size(); ++index) {
      json.key(group == "cf" ? "cf_" + fields[index].name : fields[index].label);
      records::append_value(json, fields[index], record.values[index]);
    }
    json.end_object();
  }
}

void append_moment(JsonWriter& json, std::string_view key, const Value& value) {
  if (value.is_null()) {
    json.null(key);
  } else {
    json.string(key, to_iso(value.instant()));
  }
}

void append_nulls(JsonWriter& json, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) json.null(key);
}

void append_empty_lists(JsonWriter& json, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) json.key(key).begin_array().end_array();
}

void append_account(JsonWriter& json, const Record* account) {
  json.key("account");
  if (!account) {
    json.null();
    return;
  }
  json.begin_object().id("id", account->id.value).string("accountName", account->title);
  append_word(json, *account, *find_word(account->shape->module(), "website"));
  json.end_object();
}

void append_ticket_contact(JsonWriter& json, const Page& page, const Record& ticket) {
  const Record* contact = find_in(page.related.contacts, ticket, "contact");
  json.key("contact");
  if (!contact) {
    json.null();
    return;
  }
  json.begin_object().id("id", contact->id.value);
  for (const char* key : {"firstName", "lastName", "email", "phone", "mobile"}) {
    append_word(json, *contact, *find_word(contact->shape->module(), key));
  }
  json.null("type");
  json.boolean("isSpam", page.related.blocked_contacts.contains(contact->id.value));
  append_account(json, find_in(page.related.accounts, *contact, "account"));
  json.end_object();
}

/// The name alone, as the ticket shows it: who reads a ticket may not see the product itself.
void append_product(JsonWriter& json, const Page& page, const Record& ticket) {
  const auto product = page.related.product_names.find(ticket.get("product").id().value);
  json.key("product");
  if (product == page.related.product_names.end()) {
    json.null();
    return;
  }
  json.begin_object().id("id", product->first).string("productName", product->second).end_object();
}

void append_included(JsonWriter& json, const Page& page, const Record& ticket) {
  if (includes(page.call, "contacts")) append_ticket_contact(json, page, ticket);
  if (includes(page.call, "assignee")) {
    const Record* agent = find_in(page.related.agents, ticket, "owner");
    json.key("assignee");
    if (agent) {
      json.begin_object().id("id", agent->id.value);
      append_names(json, agent->title);
      json.string("email", agent->get("email").text()).null("photoURL").end_object();
    } else {
      json.null();
    }
  }
  if (includes(page.call, "departments")) {
    const Record* department = find_in(page.related.departments, ticket, "department");
    json.key("department").begin_object().id("id", ticket.get("department").number());
    json.string("name", department ? department->title : "").end_object();
  }
  if (includes(page.call, "team")) json.null("team");
  if (includes(page.call, "products")) append_product(json, page, ticket);
}

void append_last_thread(JsonWriter& json, const Record& ticket) {
  const Value& by = ticket.get("last_word_by");
  json.key("lastThread");
  if (by.is_null()) {
    json.null();
    return;
  }
  json.begin_object().string("channel", "EMAIL").boolean("isDraft", false);
  json.boolean("isForward", false);
  json.string("direction", by.text() == "customer" ? "in" : "out").end_object();
}

bool is_response_overdue(const Record& ticket, Instant now) {
  const Value& due_at = ticket.get("first_response_due_at");
  return !due_at.is_null() && due_at.instant() < now && ticket.get("responded_at").is_null();
}

void append_counts(JsonWriter& json, const Page& page, const Record& ticket) {
  const auto found = page.related.counts.find(ticket.id.value);
  const desk::TicketCounts counts =
      found == page.related.counts.end() ? desk::TicketCounts{} : found->second;
  json.string("taskCount", std::to_string(counts.tasks));
  json.string("timeEntryCount", std::to_string(counts.time_entries));
  json.string("approvalCount", "0").string("followerCount", std::to_string(counts.followers));
  json.string("tagCount", std::to_string(ticket.get("tags").list().size()));
  json.boolean("isFollowing", counts.is_followed);
  const Value& last = ticket.get("last_activity_at");
  const Instant happened_at = last.is_null() ? ticket.created_at : last.instant();
  json.boolean("isRead", counts.read_at >= happened_at);
  json.id("slaId", counts.service_level.value);
}

void append_ticket(JsonWriter& json, const Page& page, const Record& ticket) {
  json.boolean("isOverDue", desk::is_overdue(ticket, page.now));
  json.boolean("isResponseOverdue", is_response_overdue(ticket, page.now));
  const bool is_deleted = ticket.deleted_at.has_value();
  json.boolean("isTrashed", is_deleted).boolean("isDeleted", is_deleted);
  json.boolean("isSpam", !ticket.get("spam_at").is_null()).boolean("isArchived", false);
  append_counts(json, page, ticket);
  append_moment(json, "customerResponseTime", ticket.get("last_activity_at"));
  json.id("layoutId", ticket.get("department").number());
  append_nulls(json,
               {"channelCode", "subCategory", "sentiment", "teamId", "layoutDetails", "onholdTime",
                "lockedTime", "contractId", "channelRelatedInfo", "sourceTicket"});
  json.key("secondaryContacts").begin_array();
  for (const RecordId contact : page.secondary_contacts) json.id(contact.value);
  json.end_array();
  append_empty_lists(json, {"entitySkills"});
  append_shares(json, page.related, ticket);
  json.key("source").begin_object().string("type", "SYSTEM");
  append_nulls(json, {"appName", "extId", "permalink", "appPhotoURL"});
  json.end_object();
  append_last_thread(json, ticket);
  append_included(json, page, ticket);
}

void append_contact(JsonWriter& json, const Page& page, const Record& contact) {
  append_nulls(json, {"type", "ownerId", "facebook", "twitter", "photoURL", "zohoCRMContact"});
  for (const char* never : {"isEndUser", "isAnonymous"}) json.boolean(never, false);
  json.boolean("isSpam", page.related.blocked_contacts.contains(contact.id.value));
  append_happiness(json, page.figures);
  if (includes(page.call, "accounts")) {
    append_account(json, find_in(page.related.accounts, contact, "account"));
  }
}

void append_account_extras(JsonWriter& json, const Page& page) {
  append_nulls(json, {"annualrevenue", "ownerId", "zohoCRMAccount"});
  append_empty_lists(json, {"associatedSLAIds"});
  append_happiness(json, page.figures);
}

/// "spare-parts" of "Spare parts".
std::string sanitised(std::string_view name) {
  std::string words = ascii_lower(name);
  std::replace(words.begin(), words.end(), ' ', '-');
  return words;
}

void append_department(JsonWriter& json, const Page& page, const Record& department) {
  json.string("nameInCustomerPortal", department.title);
  json.string("sanitizedName", sanitised(department.title)).id("creatorId", 0);
  for (const char* never :
       {"isDefault", "isVisibleInCustomerPortal", "isAssignToTeamEnabled", "hasLogo"}) {
    json.boolean(never, false);
  }
  json.string("chatStatus", "NOT_CREATED").key("associatedAgentIds").begin_array();
  const auto agents = page.related.agents_of_department.find(department.id.value);
  if (agents != page.related.agents_of_department.end()) {
    for (const int64_t id : agents->second) json.id(id);
  }
  json.end_array();
}

void append_extras(JsonWriter& json, const Page& page, const Record& record) {
  const std::string& module = record.shape->module().name;
  if (module == "tickets") append_ticket(json, page, record);
  if (module == "contacts") append_contact(json, page, record);
  if (module == "accounts") append_account_extras(json, page);
  if (module == "departments") {
    append_department(json, page, record);
    return;
  }
  const Call& call = page.call;
  json.id("createdBy", record.created_by.value).id("modifiedBy", record.updated_by.value);
  const bool is_activity = module == "tasks" || module == "appointments";
  const std::string page_of_it = is_activity ? "activities" : module + "/" + to_string(record.id);
  json.string("webUrl",
              call.services.base_url + "/desk/" + to_string(call.actor.org) + "/" + page_of_it);
  if (module != "tickets") json.boolean("isDeleted", record.deleted_at.has_value());
}

std::string one_json(const Page& page, const Record& record) {
  JsonWriter json;
  json.begin_object().id("id", record.id.value);
  for (const FieldWord& word : words_of(record.shape->module())) append_word(json, record, word);
  json.string("createdTime", to_iso(record.created_at))
      .string("modifiedTime", to_iso(record.updated_at));
  append_extras(json, page, record);
  if (record.shape->module().custom_fields) append_custom(json, record);
  json.end_object();
  return json.take();
}

/// The keys that `fields` names, in the order of the whole record, and always the id.
std::string chosen_only(const std::string& whole, const std::vector<std::string>& chosen) {
  const Result<Json> json = json_from_text(whole);
  if (!json || !json->is_object()) return whole;
  JsonObject kept;
  for (const auto& pair : json->as_object()) {
    const bool is_chosen =
        pair.key() == "id" || std::any_of(chosen.begin(), chosen.end(), [&](const auto& name) {
          return trim(name) == std::string_view(pair.key());
        });
    if (is_chosen) kept[pair.key()] = pair.value();
  }
  return json_to_text(kept);
}

/// For one record alone: a list would have to read the tickets of each.
desk::Statistics figures_of(db::Transaction& tx, const Call& call,
                            const std::vector<Record>& records) {
  if (records.size() != 1) return {};
  const records::ModuleDef& module = records.front().shape->module();
  const bool is_contact = &module == &desk::contacts_module();
  if (!is_contact && &module != &desk::accounts_module()) return {};
  const Result<desk::Statistics> figures = desk::statistics_of(
      tx, call.actor, is_contact ? desk::Customer::contact : desk::Customer::account,
      records.front().id);
  return figures ? *figures : desk::Statistics{};
}

}  // namespace

std::vector<std::string> records_json(db::Transaction& tx, const Call& call,
                                      const std::vector<Record>& records) {
  const Related related = related_to(tx, call, records);
  Page page{call, related, tx.now(), figures_of(tx, call, records), {}};
  const bool is_one_ticket =
      records.size() == 1 && &records.front().shape->module() == &desk::tickets_module();
  if (is_one_ticket) page.secondary_contacts = secondary_contacts_of(tx, call, records.front());
  const std::string fields = call.query_text("fields");
  const std::vector<std::string> chosen = split(fields, ',');
  std::vector<std::string> items;
  for (const Record& record : records) {
    std::string whole = one_json(page, record);
    items.push_back(fields.empty() ? std::move(whole) : chosen_only(whole, chosen));
  }
  return items;
}

std::string record_json(db::Transaction& tx, const Call& call, const Record& record) {
  return records_json(tx, call, {record}).front();
}

Result<void> check_fields(const Call& call) {
  if (split(call.query_text("fields"), ',').size() <= fields_max) return {};
  return invalid("fields", "too_many", "Name at most 30 fields.");
}

}  // namespace tandem::api::desk_dialect
