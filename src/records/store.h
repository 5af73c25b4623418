#pragma once

#include <optional>
#include <string>
#include <vector>

#include "records/record.h"

// Rows in and out. Knows no rights: every caller above floor 4 goes through operations/.

namespace tandem::records {

/// Which side of the recycle bin.
enum class Bin { outside, inside, either };

struct Sort {
  std::string field = "id";  // sortable field, "id", "title", "created_at" or "updated_at"
  bool descending = true;
};

struct Query {
  Filter filter = {};
  Sort sort;
  std::string cursor = {};  // opaque, from Page::next_cursor; "" is the first page
  int64_t offset = 0;       // for dialects that page by number; at most 5,000
  int limit = 50;           // 1 to 250
  Bin bin = Bin::outside;
};

struct Page {
  ShapeRef shape = {};
  std::vector<Record> records = {};
  std::string next_cursor = {};  // "" at the end
};

constexpr int64_t count_cap = 1'000;
struct Count {
  int64_t value = 0;
  bool is_exact = true;
};

/// Keyset paging by (sort field, id). Refuses with invalid: unknown sort, broken cursor, bad limit.
Result<Page> select_page(db::Transaction& tx, OrgId org, const ShapeRef& shape, const Query& query);
/// The one record with this id that also meets `filter`; nothing otherwise.
Result<std::optional<Record>> select_one(db::Transaction& tx, OrgId org, const ShapeRef& shape,
                                         RecordId id, const Filter& filter, Bin bin = Bin::outside);
/// Counts up to count_cap and then stops, so that it costs the same at a million rows.
Result<Count> count_up_to_cap(db::Transaction& tx, OrgId org, const ShapeRef& shape,
                              const Filter& filter, Bin bin = Bin::outside);

/// Who wrote, and by which way in, for row stamps and the change log.
struct Author {
  RecordId id = {};       // agent or contact; 0 for the program
  std::string kind = {};  // person, contact, system
  std::string name = {};  // as it was then
  std::string path = {};  // ui, api, mail, import, macro, bulk, automation, system
};

/// Stores change.proposed: the row with its new revision, title, search words and a change-log
/// entry, all in change.tx. Refuses: conflict (code "duplicate", names the unique field), invalid
/// (a link to nothing in this organisation).
Result<Record> store(Change& change, const Author& author);

/// Title and e-mail (when the module has one) of linked records, for showing links. In the bin or
/// not.
struct LinkTitle {
  RecordId id = {};
  std::string title = {};
  std::string email = {};
};
std::vector<LinkTitle> link_titles(db::Transaction& tx, OrgId org, const ModuleDef& module,
                                   std::vector<int64_t> ids);

}  // namespace tandem::records
