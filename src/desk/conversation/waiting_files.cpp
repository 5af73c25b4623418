#include "desk/conversation/waiting_files.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "access/organisations.h"
#include "desk/conversation/attachments.h"
#include "desk/conversation/drafts.h"
#include "desk/conversation/held_replies.h"
#include "desk/modules.h"
#include "desk/rows.h"

// What waits is held against the drafts of who uploaded it, and of these only against those that
// still keep files: the others come first and lose theirs. All this is read outside the writes,
// which a draft may overtake; so a write looks once more at what was saved since the sweep began.

namespace tandem::desk {

namespace {

using access::Actor;
using records::Record;

/// A draft may hold megabytes of text.
constexpr int64_t drafts_at_once = 20;

/// A draft in the order of age.
struct DraftPlace {
  int64_t saved_at = 0;
  int64_t ticket = 0;
  int64_t agent = 0;
};

struct StaleDraft {
  DraftPlace place;
  std::string content;
};

void add_files(const Draft& draft, std::set<int64_t>& files) {
  files.insert(draft.text.attachment_ids.begin(), draft.text.attachment_ids.end());
  for (const DraftText& text : draft.set_aside)
    files.insert(text.attachment_ids.begin(), text.attachment_ids.end());
}

/// The upload while it waits, and only for this agent.
std::optional<Record> waiting_upload(db::Transaction& tx, const Actor& program, int64_t id) {
  Result<Record> upload = read_row(tx, program, attachments_module(), RecordId{id});
  const bool waits = upload && upload->get("ticket").is_null();
  return waits ? std::optional<Record>(std::move(*upload)) : std::nullopt;
}

DraftPlace stale_place(db::Transaction& tx, OrgId org) {
  const std::optional<db::Row> row = tx.row(
      "SELECT saved_at, ticket_id, agent_id FROM draft_file_sweeps WHERE org_id = $1", {org.value});
  return row ? DraftPlace{row->integer(0), row->integer(1), row->integer(2)} : DraftPlace{};
}

void move_stale_place(db::Transaction& tx, OrgId org, const DraftPlace& place) {
  tx.execute(
      "INSERT INTO draft_file_sweeps (org_id, saved_at, ticket_id, agent_id) "
      "VALUES ($1, $2, $3, $4) ON CONFLICT (org_id) DO UPDATE SET saved_at = excluded.saved_at, "
      "ticket_id = excluded.ticket_id, agent_id = excluded.agent_id",
      {org.value, place.saved_at, place.ticket, place.agent});
}

/// The next drafts that nobody touched for long.
std::vector<StaleDraft> stale_drafts(db::Transaction& tx, OrgId org) {
  const DraftPlace after = stale_place(tx, org);
  std::vector<StaleDraft> drafts;
  tx.for_each(
      "SELECT saved_at, ticket_id, agent_id, content FROM drafts WHERE org_id = $1 "
      "AND (saved_at, ticket_id, agent_id) > ($2, $3, $4) AND saved_at < $5 "
      "ORDER BY saved_at, ticket_id, agent_id LIMIT $6",
      {org.value, after.saved_at, after.ticket, after.agent,
       db::arg(tx.now() - draft_files_kept_ms), drafts_at_once},
      [&](const db::RowView& row) {
        drafts.push_back(
            {{row.integer(0), row.integer(1), row.integer(2)}, std::string(row.text(3))});
        return true;
      });
  return drafts;
}

/// Removes the files of one text and writes their names down.
Result<int> forget_files_of(db::Transaction& tx, const Actor& program, int64_t agent,
                            DraftText& text) {
  int forgotten = 0;
  for (const int64_t id : text.attachment_ids) {
    const std::optional<Record> upload = waiting_upload(tx, program, id);
    if (!upload || upload->get("uploader").id().value != agent) continue;
    text.gone_files.push_back(upload->get("name").text());
    TRY(remove_row(tx, program, *upload));
    ++forgotten;
  }
  return forgotten;
}

/// Saved at the same moment as before, so that it keeps its age; one that was touched meanwhile
/// keeps its files.
Result<int> forget_files_of(db::Transaction& tx, const Actor& program, const StaleDraft& stale) {
  const auto [saved_at, ticket, agent] = stale.place;
  const db::Args key{program.org.value, ticket, agent, saved_at};
  const bool is_untouched =
      tx.row(
            "SELECT 1 FROM drafts WHERE org_id = $1 AND ticket_id = $2 AND agent_id = $3 "
            "AND saved_at = $4",
            key)
          .has_value();
  std::optional<Draft> draft = draft_from_text(stale.content, Instant{saved_at});
  if (!is_untouched || !draft) return 0;
  int forgotten = TRY(forget_files_of(tx, program, agent, draft->text));
  for (DraftText& text : draft->set_aside)
    forgotten += TRY(forget_files_of(tx, program, agent, text));
  if (forgotten == 0) return 0;
  tx.execute(
      "UPDATE drafts SET content = $5 WHERE org_id = $1 AND ticket_id = $2 AND agent_id = $3 "
      "AND saved_at = $4",
      {program.org.value, ticket, agent, saved_at, text_from_draft(*draft)});
  return forgotten;
}

Result<int> forget_files_of(db::Transaction& tx, const Actor& program,
                            const std::vector<StaleDraft>& drafts) {
  int forgotten = 0;
  for (const StaleDraft& stale : drafts) {
    forgotten += TRY(forget_files_of(tx, program, stale));
    move_stale_place(tx, program.org, stale.place);
    if (forgotten >= waiting_files_at_once_max) break;
  }
  return forgotten;
}

/// What a sweep of one organisation knows.
struct Sweep {
  const Desk& desk;
  const Actor program;
  const StopSign& stop;
  Instant began_at;
  int forgotten = 0;
  std::map<int64_t, std::set<int64_t>> named_by = {};  // agent to the files of their drafts
};

/// False when it was told to stop before the end, or could not go on.
bool sweep_stale_drafts(Sweep& sweep) {
  while (!sweep.stop.is_up()) {
    const std::vector<StaleDraft> drafts = sweep.desk.database.read(
        [&](db::Transaction& tx) { return stale_drafts(tx, sweep.program.org); });
    if (drafts.empty()) return true;
    const Result<int> forgotten = sweep.desk.database.write(
        [&](db::Transaction& tx) { return forget_files_of(tx, sweep.program, drafts); },
        db::Priority::bulk);
    if (!forgotten) return false;
    sweep.forgotten += *forgotten;
  }
  return false;
}

struct Upload {
  int64_t id = 0;
  int64_t agent = 0;  // 0: nobody's
};

/// Those that wait for more than a day, behind a place. By the id, which tells when the upload was
/// made: so the index of what has no ticket serves.
std::vector<Upload> old_uploads(db::Transaction& tx, OrgId org, int64_t after) {
  std::vector<Upload> uploads;
  for (const db::Row& row :
       tx.rows("SELECT id, uploader FROM attachments WHERE org_id = $1 AND ticket IS NULL "
               "AND id > $2 AND id < $3 AND deleted_at IS NULL ORDER BY id LIMIT $4",
               {org.value, after, first_id_at(tx.now() - upload_waits_ms),
                int64_t{waiting_files_at_once_max}})) {
    uploads.push_back({row.integer(0), row.integer(1)});
  }
  return uploads;
}

/// The files that drafts of an agent name which were saved at `since` or later, page after page.
std::set<int64_t> files_named_since(db::Transaction& tx, OrgId org, int64_t agent, Instant since) {
  std::set<int64_t> named;
  DraftPlace after{.saved_at = since.ms};
  int64_t seen = drafts_at_once;
  while (seen == drafts_at_once) {
    seen = 0;
    tx.for_each(
        "SELECT saved_at, ticket_id, content FROM drafts WHERE org_id = $1 AND agent_id = $2 "
        "AND saved_at >= $3 AND (saved_at, ticket_id) > ($3, $4) "
        "ORDER BY saved_at, ticket_id LIMIT $5",
        {org.value, agent, after.saved_at, after.ticket, drafts_at_once},
        [&](const db::RowView& row) {
          after = {.saved_at = row.integer(0), .ticket = row.integer(1)};
          if (const auto draft = draft_from_text(row.text(2), Instant{after.saved_at}))
            add_files(*draft, named);
          ++seen;
          return true;
        });
  }
  return named;
}

void read_drafts_of(Sweep& sweep, const std::vector<Upload>& uploads) {
  const Instant since = sweep.began_at - draft_files_kept_ms;
  for (const Upload& upload : uploads) {
    if (upload.agent == 0 || sweep.named_by.contains(upload.agent)) continue;
    sweep.named_by[upload.agent] = sweep.desk.database.read([&](db::Transaction& tx) {
      return files_named_since(tx, sweep.program.org, upload.agent, since);
    });
  }
}

/// What was named while the sweep ran, and by replies that have not left.
std::set<int64_t> files_named_lately(db::Transaction& tx, const Sweep& sweep,
                                     const std::vector<Upload>& uploads) {
  std::set<int64_t> agents;
  for (const Upload& upload : uploads) agents.insert(upload.agent);
  agents.erase(0);
  std::set<int64_t> named;
  for (const int64_t agent : agents) {
    named.merge(files_named_since(tx, sweep.program.org, agent, sweep.began_at));
    named.merge(files_of_held_replies(tx, sweep.program.org, RecordId{agent},
                                      sweep.began_at - draft_files_kept_ms));
  }
  return named;
}

Result<int> forget_uploads(db::Transaction& tx, const Sweep& sweep,
                           const std::vector<Upload>& uploads) {
  const std::set<int64_t> named = files_named_lately(tx, sweep, uploads);
  int forgotten = 0;
  for (const Upload& upload : uploads) {
    if (named.contains(upload.id)) continue;
    const std::optional<Record> waiting = waiting_upload(tx, sweep.program, upload.id);
    if (!waiting) continue;
    TRY(remove_row(tx, sweep.program, *waiting));
    ++forgotten;
  }
  return forgotten;
}

void sweep_old_uploads(Sweep& sweep) {
  int64_t after = 0;
  while (!sweep.stop.is_up()) {
    std::vector<Upload> uploads = sweep.desk.database.read(
        [&](db::Transaction& tx) { return old_uploads(tx, sweep.program.org, after); });
    if (uploads.empty()) return;
    after = uploads.back().id;
    read_drafts_of(sweep, uploads);
    std::erase_if(uploads, [&](const Upload& upload) {
      return upload.agent != 0 && sweep.named_by[upload.agent].contains(upload.id);
    });
    if (uploads.empty()) continue;
    const Result<int> forgotten = sweep.desk.database.write(
        [&](db::Transaction& tx) { return forget_uploads(tx, sweep, uploads); },
        db::Priority::bulk);
    if (!forgotten) return;  // the next sweep tries again
    sweep.forgotten += *forgotten;
  }
}

}  // namespace

int sweep_uploads(const Desk& desk, const StopSign& stop) {
  const std::vector<access::Organisation> organisations =
      desk.database.read([](db::Transaction& tx) { return access::all_organisations(tx); });
  int forgotten = 0;
  for (const access::Organisation& organisation : organisations) {
    Sweep sweep{
        .desk = desk,
        .program = access::system_actor(desk.catalogue, organisation.id, access::Path::system),
        .stop = stop,
        .began_at = desk.database.clock().now()};
    if (sweep_stale_drafts(sweep)) sweep_old_uploads(sweep);
    forgotten += sweep.forgotten;
  }
  return forgotten;
}

}  // namespace tandem::desk
