#include "api/native/list_handlers.h"

#include <fmt/format.h>

#include <atomic>

#include "access/audit.h"
#include "api/native/list_query.h"
#include "desk/lists/csv_export.h"
#include "desk/views/ticket_views.h"
#include "files/temporary_file.h"

namespace tandem::api::native {

namespace {

constexpr int export_page_rows = 200;
/// Of this process: an export holds a connection to the database while it is written.
constexpr int exports_at_once_max = 2;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// One of the exports that may run at once.
class ExportTurn {
 public:
  ExportTurn() : is_given_(++running() <= exports_at_once_max) {}
  ~ExportTurn() { --running(); }
  ExportTurn(const ExportTurn&) = delete;
  ExportTurn& operator=(const ExportTurn&) = delete;
  bool is_given() const { return is_given_; }

 private:
  static std::atomic<int>& running() {
    static std::atomic<int> count = 0;
    return count;
  }
  bool is_given_;
};

struct ExportAsk {
  std::vector<desk::ExportColumn> columns;  // empty: all
  bool has_mark = true;
  char separator = ',';
};

Result<desk::ExportColumn> read_column(const Json& json) {
  if (!json.is_object())
    return invalid("columns", "wrong_type", "Send columns as a list of {\"field\",\"label\"}.");
  TRY(only_keys(json.as_object(), {"field", "label"}));
  desk::ExportColumn column;
  column.field = TRY(body_text(json.as_object(), "field"));
  column.label = TRY(body_text(json.as_object(), "label"));
  return column;
}

Result<ExportAsk> read_ask(const JsonObject& body) {
  TRY(only_keys(body, {"columns", "byte_order_mark", "separator"}));
  ExportAsk ask;
  ask.has_mark = TRY(body_flag(body, "byte_order_mark", true));
  const std::string separator = TRY(body_text(body, "separator"));
  if (separator.size() > 1 || std::string_view(",;\t").find(separator) == std::string_view::npos)
    return invalid("separator", "not_a_choice", "Separate by a comma, a semicolon or a tab.");
  if (!separator.empty()) ask.separator = separator.front();
  const Json* columns = body.if_contains("columns");
  if (!columns || columns->is_null()) return ask;
  if (!columns->is_array() || columns->as_array().empty() ||
      columns->as_array().size() > desk::export_columns_max) {
    return invalid("columns", "out_of_range",
                   fmt::format("Name 1 to {} columns.", desk::export_columns_max));
  }
  for (const Json& json : columns->as_array()) {
    desk::ExportColumn column = TRY(read_column(json));
    ask.columns.push_back(std::move(column));
  }
  return ask;
}

Refusal too_many_records() {
  return too_large("too_many_records",
                   fmt::format("The list has more than {} records. Narrow it by a view or a "
                               "condition and export the parts.",
                               desk::export_records_max));
}

/// Writes the list page by page from one snapshot, so that nothing is held but a page. Answers how
/// many records there are.
Result<int64_t> write_list(db::Transaction& tx, const Call& call, ExportAsk ask,
                           files::TemporaryFile& file) {
  const records::ShapeRef shape = call.actor.catalogue->shape(tx, call.actor.org, *call.module);
  if (ask.columns.empty()) ask.columns = desk::all_export_columns(call.actor, *shape);
  const desk::CsvExport csv =
      TRY(desk::CsvExport::make(call.actor, shape, std::move(ask.columns), ask.separator));
  const views::ViewQuery asked = TRY(list_asked_for(tx, call));
  std::string text(ask.has_mark ? byte_order_mark : "");
  csv.append_head(text);
  int64_t count = 0;
  std::string cursor;
  do {
    records::Query query;
    query.sort = sort_asked_for(call, asked);
    query.limit = export_page_rows;
    query.cursor = cursor;
    const records::Page page = TRY(page_of_list(tx, call, asked, std::move(query)));
    count += int64_t(page.records.size());
    if (count > desk::export_records_max) return too_many_records();
    csv.append(tx, text, page.records);
    file.append(text);
    text.clear();
    cursor = page.next_cursor;
  } while (!cursor.empty());
  return count;
}

std::string what_was_exported(const Call& call, int64_t count) {
  std::string detail = fmt::format("{} {}", count, call.module->name);
  for (const char* part : {"view", "department", "words", "filter", "status"}) {
    const std::string text = call.query_text(part);
    if (!text.empty()) detail += fmt::format(", {} {}", part, text);
  }
  return detail;
}

http::Response as_download(const Call& call, std::unique_ptr<const files::TemporaryFile> file) {
  // The server opens it in this very thread, right behind the handler. It has no name, and stays
  // until the thread's next export.
  thread_local std::unique_ptr<const files::TemporaryFile> answered;
  answered = std::move(file);
  http::Response response = http::Response::of_file({answered->path(), 0, answered->size_bytes()},
                                                    "text/csv; charset=utf-8");
  const std::string day = to_iso(call.services.clock.now()).substr(0, 10);
  response.set_header("Content-Disposition",
                      http::content_disposition(http::Disposition::attachment,
                                                fmt::format("{}-{}.csv", call.module->name, day)));
  response.set_header("X-Content-Type-Options", "nosniff");
  response.set_header("Cache-Control", "no-store");
  return response;
}

}  // namespace

Result<http::Response> show_board(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    if (call.module->name != "tickets")
      return not_found("Only tickets stand on a board; ask for /tickets/board.");
    const views::ViewQuery view = TRY(list_asked_for(tx, call));
    const records::ShapeRef shape = call.actor.catalogue->shape(tx, call.actor.org, *call.module);
    JsonWriter json;
    json.begin_object().key("columns").begin_array();
    for (const records::ChoiceOption& status : shape->find("status")->choices) {
      const views::ViewQuery column = TRY(desk::column_of_view(tx, call.actor, view, status.name));
      const records::Count count = TRY(count_of_list(tx, call, column));
      json.begin_object().string("status", status.name).number("count", count.value);
      json.boolean("count_is_exact", count.is_exact).end_object();
    }
    json.end_array().end_object();
    return http::Response::json(200, json.take());
  });
}

Result<http::Response> export_list(Call& call) {
  const JsonObject body = TRY(call.body());
  ExportAsk ask = TRY(read_ask(body));
  const ExportTurn turn;
  if (!turn.is_given())
    return busy("Other lists are being exported right now. Try again in a minute.");
  auto file = std::make_unique<files::TemporaryFile>();
  const int64_t count = TRY(call.database().read([&](db::Transaction& tx) -> Result<int64_t> {
    return write_list(tx, call, std::move(ask), *file);
  }));
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    access::audit(tx, call.actor, "records_exported", what_was_exported(call, count));
    return {};
  }));
  return as_download(call, std::move(file));
}

}  // namespace tandem::api::native
