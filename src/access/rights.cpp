#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "access/actor.h"
#include "access/field_limits.h"
#include "access/roles.h"
#include "base/text.h"

namespace tandem::access {

namespace {

constexpr std::array<std::string_view, 17> right_words{
    "read",           "create", "update",        "delete", "restore", "purge",
    "bulk",           "import", "export",        "reply",  "forward", "comment",
    "comment_public", "assign", "change_status", "move",   "share"};
constexpr std::array<std::string_view, 7> duty_words{
    "manage_people", "manage_departments", "manage_mailboxes",   "manage_fields",
    "manage_api",    "read_audit_log",     "manage_organisation"};

/// How each right is said before the name of a module: "change the status of" tickets.
constexpr std::array<std::string_view, 17> right_phrases{"read",
                                                         "create",
                                                         "change",
                                                         "delete",
                                                         "restore",
                                                         "erase",
                                                         "make bulk changes to",
                                                         "import",
                                                         "export",
                                                         "reply to",
                                                         "forward",
                                                         "comment on",
                                                         "comment publicly on",
                                                         "assign",
                                                         "change the status of",
                                                         "move",
                                                         "share"};

std::string spoken(std::string_view word) {
  std::string text(word);
  for (char& c : text) {
    if (c == '_') c = ' ';
  }
  return text;
}

}  // namespace

std::string_view word(Right right) { return right_words[static_cast<size_t>(right)]; }
std::string_view word(Duty duty) { return duty_words[static_cast<size_t>(duty)]; }

std::optional<Right> right_from_word(std::string_view word) {
  const auto* const at = std::find(right_words.begin(), right_words.end(), word);
  if (at == right_words.end()) return std::nullopt;
  return static_cast<Right>(at - right_words.begin());
}

std::optional<Duty> duty_from_word(std::string_view word) {
  const auto* const at = std::find(duty_words.begin(), duty_words.end(), word);
  if (at == duty_words.end()) return std::nullopt;
  return static_cast<Duty>(at - duty_words.begin());
}

const std::vector<Right>& all_rights() {
  static const std::vector<Right> rights = [] {
    std::vector<Right> all;
    for (size_t at = 0; at < right_words.size(); ++at) all.push_back(static_cast<Right>(at));
    return all;
  }();
  return rights;
}

const std::vector<Duty>& all_duties() {
  static const std::vector<Duty> duties = [] {
    std::vector<Duty> all;
    for (size_t at = 0; at < duty_words.size(); ++at) all.push_back(static_cast<Duty>(at));
    return all;
  }();
  return duties;
}

std::string_view word(RoleKind kind) {
  switch (kind) {
    case RoleKind::administrator: return "administrator";
    case RoleKind::agent: return "agent";
    case RoleKind::light_agent: return "light_agent";
    case RoleKind::custom: return "custom";
  }
  return "";
}

std::optional<RoleKind> role_kind_from_word(std::string_view text) {
  for (const RoleKind kind :
       {RoleKind::administrator, RoleKind::agent, RoleKind::light_agent, RoleKind::custom}) {
    if (word(kind) == text) return kind;
  }
  return std::nullopt;
}

std::string_view word(Path path) {
  switch (path) {
    case Path::ui: return "ui";
    case Path::api: return "api";
    case Path::mail: return "mail";
    case Path::import: return "import";
    case Path::macro: return "macro";
    case Path::bulk: return "bulk";
    case Path::automation: return "automation";
    case Path::system: return "system";
  }
  return "";
}

records::Author Actor::author() const {
  records::Author author{id, "system", name, std::string(word(path))};
  switch (kind) {
    case ActorKind::person: author.kind = "person"; break;
    case ActorKind::contact: author.kind = "contact"; break;
    case ActorKind::system: author.kind = "system"; break;
  }
  return author;
}

Actor system_actor(const records::Catalogue& catalogue, OrgId org, Path path) {
  Actor actor;
  actor.catalogue = &catalogue;
  actor.org = org;
  actor.name = "Tandem";
  actor.path = path;
  return actor;
}

bool has_right(const Actor& actor, std::string_view module, Right right) {
  if (actor.is_system() || actor.is_administrator()) return true;
  if (!actor.role) return false;
  const auto at = actor.role->rights.find(module);
  return at != actor.role->rights.end() && (at->second & bit(right)) != 0;
}

bool has_duty(const Actor& actor, Duty duty) {
  if (actor.is_system() || actor.is_administrator()) return true;
  return actor.role && (actor.role->duties & bit(duty)) != 0;
}

Result<void> require_right(const Actor& actor, const records::ModuleDef& module, Right right) {
  if (has_right(actor, module.part_of.empty() ? module.name : module.part_of, right)) return {};
  return forbidden(
      "right_missing",
      fmt::format("You need the right to {} {}. Ask an administrator for it.",
                  right_phrases[static_cast<size_t>(right)], ascii_lower(module.label_plural)));
}

Result<void> require_duty(const Actor& actor, Duty duty) {
  if (has_duty(actor, duty)) return {};
  return forbidden("duty_missing", fmt::format("You need the right to {}. Ask an administrator.",
                                               spoken(word(duty))));
}

FieldAccess field_access(const Actor& actor, std::string_view module,
                         const records::FieldDef& field) {
  if (actor.is_system()) return FieldAccess::write;
  const FieldAccess most =
      field.written_by == records::WrittenBy::system ? FieldAccess::read : FieldAccess::write;
  const FieldLimits& limits = field_limits(actor, module);
  const auto limit = limits.find(field.name);
  return limit == limits.end() ? most : std::min(limit->second, most);
}

Role with_hidden_results(Role role, const records::Catalogue& catalogue) {
  for (auto& [name, limits] : role.fields) {
    const records::ModuleDef* module = catalogue.find(name);
    if (!module) continue;
    const auto hides = [&limits](const std::string& field) {
      const auto at = limits.find(field);
      return at != limits.end() && at->second == FieldAccess::hidden;
    };
    // A result may be computed from a result.
    for (bool hides_more = true; hides_more;) {
      hides_more = false;
      for (const records::FieldDef& field : module->fields) {
        const std::vector<std::string>& sources = field.computed_from;
        if (hides(field.name) || std::none_of(sources.begin(), sources.end(), hides)) continue;
        limits[field.name] = FieldAccess::hidden;
        hides_more = true;
      }
    }
  }
  return role;
}

const FieldLimits& field_limits(const Actor& actor, std::string_view module) {
  static const FieldLimits none;
  if (!actor.role || actor.is_system() || actor.is_administrator()) return none;
  const auto limits = actor.role->fields.find(module);
  return limits == actor.role->fields.end() ? none : limits->second;
}

bool is_hidden(const Actor& actor, std::string_view module, std::string_view field) {
  const FieldLimits& limits = field_limits(actor, module);
  const auto limit = limits.find(field);
  return limit != limits.end() && limit->second == FieldAccess::hidden;
}

}  // namespace tandem::access
