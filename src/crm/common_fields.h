#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"
#include "records/module.h"
#include "records/record.h"

// Fields and rules that the modules of the sales side have in common.

namespace tandem::crm {

/// Joins the groups in their order.
std::vector<records::FieldDef> joined(std::initializer_list<std::vector<records::FieldDef>> groups);

/// "mailing_street", "mailing_city", "mailing_state", "mailing_zip", "mailing_country"; an empty
/// prefix gives "street" and so on.
std::vector<records::FieldDef> address_fields(const std::string& prefix, const std::string& label);
/// owner, tags, description: what every record that people work on has.
std::vector<records::FieldDef> working_fields();
records::FieldDef lead_source_field();
records::FieldDef industry_field();
records::FieldDef rating_field();
records::FieldDef salutation_field();
records::FieldDef link_field(const std::string& name, const std::string& label,
                             const std::string& module);

/// People of the organisation see it; customers nothing.
records::Filter visible_to_members(const access::Actor& actor);

/// A merged record comes back only by undoing the merge. The act_rule of modules that merge.
Result<void> merged_act_rule(const access::Actor& actor, const records::Record& record,
                             std::string_view act);

/// Who makes a record owns it, when nobody else is named; an owner is an active member. Refuses
/// with invalid "not_active".
Result<void> it_has_an_owner(records::Change& change);

}  // namespace tandem::crm
