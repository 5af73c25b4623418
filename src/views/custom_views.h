#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"
#include "records/record.h"
#include "views/viewed_module.h"

// Views that people make of the records of a module: a name, conditions, an order and columns.
// Manual, Custom views.

namespace tandem::views {

/// Of one module.
constexpr int custom_views_per_agent_max = 100;
/// Shared ones of a module in an organisation.
constexpr int shared_views_max = 200;
constexpr int64_t view_name_chars_max = 100;
constexpr size_t view_filter_bytes_max = 20'000;
constexpr size_t view_columns_max = 30;
constexpr size_t view_audience_max = 50;

/// Who has the view beside its owner.
enum class ViewAudience { owner, everybody, departments, roles };
std::string_view word(ViewAudience audience);
std::optional<ViewAudience> view_audience_from_word(std::string_view word);

struct CustomView {
  RecordId id = {};
  RecordId owner = {};
  std::string name = {};
  /// As filter_from_json reads it. "me", "now" and "in_last_days" stand for the reader and the time
  /// of reading.
  std::string filter_json = "{}";
  std::string sort = {};                  // "-amount"; a new view without one: the newest first
  std::vector<std::string> columns = {};  // names of fields; empty: the reader's own choice
  ViewAudience audience = ViewAudience::owner;
  std::vector<int64_t> audience_ids = {};  // departments or roles
  int64_t revision = 0;

  bool is_shared() const { return audience != ViewAudience::owner; }
};

/// Those that the actor sees: their own, and what is shared with them; administrators see every
/// shared one. In the order that they gave them, the newest last. Manual, Custom views 2.2.
std::vector<CustomView> list_custom_views(db::Transaction& tx, const access::Actor& actor,
                                          const ViewedModule& viewed);
/// Refuses with not_found what is not there, deleted, or not for the actor.
Result<CustomView> find_custom_view(db::Transaction& tx, const access::Actor& actor,
                                    const ViewedModule& viewed, RecordId id);

/// Makes a view of the actor. `view.id`, `owner` and `revision` are given here. Refuses: forbidden
/// (no right to read the module; "may_not_share_views"; a condition on a hidden field), invalid
/// (name, filter, sort, columns, audience; "too_many"), conflict "duplicate" (the name of a view
/// they see).
Result<CustomView> create_custom_view(db::Transaction& tx, const access::Actor& actor,
                                      const ViewedModule& viewed, CustomView view);
/// Writes all of `view` over the view of that id. `seen_revision`: refuses with conflict "stale"
/// when it moved on. Refuses as create_custom_view does, and with not_found.
Result<CustomView> change_custom_view(db::Transaction& tx, const access::Actor& actor,
                                      const ViewedModule& viewed, CustomView view,
                                      std::optional<int64_t> seen_revision = std::nullopt);
/// Deletes; the newest twenty of an owner can be restored. Refuses: not_found, forbidden.
Result<void> delete_custom_view(db::Transaction& tx, const access::Actor& actor,
                                const ViewedModule& viewed, RecordId id);
/// Refuses: not_found, forbidden, and as create_custom_view does what no longer fits.
Result<CustomView> restore_custom_view(db::Transaction& tx, const access::Actor& actor,
                                       const ViewedModule& viewed, RecordId id);
/// The order in which the actor wants them; those not named come last. Refuses with invalid an id
/// that is no view of theirs.
Result<void> order_custom_views(db::Transaction& tx, const access::Actor& actor,
                                const ViewedModule& viewed, const std::vector<int64_t>& ids);

/// Who may give a view to others: administrators, and whoever manages fields. Manual, Custom views
/// 2.1.
bool may_share_views(const access::Actor& actor);
/// "update", "delete", "clone".
std::vector<std::string_view> may_with_view(const access::Actor& actor, const CustomView& view);

}  // namespace tandem::views
