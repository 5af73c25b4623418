#pragma once

#include "access/actor.h"
#include "records/module.h"
#include "records/record.h"

// What a company sells or services, and what tickets are about. Manual, Products.

namespace tandem::desk {

const records::ModuleDef& products_module();

/// The only statement of who sees which product: agents those of their departments, administrators
/// and the program all, customers none. S025.
records::Filter products_visible_to(const access::Actor& actor);

/// Whether the actor enables products for a department and takes them from it: agents for those
/// they work in, administrators and the program for all. Manual, Products 1.2.
bool may_enable_products_for(const access::Actor& actor, RecordId department);

/// A rule of tickets: a product that is given to a ticket is active and enabled for the ticket's
/// department. One that it has already stays, whatever becomes of it or of the ticket. S026.
Result<void> the_product_is_of_the_department(records::Change& ticket);

/// What a menu may offer for a ticket of `department`, so that nothing in it is refused: by name,
/// or what the words find. 1 to 100. Refuses with forbidden.
Result<std::vector<records::Record>> products_for_ticket(db::Transaction& tx,
                                                         const access::Actor& actor,
                                                         RecordId department,
                                                         std::string_view words, int limit);

/// Refuses with conflict a department that products are still enabled for.
Result<void> no_product_needs_the_department(db::Transaction& tx, OrgId org, RecordId department);

}  // namespace tandem::desk
