#include "api/desk/words.h"

#include "base/text.h"
#include "operations/missing_values.h"

namespace tandem::api::desk_dialect {

namespace {

constexpr std::string_view custom_prefix = "cf_";

const std::vector<FieldWord>& ticket_words() {
  static const std::vector<FieldWord> words{
      {"subject", "subject"},
      {"ticketNumber", "number", Form::count},
      {"description", "description"},
      {"status", "status", Form::label},
      {"statusType", "status_type", Form::label},
      {"priority", "priority", Form::label},
      {"channel", "channel", Form::label},
      {"classification", "classification"},
      {"category", "category"},
      {"language", "language"},
      {"resolution", "resolution"},
      {"departmentId", "department", Form::id},
      {"contactId", "contact", Form::id},
      {"accountId", "account", Form::id},
      {"productId", "product", Form::id},
      {"assigneeId", "owner", Form::id},
      {"email", "email"},
      {"phone", "phone"},
      {"dueDate", "due_at"},
      {"closedTime", "closed_at"},
      {"responseDueDate", "first_response_due_at"},
      {"isEscalated", "is_escalated"},
      {"threadCount", "thread_count", Form::count},
      {"commentCount", "comment_count", Form::count},
      {"attachmentCount", "attachment_count", Form::count},
  };
  return words;
}

const std::vector<FieldWord>& contact_words() {
  static const std::vector<FieldWord> words{
      {"lastName", "last_name"},
      {"firstName", "first_name"},
      {"email", "email"},
      {"secondaryEmail", "secondary_email"},
      {"phone", "phone"},
      {"mobile", "mobile"},
      {"title", "job_title"},
      {"accountId", "account", Form::id},
      {"description", "description"},
      {"street", "street"},
      {"city", "city"},
      {"state", "state"},
      {"country", "country"},
      {"zip", "zip"},
  };
  return words;
}

const std::vector<FieldWord>& account_words() {
  static const std::vector<FieldWord> words{
      {"accountName", "name"},
      {"website", "website"},
      {"phone", "phone"},
      {"fax", "fax"},
      {"industry", "industry"},
      {"code", "code"},
      {"description", "description"},
      {"street", "street"},
      {"city", "city"},
      {"state", "state"},
      {"country", "country"},
      {"zip", "zip"},
  };
  return words;
}

const std::vector<FieldWord>& product_words() {
  static const std::vector<FieldWord> words{
      {"productName", "name"},          {"productCode", "code"},
      {"productCategory", "category"},  {"unitPrice", "unit_price"},
      {"manufacturer", "manufacturer"}, {"vendorName", "vendor"},
      {"departmentIds", "departments"}, {"ownerId", "owner", Form::id},
      {"isActive", "is_active"},        {"description", "description"},
  };
  return words;
}

const std::vector<FieldWord>& task_words() {
  static const std::vector<FieldWord> words{
      {"subject", "subject"},
      {"description", "description"},
      {"status", "status", Form::label},
      {"priority", "priority", Form::label},
      {"dueDate", "due_at"},
      {"completedTime", "completed_at"},
      {"ownerId", "owner", Form::id},
      {"departmentId", "department", Form::id},
      {"ticketId", "ticket", Form::id},
      {"contactId", "contact", Form::id},
      {"reminder", "remind_at"},
  };
  return words;
}

const std::vector<FieldWord>& event_words() {
  static const std::vector<FieldWord> words{
      {"subject", "subject"},
      {"description", "description"},
      {"startTime", "starts_at"},
      {"endTime", "ends_at"},
      {"location", "place"},
      {"ownerId", "owner", Form::id},
      {"departmentId", "department", Form::id},
      {"ticketId", "ticket", Form::id},
      {"contactId", "contact", Form::id},
      {"reminder", "remind_at"},
  };
  return words;
}

/// Of the messages that are calls: what they are searched by.
const std::vector<FieldWord>& call_words() {
  static const std::vector<FieldWord> words{
      {"ticketId", "ticket", Form::id}, {"ownerId", "author_id", Form::id},
      {"phone", "call_number"},         {"result", "call_result"},
      {"subject", "subject"},           {"description", "plain_text"}};
  return words;
}

const std::vector<FieldWord>& department_words() {
  static const std::vector<FieldWord> words{
      {"name", "name"}, {"description", "description"}, {"isEnabled", "is_enabled"}};
  return words;
}

Result<records::Value> read_value(const records::FieldDef& field, Form form, const Json& json) {
  if (form == Form::label && json.is_string() && !json.as_string().empty()) {
    const std::optional<std::string> name = choice_of(field, json.as_string());
    if (name) return records::Value(*name);
  }
  return records::value_from_json(field, json);
}

/// A custom field by "cf_name", or by its label in the older way.
const records::FieldDef* find_custom(const records::Shape& shape, std::string_view key) {
  if (key.starts_with(custom_prefix)) {
    const records::FieldDef* field = shape.find(key.substr(custom_prefix.size()));
    return field && field->custom ? field : nullptr;
  }
  for (const records::FieldDef& field : shape.fields()) {
    if (field.custom && field.label == key) return &field;
  }
  return nullptr;
}

}  // namespace

const std::vector<FieldWord>& words_of(const records::ModuleDef& module) {
  static const std::vector<FieldWord> none;
  if (module.name == "tickets") return ticket_words();
  if (module.name == "contacts") return contact_words();
  if (module.name == "accounts") return account_words();
  if (module.name == "products") return product_words();
  if (module.name == "tasks") return task_words();
  if (module.name == "appointments") return event_words();
  if (module.name == "threads") return call_words();
  if (module.name == "departments") return department_words();
  return none;
}

const FieldWord* find_word(const records::ModuleDef& module, std::string_view key) {
  for (const FieldWord& word : words_of(module)) {
    if (word.key == key) return &word;
  }
  return nullptr;
}

std::string key_of_field(const records::ModuleDef& module, std::string_view field) {
  for (const FieldWord& word : words_of(module)) {
    if (word.field == field) return std::string(word.key);
  }
  return std::string(field);
}

namespace {

/// A label that comes with Tandem as the dialect writes it; one that people gave is theirs.
std::string written(const records::ChoiceOption& choice) {
  if (choice.name == "on_hold" && choice.label == "On hold") return "On Hold";
  if (choice.name == "not_started" && choice.label == "Not started") return "Not Started";
  if (choice.name == "in_progress" && choice.label == "In progress") return "In Progress";
  return choice.label;
}

}  // namespace

std::string label_of(const records::FieldDef& field, const std::string& name) {
  for (const records::ChoiceOption& choice : field.choices) {
    if (choice.name == name) return written(choice);
  }
  return name == "email" && field.name == "channel" ? "Email" : name;
}

std::optional<std::string> choice_of(const records::FieldDef& field, std::string_view text) {
  for (const records::ChoiceOption& choice : field.choices) {
    if (equal_ignoring_ascii_case(choice.label, text) ||
        equal_ignoring_ascii_case(choice.name, text) ||
        equal_ignoring_ascii_case(label_of(field, choice.name), text)) {
      return choice.name;
    }
  }
  return std::nullopt;
}

namespace {

/// What a body brings, and everything that is wrong with it.
struct ReadBody {
  records::Changes changes;
  std::vector<FieldFault> faults;

