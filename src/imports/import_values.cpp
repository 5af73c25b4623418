#include "imports/import_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "access/people.h"
#include "base/person_name.h"
#include "base/text.h"
#include "imports/import_names.h"
#include "operations/operations.h"

namespace tandem::imports {

using records::FieldDef;
using records::FieldKind;
using records::Value;

namespace {

constexpr int64_t value_chars_shown = 200;
constexpr std::string_view replaced = "\xEF\xBF\xBD";

/// The fields by which a linked record is found, in this order.
std::vector<std::string> names_of_linked(const records::Shape& linked, bool is_address) {
  if (!is_address) return {linked.find("name") ? "name" : "title"};
  std::vector<std::string> addresses;
  for (const char* name : {"email", "secondary_email"})
    if (linked.find(name)) addresses.emplace_back(name);
  return addresses;
}

/// "Ana Silva <ana@example.com>" is known by the address.
std::string_view address_in(std::string_view text) {
  const size_t open = text.rfind('<');
  const size_t close = text.rfind('>');
  const bool is_framed = open != text.npos && close != text.npos && open < close;
  return trim(is_framed ? text.substr(open + 1, close - open - 1) : text);
}

/// The three numbers of a day, however they are separated; nothing when it is no such text. What
/// follows the day is left in `text`.
std::optional<std::vector<int>> numbers_of_day(std::string_view& text) {
  std::vector<int> numbers;
  const std::string original(text);
  std::string_view rest = text;
  while (numbers.size() < 3) {
    int number = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
    if (error != std::errc() || end == rest.data() || number < 0) return std::nullopt;
    rest.remove_prefix(size_t(end - rest.data()));
    numbers.push_back(number);
    for (const std::string_view mark : {"-", "/", ".", "年", "月", "日"}) {
      if (!rest.starts_with(mark)) continue;
      rest.remove_prefix(mark.size());
      break;
    }
    if (numbers.size() < 3) rest = rest.substr(std::min(rest.find_first_not_of(' '), rest.size()));
  }
  text = rest;
  return numbers;
}

/// "4.11.2026" as "2026-11-04", with what follows; as it is when it is no day.
std::string day_in_order(std::string_view text, DateOrder order) {
  std::string_view rest = text;
  const std::optional<std::vector<int>> numbers = numbers_of_day(rest);
  if (!numbers) return std::string(text);
  int year = (*numbers)[0], month = (*numbers)[1], day = (*numbers)[2];
  if (year < 100 && order == DateOrder::day_first) {
    std::swap(year, day);
  } else if (year < 100 && order == DateOrder::month_first) {
    year = (*numbers)[2], month = (*numbers)[0], day = (*numbers)[1];
  }
  if (year < 1'000) return std::string(text);
  return fmt::format("{:04}-{:02}-{:02}{}", year, month, day, rest);
}

/// Spreadsheets write "2026-11-04 11:21"; without a zone it is taken as UTC.
std::string moment_in_order(std::string_view text, DateOrder order) {
  std::string moment = day_in_order(text, order);
  if (moment.size() == 10) return fmt::format("{}T00:00:00Z", moment);
  if (moment.size() > 10 && moment[10] == ' ') moment[10] = 'T';
  const size_t colon = moment.find(':');
  if (colon == 12) moment = fmt::format("{}0{}", moment.substr(0, 11), moment.substr(11));
  const bool has_zone = moment.find_first_of("Z+", 10) != std::string::npos ||
                        moment.find('-', 10) != std::string::npos;
  return has_zone ? moment : fmt::format("{}Z", moment);
}

bool is_time_column(std::string_view name) { return name == created_column || name == "closed_at"; }

ImportFault fault_of(const CsvRow& row, const std::string& field, const std::string& cell,
                     const Refusal& refusal) {
  return {.line = row.line,
          .field = field,
          .code = refusal.code,
          .message = refusal.message,
          .value = std::string(first_chars(cell, value_chars_shown))};
}

}  // namespace

bool is_only_for_matching(const records::Shape& shape, std::string_view name) {
  const FieldDef* field = shape.find(name);
  return name == "id" || (field && field->kind == FieldKind::auto_number);
}

std::vector<std::string> match_fields(const access::Actor& actor, const ImportedModule& imported,
                                      const records::Shape& shape) {
  std::vector<std::string> names{"id"};
  for (const FieldDef& field : shape.fields()) {
    const bool is_known_by_it = field.unique || field.kind == FieldKind::auto_number;
    if (is_known_by_it && may_be_column(actor, imported, shape, field.name))
      names.push_back(field.name);
  }
  for (const auto* more : {&imported.known_by, &imported.also_known_by})
    for (const std::string& name : *more)
      if (may_be_column(actor, imported, shape, name)) names.push_back(name);
  return names;
}

ImportRow ImportValues::read(const CsvRow& row) {
  ImportRow read;
  contact_cell_.clear();
  if (!row.fault.empty()) {
    read.faults.push_back({.line = row.line, .code = row.fault, .message = row.fault});
    return read;
  }
  if (row.cells.size() > settings_.columns.size()) {
    read.faults.push_back({.line = row.line,
                           .code = "too_many_cells",
                           .message = fmt::format("The row has {} cells and the heading {}.",
                                                  row.cells.size(), settings_.columns.size())});
    return read;
  }
  for (size_t at = 0; at < row.cells.size(); ++at) {
    const std::string cell(trim(without_harmless_mark(trim(row.cells[at]))));
    if (!settings_.columns[at].empty() && !cell.empty())
      read_cell(row, settings_.columns[at], cell, read);
  }
  settle_contact(row, read);
  check_times(row, read);
  return read;
}

void ImportValues::fill_absent(const CsvRow& row, ImportRow& read) {
  for (const auto& [name, text] : settings_.absent) {
    const bool is_given = read.changes.contains(name) ||
                          (name == "contact" && read.missing_contact.is_anybody()) ||
                          (name == "account" && !read.missing_account.empty());
    if (!is_given) read_cell(row, name, text, read);
  }
  settle_contact(row, read);
}

void ImportValues::read_cell(const CsvRow& row, const std::string& name, const std::string& cell,
                             ImportRow& read) {
  const auto refuse = [&](const Refusal& refusal) {
    read.faults.push_back(fault_of(row, name, cell, refusal));
  };
  if (cell.find(replaced) != std::string::npos) {
    return refuse(
        invalid(name, "bad_encoding", "Some letters do not fit the encoding; choose another one."));
  }
  if (name == full_name_column) return read_full_name(cell, read);
  if (name == "id") {
    const std::optional<int64_t> id = id_from_text(cell);
    if (!id) return refuse(invalid(name, "not_an_id", "Give the id of a record, in digits."));
    if (settings_.match == name) read.match = Value(*id);
    return;
  }
  if (imported_.keeps_times && is_time_column(name)) return read_time(row, name, cell, read);
  const FieldDef* field = shape_->find(name);
  if (!field) return refuse(invalid(name, "unknown_field", "The field is no longer there."));
  if (name == "contact" && names_a_contact(*shape_)) {
    contact_cell_ = cell;
    return;
  }
  if (name == "account" && field->link_to == "accounts") return read_account(row, cell, read);
  Result<Value> value = value_of(*field, cell);
  if (!value) return refuse(value.error());
  if (settings_.match == name) read.match = *value;
  if (!is_only_for_matching(*shape_, name)) read.changes.set(name, std::move(*value));
}

void ImportValues::read_time(const CsvRow& row, const std::string& name, const std::string& cell,
                             ImportRow& read) {
  static const FieldDef moment{.name = "time", .label = "Time", .kind = FieldKind::instant};
  const Result<Value> value = value_of(moment, cell);
  const Refusal in_the_future =
      invalid(name, "in_the_future", "Give a time that is not after now.");
  if (!value) return read.faults.push_back(fault_of(row, name, cell, value.error()));
  if (value->instant() > tx_.now())
    return read.faults.push_back(fault_of(row, name, cell, in_the_future));
  (name == created_column ? read.created_at : read.closed_at) = value->instant();
}

void ImportValues::check_times(const CsvRow& row, ImportRow& read) const {
  const bool has_both = read.created_at != Instant{} && read.closed_at != Instant{};
  if (!has_both || read.created_at <= read.closed_at) return;
  read.faults.push_back(
      fault_of(row, "closed_at", to_iso(read.closed_at),
               invalid("closed_at", "before_creation", "Give a time after the creation.")));
}

void ImportValues::read_account(const CsvRow& row, const std::string& cell, ImportRow& read) {
  Result<Value> account = linked_record("accounts", cell);
  if (account) {
    read.changes.set("account", std::move(*account));
  } else if (account.error().code == "not_found" && settings_.on_missing == OnMissing::add) {
    read.missing_account = cell;
  } else {
    read.faults.push_back(fault_of(row, "account", cell, account.error()));
  }
}

void ImportValues::settle_contact(const CsvRow& row, ImportRow& read) {
  if (!names_a_contact(*shape_)) return;
  const std::string cell = std::exchange(contact_cell_, "");
  const bool is_settled = read.changes.contains("contact") || read.missing_contact.is_anybody();
  const bool adds = settings_.on_missing == OnMissing::add;
  const Value* address = read.changes.find("email");
  if (is_settled || (cell.empty() && !(adds && address))) return;
  NamedContact named = contact_named(cell);
  const bool is_id = named.address.empty() && id_from_text(named.name);
  if (named.address.empty() && address && !is_id) named.address = ascii_lower(address->text());
  Result<Value> contact = is_id ? linked_record("contacts", cell) : known_contact(named);
  if (contact) {
    read.changes.set("contact", std::move(*contact));
  } else if (!is_id && adds && contact.error().code == "not_found") {
    read.missing_contact = std::move(named);
  } else {
    read.faults.push_back(fault_of(row, "contact", cell, contact.error()));
  }
}

/// By the address, and by the name alone when no address is given.
Result<Value> ImportValues::known_contact(const NamedContact& named) {
  if (!named.address.empty()) return linked_record("contacts", named.address);
  const auto known = links_.find({"contacts", named.name});
  if (known != links_.end()) return known->second;
  const std::optional<RecordId> found = TRY(find_contact_by_name(tx_, actor_, named));
  Result<Value> answer = invalid("", "not_found",
                                 "Give the mail address, the whole name or the id "
                                 "of a contact that exists.");
  if (found) answer = Value(*found);
  links_.emplace(std::pair(std::string("contacts"), named.name), answer);
  return answer;
}

Result<ImportValues::AddedCustomers> ImportValues::add_missing(ImportRow& read) {
  AddedCustomers added;
  if (!read.missing_account.empty()) {
    const RecordId account = TRY(add_account(tx_, actor_, read.missing_account));
    read.changes.set("account", account);
    added.account = read.missing_account;
  }
  if (read.missing_contact.is_anybody()) {
    const RecordId contact = TRY(add_contact(tx_, actor_, read.missing_contact, read.changes));
    read.changes.set("contact", contact);
    added.contact = read.missing_contact.name;
    if (!read.missing_contact.address.empty()) {
      added.contact += added.contact.empty() ? read.missing_contact.address
                                             : fmt::format(" <{}>", read.missing_contact.address);
    }
  }
  return added;
}

void ImportValues::keep_added(const ImportRow& read) {
  if (!read.missing_account.empty()) {
    links_.insert_or_assign({"accounts", read.missing_account}, *read.changes.find("account"));
  }
  if (!read.missing_contact.is_anybody()) return;
  const NamedContact& named = read.missing_contact;
  const std::string& word = named.address.empty() ? named.name : named.address;
  links_.insert_or_assign({"contacts", word}, *read.changes.find("contact"));
}

void ImportValues::read_full_name(const std::string& cell, ImportRow& read) const {
  const PersonName name = name_from(cell);
  if (!read.changes.contains("first_name") && !name.first.empty())
    read.changes.set("first_name", name.first);
  if (!read.changes.contains("last_name") && !name.last.empty())
    read.changes.set("last_name", name.last);
}

std::string ImportValues::choice_of(const FieldDef& field, std::string_view text) {
  if (app_.choice_called) {
    if (!locale_) {
      const std::optional<access::Person> person = access::find_person(tx_, actor_.person);
      locale_ = person ? person->locale : "";
    }
    std::string called = app_.choice_called(field, text, *locale_);
    if (!called.empty()) return called;
  }
  return choice_meant(field, text);
}

Result<Value> ImportValues::value_of(const FieldDef& field, std::string_view text) {
  const std::string cell(text);
  switch (field.kind) {
    case FieldKind::link: return linked_record(field.link_to, text);
    case FieldKind::user: return linked_record("agents", text);
    case FieldKind::boolean: {
      const std::optional<bool> truth = truth_meant(text);
      return value_from_text(field, truth ? (*truth ? "1" : "0") : text);
    }
    case FieldKind::choice: {
      Result<Value> value = value_from_text(field, text);
      const std::string meant = value ? "" : choice_of(field, text);
      return meant.empty() ? value : value_from_text(field, meant);
    }
    case FieldKind::date: return value_from_text(field, day_in_order(text, settings_.dates));
    case FieldKind::instant: return value_from_text(field, moment_in_order(text, settings_.dates));
    // What stands in a cell is text, not markup.
    case FieldKind::rich_text: return value_from_text(field, text_to_html(cell));
    case FieldKind::auto_number: {
      int64_t number = 0;
      const std::string_view digits = text.substr(text.starts_with('#') ? 1 : 0);
      const auto [end, error] =
          std::from_chars(digits.data(), digits.data() + digits.size(), number);
      if (error == std::errc() && end == digits.data() + digits.size()) return Value(number);
      return invalid(field.name, "not_a_number", "Give a whole number such as 12.");
    }
    case FieldKind::text:
    case FieldKind::long_text:
    case FieldKind::number:
    case FieldKind::decimal:
    case FieldKind::money:
    case FieldKind::multi_choice:
    case FieldKind::tags:
    case FieldKind::email:
    case FieldKind::phone:
    case FieldKind::url: return value_from_text(field, text);
  }
  return Value();
}

Result<Value> ImportValues::linked_record(const std::string& name, std::string_view text) {
  const records::ModuleDef& module = *actor_.catalogue->find(name);
  const bool has_addresses = actor_.catalogue->shape(tx_, actor_.org, module)->find("email");
  const bool is_address = has_addresses && text.find('@') != text.npos;
  const bool is_person = name == "contacts" && !is_address && !id_from_text(text);
  if (is_person) return known_contact(contact_named(text));
  const std::string word(is_address ? ascii_lower(address_in(text)) : std::string(text));
  const auto known = links_.find({name, word});
  if (known != links_.end()) return known->second;
  const Result<Value> answer = look_up(module, word, is_address);
  links_.emplace(std::pair(name, word), answer);
  return answer;
}

Result<Value> ImportValues::look_up(const records::ModuleDef& module, const std::string& word,
                                    bool is_address) {
  const records::ShapeRef shape = actor_.catalogue->shape(tx_, actor_.org, module);
  std::vector<std::string> fields = names_of_linked(*shape, is_address);
  if (id_from_text(word)) fields.emplace_back("id");
  for (const std::string& field : fields) {
    records::Query query;
    const Value wanted = field == "id" ? Value(*id_from_text(word)) : Value(word);
    query.filter = records::field(field).is(wanted);
    query.limit = 2;
    const records::Page page = TRY(operations::list_records(tx_, actor_, module, query));
    if (page.records.size() > 1) {
      return invalid("", "ambiguous",
                     fmt::format("There are several with the name {}; give an id.", word));
    }
    if (!page.records.empty()) return Value(page.records.front().id);
  }
  const bool is_contact = module.name == "contacts";
  if (is_contact && is_address && app_.contact_with) {
    const std::optional<RecordId> contact = app_.contact_with(tx_, actor_.org, word);
    if (contact && operations::read_record(tx_, actor_, module, *contact)) return Value(*contact);
  }
  return invalid("", "not_found",
                 is_contact ? "Give the mail address or the id of a contact that exists."
                            : fmt::format("There is no {} {}.", ascii_lower(module.label), word));
}

}  // namespace tandem::imports
