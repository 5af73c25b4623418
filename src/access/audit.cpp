#include "access/audit.h"

#include <fmt/format.h>

#include "base/crypto.h"
#include "base/text.h"

namespace tandem::access {

namespace {

constexpr int audit_page_max = 200;

struct Link {
  int64_t org = 0;
  int64_t seq = 0;
  int64_t at_ms = 0;
  int64_t actor_id = 0;
  std::string actor;
  std::string what;
  std::string detail;
  std::string address;
  std::string previous_hash;
};

/// Each part with its length before it, so that no two entries read alike.
std::string hash_of(const Link& link) {
  std::string bytes;
  const std::string numbers[] = {std::to_string(link.org), std::to_string(link.seq),
                                 std::to_string(link.at_ms), std::to_string(link.actor_id)};
  const auto put = [&](const std::string& part) {
    bytes += fmt::format("{}:", part.size());
    bytes += part;
  };
  for (const std::string& number : numbers) put(number);
  for (const std::string* part :
       {&link.actor, &link.what, &link.detail, &link.address, &link.previous_hash}) {
    put(*part);
  }
  return sha256(bytes);
}

void append(db::Transaction& tx, Link link) {
  tx.execute(
      "INSERT INTO audit_heads (org_id, seq, hash) VALUES ($1, 0, $2) "
      "ON CONFLICT (org_id) DO NOTHING",
      {link.org, db::Bytes{}});
  // The head's row is written first: it lets one writer at a time extend the chain.
  tx.execute("UPDATE audit_heads SET seq = seq + 1 WHERE org_id = $1", {link.org});
  const auto head = tx.row("SELECT seq, hash FROM audit_heads WHERE org_id = $1", {link.org});
  link.seq = head->integer(0);
  link.previous_hash = head->bytes(1);
  const std::string hash = hash_of(link);
  tx.execute(
      "INSERT INTO audit_log (org_id, seq, at, actor_id, actor, what, detail, address, "
      "previous_hash, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      {link.org, link.seq, link.at_ms, link.actor_id == 0 ? db::Value(nullptr) : link.actor_id,
       link.actor, link.what, link.detail, link.address, db::Bytes{link.previous_hash},
       db::Bytes{hash}});
  tx.execute("UPDATE audit_heads SET hash = $2 WHERE org_id = $1", {link.org, db::Bytes{hash}});
}

std::string name_of(db::Transaction& tx, PersonId person) {
  const auto known = tx.row("SELECT name FROM people WHERE id = $1", {db::arg(person)});
  return known ? known->text(0) : "";
}

Refusal bad_cursor() { return invalid("cursor", "bad_cursor", "Begin again without a cursor."); }

}  // namespace

void audit(db::Transaction& tx, const AuditAuthor& author, std::string_view what,
           std::string_view detail) {
  append(tx, {.org = author.org.value,
              .at_ms = tx.now().ms,
              .actor_id = author.id,
              .actor = author.name,
              .what = std::string(what),
              .detail = std::string(first_chars(detail, audit_detail_chars_max)),
              .address = author.address,
              .previous_hash = {}});
}

void audit(db::Transaction& tx, const Actor& actor, std::string_view what,
           std::string_view detail) {
  audit(tx, AuditAuthor{actor.org, actor.id.value, actor.name, actor.address}, what, detail);
}

void audit_member(db::Transaction& tx, OrgId org, PersonId person, std::string_view address,
                  std::string_view what, std::string_view detail) {
  const auto agent = tx.row("SELECT agent_id FROM memberships WHERE org_id = $1 AND person_id = $2",
                            {db::arg(org), db::arg(person)});
  audit(tx,
        AuditAuthor{org, agent ? agent->integer(0) : 0, name_of(tx, person), std::string(address)},
        what, detail);
}

void audit_person(db::Transaction& tx, PersonId person, std::string_view address,
                  std::string_view what, std::string_view detail) {
  AuditAuthor author{OrgId{}, 0, name_of(tx, person), std::string(address)};
  // Without a limit: each of their organisations must be able to prove it.
  const std::vector<db::Row> members =
      tx.rows("SELECT org_id, agent_id FROM memberships WHERE person_id = $1 ORDER BY org_id",
              {db::arg(person)});
  if (members.empty()) audit(tx, author, what, detail);
  for (const db::Row& member : members) {
    author.org = OrgId{member.integer(0)};
    author.id = member.integer(1);
    audit(tx, author, what, detail);
  }
}

Result<AuditPage> list_audit(db::Transaction& tx, const Actor& actor, const std::string& cursor,
                             int limit) {
  TRY(require_duty(actor, Duty::read_audit_log));
  if (limit < 1 || limit > audit_page_max) {
    return invalid("limit", "out_of_range",
                   fmt::format("Ask for 1 to {} entries.", audit_page_max));
  }
  int64_t below = INT64_MAX;
  if (!cursor.empty()) {
    const std::optional<int64_t> seq = id_from_text(cursor);
    if (!seq) return bad_cursor();
    below = *seq;
  }
  AuditPage page;
  bool has_more = false;
  tx.for_each(
      "SELECT seq, at, actor, what, detail, address FROM audit_log "
      "WHERE org_id = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3",
      {db::arg(actor.org), below, int64_t{limit} + 1}, [&](const db::RowView& row) {
        if (page.entries.size() == static_cast<size_t>(limit)) {
          has_more = true;
          return false;
        }
        page.entries.push_back({row.integer(0), Instant{row.integer(1)}, std::string(row.text(2)),
                                std::string(row.text(3)), std::string(row.text(4)),
                                std::string(row.text(5))});
        return true;
      });
  if (has_more) page.next_cursor = std::to_string(page.entries.back().seq);
  return page;
}

int64_t first_audit_fault(db::Transaction& tx, OrgId org) {
  Link expected;
  expected.org = org.value;
  int64_t fault = 0;
  tx.for_each(
      "SELECT seq, at, actor_id, actor, what, detail, address, previous_hash, hash "
      "FROM audit_log WHERE org_id = $1 ORDER BY seq",
      {org.value}, [&](const db::RowView& row) {
        ++expected.seq;
        expected.at_ms = row.integer(1);
        expected.actor_id = row.integer(2);
        expected.actor = row.text(3);
        expected.what = row.text(4);
        expected.detail = row.text(5);
        expected.address = row.text(6);
        const std::string hash = hash_of(expected);
        if (row.integer(0) != expected.seq || row.bytes(7) != expected.previous_hash ||
            row.bytes(8) != hash) {
          fault = expected.seq;
          return false;
        }
        expected.previous_hash = hash;
        return true;
      });
  if (fault != 0) return fault;
  const auto head = tx.row("SELECT seq, hash FROM audit_heads WHERE org_id = $1", {org.value});
  const int64_t head_seq = head ? head->integer(0) : 0;
  if (head_seq != expected.seq) return std::min(head_seq, expected.seq) + 1;
  if (head && head_seq > 0 && head->bytes(1) != expected.previous_hash) return head_seq;
  return 0;
}

}  // namespace tandem::access
