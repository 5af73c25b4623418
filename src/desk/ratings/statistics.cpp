#include "desk/ratings/statistics.h"

#include "desk/modules.h"
#include "desk/views/views.h"
#include "operations/visible.h"
#include "records/filter_compile.h"

namespace tandem::desk {

namespace {

/// Sums while rows go by.
struct Sums {
  Statistics figures;
  int64_t answer_minutes = 0;
  int64_t resolution_minutes = 0;
};

enum Column { status_type, due_at, answer_minutes, resolution_minutes, rating };

void count(Sums& sums, const db::RowView& row, Instant now) {
  Statistics& figures = sums.figures;
  ++figures.tickets;
  if (row.text(status_type) != "closed") ++figures.open;
  const std::optional<Instant> due =
      row.is_null(due_at) ? std::nullopt : std::optional(Instant{row.integer(due_at)});
  if (is_overdue(row.text(status_type), due, now)) ++figures.overdue;
  if (!row.is_null(answer_minutes)) {
    ++figures.answered;
    sums.answer_minutes += row.integer(answer_minutes);
  }
  if (!row.is_null(resolution_minutes)) {
    ++figures.resolved;
    sums.resolution_minutes += row.integer(resolution_minutes);
  }
  if (row.text(rating) == "good") ++figures.good;
  if (row.text(rating) == "okay") ++figures.okay;
  if (row.text(rating) == "bad") ++figures.bad;
}

/// The column, or nothing when the role does not see the field.
std::string shown(const access::Actor& actor, const records::Shape& shape, const char* name) {
  const bool is_hidden = access::field_access(actor, tickets_module().name, *shape.find(name)) ==
                         access::FieldAccess::hidden;
  return is_hidden ? "NULL" : name;
}

Result<records::Statement> newest_tickets(db::Transaction& tx, const access::Actor& actor,
                                          Customer customer, RecordId id) {
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, tickets_module());
  records::Statement statement(actor.org);
  statement.text = "SELECT status_type";
  for (const char* name : {"due_at", "first_answer_minutes", "resolution_minutes", "rating"}) {
    statement.text += ", " + shown(actor, *shape, name);
  }
  statement.text += " FROM tickets WHERE org_id = $1 AND deleted_at IS NULL AND ";
  statement.text += customer == Customer::contact ? "contact = " : "account = ";
  statement.text += statement.bind(id.value);
  const records::Filter listed = operations::listed_filter(actor, tickets_module());
  if (listed.kind != records::Filter::Kind::everything) {
    statement.text += " AND ";
    TRY(records::compile_filter(tx, actor.org, *shape, listed, statement));
  }
  statement.text +=
      " ORDER BY last_activity_at DESC LIMIT " + statement.bind(statistics_tickets_max + 1);
  return statement;
}

}  // namespace

Result<Statistics> statistics_of(db::Transaction& tx, const access::Actor& actor, Customer customer,
                                 RecordId id) {
  const records::ModuleDef& module =
      customer == Customer::contact ? contacts_module() : accounts_module();
  TRY(operations::read_record(tx, actor, module, id));
  TRY(access::require_right(actor, tickets_module(), access::Right::read));
  const records::Statement statement = TRY(newest_tickets(tx, actor, customer, id));
  Sums sums;
  tx.for_each(statement.text, statement.args, [&](const db::RowView& row) {
    sums.figures.is_capped = sums.figures.tickets == statistics_tickets_max;
    if (sums.figures.is_capped) return false;
    count(sums, row, tx.now());
    return true;
  });
  Statistics& figures = sums.figures;
  if (figures.answered > 0)
    figures.average_first_answer_minutes = sums.answer_minutes / figures.answered;
  if (figures.resolved > 0)
    figures.average_resolution_minutes = sums.resolution_minutes / figures.resolved;
  return figures;
}

}  // namespace tandem::desk
