#include "desk/channels/phone_lines.h"

#include "access/audit.h"
#include "base/crypto.h"
#include "base/names.h"
#include "desk/departments.h"

namespace tandem::desk {

using access::Actor;

namespace {

constexpr int64_t name_chars_max = 120;
constexpr size_t key_bytes = 15;

constexpr std::string_view columns =
    "SELECT id, org_id, hook_key, name, department_id, takes, joins_open_ticket, is_enabled, "
    "sealed_secret FROM phone_lines ";

Result<void> may_set_lines(const Actor& actor) {
  return access::require_duty(actor, access::Duty::manage_mailboxes);
}

PhoneLine line_of(const db::Row& row) {
  return {.id = {row.integer(0)},
          .org = {row.integer(1)},
          .key = row.text(2),
          .name = row.text(3),
          .department = {row.integer(4)},
          .takes = row.text(5),
          .joins_open_ticket = row.integer(6) != 0,
          .is_enabled = row.integer(7) != 0};
}

Result<PhoneLine> checked(db::Transaction& tx, const Actor& actor, const PhoneLine& line) {
  PhoneLine wanted = line;
  wanted.org = actor.org;
  wanted.name =
      TRY(checked_name(line.name, {.of = "the telephone system", .chars_max = name_chars_max}));
  if (wanted.takes != "every" && wanted.takes != "answered" && wanted.takes != "missed") {
    return invalid("takes", "not_a_choice", "Choose every, answered or missed.");
  }
  TRY(require_enabled_department(tx, actor.org, wanted.department));
  return wanted;
}

}  // namespace

Result<std::vector<PhoneLine>> list_phone_lines(db::Transaction& tx, const Actor& actor) {
  TRY(may_set_lines(actor));
  std::vector<PhoneLine> lines;
  for (const db::Row& row :
       tx.rows(std::string(columns) + "WHERE org_id = $1 ORDER BY name, id LIMIT $2",
               {actor.org.value, int64_t(phone_lines_max)})) {
    lines.push_back(line_of(row));
  }
  return lines;
}

Result<PhoneLine> read_phone_line(db::Transaction& tx, const Actor& actor, RecordId id) {
  TRY(may_set_lines(actor));
  const std::optional<db::Row> row =
      tx.row(std::string(columns) + "WHERE org_id = $1 AND id = $2", {actor.org.value, id.value});
  if (!row) return not_found("There is no such telephone system.");
  return line_of(*row);
}

Result<PhoneLineWithSecret> add_phone_line(db::Transaction& tx, const Desk& desk,
                                           const Actor& actor, const PhoneLine& line) {
  TRY(may_set_lines(actor));
  PhoneLineWithSecret added;
  added.line = TRY(checked(tx, actor, line));
  const int64_t present =
      tx.integer("SELECT COUNT(*) FROM phone_lines WHERE org_id = $1", {actor.org.value});
  if (present >= int64_t(phone_lines_max)) {
    return conflict("too_many", "Delete a telephone system first; there are 50.");
  }
  added.secret = random_token();
  added.line.id = {tx.new_id()};
  added.line.key = to_base64url(random_bytes(key_bytes));
  tx.execute(
      "INSERT INTO phone_lines (org_id, id, hook_key, name, department_id, sealed_secret, takes, "
      "joins_open_ticket, is_enabled, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      {actor.org.value, added.line.id.value, added.line.key, added.line.name,
       added.line.department.value, db::Bytes{seal(desk.secret, added.secret)}, added.line.takes,
       int64_t{added.line.joins_open_ticket}, int64_t{added.line.is_enabled}, tx.now().ms});
  access::audit(tx, actor, "phone_line_added", added.line.name);
  return added;
}

Result<PhoneLine> change_phone_line(db::Transaction& tx, const Actor& actor,
                                    const PhoneLine& line) {
  const PhoneLine before = TRY(read_phone_line(tx, actor, line.id));
  PhoneLine changed = TRY(checked(tx, actor, line));
  changed.key = before.key;
  tx.execute(
      "UPDATE phone_lines SET name = $3, department_id = $4, takes = $5, joins_open_ticket = $6, "
      "is_enabled = $7 WHERE org_id = $1 AND id = $2",
      {actor.org.value, line.id.value, changed.name, changed.department.value, changed.takes,
       int64_t{changed.joins_open_ticket}, int64_t{changed.is_enabled}});
  access::audit(tx, actor, "phone_line_changed", changed.name);
  return changed;
}

Result<void> remove_phone_line(db::Transaction& tx, const Actor& actor, RecordId id) {
  const PhoneLine line = TRY(read_phone_line(tx, actor, id));
  tx.execute("DELETE FROM phone_lines WHERE org_id = $1 AND id = $2", {actor.org.value, id.value});
  access::audit(tx, actor, "phone_line_removed", line.name);
  return {};
}

Result<std::string> renew_phone_secret(db::Transaction& tx, const Desk& desk, const Actor& actor,
                                       RecordId id) {
  const PhoneLine line = TRY(read_phone_line(tx, actor, id));
  std::string secret = random_token();
  tx.execute("UPDATE phone_lines SET sealed_secret = $3 WHERE org_id = $1 AND id = $2",
             {actor.org.value, id.value, db::Bytes{seal(desk.secret, secret)}});
  access::audit(tx, actor, "phone_line_secret_renewed", line.name);
  return secret;
}

std::optional<PhoneLineWithSecret> find_phone_line(db::Transaction& tx, const Desk& desk,
                                                   std::string_view key) {
  const std::optional<db::Row> row =
      tx.row(std::string(columns) + "WHERE hook_key = $1", {std::string(key)});
  if (!row) return std::nullopt;
  const std::optional<std::string> secret = open_sealed(desk.secret, row->bytes(8));
  if (!secret) return std::nullopt;
  return PhoneLineWithSecret{line_of(*row), *secret};
}

}  // namespace tandem::desk
