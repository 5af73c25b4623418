#include "crm/common_fields.h"

#include "access/agents.h"
#include "crm/owners.h"
#include "operations/merging.h"

namespace tandem::crm {

namespace {

using records::FieldDef;
using records::FieldKind;

}  // namespace

std::vector<FieldDef> joined(std::initializer_list<std::vector<FieldDef>> groups) {
  std::vector<FieldDef> fields;
  for (const std::vector<FieldDef>& group : groups)
    fields.insert(fields.end(), group.begin(), group.end());
  return fields;
}

std::vector<FieldDef> address_fields(const std::string& prefix, const std::string& label) {
  const auto part = [&](const char* name, const char* part_label, int max_chars) {
    FieldDef field;
    field.name = prefix.empty() ? name : prefix + "_" + name;
    field.label = label.empty() ? part_label : label + " " + part_label;
    if (!label.empty()) field.label[label.size() + 1] |= 0x20;
    field.max_chars = max_chars;
    return field;
  };
  return {part("street", "Street", 250), part("city", "City", 120), part("state", "State", 120),
          part("zip", "ZIP code", 30), part("country", "Country", 120)};
}

std::vector<FieldDef> working_fields() {
  return {
      {.name = "owner", .label = "Owner", .kind = FieldKind::user, .link_to = "agents"},
      {.name = "tags", .label = "Tags", .kind = FieldKind::tags, .max_chars = 50},
      {.name = "description",
       .label = "Description",
       .kind = FieldKind::long_text,
       .max_chars = 32'000},
  };
}

FieldDef lead_source_field() {
  return {.name = "lead_source",
          .label = "Lead source",
          .kind = FieldKind::choice,
          .choices = {{"advertisement", "Advertisement"},
                      {"cold_call", "Cold Call"},
                      {"employee_referral", "Employee Referral"},
                      {"external_referral", "External Referral"},
                      {"online_store", "Online Store"},
                      {"partner", "Partner"},
                      {"public_relations", "Public Relations"},
                      {"sales_email_alias", "Sales Email Alias"},
                      {"seminar_partner", "Seminar Partner"},
                      {"internal_seminar", "Internal Seminar"},
                      {"trade_show", "Trade Show"},
                      {"web_download", "Web Download"},
                      {"web_research", "Web Research"},
                      {"chat", "Chat"}}};
}

FieldDef industry_field() {
  return {.name = "industry",
          .label = "Industry",
          .kind = FieldKind::choice,
          .choices = {{"agriculture", "Agriculture"},
                      {"communications", "Communications"},
                      {"consulting", "Consulting"},
                      {"education", "Education"},
                      {"energy", "Energy"},
                      {"financial_services", "Financial Services"},
                      {"government", "Government"},
                      {"health_care", "Health Care"},
                      {"hospitality", "Hospitality"},
                      {"manufacturing", "Manufacturing"},
                      {"media", "Media"},
                      {"real_estate", "Real Estate"},
                      {"retail", "Retail"},
                      {"technology", "Technology"},
                      {"transportation", "Transportation"},
                      {"other", "Other"}}};
}

FieldDef rating_field() {
  return {.name = "rating",
          .label = "Rating",
          .kind = FieldKind::choice,
          .choices = {{"acquired", "Acquired"},
                      {"active", "Active"},
                      {"market_failed", "Market Failed"},
                      {"project_cancelled", "Project Cancelled"},
                      {"shut_down", "Shut Down"}}};
}

FieldDef salutation_field() {
  return {.name = "salutation",
          .label = "Salutation",
          .kind = FieldKind::choice,
          .choices = {{"mr", "Mr."},
                      {"mrs", "Mrs."},
                      {"ms", "Ms."},
                      {"mx", "Mx."},
                      {"dr", "Dr."},
                      {"prof", "Prof."}}};
}

FieldDef link_field(const std::string& name, const std::string& label, const std::string& module) {
  return {.name = name, .label = label, .kind = FieldKind::link, .link_to = module};
}

records::Filter visible_to_members(const access::Actor& actor) {
  return actor.kind == access::ActorKind::contact ? records::nothing() : records::everything();
}

Result<void> merged_act_rule(const access::Actor& /*actor*/, const records::Record& record,
                             std::string_view act) {
  return operations::merged_stays_away(record, act);
}

bool may_own(db::Transaction& tx, OrgId org, RecordId agent) {
  const std::optional<access::Agent> found = access::find_agent(tx, org, agent);
  return found && found->status == access::AgentStatus::active;
}

Result<void> it_has_an_owner(records::Change& change) {
  const bool is_written =
      change.verb == records::Verb::created || change.verb == records::Verb::updated;
  if (!is_written) return {};
  if (change.is_new() && change.get("owner").is_null() && change.actor.is_agent())
    change.set("owner", change.actor.id);
  const RecordId owner = change.get("owner").id();
  if (!owner || !change.changes("owner")) return {};
  if (may_own(change.tx, change.org, owner)) return {};
  return invalid("owner", "not_active", "Choose a colleague who is active.");
}

}  // namespace tandem::crm
