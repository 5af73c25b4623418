#pragma once

#include <string>
#include <vector>

#include "api/crm/call.h"
#include "crm/bulk/bulk_jobs.h"

// Bulk jobs in the words of the dialect. What a job may do is decided in crm/bulk.

namespace tandem::api::crm_dialect {

/// The module of a query or a resource: "Leads", or {"api_name":"Leads"}. Refuses with invalid:
/// param_missing, "invalid_module".
Result<const records::ModuleDef*> bulk_module_of(const Call& call, const JsonObject& object);

/// What `query` of a bulk read asks for. `call` is about its module. Refuses with invalid, naming
/// the field as it was written: unknown and hidden fields, criteria as filter_of, cvid.
Result<crm::BulkOrder> order_of_query(db::Transaction& tx, const Call& call,
                                      const JsonObject& query);

/// What the one resource of a bulk write asks for. `headings`: of the file that was sent. Refuses
/// with invalid: fields, field_mappings, find_by.
Result<crm::BulkOrder> order_of_resource(db::Transaction& tx, const Call& call,
                                         const JsonObject& resource, crm::BulkOperation operation,
                                         const std::vector<std::string>& headings);

/// Where jobs are shown again: addresses begin with `base_url` where clients take them whole.
struct BulkFace {
  const records::Catalogue& catalogue;
  std::string base_url;
};
/// A job as GET shows it: the item of "data" of a read, the whole answer of a write.
void append_bulk_job(JsonWriter& json, db::Transaction& tx, const BulkFace& face,
                     const crm::BulkJob& job);
/// {"id","name"} of who asked for it.
void append_asker(JsonWriter& json, db::Transaction& tx, const BulkFace& face,
                  const crm::BulkJob& job);

/// What is sent to the address that a job tells of its end: the same as GET shows, with "job_id".
std::string bulk_callback_body(db::Transaction& tx, const access::Applications& applications,
                               const std::string& base_url, const crm::BulkJob& job);

}  // namespace tandem::api::crm_dialect
