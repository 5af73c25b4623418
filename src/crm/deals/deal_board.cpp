#include "crm/deals/deal_board.h"

#include <algorithm>

#include "access/field_limits.h"
#include "operations/visible.h"
#include "records/filter_compile.h"

namespace tandem::crm {

namespace {

Result<BoardColumn> column_of(db::Transaction& tx, const access::Actor& actor,
                              const records::Shape& deals, RecordId stage,
                              const records::Filter& filter) {
  records::Statement statement(actor.org);
  statement.text = "SELECT amount, expected_revenue FROM " + deals.module().table_name() +
                   " WHERE org_id = $1 AND deleted_at IS NULL AND ";
  TRY(records::compile_filter(
      tx, actor.org, deals,
      records::all_of({records::field("stage").is(records::Value(stage)), filter}), statement));
  statement.text += " LIMIT " + statement.bind(records::count_cap + 1);
  BoardColumn column{.stage = stage, .amount = 0, .expected_revenue = 0};
  for (const db::Row& row : tx.rows(statement.text, statement.args)) {
    if (column.count.value == records::count_cap) {
      column.count.is_exact = false;
      break;
    }
    ++column.count.value;
    if (!row.is_null(0)) *column.amount += row.integer(0);
    if (!row.is_null(1)) *column.expected_revenue += row.integer(1);
  }
  return column;
}

}  // namespace

Result<std::vector<BoardColumn>> deal_board(db::Transaction& tx, const access::Actor& actor,
                                            const Pipeline& pipeline,
                                            const records::Filter& filter) {
  const records::ModuleDef& module = *actor.catalogue->find("deals");
  TRY(access::require_right(actor, module, access::Right::read));
  TRY(operations::may_ask(actor, module, filter));
  // The columns say of each deal that a filter finds where it stands.
  for (const char* field : {"pipeline", "stage"})
    TRY(operations::may_sort(actor, module, {field, false}));
  const records::ShapeRef deals = actor.catalogue->shape(tx, actor.org, module);
  const records::Filter shown =
      records::all_of({operations::listed_filter(actor, module),
                       records::field("pipeline").is(records::Value(pipeline.id)), filter});
  std::vector<BoardColumn> columns;
  for (const Stage& stage : pipeline.stages) {
    BoardColumn column = TRY(column_of(tx, actor, *deals, stage.id, shown));
    if (access::is_hidden(actor, module.name, "amount")) column.amount.reset();
    if (access::is_hidden(actor, module.name, "expected_revenue")) column.expected_revenue.reset();
    columns.push_back(column);
  }
  return columns;
}

}  // namespace tandem::crm
