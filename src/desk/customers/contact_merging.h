#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "access/actor.h"
#include "desk/desk.h"
#include "jobs/queue.h"
#include "operations/merged_links.h"

// Several contacts that are one person become one. The others go into the recycle bin and point to
// the target (field merged_into); whoever meets one of them is led there. Their addresses,
// telephones and products come to the target at once. Their tickets, tasks and whatever else names
// them follow (operations/merged_links.h); until then the pointer says whose they are. What they
// wrote keeps the name it was written under. Manual, Contacts and accounts 4.

namespace tandem::desk {

constexpr size_t contacts_merged_max = operations::merged_others_max;
using ContactMergeRequest = operations::MergeRequest;

struct ContactMergePreview {
  operations::MergePlan plan;
  std::vector<records::Count> tickets = {};  // of each of the others, as far as they are listed
};

/// Refuses what merge_contacts refuses, and writes nothing.
Result<ContactMergePreview> preview_contact_merge(db::Transaction& tx, const access::Actor& actor,
                                                  const ContactMergeRequest& request);

/// The target as it is then. Refuses: not_found, forbidden (act "merge" on the target, "delete" on
/// each other), invalid (none, more than 4, one twice, a winner that is not among them, more
/// addresses than one contact may have), conflict (stale).
Result<records::Record> merge_contacts(db::Transaction& tx, const access::Actor& actor,
                                       const ContactMergeRequest& request);

/// Brings the contacts back with what came from them, as far as nobody changed it since. Refuses:
/// not_found, forbidden, conflict (undone already, older than 30 days, the target was merged on).
Result<records::Record> undo_contact_merge(db::Transaction& tx, const access::Actor& actor,
                                           RecordId target, RecordId merge);

/// What hangs on the links of contacts, for merging them.
const operations::MergeTies& contact_ties();

/// Tells the worker to handle "merge_contacts". `desk` must outlive the worker.
void add_contact_jobs(jobs::Worker& worker, const Desk& desk);

/// A merged contact comes back only by undoing the merge. The act_rule of contacts.
Result<void> contact_act_rule(const access::Actor& actor, const records::Record& contact,
                              std::string_view act);

}  // namespace tandem::desk
