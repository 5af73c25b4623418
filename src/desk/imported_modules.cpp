#include "desk/imported_modules.h"

#include "desk/customers/contacts.h"

namespace tandem::desk {

namespace {

std::optional<RecordId> contact_with(db::Transaction& tx, OrgId org, std::string_view address) {
  const std::optional<FoundContact> found = find_contact_by_address(tx, org, address);
  return found ? std::optional(found->id) : std::nullopt;
}

}  // namespace

const imports::ImportedApp& imported_app() {
  static const imports::ImportedApp app{
      .app = "desk",
      .modules = {{.name = "contacts"},
                  {.name = "accounts", .known_by = {"name"}},
                  {.name = "tickets", .keeps_times = true, .usual = {{"channel", "import"}}}},
      .contact_with = contact_with};
  return app;
}

}  // namespace tandem::desk
