#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "access/actor.h"
#include "desk/desk.h"
#include "jobs/queue.h"
#include "operations/operations.h"

// Several contacts that are one person become one. The others go into the recycle bin and point to
// the target (field merged_into); whoever meets one of them is led there. Their addresses,
// telephones and products come to the target at once. Their tickets, tasks and whatever else names
// them follow: the first of them in the same transaction, the rest by a job, batch after batch,
// since a contact may have very many; until then the pointer says whose they are. What they wrote
// keeps the name it was written under. Sends nothing to anybody and runs no rule on what moves.
// Manual, Contacts and accounts 4.

namespace tandem::desk {

constexpr size_t contacts_merged_max = 4;  // beside the target

/// A contact as the person saw it: with its revision, or whatever it is now.
struct SeenContact {
  RecordId id;
  std::optional<int64_t> revision = {};
};

struct ContactMergeRequest {
  SeenContact target;
  std::vector<SeenContact> others;
  /// Field name to the contact whose value stays; what is not named stays the target's, or is the
  /// first one's that has a value.
  std::map<std::string, RecordId> winners = {};
};

/// A field in which the contacts differ, or that the target lacks.
struct FieldChoice {
  const records::FieldDef* field = nullptr;
  RecordId winner;
};

struct ContactMergePreview {
  records::Record target;
  std::vector<records::Record> others;
  std::vector<records::Count> tickets;  // of each of the others, as far as they are listed
  std::vector<FieldChoice> choices;     // those that the role may write
  records::Changes changes;             // what the target becomes
};

/// Refuses what merge_contacts refuses, and writes nothing.
Result<ContactMergePreview> preview_contact_merge(db::Transaction& tx, const access::Actor& actor,
                                                  const ContactMergeRequest& request);

/// The target as it is then. Refuses: not_found, forbidden (act "merge" on the target, "delete" on
/// each other), invalid (none, more than 4, one twice, a winner that is not among them, more
/// addresses than one contact may have), conflict (stale).
Result<records::Record> merge_contacts(db::Transaction& tx, const access::Actor& actor,
                                       const ContactMergeRequest& request);

struct MergedContact {
  RecordId id;
  std::string name;
};
/// Those that the column `undo` of a merge names.
std::vector<MergedContact> merged_contacts_in(const std::string& undo);

struct DoneContactMerge {
  RecordId id;
  Instant merged_at;
  std::vector<MergedContact> contacts;
};
/// Into this contact within the last 30 days, newest first, at most 50. Refuses: not_found,
/// forbidden.
Result<std::vector<DoneContactMerge>> contact_merges_into(db::Transaction& tx,
                                                          const access::Actor& actor,
                                                          RecordId target);

/// Brings the contacts back with what came from them, as far as nobody changed it since. Refuses:
/// not_found, forbidden, conflict (undone already, older than 30 days, the target was merged on).
Result<records::Record> undo_contact_merge(db::Transaction& tx, const access::Actor& actor,
                                           RecordId target, RecordId merge);

/// Tells the worker to handle "merge_contacts". `desk` must outlive the worker.
void add_contact_jobs(jobs::Worker& worker, const Desk& desk);

/// A merged contact comes back only by undoing the merge. The act_rule of contacts.
Result<void> contact_act_rule(const access::Actor& actor, const records::Record& contact,
                              std::string_view act);

}  // namespace tandem::desk
