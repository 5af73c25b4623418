#include "desk/automation/rule_mail.h"

#include "base/text.h"
#include "desk/conversation/replies.h"
#include "desk/modules.h"
#include "desk/notifications/notification_templates.h"

namespace tandem::desk {

namespace {

std::string title_of(db::Transaction& tx, OrgId org, const records::ModuleDef& module,
                     RecordId id) {
  if (!id) return "";
  const auto titles = records::link_titles(tx, org, module, {id.value});
  return titles.empty() ? "" : titles.front().title;
}

PlaceholderValues values_for(db::Transaction& tx, OrgId org, const records::Record& ticket) {
  PlaceholderValues values{
      {"ticket.number", std::to_string(ticket.get("number").number())},
      {"ticket.subject", ticket.get("subject").text()},
      {"contact.name", title_of(tx, org, contacts_module(), ticket.get("contact").id())},
      {"department.name", title_of(tx, org, departments_module(), ticket.get("department").id())}};
  for (auto& [name, value] : values) value = escape_html(value);
  return values;
}

int64_t mails_by_rules_today(db::Transaction& tx, OrgId org, RecordId ticket) {
  return tx.integer(
      "SELECT COUNT(*) FROM threads WHERE org_id = $1 AND ticket = $2 AND direction = 'out' "
      "AND author_kind = 'system' AND sent_at > $3 AND deleted_at IS NULL",
      {org.value, ticket.value, tx.now().ms - day_ms});
}

}  // namespace

Result<void> mail_customer(db::Transaction& tx, const Desk& desk, const access::Actor& rule,
                           const records::Record& ticket, const std::string& html) {
  if (mails_by_rules_today(tx, rule.org, ticket.id) >= rule_mails_per_day_max) {
    return conflict("mailed_today", "A rule wrote to this customer within the last day.");
  }
  ReplyRequest request;
  request.html = filled(sanitise_html(html), values_for(tx, rule.org, ticket));
  TRY(send_reply(tx, desk, rule, ticket.id, request));
  return {};
}

}  // namespace tandem::desk
