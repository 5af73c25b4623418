#include "api/desk/related.h"

#include <algorithm>

#include "access/agents.h"
#include "base/text.h"
#include "desk/products/products_module.h"
#include "desk/sharing/ticket_visibility.h"
#include "desk/spam/blocked_senders.h"

namespace tandem::api::desk_dialect {

namespace {

using records::Record;

std::vector<records::Value> each_once(std::vector<int64_t> ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return {ids.begin(), ids.end()};
}

/// The ids that the field holds in these records.
std::vector<records::Value> ids_in(const std::vector<Record>& page, std::string_view field) {
  std::vector<int64_t> ids;
  for (const Record& record : page) {
    if (const RecordId id = record.get(field).id()) ids.push_back(id.value);
  }
  return each_once(std::move(ids));
}

std::vector<records::Value> departments_shared_with(const std::vector<Record>& tickets) {
  std::vector<int64_t> ids;
  for (const Record& ticket : tickets) {
    for (const desk::Share& share : desk::shares_of(ticket)) ids.push_back(share.department.value);
  }
  return each_once(std::move(ids));
}

Related::ById read_all(db::Transaction& tx, const Call& call, const char* module,
                       std::vector<records::Value> ids) {
  Related::ById found;
  if (ids.empty()) return found;
  records::Query query;
  query.limit = int(ids.size());
  query.filter = records::field("id").is_one_of(std::move(ids));
  Result<records::Page> page = operations::list_records(
      tx, call.actor, *call.actor.catalogue->find(module), std::move(query));
  if (!page) return found;  // The role may not read them.
  for (Record& record : page->records) found.emplace(record.id.value, std::move(record));
  return found;
}

std::map<int64_t, std::string> products_named(db::Transaction& tx, const Call& call,
                                              const std::vector<Record>& tickets) {
  std::vector<int64_t> ids;
  for (const Record& ticket : tickets) {
    if (const RecordId id = ticket.get("product").id()) ids.push_back(id.value);
  }
  std::map<int64_t, std::string> names;
  for (const records::LinkTitle& product :
       records::link_titles(tx, call.actor.org, desk::products_module(), std::move(ids))) {
    names[product.id.value] = product.title;
  }
  return names;
}

std::vector<Record> records_of(const Related::ById& found) {
  std::vector<Record> records;
  for (const auto& [id, record] : found) records.push_back(record);
  return records;
}

}  // namespace

Related related_to(db::Transaction& tx, const Call& call, const std::vector<Record>& page) {
  Related related;
  if (page.empty()) return related;
  const std::string& module = page.front().shape->module().name;
  if (module == "departments") {
    for (const access::Agent& agent : access::list_agents(tx, call.actor.org)) {
      for (const int64_t department : agent.department_ids) {
        related.agents_of_department[department].push_back(agent.id.value);
      }
    }
  }
  if (module == "contacts" && includes(call, "accounts")) {
    related.accounts = read_all(tx, call, "accounts", ids_in(page, "account"));
  }
  if (module == "contacts") {
    related.blocked_contacts = desk::blocked_among(tx, call.actor.org, page);
  }
  if (module != "tickets") return related;
  related.counts = desk::counts_of_tickets(tx, call.actor, page);
  related.shared_departments = read_all(tx, call, "departments", departments_shared_with(page));
  if (includes(call, "contacts")) {
    related.contacts = read_all(tx, call, "contacts", ids_in(page, "contact"));
    const std::vector<Record> contacts = records_of(related.contacts);
    related.accounts = read_all(tx, call, "accounts", ids_in(contacts, "account"));
    related.blocked_contacts = desk::blocked_among(tx, call.actor.org, contacts);
  }
  if (includes(call, "assignee")) {
    related.agents = read_all(tx, call, "agents", ids_in(page, "owner"));
  }
  if (includes(call, "products")) related.product_names = products_named(tx, call, page);
  if (includes(call, "departments")) {
    related.departments = read_all(tx, call, "departments", ids_in(page, "department"));
  }
  return related;
}

Related::ById authors_of(db::Transaction& tx, const Call& call,
                         const std::vector<desk::TimelineItem>& items) {
  std::vector<int64_t> ids;
  for (const desk::TimelineItem& item : items) {
    if (item.type == desk::TimelineItem::Type::event) continue;
    const bool is_agent = item.record.get("author_kind").text() == "agent";
    const RecordId author = item.record.get("author_id").id();
    if (is_agent && author) ids.push_back(author.value);
  }
  return read_all(tx, call, "agents", each_once(std::move(ids)));
}

const Record* find_in(const Related::ById& found, const Record& record, std::string_view field) {
  const auto at = found.find(record.get(field).id().value);
  return at == found.end() ? nullptr : &at->second;
}

bool includes(const Call& call, std::string_view name) {
  const std::vector<std::string> names = split(call.query_text("include"), ',');
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& each) { return trim(each) == name; });
}

}  // namespace tandem::api::desk_dialect
