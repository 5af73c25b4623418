#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "desk/notifications/notification_rules.h"
#include "desk/notifications/placeholders.h"

// The words of notifications by mail and SMS: the program's own in four languages, and an
// organisation's where it wrote some. Manual, Notification rules 3.1.

namespace tandem::desk {

constexpr int64_t template_subject_chars_max = 200;
constexpr int64_t template_text_chars_max = 4'000;
constexpr int64_t template_sms_chars_max = 300;

struct NotificationTemplate {
  NotificationEvent event = NotificationEvent::new_ticket;
  std::string locale = "en";
  std::string subject;
  std::string text;
  std::string sms_text;
  bool is_own = false;  // written by the organisation
};

/// "ticket.number", "ticket.subject", "agent.name", "department.name" and "link".
const std::vector<std::string>& placeholders();

/// The words about a shared ticket stay as they are (S083).
bool is_template_fixed(NotificationEvent event);

/// The program's own words. An unknown language is English.
NotificationTemplate built_in_template(NotificationEvent event, std::string_view locale);
/// The words that hold in the organisation. For the room itself.
NotificationTemplate template_of(db::Transaction& tx, OrgId org, NotificationEvent event,
                                 std::string_view locale);

/// Settings: each event in each language. Refuse: forbidden (manage_departments), conflict
/// "fixed_template" (S083), invalid (subject, text, sms_text: empty, too long, a placeholder that
/// is none; locale).
Result<std::vector<NotificationTemplate>> list_notification_templates(db::Transaction& tx,
                                                                      const access::Actor& actor);
Result<NotificationTemplate> write_notification_template(db::Transaction& tx,
                                                         const access::Actor& actor,
                                                         const NotificationTemplate& wanted);
/// Back to the program's own words; answers them.
Result<NotificationTemplate> reset_notification_template(db::Transaction& tx,
                                                         const access::Actor& actor,
                                                         NotificationEvent event,
                                                         const std::string& locale);

}  // namespace tandem::desk
