#include "api/desk/search_scopes.h"

#include <algorithm>

#include "access/oauth_scopes.h"
#include "api/desk/refusals.h"
#include "base/text.h"

namespace tandem::api::desk_dialect {

std::string_view scopes_reading(std::string_view module) {
  if (module == "tickets") return "Desk.tickets.READ";
  if (module == "contacts" || module == "accounts") return "Desk.contacts.READ";
  // Tokens that were made for all of Desk's basics read products, too.
  if (module == "products") return "Desk.products.READ Desk.basic.READ";
  if (module == "tasks") return "Desk.tasks.READ Desk.activities.READ";
  if (module == "appointments") return "Desk.events.READ Desk.activities.READ";
  return "Desk.calls.READ Desk.activities.READ";
}

bool has_read_scope(const access::Actor& actor, std::string_view module) {
  const std::vector<std::string> wanted = split(scopes_reading(module), ' ');
  return std::any_of(wanted.begin(), wanted.end(), [&](const std::string& scope) {
    return access::scope_allows(actor.scopes, scope);
  });
}

Result<void> require_read_scope(const access::Actor& actor, std::string_view module) {
  if (has_read_scope(actor, module)) return {};
  return scope_mismatch();
}

}  // namespace tandem::api::desk_dialect
