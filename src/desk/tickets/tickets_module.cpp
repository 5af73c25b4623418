#include "desk/modules.h"
#include "desk/sharing/ticket_visibility.h"
#include "desk/tickets/ticket_rules.h"
#include "desk/views/views.h"
#include "records/record.h"

namespace tandem::desk {

namespace {

using access::Right;
using records::FieldDef;
using records::FieldKind;
using records::WrittenBy;

const std::vector<records::ChoiceOption>& status_types() {
  static const std::vector<records::ChoiceOption> types{
      {"open", "Open", "open"}, {"on_hold", "On hold", "on_hold"}, {"closed", "Closed", "closed"}};
  return types;
}

/// What a status may be, and beside them what stands aside (spam.h).
std::vector<records::ChoiceOption> types_of_tickets() {
  std::vector<records::ChoiceOption> types = status_types();
  types.push_back({"spam", "Spam", "spam"});
  return types;
}

std::vector<FieldDef> what_it_is_about() {
  return {
      {.name = "subject", .label = "Subject", .required = true, .searchable = true},
      {.name = "number",
       .label = "Number",
       .kind = FieldKind::auto_number,
       .searchable = true,
       .sortable = true,
       .written_by = WrittenBy::system},
      {.name = "description",
       .label = "Description",
       .kind = FieldKind::rich_text,
       .searchable = true,
       .max_chars = 1'000'000},
      {.name = "status",
       .label = "Status",
       .kind = FieldKind::choice,
       .required = true,
       .choices = status_types(),
       .default_value = "open"},
      {.name = "status_type",
       .label = "Type of status",
       .kind = FieldKind::choice,
       .written_by = WrittenBy::system,
       .choices = types_of_tickets(),
       .default_value = "open",
       .computed_from = {"status"}},
      {.name = "priority",
       .label = "Priority",
       .kind = FieldKind::choice,
       .choices = {{"low", "Low"}, {"medium", "Medium"}, {"high", "High"}, {"urgent", "Urgent"}}},
      {.name = "channel",
       .label = "Channel",
       .kind = FieldKind::choice,
       .required = true,
       .choices = {{"email", "Email"},
                   {"phone", "Phone"},
                   {"web", "Web"},
                   {"chat", "Chat"},
                   {"social", "Social"},
                   {"api", "API"},
                   {"import", "Import"}},
       .default_value = "web"},
      {.name = "category", .label = "Category", .max_chars = 120},
      {.name = "classification", .label = "Classification", .max_chars = 120},
      {.name = "language", .label = "Language", .max_chars = 60},
      {.name = "tags", .label = "Tags", .kind = FieldKind::tags, .searchable = true},
      {.name = "resolution",
       .label = "Resolution",
       .kind = FieldKind::long_text,
       .searchable = true,
       .max_chars = 100'000},
  };
}

std::vector<FieldDef> who_takes_part() {
  return {
      {.name = "department",
       .label = "Department",
       .kind = FieldKind::link,
       .required = true,
       .link_to = "departments"},
      {.name = "contact", .label = "Contact", .kind = FieldKind::link, .link_to = "contacts"},
      {.name = "account", .label = "Account", .kind = FieldKind::link, .link_to = "accounts"},
      {.name = "product", .label = "Product", .kind = FieldKind::link, .link_to = "products"},
      {.name = "owner", .label = "Owner", .kind = FieldKind::user, .link_to = "agents"},
      {.name = "email", .label = "E-mail", .kind = FieldKind::email, .searchable = true},
      {.name = "phone", .label = "Phone", .kind = FieldKind::phone, .searchable = true},
      // Addresses of further people, separated by commas; reply_all writes to them.
      {.name = "cc", .label = "Copied people", .kind = FieldKind::long_text, .max_chars = 8'000},
  };
}

FieldDef counter(std::string name, std::string label) {
  return {.name = std::move(name),
          .label = std::move(label),
          .kind = FieldKind::number,
          .written_by = WrittenBy::system,
          .default_value = int64_t{0}};
}

std::vector<FieldDef> how_it_goes() {
  return {
      {.name = "due_at", .label = "Due", .kind = FieldKind::instant, .sortable = true},
      {.name = "closed_at",
       .label = "Closed",
       .kind = FieldKind::instant,
       .sortable = true,
       .written_by = WrittenBy::system,
       .computed_from = {"status"}},
      {.name = "is_escalated",
       .label = "Escalated",
       .kind = FieldKind::boolean,
       .default_value = int64_t{0}},
      {.name = "last_activity_at",
       .label = "Last activity",
       .kind = FieldKind::instant,
       .sortable = true,
       .written_by = WrittenBy::system},
      {.name = "last_word", .label = "Last word", .written_by = WrittenBy::system},
      {.name = "last_word_by",
       .label = "Last word by",
       .kind = FieldKind::choice,
       .written_by = WrittenBy::system,
       .choices = {{"agent", "Agent"}, {"customer", "Customer"}}},
      {.name = "last_word_at",
       .label = "Time of the last word",
       .kind = FieldKind::instant,
       .written_by = WrittenBy::system},
      counter("thread_count", "Messages"),
      counter("comment_count", "Comments"),
      counter("attachment_count", "Attachments"),
      {.name = "send_failed",
       .label = "A mail could not be sent",
       .kind = FieldKind::boolean,
       .written_by = WrittenBy::system,
       .default_value = int64_t{0}},
  };
}

/// Written by share_ticket and unshare_ticket alone.
std::vector<FieldDef> who_else_works_on_it() {
  return {
      {.name = "shares",
       .label = "Shared with",
       .kind = FieldKind::tags,
       .written_by = WrittenBy::system},
      // Follows from it, so that an index knows.
      {.name = "is_shared",
       .label = "Shared to others",
       .kind = FieldKind::boolean,
       .written_by = WrittenBy::system,
       .default_value = int64_t{0}},
  };
}

FieldDef moment_kept(std::string name, std::string label) {
  return {.name = std::move(name),
          .label = std::move(label),
          .kind = FieldKind::instant,
          .written_by = WrittenBy::system};
}

/// Written by ticket_moments.h alone: what rules of time count from.
std::vector<FieldDef> since_when() {
  return {moment_kept("status_changed_at", "Status since"),
          moment_kept("customer_spoke_at", "Last message of the customer"),
          moment_kept("agent_spoke_at", "Last answer"),
          moment_kept("unassigned_since", "Without an owner since")};
}

/// Written by ticket_merging.h alone: the id of the ticket whose part this one has become. No link,
/// because who sees this ticket may not see that one.
FieldDef what_it_became() {
  return {.name = "merged_into", .label = "Merged into", .written_by = WrittenBy::system};
}

/// Written by service_level_clock.h alone. Minutes are left while the clock stands still.
std::vector<FieldDef> what_is_promised() {
  FieldDef response_left = counter("first_response_left_minutes", "Left for the first response");
  FieldDef resolution_left = counter("resolution_left_minutes", "Left for the resolution");
  response_left.default_value = records::Value();
  resolution_left.default_value = records::Value();
  return {{.name = "service_level", .label = "Service level", .written_by = WrittenBy::system},
          moment_kept("first_response_due_at", "First response due"),
          moment_kept("responded_at", "First response"),
          moment_kept("resolution_due_at", "Resolution due"),
          std::move(response_left),
          std::move(resolution_left)};
}

/// Written by ticket_times.h and ratings.h, for lists and statistics.
std::vector<FieldDef> how_it_went() {
  FieldDef first_answer = counter("first_answer_minutes", "Minutes to the first answer");
  FieldDef resolution = counter("resolution_minutes", "Minutes to the closing");
  first_answer.default_value = records::Value();
  resolution.default_value = records::Value();
  return {std::move(first_answer),
          std::move(resolution),
          {.name = "rating",
           .label = "Rating",
           .kind = FieldKind::choice,
           .written_by = WrittenBy::system,
           .choices = {{"good", "Good"}, {"okay", "Okay"}, {"bad", "Bad"}}},
          moment_kept("rated_at", "Rated")};
}

std::vector<FieldDef> all_fields() {
  std::vector<FieldDef> fields = what_it_is_about();
  for (FieldDef& field : who_takes_part()) fields.push_back(std::move(field));
  for (FieldDef& field : how_it_goes()) fields.push_back(std::move(field));
  for (FieldDef& field : who_else_works_on_it()) fields.push_back(std::move(field));
  fields.push_back(what_it_became());
  fields.push_back(moment_kept("spam_at", "Marked as spam"));
  for (FieldDef& field : what_is_promised()) fields.push_back(std::move(field));
  for (FieldDef& field : how_it_went()) fields.push_back(std::move(field));
  for (FieldDef& field : since_when()) fields.push_back(std::move(field));
  return fields;
}

}  // namespace

const records::ModuleDef& tickets_module() {
  static const records::ModuleDef module{
      .name = "tickets",
      .label = "Ticket",
      .label_plural = "Tickets",
      .fields = all_fields(),
      .computed = {{{.name = "is_overdue", .label = "Overdue", .kind = FieldKind::boolean},
                    [](const records::Record& ticket, Instant now) -> records::Value {
                      return int64_t{is_overdue(ticket, now)};
                    }}},
      .indexes = {{"department", "status_type", "last_activity_at", "id", "merged_into"},
                  {"status", "id"},
                  {"owner", "status_type", "last_activity_at", "id", "department"},
                  {"status_type", "last_activity_at", "id", "department", "merged_into"},
                  {"status_type", "due_at", "id", "department"},
                  {"status_type", "is_escalated", "last_activity_at", "id", "department"},
                  {"status_type", "priority", "last_activity_at", "id", "department"},
                  {"is_shared", "last_activity_at"},
                  {"contact", "last_activity_at"},
                  {"account", "last_activity_at"},
                  {"product", "last_activity_at"}},
      .visible_to = tickets_visible_to,
      .listed_to = tickets_listed_to,
      .act_rule = ticket_act_rule,
      .acts = {{"reply", Right::reply},
               {"forward", Right::forward},
               {"comment", Right::comment},
               {"comment_public", Right::comment_public},
               {"assign", Right::assign},
               {"take", Right::update},
               {"close", Right::change_status},
               {"reopen", Right::change_status},
               {"change_status", Right::change_status},
               {"move", Right::move},
               {"share", Right::share},
               {"unshare", Right::share},
               {"merge", Right::update},
               {"split", Right::update},
               {"mark_spam", Right::update},
               {"follow", Right::read},
               {"set_followers", Right::update},
               {"log_time", Right::update},
               {"log_call", Right::comment},
               {"correct_time", Right::assign},
               {"plan", Right::update}},
      .before_save = ticket_rules_before_save(),
      .after_save = ticket_rules_after_save(),
  };
  return module;
}

}  // namespace tandem::desk
