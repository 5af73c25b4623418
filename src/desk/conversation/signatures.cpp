#include "desk/conversation/signatures.h"

#include "access/audit.h"
#include "base/text.h"
#include "desk/conversation/reply_placeholders.h"
#include "desk/modules.h"
#include "desk/rows.h"
#include "operations/operations.h"

namespace tandem::desk {

using access::Actor;
using records::Record;

namespace {

Result<void> require_agent(const Actor& actor) {
  if (actor.is_agent()) return {};
  return forbidden("agents_only", "Signatures are for agents.");
}

Result<Record> changeable_department(db::Transaction& tx, const Actor& actor, RecordId id) {
  TRY(access::require_duty(actor, access::Duty::manage_departments));
  return read_row(tx, actor, departments_module(), id);
}

std::string stored(db::Transaction& tx, OrgId org, RecordId owner) {
  const std::optional<db::Row> row = tx.row(
      "SELECT html FROM signatures WHERE org_id = $1 AND owner_id = $2", {org.value, owner.value});
  return row ? row->text(0) : "";
}

bool shows_something(const std::string& html) {
  return !trim(html_to_text(html)).empty() || html.find("<img") != std::string::npos;
}

Result<std::string> keep(db::Transaction& tx, OrgId org, RecordId owner, const std::string& html) {
  if (html.size() > signature_html_bytes_max) {
    return too_large("text_too_long", "Shorten the signature to 20 kB.", "html");
  }
  std::string clean = sanitise_html(html);
  TRY(check_placeholders("html", clean, reply_placeholders()));
  if (!shows_something(clean)) {
    forget_signature(tx, org, owner);
    return std::string();
  }
  tx.execute(
      "INSERT INTO signatures (org_id, owner_id, html, changed_at) VALUES ($1, $2, $3, $4) "
      "ON CONFLICT (org_id, owner_id) "
      "DO UPDATE SET html = excluded.html, changed_at = excluded.changed_at",
      {org.value, owner.value, clean, tx.now().ms});
  return clean;
}

}  // namespace

Result<std::string> own_signature(db::Transaction& tx, const Actor& actor) {
  TRY(require_agent(actor));
  return stored(tx, actor.org, actor.id);
}

Result<std::string> save_own_signature(db::Transaction& tx, const Actor& actor,
                                       const std::string& html) {
  TRY(require_agent(actor));
  return keep(tx, actor.org, actor.id, html);
}

Result<std::string> department_signature(db::Transaction& tx, const Actor& actor,
                                         RecordId department) {
  const Record found = TRY(changeable_department(tx, actor, department));
  return stored(tx, actor.org, found.id);
}

Result<std::string> save_department_signature(db::Transaction& tx, const Actor& actor,
                                              RecordId department, const std::string& html) {
  const Record found = TRY(changeable_department(tx, actor, department));
  std::string kept = TRY(keep(tx, actor.org, found.id, html));
  access::audit(tx, actor, "department_signature_changed", found.title);
  return kept;
}

Result<std::string> signature_on(db::Transaction& tx, const Actor& actor, RecordId ticket) {
  const Record whole = TRY(visible_ticket(tx, actor, ticket));
  std::string html = stored(tx, actor.org, actor.id);
  if (html.empty()) html = stored(tx, actor.org, whole.get("department").id());
  if (html.empty()) return html;
  const Record shown = TRY(operations::read_record(tx, actor, tickets_module(), ticket));
  return sanitise_html(filled_html(html, reply_values(tx, actor, shown)));
}

void forget_signature(db::Transaction& tx, OrgId org, RecordId owner) {
  tx.execute("DELETE FROM signatures WHERE org_id = $1 AND owner_id = $2",
             {org.value, owner.value});
}

}  // namespace tandem::desk
