#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "access/actor.h"
#include "base/json.h"
#include "records/record.h"

// How a department fills in its tickets: which fields, in which sections and order, which of them
// are required, and what they hold at first. Fields that a layout leaves out are not offered; their
// values stay and other ways may write them. Manual, Layouts.

namespace tandem::desk {

constexpr size_t layout_sections_max = 20;
constexpr int64_t layout_label_chars_max = 100;
constexpr size_t layout_bytes_max = 100'000;

/// When a field must have a value.
enum class Asked { never, to_close, always };
std::string_view word(Asked asked);

struct LayoutField {
  std::string name;
  Asked asked = Asked::never;
};

struct LayoutSection {
  std::string label;  // "" is the usual heading
  std::vector<LayoutField> fields;
};

struct Layout {
  RecordId department;
  bool is_own = false;  // made for the department; otherwise all fields, as every ticket has them
  std::vector<LayoutSection> sections;
  /// By field, also custom ones: what a new ticket holds where nothing else is given.
  std::map<std::string, records::Value, std::less<>> defaults;
};

/// The layout of tickets in a department, its own or the usual one. What the definition of tickets
/// has come to ask for since it was made stands in it, too; what is gone does not.
Layout layout_of(db::Transaction& tx, const records::Shape& tickets, OrgId org,
                 RecordId department);
/// The same for who reads it: fields that are hidden from the role are left out. Refuses with
/// not_found a department that is not there.
Result<Layout> read_layout(db::Transaction& tx, const access::Actor& actor, RecordId department);

/// Departments that have a layout of their own.
std::vector<int64_t> departments_with_layout(db::Transaction& tx, OrgId org);

/// Makes the layout of a department: {"sections":[{"label","fields":[{"name","required"}]}],
/// "defaults":{field: value}}. Refuses: forbidden (manage_fields), not_found, invalid (`sections`,
/// `defaults`): unknown fields, one twice, one left out that every ticket must have, values that do
/// not fit; too_large (`defaults`).
Result<Layout> save_layout(db::Transaction& tx, const access::Actor& actor, RecordId department,
                           const JsonObject& body);
/// Back to the usual one. Refuses: forbidden (manage_fields), not_found a department without its
/// own.
Result<void> remove_layout(db::Transaction& tx, const access::Actor& actor, RecordId department);
void forget_layout(db::Transaction& tx, OrgId org, RecordId department);

/// A rule of tickets: a new one gets the defaults; agents fill in what is asked, when they make a
/// ticket and when they close it, and do not empty it. What comes in by itself is not asked.
Result<void> the_layout_is_kept(records::Change& ticket);

}  // namespace tandem::desk
