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
  statement.text =
      "SELECT COUNT(*), CAST(SUM(amount) AS BIGINT), CAST(SUM(expected_revenue) AS BIGINT) "
      "FROM (SELECT amount, expected_revenue FROM " +
      deals.module().table_name() + " WHERE org_id = $1 AND deleted_at IS NULL AND ";
  TRY(records::compile_filter(
      tx, actor.org, deals,
      records::all_of({records::field("stage").is(records::Value(stage)), filter}), statement));
  statement.text += " LIMIT " + statement.bind(records::count_cap + 1) + ") AS counted";
  const db::Row sums = *tx.row(statement.text, statement.args);
  const int64_t counted = sums.integer(0);
  BoardColumn column{.stage = stage,
                     .amount = sums.integer(1),
                     .expected_revenue = sums.integer(2)};
  column.count = {std::min(counted, records::count_cap), counted <= records::count_cap};
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
