#include "views/custom_views.h"

#include <fmt/format.h>

#include <algorithm>

#include "access/audit.h"
#include "access/roles.h"
#include "base/names.h"
#include "base/text.h"
#include "operations/visible.h"
#include "views/custom_view_query.h"
#include "views/custom_view_rows.h"

namespace tandem::views {

using access::Actor;

namespace {

constexpr ViewAudience audiences[] = {ViewAudience::owner, ViewAudience::everybody,
                                      ViewAudience::departments, ViewAudience::roles};
constexpr int64_t deleted_views_kept = 20;

}  // namespace

std::string_view word(ViewAudience audience) {
  switch (audience) {
    case ViewAudience::owner: return "owner";
    case ViewAudience::everybody: return "everybody";
    case ViewAudience::departments: return "departments";
    case ViewAudience::roles: return "roles";
  }
  return "";
}

std::optional<ViewAudience> view_audience_from_word(std::string_view text) {
  for (const ViewAudience audience : audiences) {
    if (word(audience) == text) return audience;
  }
  return std::nullopt;
}

bool may_share_views(const Actor& actor) {
  return actor.is_administrator() || has_duty(actor, access::Duty::manage_fields);
}

namespace {

/// Manual, Custom views 2.1 and 2.2.
bool is_for(const Actor& actor, const CustomView& view) {
  if (view.owner == actor.id) return true;
  if (view.is_shared() && actor.is_administrator()) return true;
  const auto is_named = [&](int64_t id) {
    return std::find(view.audience_ids.begin(), view.audience_ids.end(), id) !=
           view.audience_ids.end();
  };
  switch (view.audience) {
    case ViewAudience::owner: return false;
    case ViewAudience::everybody: return true;
    case ViewAudience::departments:
      return std::any_of(actor.department_ids.begin(), actor.department_ids.end(), is_named);
    case ViewAudience::roles: return actor.role && is_named(actor.role->id.value);
  }
  return false;
}

bool may_update(const Actor& actor, const CustomView& view) {
  return view.is_shared() ? may_share_views(actor) : view.owner == actor.id;
}

bool may_delete(const Actor& actor, const CustomView& view) {
  return view.owner == actor.id || may_update(actor, view);
}

Refusal no_view() {
  return not_found("There is no such view, or it was not made for you; choose one of the list.");
}

Refusal may_not_share() {
  return forbidden("may_not_share_views",
                   "Keep the view for yourself, or ask an administrator to share it: that takes "
                   "the duty to manage fields.");
}

ViewShelf shelf_of(const Actor& actor, const ViewedModule& viewed) {
  return {actor.org, viewed.module.name};
}

Result<void> reads_module(const Actor& actor, const ViewedModule& viewed) {
  if (!actor.is_agent())
    return forbidden("right_missing", "Views are made by agents; sign in as one.");
  return access::require_right(actor, viewed.module, access::Right::read);
}

Result<void> name_fits(db::Transaction& tx, const Actor& actor, const ViewedModule& viewed,
                       CustomView& view) {
  view.name = TRY(checked_name(view.name, {.of = "the view", .chars_max = view_name_chars_max}));
  const std::string folded = fold(view.name);
  const auto is_same = [&](const CustomView& other) {
    return other.id != view.id && fold(other.name) == folded;
  };
  const std::vector<CustomView> seen = list_custom_views(tx, actor, viewed);
  const bool is_ready =
      std::any_of(viewed.ready.begin(), viewed.ready.end(),
                  [&](const ReadyView& ready) { return fold(ready.label) == folded; });
  if (is_ready || std::any_of(seen.begin(), seen.end(), is_same)) {
    return conflict("duplicate", "Choose another name; you have a view of this name.", "name");
  }
  return {};
}

Result<void> conditions_fit(db::Transaction& tx, const Actor& actor, const ViewedModule& viewed,
                            const CustomView& view) {
  if (view.filter_json.size() > view_filter_bytes_max) {
    return too_large("too_long", "Use fewer or shorter conditions.", "filter");
  }
  const Json conditions = TRY(json_from_text(view.filter_json));
  TRY(view_conditions(tx, actor, viewed, conditions));
  return {};
}

Result<void> sort_fits(db::Transaction& tx, const Actor& actor, const ViewedModule& viewed,
                       const CustomView& view) {
  const bool descending = view.sort.starts_with('-');
  const std::string name = descending ? view.sort.substr(1) : view.sort;
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, viewed.module);
  const records::FieldDef* field = shape->find(name);
  const bool is_known = field ? field->sortable : name == "created_at" || name == "updated_at";
  if (!is_known) {
    return invalid("sort", "not_sortable",
                   fmt::format("{} can't be sorted by {}.", viewed.module.label_plural, name));
  }
  return operations::may_sort(actor, viewed.module, {name, descending});
}

Result<void> columns_fit(db::Transaction& tx, const Actor& actor, const ViewedModule& viewed,
                         const CustomView& view) {
  if (view.columns.size() > view_columns_max) {
    return invalid("columns", "too_many",
                   fmt::format("Choose at most {} columns.", view_columns_max));
  }
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, viewed.module);
  for (const std::string& name : view.columns) {
    const bool is_known = shape->find(name) || name == "created_at" || name == "updated_at";
    if (!is_known) {
      return invalid("columns", "unknown_field",
                     fmt::format("{} have no field {}.", viewed.module.label_plural, name));
    }
  }
  return {};
}

