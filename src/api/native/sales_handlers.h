#pragma once

#include "api/native/call.h"

// What CRM and Bigin do beside keeping records.

namespace tandem::api::native {

/// How many deals of a pipeline stand on each of its stages, and what they are worth.
Result<http::Response> show_deals_board(Call& call);
/// The stages to which several deals may be brought together.
Result<http::Response> show_shared_stages(Call& call);
/// Counts and sums of a list, in groups of equal values.
Result<http::Response> show_figures(Call& call);
/// A pipeline gets a stage more, or one less with a place for its deals.
Result<http::Response> add_stage_to_pipeline(Call& call);
Result<http::Response> retire_stage_of_pipeline(Call& call);
/// The roles that contacts have in deals.
Result<http::Response> list_contact_roles(Call& call);
Result<http::Response> add_contact_role(Call& call);
Result<http::Response> change_contact_role(Call& call);
Result<http::Response> retire_contact_role(Call& call);
/// What the person was told; and which signals there are, and whether they are on.
Result<http::Response> list_signals(Call& call);
Result<http::Response> show_signal_switches(Call& call);
Result<http::Response> switch_signals(Call& call);
/// What a bulk job left behind, for who asked for it.
Result<http::Response> show_bulk_report(Call& call);
/// Makes a contact, an account and perhaps a deal of a lead.
Result<http::Response> convert_lead(Call& call);

/// Several records become one, after a look at what that does, and are taken apart again.
Result<http::Response> preview_record_merge(Call& call);
Result<http::Response> merge_records(Call& call);
Result<http::Response> list_record_merges(Call& call);
Result<http::Response> undo_record_merge(Call& call);
/// What may be the same as a record, or as what is being typed.
Result<http::Response> list_duplicates_of_record(Call& call);
Result<http::Response> find_duplicates(Call& call);

/// Files and addresses of web pages that stand with a record. They are listed as records of the
/// module attachments.
Result<http::Response> attach_file(Call& call);
Result<http::Response> attach_link(Call& call);
Result<http::Response> show_attached_file(Call& call);
Result<http::Response> remove_attached(Call& call);

/// Lists of records that belong together, many with many, by the names that meta says.
Result<http::Response> list_joined(Call& call);
Result<http::Response> join_one(Call& call);
Result<http::Response> part_one(Call& call);

}  // namespace tandem::api::native
