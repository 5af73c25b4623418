#include "desk/notifications/notification_templates.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "access/audit.h"
#include "access/people.h"
#include "base/text.h"

namespace tandem::desk {

namespace {

using access::Actor;

constexpr size_t placeholder_bytes_max = 32;

bool is_of_a_name(char c) { return (c >= 'a' && c <= 'z') || c == '_' || c == '.'; }

/// The name in braces that begins at `at`; "" when none does.
std::string_view name_at(std::string_view words, size_t at) {
  if (words[at] != '{') return "";
  size_t end = at + 1;
  while (end < words.size() && end - at <= placeholder_bytes_max && is_of_a_name(words[end])) ++end;
  if (end >= words.size() || words[end] != '}') return "";
  return words.substr(at + 1, end - at - 1);
}

/// The first name in braces that is no placeholder; "" when there is none.
std::string_view unknown_placeholder(std::string_view words) {
  for (size_t at = 0; at < words.size(); ++at) {
    const std::string_view name = name_at(words, at);
    if (name.empty()) continue;
    const std::vector<std::string>& known = placeholders();
    if (std::find(known.begin(), known.end(), name) == known.end()) return name;
  }
  return "";
}

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
  const std::string_view unknown = unknown_placeholder(part.words);
  if (unknown.empty()) return {};
  return invalid(part.field, "unknown_placeholder",
                 fmt::format("There is no placeholder {{{}}}. Use {{{}}}.", unknown,
                             join(placeholders(), "}, {")));
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

std::string filled(std::string_view words, const PlaceholderValues& values) {
  std::string text;
  for (size_t at = 0; at < words.size(); ++at) {
    const std::string_view name = name_at(words, at);
    const auto value = name.empty() ? values.end() : values.find(name);
    if (value == values.end()) {
      text += words[at];
      continue;
    }
    text += value->second;
    at += name.size() + 1;
  }
  return text;
}

std::string filled_line(std::string_view words, const PlaceholderValues& values) {
  std::string line = filled(words, values);
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  return std::string(trim(line));
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
