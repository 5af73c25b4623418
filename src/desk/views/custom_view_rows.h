#pragma once

#include "desk/views/custom_views.h"

// Rows of custom_views in and out, for custom_views.cpp alone. Knows no rights.

namespace tandem::desk {

enum class ViewBin { outside, inside };

std::optional<CustomView> read_view_row(db::Transaction& tx, OrgId org, RecordId id,
                                        ViewBin bin = ViewBin::outside);
/// Oldest first; outside the bin.
std::vector<CustomView> view_rows_of(db::Transaction& tx, OrgId org, RecordId owner);
std::vector<CustomView> shared_view_rows(db::Transaction& tx, OrgId org);

void insert_view_row(db::Transaction& tx, OrgId org, const CustomView& view);
/// Also out of the bin.
void update_view_row(db::Transaction& tx, OrgId org, const CustomView& view);
/// Into the bin, where the newest `kept` of the owner stay.
void bin_view_row(db::Transaction& tx, OrgId org, const CustomView& view, int64_t kept);

std::vector<int64_t> view_order_of(db::Transaction& tx, OrgId org, RecordId agent);
void write_view_order(db::Transaction& tx, OrgId org, RecordId agent,
                      const std::vector<int64_t>& ids);

}  // namespace tandem::desk
