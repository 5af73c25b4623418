#include "desk/tickets/statuses.h"

#include <fmt/format.h>

#include <algorithm>

#include "access/audit.h"
#include "base/text.h"
#include "desk/modules.h"
#include "records/custom_field_check.h"
#include "records/custom_fields.h"

namespace tandem::desk {

namespace {

constexpr int64_t label_chars_max = 60;

const std::vector<Status>& system_statuses() {
  static const std::vector<Status> statuses{{"open", "Open", "open", 1, true},
                                            {"on_hold", "On hold", "on_hold", 2, true},
                                            {"closed", "Closed", "closed", 3, true}};
  return statuses;
}

bool is_system_status(std::string_view name) {
  return name == "open" || name == "on_hold" || name == "closed";
}

void write_status(db::Transaction& tx, OrgId org, const Status& status) {
  tx.execute(
      "INSERT INTO choice_options (org_id, module, field, name, label, kind, position) "
      "VALUES ($1, 'tickets', 'status', $2, $3, $4, $5) "
      "ON CONFLICT (org_id, module, field, name) DO UPDATE SET "
      "label = excluded.label, kind = excluded.kind, position = excluded.position",
      {org.value, status.name, status.label, status.type, status.position});
}

/// The configured list stands in place of the module's own, so that the first change writes all.
void write_system_statuses(db::Transaction& tx, OrgId org) {
  if (tx.row("SELECT 1 FROM choice_options WHERE org_id = $1 AND module = 'tickets' "
             "AND field = 'status' LIMIT 1",
             {org.value})) {
    return;
  }
  for (const Status& status : system_statuses()) write_status(tx, org, status);
}

/// "Waiting for parts" -> "waiting_for_parts"; a label without Latin letters becomes "status". A
/// number is added where the name is taken, which the person who gave the label cannot see.
std::string free_name(const std::string& label, const std::vector<Status>& present) {
  const std::string base = records::name_from_label(label, "status");
  std::string name = base;
  const auto has_it = [&](const Status& status) { return status.name == name; };
  for (int number = 2; std::any_of(present.begin(), present.end(), has_it);) {
    name = fmt::format("{}_{}", base, number++);
  }
  return name;
}

/// Two statuses of one label can't be told apart in a list.
Result<void> the_label_is_free(const Status& wanted, const std::vector<Status>& present) {
  const std::string label = fold(wanted.label);
  for (const Status& status : present) {
    if (status.name == wanted.name || fold(status.label) != label) continue;
    return conflict("duplicate", "Choose another label; there is a status with this one.", "label");
  }
  return {};
}

Result<void> fits(Status& status) {
  status.label = std::string(trim(status.label));
  if (status.label.empty()) return invalid("label", "required", "Give the status a label.");
  if (count_chars(status.label) > label_chars_max) {
    return invalid("label", "too_long", "Shorten the label to 60 characters.");
  }
  if (!is_system_status(status.type)) {
    return invalid("type", "not_a_choice", "Choose the type open, on_hold or closed.");
  }
  return {};
}

/// Also by a ticket in the recycle bin, which may come back. Each half has an index of its own.
bool is_used(db::Transaction& tx, OrgId org, std::string_view name) {
  const db::Args args{org.value, std::string(name)};
  return tx.row(
             "SELECT 1 FROM tickets WHERE org_id = $1 AND status = $2 "
             "AND deleted_at IS NULL LIMIT 1",
             args) ||
         tx.row(
             "SELECT 1 FROM tickets WHERE org_id = $1 AND status = $2 "
             "AND deleted_at IS NOT NULL LIMIT 1",
             args);
}

std::optional<Status> find_status(db::Transaction& tx, OrgId org, std::string_view name) {
  for (Status& status : list_statuses(tx, org)) {
    if (status.name == name) return std::move(status);
  }
  return std::nullopt;
}

}  // namespace

std::vector<Status> list_statuses(db::Transaction& tx, OrgId org) {
  std::vector<Status> statuses;
  tx.for_each(
      "SELECT name, label, kind, position FROM choice_options WHERE org_id = $1 "
      "AND module = 'tickets' AND field = 'status' ORDER BY position, name",
      {org.value}, [&](const db::RowView& row) {
        const std::string name(row.text(0));
        statuses.push_back({name, std::string(row.text(1)), std::string(row.text(2)),
                            row.integer(3), is_system_status(name)});
        return true;
      });
  return statuses.empty() ? system_statuses() : statuses;
}

std::string status_type_of(db::Transaction& tx, OrgId org, std::string_view name) {
  if (is_system_status(name)) return std::string(name);
  const std::optional<db::Row> row = tx.row(
      "SELECT kind FROM choice_options WHERE org_id = $1 AND module = 'tickets' "
      "AND field = 'status' AND name = $2",
      {org.value, std::string(name)});
  return row && is_system_status(row->text(0)) ? row->text(0) : "open";
}

Result<Status> add_status(db::Transaction& tx, const access::Actor& actor, Status status) {
  TRY(access::require_duty(actor, access::Duty::manage_fields));
  TRY(fits(status));
  const std::vector<Status> present = list_statuses(tx, actor.org);
  if (present.size() >= size_t(statuses_max)) {
    return invalid("name", "too_many", "Remove a status first; there may be 50.");
  }
  status.name = "";
  TRY(the_label_is_free(status, present));
  status.name = free_name(status.label, present);
  write_system_statuses(tx, actor.org);
  if (status.position == 0) status.position = present.back().position + 1;
  write_status(tx, actor.org, status);
  access::audit(tx, actor, "status_added", status.label);
  records::renew_shapes(tx, actor.org);
  return status;
}

Result<Status> change_status(db::Transaction& tx, const access::Actor& actor, Status status) {
  TRY(access::require_duty(actor, access::Duty::manage_fields));
  const std::optional<Status> before = find_status(tx, actor.org, status.name);
  if (!before) return not_found("There is no such status.");
  if (status.type != before->type) tx.run_alone();
  TRY(fits(status));
  TRY(the_label_is_free(status, list_statuses(tx, actor.org)));
  if (status.type != before->type && before->is_system) {
    return invalid("type", "system_status", "The types of open, on hold and closed stay.");
  }
  if (status.type != before->type && is_used(tx, actor.org, status.name)) {
    return conflict("in_use", "Give the tickets with this status another one first.", "type");
  }
  write_system_statuses(tx, actor.org);
  write_status(tx, actor.org, status);
  access::audit(tx, actor, "status_changed", status.label);
  records::renew_shapes(tx, actor.org);
  status.is_system = before->is_system;
  return status;
}

Result<void> remove_status(db::Transaction& tx, const access::Actor& actor, std::string_view name) {
  TRY(access::require_duty(actor, access::Duty::manage_fields));
  tx.run_alone();
  const std::optional<Status> before = find_status(tx, actor.org, name);
  if (!before) return not_found("There is no such status.");
  if (before->is_system) {
    return conflict("system_status", "Open, on hold and closed always exist.");
  }
  if (is_used(tx, actor.org, name)) {
    return conflict("in_use", "Give the tickets with this status another one first.");
  }
  tx.execute(
      "DELETE FROM choice_options WHERE org_id = $1 AND module = 'tickets' AND field = 'status' "
      "AND name = $2",
      {actor.org.value, std::string(name)});
  access::audit(tx, actor, "status_removed", before->label);
  records::renew_shapes(tx, actor.org);
  return {};
}

}  // namespace tandem::desk