Result<void> audience_fits(db::Transaction& tx, const Actor& actor, const ViewedModule& viewed,
                           CustomView& view) {
  const bool names_some =
      view.audience == ViewAudience::departments || view.audience == ViewAudience::roles;
  if (!names_some) view.audience_ids.clear();
  if (view.is_shared() && !may_share_views(actor)) return may_not_share();
  if (!names_some) return {};
  if (view.audience == ViewAudience::departments && !viewed.departments) {
    return invalid("audience", "not_a_choice",
                   "There are no departments; share with everybody or with roles.");
  }
  std::sort(view.audience_ids.begin(), view.audience_ids.end());
  const auto last = std::unique(view.audience_ids.begin(), view.audience_ids.end());
  view.audience_ids.erase(last, view.audience_ids.end());
  if (view.audience_ids.empty()) {
    return invalid("audience", "required", "Choose the departments or roles to share with.");
  }
  if (view.audience_ids.size() > view_audience_max) {
    return invalid("audience", "too_many",
                   fmt::format("Choose at most {}; or share with everybody.", view_audience_max));
  }
  const auto is_there = [&](int64_t id) {
    if (view.audience == ViewAudience::roles)
      return access::find_role(tx, actor.org, RecordId{id}).has_value();
    return !records::link_titles(tx, actor.org, *viewed.departments, {id}).empty();
  };
  if (!std::all_of(view.audience_ids.begin(), view.audience_ids.end(), is_there)) {
    return invalid("audience", "not_found", "Choose departments or roles that are there.");
  }
  return {};
}

Result<void> has_room(db::Transaction& tx, const Actor& actor, const ViewedModule& viewed,
                      const CustomView& view) {
  if (view_rows_of(tx, shelf_of(actor, viewed), view.owner).size() >=
      size_t(custom_views_per_agent_max)) {
    return invalid(
        "name", "too_many",
        fmt::format("Delete a view first; a person may have {}.", custom_views_per_agent_max));
  }
  return {};
}

Result<void> sharing_has_room(db::Transaction& tx, const Actor& actor, const ViewedModule& viewed,
                              const CustomView& view) {
  const bool is_full =
      shared_view_rows(tx, shelf_of(actor, viewed)).size() >= size_t(shared_views_max);
  if (view.is_shared() && is_full) {
    return invalid("audience", "too_many",
                   fmt::format("Delete a shared view first; there may be {}.", shared_views_max));
  }
  return {};
}

/// What somebody does with their own view is their own affair; what others have is told.
void audit_view(db::Transaction& tx, const Actor& actor, const ViewedModule& viewed,
                std::string_view what, const CustomView& view) {
  access::audit(tx, actor, what, fmt::format("{}: {}", viewed.module.label_plural, view.name));
}

}  // namespace

std::vector<CustomView> list_custom_views(db::Transaction& tx, const Actor& actor,
                                          const ViewedModule& viewed) {
  std::vector<CustomView> views = view_rows_of(tx, shelf_of(actor, viewed), actor.id);
  for (CustomView& shared : shared_view_rows(tx, shelf_of(actor, viewed))) {
    if (shared.owner != actor.id && is_for(actor, shared)) views.push_back(std::move(shared));
  }
  const std::vector<int64_t> order = view_order_of(tx, shelf_of(actor, viewed), actor.id);
  const auto place = [&](const CustomView& view) {
    return std::find(order.begin(), order.end(), view.id.value) - order.begin();
  };
  std::stable_sort(views.begin(), views.end(), [&](const CustomView& a, const CustomView& b) {
    return std::pair(place(a), a.id.value) < std::pair(place(b), b.id.value);
  });
  return views;
}

Result<CustomView> find_custom_view(db::Transaction& tx, const Actor& actor,
                                    const ViewedModule& viewed, RecordId id) {
  std::optional<CustomView> view = read_view_row(tx, shelf_of(actor, viewed), id);
  if (!view || !is_for(actor, *view)) return no_view();
  return std::move(*view);
}

