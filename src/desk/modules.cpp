#include "desk/modules.h"

#include "desk/products/products_module.h"

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
}

}  // namespace tandem::desk
