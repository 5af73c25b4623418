#include "access/organisation_settings.h"

#include <optional>
#include <utility>

namespace tandem::access {

JsonObject organisation_settings(db::Transaction& tx, OrgId org) {
  const db::Args args{org.value};
  const std::optional<db::Row> row =
      tx.row("SELECT settings FROM organisations WHERE id = $1", args);
  Result<Json> settings = json_from_text(row ? row->text(0) : "{}");
  return settings && settings->is_object() ? std::move(settings->as_object()) : JsonObject();
}

void change_organisation_setting(db::Transaction& tx, OrgId org, std::string_view name,
                                 Json value) {
  JsonObject settings = organisation_settings(tx, org);
  settings.erase(name);
  if (!value.is_null()) settings.emplace(name, std::move(value));
  tx.execute("UPDATE organisations SET settings = $2 WHERE id = $1",
             {db::arg(org), json_to_text(Json(std::move(settings)))});
}

}  // namespace tandem::access