Result<CustomView> create_custom_view(db::Transaction& tx, const Actor& actor,
                                      const ViewedModule& viewed, CustomView view) {
  TRY(reads_module(actor, viewed));
  view.id = RecordId{tx.new_id()};
  view.owner = actor.id;
  view.revision = 1;
  if (view.sort.empty()) view.sort = "-" + viewed.newest_by;
  TRY(name_fits(tx, actor, viewed, view));
  TRY(conditions_fit(tx, actor, viewed, view));
  TRY(sort_fits(tx, actor, viewed, view));
  TRY(columns_fit(tx, actor, viewed, view));
  TRY(audience_fits(tx, actor, viewed, view));
  TRY(has_room(tx, actor, viewed, view));
  TRY(sharing_has_room(tx, actor, viewed, view));
  insert_view_row(tx, shelf_of(actor, viewed), view);
  if (view.is_shared()) audit_view(tx, actor, viewed, "view_added", view);
  return view;
}

Result<CustomView> change_custom_view(db::Transaction& tx, const Actor& actor,
                                      const ViewedModule& viewed, CustomView view,
                                      std::optional<int64_t> seen_revision) {
  const CustomView before = TRY(find_custom_view(tx, actor, viewed, view.id));
  // Whoever may no longer share can still take their own view back.
  const bool takes_back = before.owner == actor.id && !view.is_shared();
  if (!may_update(actor, before) && !takes_back) return may_not_share();
  if (seen_revision && *seen_revision != before.revision) {
    return conflict("stale", "Somebody changed the view since; look at it and change it again.");
  }
  view.owner = before.owner;
  view.revision = before.revision + 1;
  // What stays need not hold any more: a view with a broken condition can still be renamed.
  if (view.name != before.name) TRY(name_fits(tx, actor, viewed, view));
  if (view.filter_json != before.filter_json) TRY(conditions_fit(tx, actor, viewed, view));
  if (view.sort != before.sort) TRY(sort_fits(tx, actor, viewed, view));
  if (view.columns != before.columns) TRY(columns_fit(tx, actor, viewed, view));
  TRY(audience_fits(tx, actor, viewed, view));
  if (!before.is_shared()) TRY(sharing_has_room(tx, actor, viewed, view));
  update_view_row(tx, actor.org, view);
  if (view.is_shared() || before.is_shared()) audit_view(tx, actor, viewed, "view_changed", view);
  return view;
}

Result<void> delete_custom_view(db::Transaction& tx, const Actor& actor, const ViewedModule& viewed,
                                RecordId id) {
  const CustomView view = TRY(find_custom_view(tx, actor, viewed, id));
  if (!may_delete(actor, view)) return may_not_share();
  bin_view_row(tx, shelf_of(actor, viewed), view, deleted_views_kept);
  if (view.is_shared()) audit_view(tx, actor, viewed, "view_removed", view);
  return {};
}

Result<CustomView> restore_custom_view(db::Transaction& tx, const Actor& actor,
                                       const ViewedModule& viewed, RecordId id) {
  std::optional<CustomView> view = read_view_row(tx, shelf_of(actor, viewed), id, ViewBin::inside);
  if (!view || !is_for(actor, *view)) return no_view();
  if (!may_delete(actor, *view)) return may_not_share();
  TRY(name_fits(tx, actor, viewed, *view));
  TRY(has_room(tx, actor, viewed, *view));
  TRY(sharing_has_room(tx, actor, viewed, *view));
  ++view->revision;
  update_view_row(tx, actor.org, *view);
  if (view->is_shared()) audit_view(tx, actor, viewed, "view_restored", *view);
  return std::move(*view);
}

Result<void> order_custom_views(db::Transaction& tx, const Actor& actor, const ViewedModule& viewed,
                                const std::vector<int64_t>& ids) {
  TRY(reads_module(actor, viewed));
  const std::vector<CustomView> seen = list_custom_views(tx, actor, viewed);
  for (const int64_t id : ids) {
    const bool is_seen = std::any_of(seen.begin(), seen.end(),
                                     [&](const CustomView& view) { return view.id.value == id; });
    if (!is_seen) return invalid("ids", "not_found", "Name views that you have.");
  }
  write_view_order(tx, shelf_of(actor, viewed), actor.id, ids);
  return {};
}

std::vector<std::string_view> may_with_view(const Actor& actor, const CustomView& view) {
  std::vector<std::string_view> acts;
  if (may_update(actor, view)) acts.push_back("update");
  if (may_delete(actor, view)) acts.push_back("delete");
  acts.push_back("clone");
  return acts;
}

}  // namespace tandem::views
