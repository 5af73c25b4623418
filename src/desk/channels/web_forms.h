#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"
#include "desk/desk.h"

// Forms by which people who visit a site open tickets. Manual, Web forms 1.1.

namespace tandem::desk {

constexpr size_t web_forms_max = 100;
constexpr size_t web_form_fields_max = 30;
constexpr size_t web_form_origins_max = 20;
constexpr int64_t web_form_text_chars_max = 2'000;

/// What is asked: "name", "email", "phone", "subject", "message", "files", or a field of the ticket
/// as "ticket.<name>".
struct WebFormField {
  std::string name;
  bool is_required = false;
};

struct WebForm {
  RecordId id;
  OrgId org;
  std::string key;  // of its address, for good; made by add_web_form
  RecordId department;
  std::string name;  // for colleagues
  std::string title;
  std::string intro;
  std::string thanks;         // "" takes the words of the program
  std::string locale = "en";  // en, ja, zh or pt: the form's own words
  std::vector<WebFormField> fields;
  std::vector<std::string> origins;  // "https://www.example.com": sites that may show it in a frame
  bool sends_receipt = false;
  bool is_enabled = true;
};

/// Those of the organisation, by name.
Result<std::vector<WebForm>> list_web_forms(db::Transaction& tx, const access::Actor& actor);
/// Refuse: forbidden (manage_mailboxes), invalid (name, title, intro, thanks, locale, department,
/// fields, origins), conflict (too many), not_found.
Result<WebForm> add_web_form(db::Transaction& tx, const access::Actor& actor, const WebForm& form);
Result<WebForm> change_web_form(db::Transaction& tx, const access::Actor& actor,
                                const WebForm& form);
Result<void> remove_web_form(db::Transaction& tx, const access::Actor& actor, RecordId id);
Result<WebForm> read_web_form(db::Transaction& tx, const access::Actor& actor, RecordId id);

/// The form at a public address, switched on or not. Asks no right.
std::optional<WebForm> find_web_form(db::Transaction& tx, std::string_view key);

/// The field of the ticket that "ticket.<name>" asks for; nothing when it is none that strangers
/// may fill in.
std::optional<records::FieldDef> ticket_field_of(const records::Shape& tickets,
                                                 const std::string& name);
/// Fields of tickets that a form may ask for, as "ticket.<name>".
std::vector<records::FieldDef> fields_for_web_forms(const records::Shape& tickets);

}  // namespace tandem::desk
