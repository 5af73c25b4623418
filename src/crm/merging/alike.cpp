#include "crm/merging/alike.h"

#include <algorithm>
#include <array>
#include <functional>

#include "access/field_limits.h"
#include "base/name_key.h"
#include "base/names.h"
#include "base/phone_number.h"
#include "base/text.h"
#include "operations/operations.h"

namespace tandem::crm {

namespace {

using access::Actor;
using records::Changes;
using records::FieldKind;
using records::ModuleDef;
using records::Record;

constexpr std::array reasons{"email", "phone", "name"};

/// What is compared: the texts of a record, or what somebody types.
using TextOf = std::function<std::string(std::string_view field)>;

bool is_number_of_people(const std::string& field) { return field != "fax"; }

/// The texts of one kind that stand in the module and that the role sees.
std::vector<std::string> texts_of(const Actor& actor, const ModuleDef& module, FieldKind kind,
                                  const TextOf& text_of) {
  std::vector<std::string> texts;
  for (const records::FieldDef& field : module.fields) {
    if (field.kind != kind || access::is_hidden(actor, module.name, field.name)) continue;
    if (kind == FieldKind::phone && !is_number_of_people(field.name)) continue;
    std::string text = text_of(field.name);
    if (!text.empty()) texts.push_back(std::move(text));
  }
  return texts;
}

struct Spoken {
  std::string name;  // as it is searched
  std::string key;   // as it is compared; "" for what says nothing
};

/// The whole name of a person, or the name of a firm, as far as the role sees its parts.
Spoken name_of(const Actor& actor, const ModuleDef& module, const TextOf& text_of) {
  const auto part = [&](const char* field) {
    return access::is_hidden(actor, module.name, field) ? std::string() : text_of(field);
  };
  if (module.name == "accounts") {
    const std::string name = part("name");
    return {name, fold(trim(name))};
  }
  const std::string first = part("first_name");
  const std::string last = part("last_name");
  return {full_name(first, last), full_name_key(first, last)};
}

/// What one record is compared by.
struct Marks {
  std::vector<std::string> emails;
  std::vector<std::string> phones;
  Spoken name;
};

Marks marks_of(const Actor& actor, const ModuleDef& module, const TextOf& text_of) {
  return {texts_of(actor, module, FieldKind::email, text_of),
          texts_of(actor, module, FieldKind::phone, text_of), name_of(actor, module, text_of)};
}

Marks marks_of(const Actor& actor, const Record& record) {
  return marks_of(actor, record.shape->module(),
                  [&](std::string_view field) { return record.get(field).text(); });
}

bool share_email(const Marks& one, const Marks& other) {
  return std::any_of(one.emails.begin(), one.emails.end(), [&](const std::string& email) {
    return std::any_of(other.emails.begin(), other.emails.end(), [&](const std::string& there) {
      return ascii_lower(email) == ascii_lower(there);
    });
  });
}

bool share_phone(const Marks& one, const Marks& other) {
  return std::any_of(one.phones.begin(), one.phones.end(), [&](const std::string& phone) {
    return std::any_of(other.phones.begin(), other.phones.end(), [&](const std::string& there) {
      return is_one_number(phone_digits(phone), phone_digits(there));
    });
  });
}

/// The strongest reason why two are alike; "" for none.
std::string reason_of(const Marks& one, const Marks& other) {
  if (share_email(one, other)) return reasons[0];
  if (share_phone(one, other)) return reasons[1];
  return !one.name.key.empty() && one.name.key == other.name.key ? reasons[2] : "";
}

/// The longest group of digits: others may write the rest in another way.
std::string longest_group(const std::string& number) {
  std::string longest;
  std::string group;
  for (const char c : number + " ") {
    if (c >= '0' && c <= '9') {
      group += c;
      continue;
    }
    if (group.size() > longest.size()) longest = group;
    group.clear();
  }
  return longest;
}

/// What the index is asked for, the strongest first.
std::vector<std::string> queries_of(const Marks& marks) {
  std::vector<std::string> queries = marks.emails;
  for (const std::string& phone : marks.phones) {
    const std::string digits = phone_digits(phone);
    if (digits.size() < phone_digits_min) continue;
    queries.push_back(longest_group(phone));
    if (digits.size() >= phone_tail_digits) queries.push_back(digits);
  }
  if (!marks.name.key.empty()) queries.push_back(marks.name.name);
  return queries;
}

std::vector<const ModuleDef*> modules_beside(const Actor& actor, const ModuleDef& module) {
  if (module.name == "accounts") return {&module};
  if (module.name != "leads" && module.name != "contacts") return {};
  std::vector<const ModuleDef*> modules{&module};
  const ModuleDef* other = actor.catalogue->find(module.name == "leads" ? "contacts" : "leads");
  if (other && access::has_right(actor, other->name, access::Right::read)) modules.push_back(other);
  return modules;
}

int strength_of(const std::string& reason) {
  return int(std::find(reasons.begin(), reasons.end(), reason) - reasons.begin());
}

Result<std::vector<Alike>> alike_to(db::Transaction& tx, const Actor& actor,
                                    const ModuleDef& module, const Marks& marks, RecordId except) {
  std::vector<Alike> alike;
  const auto is_known = [&](const Record& record) {
    return std::any_of(alike.begin(), alike.end(),
                       [&](const Alike& one) { return one.record.id == record.id; });
  };
  for (const ModuleDef* searched : modules_beside(actor, module)) {
    for (const std::string& query : queries_of(marks)) {
      for (Record& record :
           TRY(operations::search_records(tx, actor, *searched, query, alike_compared_max))) {
        if (record.id == except || is_known(record)) continue;
        std::string reason = reason_of(marks, marks_of(actor, record));
        if (!reason.empty()) alike.push_back({std::move(record), std::move(reason)});
      }
    }
  }
  std::stable_sort(alike.begin(), alike.end(), [](const Alike& one, const Alike& other) {
    return strength_of(one.reason) < strength_of(other.reason);
  });
  if (alike.size() > alike_shown_max) alike.resize(alike_shown_max);
  return alike;
}

}  // namespace

Result<std::vector<Alike>> records_alike(db::Transaction& tx, const Actor& actor,
                                         const ModuleDef& module, const Changes& values,
                                         RecordId except) {
  TRY(access::require_right(actor, module, access::Right::read));
  if (modules_beside(actor, module).empty()) return std::vector<Alike>{};
  const auto text_of = [&](std::string_view field) {
    const records::Value* value = values.find(field);
    return value && value->is_text() ? value->text() : std::string();
  };
  return alike_to(tx, actor, module, marks_of(actor, module, text_of), except);
}

Result<std::vector<Alike>> records_alike_of(db::Transaction& tx, const Actor& actor,
                                            const ModuleDef& module, RecordId id) {
  const Record record = TRY(operations::read_record(tx, actor, module, id));
  if (modules_beside(actor, module).empty()) return std::vector<Alike>{};
  return alike_to(tx, actor, module, marks_of(actor, record), id);
}

}  // namespace tandem::crm
