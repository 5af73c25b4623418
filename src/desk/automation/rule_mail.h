#pragma once

#include <string>

#include "desk/desk.h"
#include "records/record.h"

namespace tandem::desk {

/// At most so many mails go to a ticket's customer by rules within a day, so that two machines
/// never write to each other for long.
constexpr int64_t rule_mails_per_day_max = 1;

/// Answers the ticket by mail in the rule's name: {ticket.number}, {ticket.subject},
/// {contact.name} and {department.name} are filled in. The mail says of itself that a program
/// wrote it. Refuses as send_reply does, and with conflict "mailed_today". Manual, Automation 3.5.
Result<void> mail_customer(db::Transaction& tx, const Desk& desk, const access::Actor& rule,
                           const records::Record& ticket, const std::string& html);

}  // namespace tandem::desk
