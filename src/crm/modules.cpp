#include "crm/modules.h"

#include "crm/tags/tags.h"

namespace tandem::crm {

void add_modules(records::Catalogue& catalogue, Edition edition) {
  catalogue.add(team_pipelines_module());
  catalogue.add(pipelines_module());
  catalogue.add(stages_module());
  if (edition == Edition::crm) {
    catalogue.add(leads_module());
    catalogue.add(campaigns_module());
  }
  catalogue.add(accounts_module(edition));
  catalogue.add(contacts_module(edition));
  catalogue.add(products_module(edition));
  catalogue.add(deals_module(edition));
  catalogue.add(tasks_module(edition));
  catalogue.add(events_module(edition));
  catalogue.add(calls_module(edition));
  catalogue.add(notes_module(edition));
  catalogue.add(attachments_module(edition));
  catalogue.add(tags_module());
}

}  // namespace tandem::crm
