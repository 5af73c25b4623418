#pragma once

#include "crm/watches/watch_notice.h"
#include "deliveries/change_feed.h"

namespace tandem::crm {

/// Reads the change log for the watches of all organisations. `applications` outlives what is
/// answered.
deliveries::FeedReader watch_feed_reader(const access::Applications& applications, WatchFace face);

}  // namespace tandem::crm
