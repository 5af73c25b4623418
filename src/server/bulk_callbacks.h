#pragma once

#include <string>

#include "crm/bulk/bulk_jobs.h"
#include "http/outgoing_call.h"

namespace tandem::server {

/// Tells the addresses that bulk jobs name of their end, in the words of the dialect. A server that
/// does not answer with 2xx is asked again a few times. `bulk` must outlive the worker.
void add_bulk_callbacks(jobs::Worker& worker, const crm::Bulk& bulk, const std::string& base_url,
                        const http::MayReach& may_reach);

}  // namespace tandem::server
