#include "access/oauth_scopes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"

namespace tandem::access {

namespace {

constexpr size_t scope_bytes_max = 100;
constexpr std::array<std::string_view, 7> services{
    "desk", "zohocrm", "zohobigin", "zohoinventory", "aaaserver", "zohosearch", "zohofiles"};
constexpr std::array<std::string_view, 6> operations{"all",    "read",   "create",
                                                     "update", "delete", "write"};

/// "ZohoCRM.modules.leads.READ" taken apart, in lower case.
struct Scope {
  std::vector<std::string> place;  // zohocrm, modules, leads
  std::string operation;           // read
};

Scope scope_of(std::string_view text) {
  Scope scope{split(ascii_lower(text), '.'), "all"};
  if (scope.place.size() > 1 &&
      std::find(operations.begin(), operations.end(), scope.place.back()) != operations.end()) {
    scope.operation = std::move(scope.place.back());
    scope.place.pop_back();
  }
  return scope;
}

bool covers_operation(std::string_view granted, std::string_view wanted) {
  if (granted == "all" || granted == wanted) return true;
  return granted == "write" && (wanted == "create" || wanted == "update");
}

bool covers(const Scope& granted, const Scope& wanted) {
  if (granted.place.empty() || wanted.place.empty()) return false;
  if (granted.place[0] != wanted.place[0]) return false;
  if (!covers_operation(granted.operation, wanted.operation)) return false;
  if (granted.place.size() == 2 && granted.place[1] == "fullaccess") return true;
  return granted.place.size() <= wanted.place.size() && granted.place.size() >= 2 &&
         std::equal(granted.place.begin(), granted.place.end(), wanted.place.begin());
}

bool is_scope(std::string_view text) {
  if (text.empty() || text.size() > scope_bytes_max) return false;
  const std::vector<std::string> parts = split(ascii_lower(text), '.');
  if (parts.size() < 2 || std::find(services.begin(), services.end(), parts[0]) == services.end()) {
    return false;
  }
  return std::all_of(parts.begin(), parts.end(), [](const std::string& part) {
    return !part.empty() &&
           part.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos;
  });
}

}  // namespace

bool scope_allows(const std::vector<std::string>& granted, std::string_view wanted) {
  const Scope needed = scope_of(wanted);
  return std::any_of(granted.begin(), granted.end(),
                     [&](const std::string& scope) { return covers(scope_of(scope), needed); });
}

bool asks_for_application(const std::vector<std::string>& scopes, std::string_view app) {
  const std::string service = app == "desk" ? "desk" : fmt::format("zoho{}", app);
  return std::any_of(scopes.begin(), scopes.end(), [&](const std::string& scope) {
    return scope_of(scope).place.front() == service;
  });
}

Result<std::vector<std::string>> scopes_from_text(std::string_view text) {
  std::string spaced(text);
  std::replace(spaced.begin(), spaced.end(), ',', ' ');
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  std::vector<std::string> scopes;
  for (std::string& scope : split(spaced, ' ')) {
    if (scope.empty()) continue;
    if (!is_scope(scope)) {
      return invalid("scope", "invalid_scope", fmt::format("There is no scope {}.", scope));
    }
    if (std::find(scopes.begin(), scopes.end(), scope) == scopes.end()) {
      scopes.push_back(std::move(scope));
    }
    if (scopes.size() > static_cast<size_t>(scopes_max)) {
      return invalid("scope", "invalid_scope",
                     fmt::format("Ask for at most {} scopes.", scopes_max));
    }
  }
  if (scopes.empty()) {
    return invalid("scope", "invalid_scope", "Ask for scopes such as Desk.tickets.READ.");
  }
  return scopes;
}

std::string scopes_to_text(const std::vector<std::string>& scopes) { return join(scopes, " "); }

}  // namespace tandem::access
