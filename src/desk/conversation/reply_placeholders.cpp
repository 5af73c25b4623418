#include "desk/conversation/reply_placeholders.h"

#include <string_view>

#include "access/organisations.h"
#include "desk/modules.h"
#include "operations/operations.h"

namespace tandem::desk {

using access::Actor;
using records::Record;

const std::vector<std::string>& reply_placeholders() {
  static const std::vector<std::string> names{
      "ticket.number", "ticket.subject", "contact.name", "contact.first_name", "contact.last_name",
      "account.name",  "agent.name",     "agent.email",  "department.name",    "organisation.name"};
  return names;
}

namespace {

/// What the actor's role shows of a linked record; empty where it shows nothing.
std::string shown_of(db::Transaction& tx, const Actor& actor, const records::ModuleDef& module,
                     RecordId id, const char* field) {
  if (!id) return "";
  const Result<Record> found = operations::read_record(tx, actor, module, id);
  if (!found) return "";
  return std::string_view(field) == "title" ? found->title : found->get(field).text();
}

}  // namespace

PlaceholderValues reply_values(db::Transaction& tx, const Actor& actor, const Record& ticket) {
  const RecordId contact = ticket.get("contact").id();
  const auto departments = records::link_titles(tx, actor.org, departments_module(),
                                                {ticket.get("department").number()});
  const auto organisation = access::find_organisation(tx, actor.org);
  const auto of_contact = [&](const char* field) {
    return shown_of(tx, actor, contacts_module(), contact, field);
  };
  return {
      {"ticket.number", std::to_string(ticket.get("number").number())},
      {"ticket.subject", ticket.get("subject").text()},
      {"contact.name", of_contact("title")},
      {"contact.first_name", of_contact("first_name")},
      {"contact.last_name", of_contact("last_name")},
      {"account.name", shown_of(tx, actor, accounts_module(), ticket.get("account").id(), "title")},
      {"agent.name", actor.name},
      {"agent.email", actor.email},
      {"department.name", departments.empty() ? "" : departments.front().title},
      {"organisation.name", organisation ? organisation->name : ""}};
}

}  // namespace tandem::desk
