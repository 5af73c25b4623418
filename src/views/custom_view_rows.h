#pragma once

#include "views/custom_views.h"

// Rows of custom_views in and out, for custom_views.cpp alone. Knows no rights.

namespace tandem::views {

enum class ViewBin { outside, inside };

/// The views of one module of an organisation.
struct ViewShelf {
  OrgId org;
  const std::string& module;
};

std::optional<CustomView> read_view_row(db::Transaction& tx, const ViewShelf& shelf, RecordId id,
                                        ViewBin bin = ViewBin::outside);
/// Oldest first; outside the bin.
std::vector<CustomView> view_rows_of(db::Transaction& tx, const ViewShelf& shelf, RecordId owner);
std::vector<CustomView> shared_view_rows(db::Transaction& tx, const ViewShelf& shelf);

void insert_view_row(db::Transaction& tx, const ViewShelf& shelf, const CustomView& view);
/// Also out of the bin.
void update_view_row(db::Transaction& tx, OrgId org, const CustomView& view);
/// Into the bin, where the newest `kept` of the owner and the module stay.
void bin_view_row(db::Transaction& tx, const ViewShelf& shelf, const CustomView& view,
                  int64_t kept);

std::vector<int64_t> view_order_of(db::Transaction& tx, const ViewShelf& shelf, RecordId agent);
void write_view_order(db::Transaction& tx, const ViewShelf& shelf, RecordId agent,
                      const std::vector<int64_t>& ids);

}  // namespace tandem::views
