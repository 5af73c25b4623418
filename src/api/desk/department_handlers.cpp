#include "api/desk/envelope.h"
#include "api/desk/handlers.h"
#include "desk/modules.h"

namespace tandem::api::desk_dialect {

namespace {

Result<http::Response> switch_department(Call& call, int64_t is_enabled) {
  const RecordId id = TRY(call.id());
  TRY(call.database().write([&](db::Transaction& tx) {
    return operations::update_record(tx, call.actor, *call.module, id,
                                     {{"is_enabled", records::Value(is_enabled)}});
  }));
  call.services.wake();
  return http::Response::no_content();
}

}  // namespace

Result<http::Response> enable_department(Call& call) { return switch_department(call, 1); }

Result<http::Response> disable_department(Call& call) { return switch_department(call, 0); }

Result<http::Response> check_department_exists(Call& call) {
  const std::string name = call.query_text("departmentName");
  if (name.empty()) return invalid("departmentName", "required", "Give departmentName.");
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const records::Count count = TRY(
        operations::count_records(tx, call.actor, *call.module, records::field("name").is(name)));
    return http::Response::json(
        200, JsonWriter().begin_object().boolean("isExists", count.value > 0).end_object().take());
  });
}

}  // namespace tandem::api::desk_dialect
