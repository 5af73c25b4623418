#include "desk/conversation/reply_templates.h"

#include <fmt/format.h>

#include <algorithm>

#include "access/agents.h"
#include "access/audit.h"
#include "access/organisations.h"
#include "access/people.h"
#include "base/text.h"
#include "desk/automation/macros.h"
#include "desk/conversation/attachments.h"
#include "desk/conversation/reply_placeholders.h"
#include "desk/conversation/reply_template_rows.h"
#include "desk/modules.h"
#include "desk/rows.h"
#include "operations/operations.h"

namespace tandem::desk {

namespace {

using access::Actor;
using access::Duty;
using records::Record;

Result<void> require_agent(const Actor& actor) {
  if (actor.is_agent()) return {};
  return forbidden("agents_only", "Reply templates are for agents.");
}

Result<void> require_change(const Actor& actor, TemplateAudience audience) {
  TRY(require_agent(actor));
  switch (audience) {
    case TemplateAudience::owner: return {};
    case TemplateAudience::department: return access::require_duty(actor, Duty::manage_departments);
    case TemplateAudience::everybody: return access::require_duty(actor, Duty::manage_organisation);
  }
  return {};
}

bool is_seen(const Actor& actor, const ReplyTemplate& one) {
  switch (one.audience) {
    case TemplateAudience::owner: return one.owner == actor.id;
    case TemplateAudience::department:
      return actor.in_department(one.department) ||
             access::has_duty(actor, Duty::manage_departments);
    case TemplateAudience::everybody: return true;
  }
  return false;
}

bool serves(const ReplyTemplate& one, RecordId department) {
  return one.audience != TemplateAudience::department || one.department == department;
}

Result<void> line_fits(std::string& line, const char* field, int64_t chars_max) {
  line = std::string(trim(line));
  if (line.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos) {
    return invalid(field, "line_break", "Write it in one line.");
  }
  if (count_chars(line) <= chars_max) return {};
  return invalid(field, "too_long", fmt::format("Shorten it to {} characters.", chars_max));
}

Result<void> words_fit(ReplyTemplate& wanted) {
  TRY(line_fits(wanted.name, "name", template_name_chars_max));
  if (wanted.name.empty()) return invalid("name", "required", "Give the template a name.");
  TRY(line_fits(wanted.folder, "folder", template_folder_chars_max));
  TRY(line_fits(wanted.subject, "subject", template_reply_subject_chars_max));
  if (wanted.html.size() > template_html_bytes_max) {
    return too_large("text_too_long", "Shorten the text to 100 kB.", "html");
  }
  wanted.html = sanitise_html(wanted.html);
  if (trim(html_to_text(wanted.html)).empty()) {
    return invalid("html", "required", "Write the text first.");
  }
  TRY(check_placeholders("subject", wanted.subject, reply_placeholders()));
  TRY(check_placeholders("html", wanted.html, reply_placeholders()));
  if (wanted.locale.empty() || access::is_locale(wanted.locale)) return {};
  return invalid("locale", "not_a_choice", "Choose en, ja, zh, pt or none.");
}

Result<void> audience_fits(db::Transaction& tx, const Actor& actor, ReplyTemplate& wanted) {
  wanted.owner = wanted.audience == TemplateAudience::owner ? actor.id : RecordId{};
  if (wanted.audience != TemplateAudience::department) {
    wanted.department = {};
    return {};
  }
  if (wanted.department && read_row(tx, actor, departments_module(), wanted.department)) return {};
  return invalid("department", "not_found", "Choose a department.");
}

Result<void> there_is_room(db::Transaction& tx, const Actor& actor, const ReplyTemplate& wanted) {
  size_t most = templates_of_everybody_max;
  if (wanted.audience == TemplateAudience::owner) most = templates_of_a_person_max;
  if (wanted.audience == TemplateAudience::department) most = templates_of_a_department_max;
  const int64_t others = tx.integer(
      "SELECT COUNT(*) FROM reply_templates WHERE org_id = $1 AND id <> $2 AND audience = $3 "
      "AND COALESCE(owner_id, 0) = $4 AND COALESCE(department_id, 0) = $5",
      {actor.org.value, wanted.id.value, db::arg(word(wanted.audience)), wanted.owner.value,
       wanted.department.value});
  if (size_t(others) < most) return {};
  return invalid("name", "too_many",
                 fmt::format("Remove a template first; there may be {} of these.", most));
}

Result<ReplyTemplate> keep(db::Transaction& tx, const Actor& actor, TemplateWrite write,
                           std::string_view event) {
  ReplyTemplate& wanted = write.wanted;
  TRY(require_change(actor, wanted.audience));
  TRY(words_fit(wanted));
  TRY(audience_fits(tx, actor, wanted));
  TRY(there_is_room(tx, actor, wanted));
  store_template(tx, actor.org, wanted);
  TRY(keep_template_files(tx, actor, write));
  if (wanted.audience != TemplateAudience::owner) access::audit(tx, actor, event, wanted.name);
  return std::move(wanted);
}

}  // namespace

std::string_view word(TemplateAudience audience) {
  switch (audience) {
    case TemplateAudience::owner: return "owner";
    case TemplateAudience::department: return "department";
    case TemplateAudience::everybody: return "everybody";
  }
  return "";
}

std::optional<TemplateAudience> template_audience_from_word(std::string_view text) {
  for (const auto audience :
       {TemplateAudience::owner, TemplateAudience::department, TemplateAudience::everybody}) {
    if (word(audience) == text) return audience;
  }
  return std::nullopt;
}

Result<std::vector<ReplyTemplate>> list_reply_templates(db::Transaction& tx, const Actor& actor,
                                                        RecordId ticket) {
  TRY(require_agent(actor));
  RecordId department;
  if (ticket) {
    const Record found = TRY(visible_ticket(tx, actor, ticket));
    department = found.get("department").id();
  }
  std::vector<ReplyTemplate> found = templates_where(
      tx, " AND (audience <> 'owner' OR owner_id = $2)", {actor.org.value, actor.id.value});
  std::erase_if(found, [&](const ReplyTemplate& one) {
    return !is_seen(actor, one) || (ticket && !serves(one, department));
  });
  std::stable_sort(found.begin(), found.end(), [](const ReplyTemplate& a, const ReplyTemplate& b) {
    return a.folder < b.folder;
  });
  return found;
}

bool may_change_template(const Actor& actor, const ReplyTemplate& one) {
  return require_change(actor, one.audience).has_value();
}

Result<ReplyTemplate> find_reply_template(db::Transaction& tx, const Actor& actor, RecordId id) {
  TRY(require_agent(actor));
  std::vector<ReplyTemplate> found =
      templates_where(tx, " AND id = $2", {actor.org.value, id.value});
  if (found.empty() || !is_seen(actor, found.front())) {
    return not_found("There is no such reply template.");
  }
  return std::move(found.front());
}

Result<ReplyTemplate> add_reply_template(db::Transaction& tx, const Actor& actor,
                                         TemplateWrite write) {
  write.wanted.id = RecordId{tx.new_id()};
  write.wanted.files.clear();
  return keep(tx, actor, std::move(write), "reply_template_added");
}

namespace {

/// Whoever runs such a macro would be refused what one person alone sees. What a colleague's own
/// macro is called is theirs to tell.
Result<void> no_macro_of_others_needs_it(db::Transaction& tx, const Actor& actor,
                                         const ReplyTemplate& before) {
  const std::optional<Macro> macro = macro_of_others_naming(tx, actor, before.id);
  if (!macro) return {};
  if (macro->audience == MacroAudience::everybody) {
    return conflict("named_by_macro",
                    fmt::format("The macro “{}” puts this template into drafts for everybody. "
                                "Take it out there first.",
                                macro->name),
                    "audience");
  }
  const std::optional<access::Agent> owner = access::find_agent(tx, actor.org, macro->owner);
  return conflict("named_by_own_macro",
                  fmt::format("“{}” has a macro of their own that puts this template into drafts. "
                              "Ask them to take it out there first.",
                              owner ? owner->name : "A colleague"),
                  "audience");
}

}  // namespace

Result<ReplyTemplate> change_reply_template(db::Transaction& tx, const Actor& actor,
                                            TemplateWrite write) {
  const ReplyTemplate before = TRY(find_reply_template(tx, actor, write.wanted.id));
  TRY(require_change(actor, before.audience));
  const bool turns_personal = before.audience != TemplateAudience::owner &&
                              write.wanted.audience == TemplateAudience::owner;
  if (turns_personal) TRY(no_macro_of_others_needs_it(tx, actor, before));
  return keep(tx, actor, std::move(write), "reply_template_changed");
}

Result<void> remove_reply_template(db::Transaction& tx, const Actor& actor, RecordId id) {
  const ReplyTemplate one = TRY(find_reply_template(tx, actor, id));
  TRY(require_change(actor, one.audience));
  forget_template(tx, actor.org, id);
  if (one.audience != TemplateAudience::owner) {
    access::audit(tx, actor, "reply_template_removed", one.name);
  }
  return {};
}

namespace {

/// The files as uploads of the actor's: the same bytes under a name of their own.
Result<std::vector<Record>> as_uploads(db::Transaction& tx, const Actor& actor,
                                       const ReplyTemplate& one) {
  std::vector<Record> uploads;
  for (const TemplateFile& file : one.files) {
    Record upload = TRY(add_template_file(tx, actor,
                                          {{"name", file.name},
                                           {"content_type", file.content_type},
                                           {"size_bytes", file.size_bytes},
                                           {"file", file.file}}));
    uploads.push_back(std::move(upload));
  }
  return uploads;
}

/// Templates serve answers and comments alike.
Result<void> may_write_on(db::Transaction& tx, const Actor& actor, RecordId ticket) {
  const Record whole = TRY(visible_ticket(tx, actor, ticket));
  if (operations::require_act(actor, whole, "reply")) return {};
  return operations::require_act(actor, whole, "comment");
}

}  // namespace

Result<FilledTemplate> use_reply_template(db::Transaction& tx, const Actor& actor, RecordId id,
                                          RecordId ticket) {
  const ReplyTemplate one = TRY(find_reply_template(tx, actor, id));
  const Record found = TRY(operations::read_record(tx, actor, tickets_module(), ticket));
  if (!serves(one, found.get("department").id())) {
    return not_found("This template is for tickets of another department.");
  }
  TRY(may_write_on(tx, actor, ticket));
  const PlaceholderValues values = reply_values(tx, actor, found);
  FilledTemplate filled_in;
  filled_in.subject = filled_line(one.subject, values);
  filled_in.html = sanitise_html(filled_html(one.html, values));
  filled_in.files = TRY(as_uploads(tx, actor, one));
  count_template_use(tx, actor.org, id);
  return filled_in;
}

}  // namespace tandem::desk
