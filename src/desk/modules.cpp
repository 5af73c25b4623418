#include "desk/modules.h"

#include "desk/activities/activities.h"
#include "desk/products/products_module.h"
#include "desk/time_tracking/time_entries.h"

namespace tandem::desk {

void add_modules(records::Catalogue& catalogue) {
  catalogue.add(departments_module());
  catalogue.add(accounts_module());
  catalogue.add(contacts_module());
  catalogue.add(products_module());
  catalogue.add(tickets_module());
  catalogue.add(threads_module());
  catalogue.add(comments_module());
  catalogue.add(attachments_module());
  catalogue.add(time_entries_module());
  catalogue.add(tasks_module());
  catalogue.add(appointments_module());
}

}  // namespace tandem::desk
