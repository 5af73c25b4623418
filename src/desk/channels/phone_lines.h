#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"
#include "desk/desk.h"

// Telephone systems that tell us of calls, each by an address and a secret of its own. Manual,
// Telephone 2.1.

namespace tandem::desk {

constexpr size_t phone_lines_max = 50;

struct PhoneLine {
  RecordId id;
  OrgId org;
  std::string key;  // of its address
  std::string name;
  RecordId department;
  std::string takes = "every";    // which calls are noted: every, answered, missed
  bool joins_open_ticket = true;  // else each call makes a ticket
  bool is_enabled = true;
};

struct PhoneLineWithSecret {
  PhoneLine line;
  std::string secret;  // shown once
};

Result<std::vector<PhoneLine>> list_phone_lines(db::Transaction& tx, const access::Actor& actor);
/// Refuse: forbidden (manage_mailboxes), invalid (name, department, takes), conflict (too many),
/// not_found.
Result<PhoneLineWithSecret> add_phone_line(db::Transaction& tx, const Desk& desk,
                                           const access::Actor& actor, const PhoneLine& line);
Result<PhoneLine> change_phone_line(db::Transaction& tx, const access::Actor& actor,
                                    const PhoneLine& line);
Result<void> remove_phone_line(db::Transaction& tx, const access::Actor& actor, RecordId id);
Result<PhoneLine> read_phone_line(db::Transaction& tx, const access::Actor& actor, RecordId id);
/// The one before stops working at once.
Result<std::string> renew_phone_secret(db::Transaction& tx, const Desk& desk,
                                       const access::Actor& actor, RecordId id);

/// For the webhook. Asks no right; nothing when the secret of the program no longer opens it.
std::optional<PhoneLineWithSecret> find_phone_line(db::Transaction& tx, const Desk& desk,
                                                   std::string_view key);

}  // namespace tandem::desk
