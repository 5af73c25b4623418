#include "desk/notifications/notification_templates.h"

#include <fmt/format.h>

#include "access/audit.h"
#include "access/people.h"
#include "base/text.h"

namespace tandem::desk {

namespace {

using access::Actor;

struct Part {
  std::string field;
  const std::string& words;
  int64_t chars_max;
};

Result<void> check_part(const Part& part) {
  if (trim(part.words).empty()) return invalid(part.field, "required", "Write the text first.");
  if (count_chars(part.words) > part.chars_max) {
    return invalid(part.field, "too_long",
                   fmt::format("Shorten the text to {} characters.", part.chars_max));
  }
  return check_placeholders(part.field, part.words, placeholders());
}

Result<void> may_write_template(const Actor& actor, NotificationEvent event,
                                const std::string& locale) {
  TRY(access::require_duty(actor, access::Duty::manage_departments));
  if (is_template_fixed(event)) {
    return conflict("fixed_template",
                    "The text about a shared ticket can't be changed; it is the same everywhere.",
                    "event");
  }
  if (access::is_locale(locale)) return {};
  return invalid("locale", "not_a_choice", "Choose en, ja, zh or pt.");
}

}  // namespace

const std::vector<std::string>& placeholders() {
  static const std::vector<std::string> names{"ticket.number", "ticket.subject", "agent.name",
                                              "department.name", "link"};
  return names;
}

bool is_template_fixed(NotificationEvent event) {
  return event == NotificationEvent::shared_ticket_received;
}

NotificationTemplate template_of(db::Transaction& tx, OrgId org, NotificationEvent event,
                                 std::string_view locale) {
  NotificationTemplate words = built_in_template(event, locale);
  if (is_template_fixed(event)) return words;
  const std::optional<db::Row> row = tx.row(
      "SELECT subject, text, sms_text FROM notification_templates WHERE org_id = $1 "
      "AND event = $2 AND locale = $3",
      {org.value, db::arg(word(event)), words.locale});
  if (!row) return words;
  words.subject = row->text(0);
  words.text = row->text(1);
  words.sms_text = row->text(2);
  words.is_own = true;
  return words;
}

Result<std::vector<NotificationTemplate>> list_notification_templates(db::Transaction& tx,
                                                                      const Actor& actor) {
  TRY(access::require_duty(actor, access::Duty::manage_departments));
  std::vector<NotificationTemplate> templates;
  for (const NotificationEvent event : notification_events()) {
    for (const char* const locale : {"en", "ja", "zh", "pt"}) {
      templates.push_back(template_of(tx, actor.org, event, locale));
    }
  }
  return templates;
}

Result<NotificationTemplate> write_notification_template(db::Transaction& tx, const Actor& actor,
                                                         const NotificationTemplate& wanted) {
  TRY(may_write_template(actor, wanted.event, wanted.locale));
  TRY(check_part({"subject", wanted.subject, template_subject_chars_max}));
  if (wanted.subject.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos) {
    return invalid("subject", "line_break", "Write the subject in one line.");
  }
  TRY(check_part({"text", wanted.text, template_text_chars_max}));
  TRY(check_part({"sms_text", wanted.sms_text, template_sms_chars_max}));
  tx.execute(
      "INSERT INTO notification_templates (org_id, event, locale, subject, text, sms_text) "
      "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (org_id, event, locale) DO UPDATE SET "
      "subject = excluded.subject, text = excluded.text, sms_text = excluded.sms_text",
      {actor.org.value, db::arg(word(wanted.event)), wanted.locale, wanted.subject, wanted.text,
       wanted.sms_text});
  access::audit(tx, actor, "notification_template_changed",
                fmt::format("{} ({})", word(wanted.event), wanted.locale));
  return template_of(tx, actor.org, wanted.event, wanted.locale);
}

Result<NotificationTemplate> reset_notification_template(db::Transaction& tx, const Actor& actor,
                                                         NotificationEvent event,
                                                         const std::string& locale) {
  TRY(may_write_template(actor, event, locale));
  const int64_t removed = tx.execute(
      "DELETE FROM notification_templates WHERE org_id = $1 AND event = $2 AND locale = $3",
      {actor.org.value, db::arg(word(event)), locale});
  if (removed > 0) {
    access::audit(tx, actor, "notification_template_reset",
                  fmt::format("{} ({})", word(event), locale));
  }
  return template_of(tx, actor.org, event, locale);
}

}  // namespace tandem::desk
