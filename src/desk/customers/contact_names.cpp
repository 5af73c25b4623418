#include "desk/customers/contact_names.h"

#include "desk/modules.h"
#include "records/search/search.h"
#include "records/store.h"

namespace tandem::desk {

namespace {

struct Walk {
  OrgId org = {};
  int64_t up_to = 0;
};

std::optional<Walk> next_walk(db::Transaction& tx) {
  const std::optional<db::Row> row = tx.row(
      "SELECT o.id, COALESCE(i.up_to, 0) FROM organisations o "
      "LEFT JOIN contact_names_indexed i ON i.org_id = o.id "
      "WHERE o.app = 'desk' AND COALESCE(i.is_done, 0) = 0 ORDER BY o.id LIMIT 1");
  if (!row) return std::nullopt;
  return Walk{{row->integer(0)}, row->integer(1)};
}

Result<void> step(db::Transaction& tx, const Desk& desk, const Walk& walk) {
  const records::ShapeRef shape = desk.catalogue.shape(tx, walk.org, contacts_module());
  records::Query query;
  query.filter = records::field("id").after(walk.up_to);
  query.sort = {"id", false};
  query.limit = contacts_indexed_at_once;
  query.bin = records::Bin::either;
  const records::Page page = TRY(records::select_page(tx, walk.org, shape, query));
  for (const records::Record& contact : page.records) {
    records::index_words(tx, walk.org, contacts_module().name, contact.id.value,
                         records::words_of(records::searchable_text(contact)));
  }
  const int64_t up_to = page.records.empty() ? walk.up_to : page.records.back().id.value;
  const bool is_done = page.records.size() < size_t(contacts_indexed_at_once);
  tx.execute(
      "INSERT INTO contact_names_indexed (org_id, up_to, is_done) VALUES ($1, $2, $3) "
      "ON CONFLICT (org_id) DO UPDATE SET up_to = excluded.up_to, is_done = excluded.is_done",
      {walk.org.value, up_to, int64_t{is_done}});
  return {};
}

}  // namespace

bool index_contact_names(const Desk& desk) {
  const auto next = [&] {
    return desk.database.read([](db::Transaction& tx) { return next_walk(tx); });
  };
  if (!next()) return false;
  // Read anew inside: another node may have taken the step meanwhile.
  const Result<void> done = desk.database.write(
      [&](db::Transaction& tx) -> Result<void> {
        const std::optional<Walk> walk = next_walk(tx);
        return walk ? step(tx, desk, *walk) : Result<void>();
      },
      db::Priority::bulk);
  return done && next();
}

}  // namespace tandem::desk