  void take(const records::FieldDef& field, Form form, const Json& json) {
    Result<records::Value> value = read_value(field, form, json);
    if (value) {
      changes.set(field.name, std::move(*value));
      return;
    }
    const Refusal& refusal = value.error();
    faults.push_back(
        {field.custom ? "cf/cf_" + field.name : field.name, refusal.code, refusal.message});
  }
};

}  // namespace

Result<records::Changes> changes_from_body(const records::Shape& shape, const JsonObject& body) {
  ReadBody read;
  for (const FieldWord& word : words_of(shape.module())) {
    const Json* json = body.if_contains(word.key);
    const records::FieldDef* field = shape.find(word.field);
    // What the program writes is left aside: clients send whole objects back.
    if (!json || !field || field->written_by == records::WrittenBy::system) continue;
    read.take(*field, word.form, *json);
  }
  for (const std::string_view group : {"cf", "customFields"}) {
    const Json* custom = body.if_contains(group);
    if (!custom || !custom->is_object()) continue;
    for (const auto& pair : custom->as_object()) {
      const records::FieldDef* field = find_custom(shape, pair.key());
      if (field) read.take(*field, Form::label, pair.value());
    }
  }
  if (!read.faults.empty()) return invalid(std::move(read.faults));
  return std::move(read.changes);
}

bool is_in_body(const records::FieldDef& field, const records::Shape& shape,
                const JsonObject& body) {
  if (!field.custom) return body.contains(key_of_field(shape.module(), field.name));
  for (const std::string_view group : {"cf", "customFields"}) {
    const Json* custom = body.if_contains(group);
    if (!custom || !custom->is_object()) continue;
    for (const auto& pair : custom->as_object()) {
      if (find_custom(shape, pair.key()) == &field) return true;
    }
  }
  return false;
}

Result<records::Changes> new_values_from_body(const records::Shape& shape, const JsonObject& body) {
  Result<records::Changes> values = changes_from_body(shape, body);
  if (values) return values;
  std::vector<FieldFault> faults = operations::faults_of(values.error());
  operations::add_missing_values(
      shape, [&](const records::FieldDef& field) { return is_in_body(field, shape, body); },
      faults);
  return invalid(std::move(faults));
}

}  // namespace tandem::api::desk_dialect
