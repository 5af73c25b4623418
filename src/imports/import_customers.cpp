#include "imports/import_customers.h"

#include <algorithm>

#include "base/names.h"
#include "base/person_name.h"
#include "base/text.h"
#include "operations/operations.h"

namespace tandem::imports {

namespace {

std::string_view without_quotes(std::string_view name) {
  name = trim(name);
  if (name.size() >= 2 && name.front() == '"' && name.back() == '"')
    name = name.substr(1, name.size() - 2);
  return trim(name);
}

/// The cell of the column that became `field`; "" when there is none.
std::string cell_of(const ImportSettings& settings, const CsvRow& row, std::string_view field) {
  const auto column = std::find(settings.columns.begin(), settings.columns.end(), field);
  const size_t at = size_t(column - settings.columns.begin());
  if (column == settings.columns.end() || at >= row.cells.size()) return "";
  return std::string(trim(without_harmless_mark(trim(row.cells[at]))));
}

}  // namespace

NamedContact contact_named(std::string_view cell) {
  const size_t open = cell.rfind('<');
  const size_t close = cell.rfind('>');
  const bool is_framed = open != cell.npos && close != cell.npos && open < close;
  if (is_framed) {
    return {std::string(without_quotes(cell.substr(0, open))),
            ascii_lower(trim(cell.substr(open + 1, close - open - 1)))};
  }
  if (cell.find('@') != cell.npos) return {"", ascii_lower(trim(cell))};
  return {std::string(without_quotes(cell)), ""};
}

bool names_a_contact(const records::Shape& shape) {
  const records::FieldDef* contact = shape.find("contact");
  return contact && contact->link_to == "contacts";
}

Result<std::optional<RecordId>> find_contact_by_name(db::Transaction& tx,
                                                     const access::Actor& actor,
                                                     const NamedContact& named) {
  const PersonName parts = name_from(named.name);
  records::Query query;
  query.filter = records::any_of({records::field("title").is(named.name),
                                  records::field("title").is(full_name(parts.first, parts.last))});
  query.limit = 2;
  const records::ModuleDef& contacts = *actor.catalogue->find("contacts");
  const records::Page page = TRY(operations::list_records(tx, actor, contacts, std::move(query)));
  if (page.records.size() > 1)
    return invalid("", "ambiguous", "Several contacts have this name; give a mail address.");
  return page.records.empty() ? std::optional<RecordId>() : page.records.front().id;
}

std::vector<const records::ModuleDef*> customers_in(const records::Shape& shape,
                                                    const ImportSettings& settings) {
  std::vector<const records::ModuleDef*> named;
  const auto has_column = [&](std::string_view name) {
    return std::find(settings.columns.begin(), settings.columns.end(), name) !=
           settings.columns.end();
  };
  // By its address alone a ticket's customer is known, too.
  if (names_a_contact(shape) && (has_column("contact") || has_column("email")))
    named.push_back(shape.catalogue().find("contacts"));
  const records::FieldDef* account = shape.find("account");
  if (account && account->link_to == "accounts" && has_column("account"))
    named.push_back(shape.catalogue().find("accounts"));
  return named;
}

std::vector<const records::ModuleDef*> customers_added_by(const records::Shape& shape,
                                                          const ImportSettings& settings) {
  if (settings.on_missing != OnMissing::add) return {};
  return customers_in(shape, settings);
}

std::pair<std::string, std::string> key_of_contact(const NamedContact& named) {
  if (!named.address.empty()) return {"named contact", named.address};
  const PersonName parts = name_from(named.name);
  return {"named contact", full_name(parts.first, parts.last)};
}

std::pair<std::string, std::string> key_of_account(std::string_view name) {
  return {"named account", std::string(trim(name))};
}

SeenValues customers_named(const ImportSettings& settings, const CsvRow& row) {
  SeenValues named;
  if (settings.on_missing != OnMissing::add) return named;
  NamedContact contact = contact_named(cell_of(settings, row, "contact"));
  if (contact.address.empty()) contact.address = ascii_lower(cell_of(settings, row, "email"));
  if (contact.is_anybody()) named.insert(key_of_contact(contact));
  const std::string account = cell_of(settings, row, "account");
  if (!account.empty()) named.insert(key_of_account(account));
  return named;
}

Result<RecordId> add_contact(db::Transaction& tx, const access::Actor& actor,
                             const NamedContact& named, const records::Changes& row) {
  const records::ModuleDef& contacts = *actor.catalogue->find("contacts");
  const PersonName name = name_from(named.name, named.address);
  records::Changes values{{"last_name", name.last}};
  if (!name.first.empty()) values.set("first_name", name.first);
  if (!named.address.empty()) {
    if (!is_email_address(named.address)) {
      return invalid("contact", "not_an_email", "Give a mail address such as ana@example.com.");
    }
    values.set("email", named.address);
  }
  for (const char* field : {"phone", "account"}) {
    if (const records::Value* value = row.find(field)) values.set(field, *value);
  }
  const records::Record made = TRY(operations::create_record(tx, actor, contacts, values));
  return made.id;
}

Result<RecordId> add_account(db::Transaction& tx, const access::Actor& actor,
                             const std::string& name) {
  const records::ModuleDef& accounts = *actor.catalogue->find("accounts");
  const records::Record made =
      TRY(operations::create_record(tx, actor, accounts, {{"name", name}}));
  return made.id;
}

}  // namespace tandem::imports
