#include "crm/imported_modules.h"

#include "crm/choice_words.h"
#include "crm/signals/work_signals.h"

namespace tandem::crm {

namespace {

imports::ImportedApp imported_of(Edition edition) {
  imports::ImportedApp app{
      .app = std::string(word(edition)),
      .modules = {{.name = "contacts", .known_by = {"email"}},
                  {.name = "accounts", .known_by = {"name"}},
                  {.name = "deals", .also_known_by = {"name"}},
                  {.name = "products", .known_by = {"code"}, .also_known_by = {"name"}},
                  {.name = "tasks"},
                  {.name = "events"},
                  {.name = "calls"}},
      .choice_called = choice_called,
      .when_ended = tell_of_import};
  if (edition == Edition::bigin) return app;
  // A lead that became a contact is the contact's past: its address means a new one.
  app.modules.insert(
      app.modules.begin(),
      {.name = "leads", .known_by = {"email"}, .known_among = operations::Reach::listed});
  app.modules.push_back({.name = "campaigns", .also_known_by = {"name"}});
  return app;
}

}  // namespace

const imports::ImportedApp& imported_app(Edition edition) {
  static const imports::ImportedApp crm = imported_of(Edition::crm);
  static const imports::ImportedApp bigin = imported_of(Edition::bigin);
  return edition == Edition::crm ? crm : bigin;
}

}  // namespace tandem::crm
