#include "views/custom_view_rows.h"

#include "base/json.h"

namespace tandem::views {

namespace {

constexpr std::string_view selected =
    "SELECT id, owner_id, name, filter, sort, columns, audience, audience_ids, revision "
    "FROM custom_views WHERE org_id = $1 AND module = $2 AND ";

JsonArray array_in(std::string_view text) {
  Result<Json> json = json_from_text(text);
  return json && json->is_array() ? std::move(json->as_array()) : JsonArray();
}

std::vector<std::string> texts_in(std::string_view text) {
  std::vector<std::string> texts;
  for (const Json& value : array_in(text)) {
    if (value.is_string()) texts.emplace_back(value.as_string());
  }
  return texts;
}

std::vector<int64_t> ids_in(std::string_view text) {
  std::vector<int64_t> ids;
  for (const std::string& one : texts_in(text)) {
    if (const std::optional<int64_t> id = id_from_text(one)) ids.push_back(*id);
  }
  return ids;
}

std::string text_of_texts(const std::vector<std::string>& texts) {
  JsonArray array;
  for (const std::string& text : texts) array.emplace_back(text);
  return json_to_text(array);
}

std::string text_of_ids(const std::vector<int64_t>& ids) {
  JsonArray array;
  for (const int64_t id : ids) array.emplace_back(std::to_string(id));
  return json_to_text(array);
}

std::vector<CustomView> views_where(db::Transaction& tx, std::string_view condition,
                                    const db::Args& args) {
  std::vector<CustomView> views;
  tx.for_each(std::string(selected) + std::string(condition), args, [&](const db::RowView& row) {
    views.push_back({.id = {row.integer(0)},
                     .owner = {row.integer(1)},
                     .name = std::string(row.text(2)),
                     .filter_json = std::string(row.text(3)),
                     .sort = std::string(row.text(4)),
                     .columns = texts_in(row.text(5)),
                     .audience = view_audience_from_word(row.text(6)).value_or(ViewAudience::owner),
                     .audience_ids = ids_in(row.text(7)),
                     .revision = row.integer(8)});
    return true;
  });
  return views;
}

}  // namespace

std::optional<CustomView> read_view_row(db::Transaction& tx, const ViewShelf& shelf, RecordId id,
                                        ViewBin bin) {
  const std::string condition = bin == ViewBin::outside ? "id = $3 AND deleted_at IS NULL"
                                                        : "id = $3 AND deleted_at IS NOT NULL";
  std::vector<CustomView> views =
      views_where(tx, condition, {shelf.org.value, shelf.module, id.value});
  return views.empty() ? std::nullopt : std::optional<CustomView>(std::move(views.front()));
}

std::vector<CustomView> view_rows_of(db::Transaction& tx, const ViewShelf& shelf, RecordId owner) {
  return views_where(
      tx, "owner_id = $3 AND deleted_at IS NULL ORDER BY id LIMIT $4",
      {shelf.org.value, shelf.module, owner.value, int64_t{custom_views_per_agent_max}});
}

std::vector<CustomView> shared_view_rows(db::Transaction& tx, const ViewShelf& shelf) {
  return views_where(tx, "audience <> 'owner' AND deleted_at IS NULL ORDER BY id LIMIT $3",
                     {shelf.org.value, shelf.module, int64_t{shared_views_max}});
}

void insert_view_row(db::Transaction& tx, const ViewShelf& shelf, const CustomView& view) {
  tx.execute(
      "INSERT INTO custom_views (org_id, id, owner_id, name, filter, sort, columns, audience, "
      "audience_ids, revision, created_at, updated_at, module) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12)",
      {shelf.org.value, view.id.value, view.owner.value, view.name, view.filter_json, view.sort,
       text_of_texts(view.columns), std::string(word(view.audience)),
       text_of_ids(view.audience_ids), view.revision, tx.now().ms, shelf.module});
}

void update_view_row(db::Transaction& tx, OrgId org, const CustomView& view) {
  tx.execute(
      "UPDATE custom_views SET name = $3, filter = $4, sort = $5, columns = $6, audience = $7, "
      "audience_ids = $8, revision = $9, updated_at = $10, deleted_at = NULL "
      "WHERE org_id = $1 AND id = $2",
      {org.value, view.id.value, view.name, view.filter_json, view.sort,
       text_of_texts(view.columns), std::string(word(view.audience)),
       text_of_ids(view.audience_ids), view.revision, tx.now().ms});
}

void bin_view_row(db::Transaction& tx, const ViewShelf& shelf, const CustomView& view,
                  int64_t kept) {
  tx.execute("UPDATE custom_views SET deleted_at = $3 WHERE org_id = $1 AND id = $2",
             {shelf.org.value, view.id.value, tx.now().ms});
  tx.execute(
      "DELETE FROM custom_views WHERE org_id = $1 AND owner_id = $2 AND module = $3 "
      "AND deleted_at IS NOT NULL AND id NOT IN (SELECT id FROM custom_views WHERE org_id = $1 "
      "AND owner_id = $2 AND module = $3 AND deleted_at IS NOT NULL "
      "ORDER BY deleted_at DESC, id DESC LIMIT $4)",
      {shelf.org.value, view.owner.value, shelf.module, kept});
}

std::vector<int64_t> view_order_of(db::Transaction& tx, const ViewShelf& shelf, RecordId agent) {
  const std::optional<db::Row> row =
      tx.row("SELECT view_ids FROM view_orders WHERE org_id = $1 AND agent_id = $2 AND module = $3",
             {shelf.org.value, agent.value, shelf.module});
  return row ? ids_in(row->text(0)) : std::vector<int64_t>();
}

void write_view_order(db::Transaction& tx, const ViewShelf& shelf, RecordId agent,
                      const std::vector<int64_t>& ids) {
  tx.execute(
      "INSERT INTO view_orders (org_id, agent_id, module, view_ids) VALUES ($1, $2, $3, $4) "
      "ON CONFLICT (org_id, agent_id, module) DO UPDATE SET view_ids = excluded.view_ids",
      {shelf.org.value, agent.value, shelf.module, text_of_ids(ids)});
}

}  // namespace tandem::views
