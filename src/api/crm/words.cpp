#include "api/crm/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"

namespace tandem::api::crm_dialect {

namespace {

using records::FieldDef;
using records::FieldKind;

struct ModuleName {
  std::string_view module;
  std::string_view crm;
  std::string_view bigin;
};
constexpr std::array module_names{
    ModuleName{"leads", "Leads", ""},
    ModuleName{"contacts", "Contacts", "Contacts"},
    ModuleName{"accounts", "Accounts", "Accounts"},
    ModuleName{"deals", "Deals", "Pipelines"},
    ModuleName{"products", "Products", "Products"},
    ModuleName{"campaigns", "Campaigns", ""},
    ModuleName{"tasks", "Tasks", "Tasks"},
    ModuleName{"events", "Events", "Events"},
    ModuleName{"calls", "Calls", "Calls"},
    ModuleName{"notes", "Notes", "Notes"},
    ModuleName{"attachments", "Attachments", "Attachments"},
};

/// Where the dialect's word is not our name with capitals. "" leaves the field out.
const std::map<std::string_view, std::string_view>& words_of(std::string_view module) {
  using Words = std::map<std::string_view, std::string_view>;
  static const Words activity{{"contact", "Who_Id"}, {"tags", "Tag"}, {"reminded_at", ""}};
  static const auto with_activity = [](Words words) {
    words.insert(activity.begin(), activity.end());
    return words;
  };
  static const std::map<std::string_view, Words> all{
      {"leads",
       {{"zip", "Zip_Code"},
        {"employees", "No_of_Employees"},
        {"tags", "Tag"},
        {"converted_at", "Converted_Date_Time"},
        {"converted_contact", "Converted_Contact"},
        {"converted_account", "Converted_Account"},
        {"converted_deal", "Converted_Deal"},
        {"merged_into", ""}}},
      {"contacts",
       {{"account", "Account_Name"},
        {"job_title", "Title"},
        {"reports_to", "Reporting_To"},
        {"tags", "Tag"},
        {"merged_into", ""}}},
      {"accounts",
       {{"name", "Account_Name"},
        {"sic_code", "SIC_Code"},
        {"billing_zip", "Billing_Code"},
        {"shipping_zip", "Shipping_Code"},
        {"tags", "Tag"},
        {"merged_into", ""}}},
      {"deals",
       {{"name", "Deal_Name"},
        {"account", "Account_Name"},
        {"contact", "Contact_Name"},
        {"closes_on", "Closing_Date"},
        {"deal_type", "Type"},
        {"campaign", "Campaign_Source"},
        {"outcome", ""},
        {"stage_changed_at", "Stage_Modified_Time"},
        {"closed_at", "Closed_Time"},
        {"reason_for_loss", "Reason_For_Loss__s"},
        {"tags", "Tag"}}},
      {"products",
       {{"name", "Product_Name"},
        {"code", "Product_Code"},
        {"is_active", "Product_Active"},
        {"category", "Product_Category"},
        {"vendor", "Vendor_Name"},
        {"is_taxable", "Taxable"},
        {"quantity_in_stock", "Qty_in_Stock"},
        {"quantity_ordered", "Qty_Ordered"},
        {"tags", "Tag"}}},
      {"campaigns",
       {{"name", "Campaign_Name"},
        {"campaign_type", "Type"},
        {"starts_on", "Start_Date"},
        {"ends_on", "End_Date"},
        {"numbers_sent", "Num_sent"},
        {"tags", "Tag"}}},
      {"tasks", with_activity({{"due_on", "Due_Date"}, {"completed_at", "Closed_Time"}})},
      {"events", with_activity({{"subject", "Event_Title"},
                                {"starts_at", "Start_DateTime"},
                                {"ends_at", "End_DateTime"},
                                {"is_all_day", "All_day"}})},
      {"calls", with_activity({{"starts_at", "Call_Start_Time"}, {"duration_s", "Call_Duration"}})},
      {"notes", {{"content", "Note_Content"}}},
      {"attachments",
       {{"name", "File_Name"}, {"content_type", ""}, {"file", ""}, {"url", "$link_url"}}},
  };
  static const Words none;
  const auto at = all.find(module);
  return at == all.end() ? none : at->second;
}

std::string api_name(Edition edition, const records::ModuleDef& module, const FieldDef& field) {
  if (module.name == "deals" && field.name == "pipeline")
    return edition == Edition::crm ? "Pipeline" : "Sub_Pipeline";
  if (module.name == "deals" && field.name == "team_pipeline")
    return edition == Edition::crm ? "" : "Pipeline";
  const auto& words = words_of(module.name);
  const auto at = words.find(field.name);
  if (at != words.end() && !field.custom) return std::string(at->second);
  return capitalised(field.name);
}

Form form_of(const records::ModuleDef& module, const FieldDef& field) {
  if (module.name == "deals" && (field.name == "stage" || field.name == "pipeline"))
    return Form::name;
  if (module.name == "calls" && field.name == "duration_s") return Form::duration;
  if (module.name == "events" && field.name == "participants") return Form::addresses;
  if (module.name == "attachments" && field.name == "size") return Form::text;
  switch (field.kind) {
    case FieldKind::number: return Form::number;
    case FieldKind::decimal:
    case FieldKind::money: return Form::real;
    case FieldKind::boolean: return Form::flag;
    case FieldKind::date: return Form::day;
    case FieldKind::instant: return Form::moment;
    case FieldKind::choice: return Form::label;
    case FieldKind::multi_choice: return Form::labels;
    case FieldKind::tags: return Form::tags;
    case FieldKind::link: return Form::lookup;
    case FieldKind::user: return Form::person;
    default: return Form::text;
  }
}

std::optional<Relation> relation_of(Edition edition, const records::Shape& shape) {
  const std::string& module = shape.module().name;
  Relation relation;
  std::vector<std::string> named;
  if (module == "notes" || module == "attachments") {
    relation.api_name = "Parent_Id";
    relation.module_key = "$se_module";
    named = {"lead", "contact", "account", "deal", "product", "campaign", "task", "event", "call"};
    if (module == "attachments") named.emplace_back("note");
  } else if (module == "tasks" || module == "events" || module == "calls") {
    const bool is_crm = edition == Edition::crm;
    relation.api_name = is_crm ? "What_Id" : "Related_To";
    relation.module_key = is_crm ? "$se_module" : "$related_module";
    named = {"account", "deal", "product", "campaign", "lead"};
    if (!is_crm) named.emplace_back("contact");
  } else {
    return std::nullopt;
  }
  for (std::string& field : named)
    if (shape.find(field) != nullptr) relation.fields.push_back(std::move(field));
  return relation;
}

bool is_in(const std::optional<Relation>& relation, const std::string& field) {
  return relation && std::find(relation->fields.begin(), relation->fields.end(), field) !=
                         relation->fields.end();
}

struct SystemWord {
  std::string_view api_name;
  std::string_view field;
};
constexpr std::array system_words{
    SystemWord{"id", "id"},
    SystemWord{"Created_Time", "created_at"},
    SystemWord{"Modified_Time", "updated_at"},
    SystemWord{"Last_Activity_Time", "updated_at"},
    SystemWord{"Created_By", "created_by"},
    SystemWord{"Modified_By", "updated_by"},
    SystemWord{"Full_Name", "title"},
};

/// What stands in records and items beside their fields.
constexpr std::array words_beside_fields{
    "What_Id", "Related_To",         "Parent_Id",           "Contact_Role", "Member_Status",
    "Tag",     "Secondary_Contacts", "Associated_Products", "Locked__s",    "Record_Status__s"};

bool same_word(std::string_view a, std::string_view b) { return ascii_lower(a) == ascii_lower(b); }

}  // namespace

std::string_view data_type_of(const FieldDef& field, Form form) {
  switch (form) {
    case Form::number: return "integer";
    case Form::real: return field.kind == FieldKind::money ? "currency" : "double";
    case Form::flag: return "boolean";
    case Form::day: return "date";
    case Form::moment: return "datetime";
    case Form::label:
    case Form::name: return "picklist";
    case Form::labels: return "multiselectpicklist";
    case Form::lookup: return "lookup";
    case Form::lookups: return "multiselectlookup";
    case Form::person: return "ownerlookup";
    case Form::tags: return "text";
    case Form::duration: return "text";
    case Form::addresses: return "bigint";
    case Form::text: break;
  }
  switch (field.kind) {
    case FieldKind::long_text:
    case FieldKind::rich_text: return "textarea";
    case FieldKind::email: return "email";
    case FieldKind::phone: return "phone";
    case FieldKind::url: return "website";
    case FieldKind::auto_number: return "autonumber";
    default: return "text";
  }
}

std::string_view json_type_of(Form form) {
  switch (form) {
    case Form::number: return "integer";
    case Form::real: return "double";
    case Form::flag: return "boolean";
    case Form::lookup:
    case Form::person: return "jsonobject";
    case Form::labels:
    case Form::lookups:
    case Form::tags:
    case Form::addresses: return "jsonarray";
    default: return "string";
  }
}

ModuleWords::ModuleWords(Edition edition, const records::Shape& shape)
    : edition_(edition), shape_(shape), relation_(relation_of(edition, shape)) {
  const records::ModuleDef& module = shape.module();
  for (size_t index = 0; index < shape.fields().size(); ++index) {
    const FieldDef& field = shape.fields()[index];
    std::string name = api_name(edition, module, field);
    if (name.empty() || is_in(relation_, field.name)) continue;
    if (field.custom) name = free_word(std::move(name));
    fields_.push_back({std::move(name), &field, index, form_of(module, field)});
  }
}

std::string ModuleWords::free_word(std::string word) const {
  const auto is_taken = [&](const std::string& one) {
    return find(one) || !system_field_of(one).empty() ||
           std::any_of(words_beside_fields.begin(), words_beside_fields.end(),
                       [&](std::string_view beside) { return same_word(beside, one); });
  };
  std::string free = word;
  for (int number = 1; is_taken(free); ++number) free = fmt::format("{}_{}", word, number);
  return free;
}

const FieldWord* ModuleWords::find(std::string_view api_name) const {
  for (const FieldWord& word : fields_)
    if (same_word(word.api_name, api_name)) return &word;
  return nullptr;
}

std::string ModuleWords::api_name_of(std::string_view field) const {
  for (const FieldWord& word : fields_)
    if (word.field->name == field) return word.api_name;
  for (const SystemWord& word : system_words)
    if (word.field == field) return std::string(word.api_name);
  if (relation_ && is_in(relation_, std::string(field))) return relation_->api_name;
  return std::string(field);
}

std::string ModuleWords::field_of(std::string_view api_name) const {
  if (const FieldWord* word = find(api_name)) return word->field->name;
  const std::string_view field = system_field_of(api_name);
  return shape_.find(field) ? "" : std::string(field);
}

std::string_view system_field_of(std::string_view api_name) {
  for (const SystemWord& word : system_words)
    if (same_word(word.api_name, api_name)) return word.field;
  return "";
}

std::string capitalised(std::string_view name) {
  std::string word(name);
  bool begins = true;
  for (char& letter : word) {
    if (begins && letter >= 'a' && letter <= 'z') letter = char(letter - 0x20);
    begins = letter == '_';
  }
  return word;
}

std::string_view service_word(Edition edition) {
  return edition == Edition::crm ? "ZohoCRM" : "ZohoBigin";
}

std::string module_word(Edition edition, const records::ModuleDef& module) {
  for (const ModuleName& name : module_names)
    if (name.module == module.name)
      return std::string(edition == Edition::crm ? name.crm : name.bigin);
  return "";
}

const records::ModuleDef* module_of_word(const records::Catalogue& catalogue, Edition edition,
                                         std::string_view word) {
  for (const ModuleName& name : module_names) {
    const std::string_view own = edition == Edition::crm ? name.crm : name.bigin;
    const bool is_older = edition == Edition::bigin && name.module == "deals";
    if (own.empty()) continue;
    if (same_word(own, word) || (is_older && same_word(name.crm, word)))
      return catalogue.find(name.module);
  }
  return nullptr;
}

std::string moment_text(Instant at) {
  const std::string iso = to_iso(at);  // 2026-11-22T10:40:00.000Z
  return iso.substr(0, 19) + "+00:00";
}

}  // namespace tandem::api::crm_dialect
