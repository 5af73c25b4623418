#include <algorithm>

#include "api/crm/coql/answers.h"
#include "api/crm/handlers.h"
#include "api/crm/refusals.h"
#include "base/text.h"

namespace tandem::api::crm_dialect {

namespace {

/// What is wrong with the text of a query, and where.
http::Response show_fault(const coql::Fault& fault) {
  JsonWriter details;
  details.begin_object();
  if (!fault.clause.empty()) {
    details.string("clause", fault.clause);
  } else {
    details.string("near", fault.near).number("line", fault.line).number("column", fault.column);
  }
  const std::string message =
      fault.clause.empty() ? "error occurred while parsing the query" : "missing clause";
  return show_error(400, fault.code, message, details.end_object().take());
}

http::Response invalid_query(const Refusal& refusal) {
  JsonWriter details;
  details.begin_object().string("column_name", refusal.field).string("reason", refusal.code);
  return show_error(400, "INVALID_QUERY", refusal.message, details.end_object().take());
}

/// What another query could ask for in smaller pieces.
bool is_of_limits(const Refusal& refusal) {
  const bool is_of_window = refusal.field == "offset" || refusal.field == "limit";
  return refusal.code == "too_many_rows" || refusal.code == "too_complex" ||
         (refusal.code == "out_of_range" && is_of_window);
}

bool is_grouped(const coql::Query& query) {
  return !query.group_by.empty() ||
         std::any_of(query.columns.begin(), query.columns.end(), [](const coql::Column& column) {
           return column.aggregate != coql::Aggregate::none;
         });
}

}  // namespace

Result<http::Response> run_coql(Call& call) {
  const JsonObject body = TRY(call.body());
  const auto text = body.find("select_query");
  if (text == body.end() || !text->value().is_string())
    return invalid("select_query", "required", "required field not found");
  const auto query = coql::parse(text->value().get_string());
  if (!query) return show_fault(query.error());
  call.module = module_of_word(*call.actor.catalogue, call.edition, query->module);
  if (!call.module) {
    return invalid_query(
        invalid(query->module, "invalid_module", "the module given seems to be invalid"));
  }
  TRY(call.require_scope(*call.module, "READ"));
  const Result<http::Response> answer =
      call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
        return is_grouped(*query) ? coql::answer_groups(tx, call, *query)
                                  : coql::answer_rows(tx, call, *query);
      });
  if (answer) return *answer;
  const Refusal& refusal = answer.error();
  if (is_of_limits(refusal)) return show_error(400, "LIMIT_EXCEEDED", refusal.message);
  if (refusal.kind != RefusalKind::invalid) return refusal;
  const records::ShapeRef shape = call.actor.catalogue->plain_shape(*call.module);
  Refusal in_words = refusal;
  in_words.field = ModuleWords(call.edition, *shape).api_name_of(refusal.field);
  return invalid_query(in_words);
}

}  // namespace tandem::api::crm_dialect
