#pragma once

#include <optional>

#include "access/actor.h"
#include "records/record.h"

// A lead that is worth it becomes a contact of an account, and a deal with them. Manual, Leads.

namespace tandem::crm {

/// What lies on a lead, its notes, files and activities, moves in the one write; more than this
/// refuses with conflict "too_much_to_move".
constexpr int moved_parts_max = 1'000;

enum class Tags { carried_over, left_behind };

struct LeadConversion {
  RecordId contact = {};  // an existing one, which keeps what it says; 0 makes a new one
  RecordId account = {};  // an existing one; 0 takes the one named as the company, or makes it
  RecordId owner = {};    // of what is made; 0 leaves it to the lead's owner
  std::optional<records::Changes> deal = {};  // nothing makes no deal
  Tags tags = Tags::carried_over;
};

struct ConvertedLead {
  records::Record contact = {};
  records::Record account = {};
  std::optional<records::Record> deal = {};
  /// Values of the lead that the role does not show stayed there alone, because the fields that
  /// they would go to are shown to it.
  bool stays_hidden = false;
};

/// Refuses: forbidden (no right to change the lead or to make what it becomes; "hidden_field": the
/// name or the company is hidden and nothing was chosen instead), not_found, conflict
/// "already_converted", invalid (contact, account, owner, and what a deal refuses).
Result<ConvertedLead> convert_lead(db::Transaction& tx, const access::Actor& actor, RecordId lead,
                                   const LeadConversion& conversion);

}  // namespace tandem::crm
