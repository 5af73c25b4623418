#pragma once

#include "api/crm/call.h"

// What the routes call. Each answers, or refuses in our words; routes.cpp puts refusals into the
// dialect's.

namespace tandem::api::crm_dialect {

Result<http::Response> list_records(Call& call);
Result<http::Response> read_record(Call& call);
Result<http::Response> create_records(Call& call);
Result<http::Response> clone_record(Call& call);
Result<http::Response> update_records(Call& call);
Result<http::Response> update_one(Call& call);
Result<http::Response> upsert_records(Call& call);
Result<http::Response> delete_records(Call& call);
Result<http::Response> delete_one(Call& call);
Result<http::Response> list_deleted(Call& call);
Result<http::Response> convert_lead(Call& call);
Result<http::Response> search_records(Call& call);
Result<http::Response> count_records(Call& call);
Result<http::Response> run_coql(Call& call);

Result<http::Response> list_related(Call& call);
Result<http::Response> add_related(Call& call);
Result<http::Response> link_related(Call& call);
Result<http::Response> unlink_related(Call& call);
Result<http::Response> read_related(Call& call);
Result<http::Response> link_one_related(Call& call);
Result<http::Response> unlink_one_related(Call& call);

Result<http::Response> list_tags(Call& call);
Result<http::Response> create_tags(Call& call);
Result<http::Response> update_tags(Call& call);
Result<http::Response> update_tag(Call& call);
Result<http::Response> delete_tag(Call& call);
Result<http::Response> merge_tag(Call& call);
Result<http::Response> count_tagged(Call& call);
Result<http::Response> add_record_tags(Call& call);
Result<http::Response> remove_record_tags(Call& call);
Result<http::Response> mass_update(Call& call);
Result<http::Response> change_owner(Call& call);
Result<http::Response> change_owners(Call& call);

Result<http::Response> upload_table(Call& call);
Result<http::Response> upload_file(Call& call);
Result<http::Response> download_file(Call& call);
Result<http::Response> start_bulk_read(Call& call);
Result<http::Response> show_bulk_read(Call& call);
Result<http::Response> download_bulk_read(Call& call);
Result<http::Response> start_bulk_write(Call& call);
Result<http::Response> show_bulk_write(Call& call);
Result<http::Response> download_bulk_write(Call& call);

Result<http::Response> list_views(Call& call);
Result<http::Response> read_view(Call& call);
Result<http::Response> show_timeline(Call& call);

Result<http::Response> subscribe(Call& call);
Result<http::Response> replace_channels(Call& call);
Result<http::Response> change_channels(Call& call);
Result<http::Response> unsubscribe(Call& call);
Result<http::Response> list_channels(Call& call);

Result<http::Response> list_modules(Call& call);
Result<http::Response> read_module(Call& call);
Result<http::Response> list_fields(Call& call);
Result<http::Response> list_layouts(Call& call);
Result<http::Response> list_related_lists(Call& call);
Result<http::Response> list_contact_roles(Call& call);
Result<http::Response> read_contact_role(Call& call);
Result<http::Response> create_contact_roles(Call& call);
Result<http::Response> update_contact_roles(Call& call);
Result<http::Response> update_contact_role(Call& call);
Result<http::Response> delete_contact_roles(Call& call);
Result<http::Response> delete_contact_role(Call& call);
Result<http::Response> list_pipelines(Call& call);
Result<http::Response> list_users(Call& call);
Result<http::Response> read_user(Call& call);
Result<http::Response> show_org(Call& call);
Result<http::Response> list_roles(Call& call);
Result<http::Response> list_profiles(Call& call);

}  // namespace tandem::api::crm_dialect
