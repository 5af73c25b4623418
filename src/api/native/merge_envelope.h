#pragma once

#include "api/native/call.h"
#include "operations/merging.h"

// How merges of records are asked for and shown, alike for contacts of the Desk and for the records
// of CRM and Bigin. `many` is what the body calls the others: "contacts", "records".

namespace tandem::api::native {

/// {many: [{id, revision}], revision, winners: {field: id}} of the record in the path.
Result<operations::MergeRequest> read_merge(const Call& call, const std::string& many);

/// {"id","title","revision","email","phone","job_title"} of those that the module has; what the
/// role does not see of them is empty.
void append_hit(JsonWriter& json, const Call& call, const records::Record& record);
/// "fields":[{"name","winner","values":[{key,"text"}]}]; `one` is the key: "contact", "record".
void append_choices(JsonWriter& json, db::Transaction& tx, const Call& call,
                    const operations::MergePlan& plan, std::string_view one);
/// {"merges":[{"id","at",many:[{"id","title"}]}]}
std::string merges_json(const std::vector<operations::DoneMerge>& merges, std::string_view many);

}  // namespace tandem::api::native
