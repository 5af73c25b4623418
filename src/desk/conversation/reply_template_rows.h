#pragma once

#include <string>
#include <vector>

#include "desk/conversation/reply_templates.h"

// The tables of reply templates.

namespace tandem::desk {

/// `more` follows the condition "org_id = $1"; at most 1,000, by folder and name.
std::vector<ReplyTemplate> templates_where(db::Transaction& tx, const std::string& more,
                                           const db::Args& args);
/// The row; its files are written by keep_template_files().
void store_template(db::Transaction& tx, OrgId org, const ReplyTemplate& one);
void forget_template(db::Transaction& tx, OrgId org, RecordId id);
void count_template_use(db::Transaction& tx, OrgId org, RecordId id);

/// Keeps `write.wanted.files` and takes the uploads over. Refuses with invalid (attachment_ids):
/// no_such_upload, too_many; too_large.
Result<void> keep_template_files(db::Transaction& tx, const access::Actor& actor,
                                 TemplateWrite& write);

}  // namespace tandem::desk
