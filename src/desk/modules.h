#pragma once

#include "records/module.h"
#include "records/shape.h"

// What the desk's records are. One constant per module; tables, forms and dialects come from them.

namespace tandem::desk {

const records::ModuleDef& departments_module();
const records::ModuleDef& contacts_module();
const records::ModuleDef& accounts_module();
const records::ModuleDef& tickets_module();
/// Mails and other messages of a ticket. Written by replies.h and mail_intake.h only.
const records::ModuleDef& threads_module();
/// Written by comments.h only.
const records::ModuleDef& comments_module();
/// Written by attachments.h and mail_intake.h only.
const records::ModuleDef& attachments_module();

/// Adds all of them. The catalogue also needs the module "agents" of access/.
void add_modules(records::Catalogue& catalogue);

}  // namespace tandem::desk
