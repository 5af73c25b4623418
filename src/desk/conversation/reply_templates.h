#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/actor.h"
#include "desk/conversation/reply_placeholders.h"
#include "records/record.h"

// Texts that are used again: one person's, a department's or everybody's. They are put into a draft
// and never sent by themselves. Manual, Reply templates.

namespace tandem::desk {

constexpr size_t templates_of_a_person_max = 100;
constexpr size_t templates_of_a_department_max = 200;
constexpr size_t templates_of_everybody_max = 300;
constexpr int64_t template_name_chars_max = 100;
constexpr int64_t template_folder_chars_max = 60;
constexpr int64_t template_reply_subject_chars_max = 250;
constexpr size_t template_html_bytes_max = 100'000;
constexpr size_t template_files_max = 10;
constexpr int64_t template_files_bytes_max = 20 * 1024 * 1024;

enum class TemplateAudience { owner, department, everybody };
std::string_view word(TemplateAudience audience);
std::optional<TemplateAudience> template_audience_from_word(std::string_view word);

struct TemplateFile {
  int64_t id = 0;
  int64_t file = 0;  // in the file store
  std::string name;
  std::string content_type;
  int64_t size_bytes = 0;
};

struct ReplyTemplate {
  RecordId id = {};
  TemplateAudience audience = TemplateAudience::owner;
  RecordId owner = {};       // of a person's own
  RecordId department = {};  // of a department's
  std::string folder = {};
  std::string name = {};
  std::string subject = {};  // of a forward; "" leaves it
  std::string html = {};
  std::string locale = {};  // en, ja, zh, pt; "" is a text in no one language
  std::vector<TemplateFile> files = {};
  int64_t use_count = 0;
  std::optional<Instant> used_at = std::nullopt;
};

/// Those that the actor sees, by folder and name: their own, everybody's, and those of their
/// departments (of all, for who manages departments). With a ticket, only those that serve it. All
/// here refuse with forbidden who is no agent.
Result<std::vector<ReplyTemplate>> list_reply_templates(db::Transaction& tx,
                                                        const access::Actor& actor,
                                                        RecordId ticket = {});
bool may_change_template(const access::Actor& actor, const ReplyTemplate& one);

struct TemplateWrite {
  ReplyTemplate wanted;                   // `files`: those that stay
  std::vector<int64_t> new_uploads = {};  // files of the actor's to add
};
/// Everybody's need the duty manage_organisation, a department's manage_departments. Refuse:
/// forbidden, invalid (name, folder, subject, html, locale, department, attachment_ids;
/// unknown_placeholder, too_many), and not_found what the actor does not see.
Result<ReplyTemplate> add_reply_template(db::Transaction& tx, const access::Actor& actor,
                                         TemplateWrite write);
Result<ReplyTemplate> change_reply_template(db::Transaction& tx, const access::Actor& actor,
                                            TemplateWrite write);
Result<void> remove_reply_template(db::Transaction& tx, const access::Actor& actor, RecordId id);
Result<ReplyTemplate> find_reply_template(db::Transaction& tx, const access::Actor& actor,
                                          RecordId id);

struct FilledTemplate {
  std::string subject;
  std::string html;
  std::vector<records::Record> files;  // uploads of the actor's, which wait to be sent
};
/// The words for this ticket, with what the actor may read of it, and counts the use. Refuses:
/// not_found (ticket, template; also a department's template on another department's ticket).
Result<FilledTemplate> use_reply_template(db::Transaction& tx, const access::Actor& actor,
                                          RecordId id, RecordId ticket);

}  // namespace tandem::desk
