#pragma once

#include "api/desk/call.h"

// What the addresses of the Desk dialect do: read its words, call an operation, show its envelope.

namespace tandem::api::desk_dialect {

// record_handlers.cpp: any module
Result<http::Response> list_module(Call& call);
Result<http::Response> list_by_ids(Call& call);
Result<http::Response> create_one(Call& call);
Result<http::Response> read_one(Call& call);
Result<http::Response> update_one(Call& call);
Result<http::Response> move_to_trash(Call& call);
Result<http::Response> list_tickets_of(Call& call);
Result<http::Response> list_contacts_of(Call& call);
Result<http::Response> list_accounts_of(Call& call);
Result<http::Response> associate_accounts(Call& call);
Result<http::Response> show_history(Call& call);

// ticket_handlers.cpp
Result<http::Response> list_tickets(Call& call);
Result<http::Response> list_associated_tickets(Call& call);
Result<http::Response> create_ticket(Call& call);
Result<http::Response> update_ticket(Call& call);
Result<http::Response> close_tickets(Call& call);
Result<http::Response> update_many(Call& call);
Result<http::Response> move_ticket(Call& call);
Result<http::Response> count_tickets(Call& call);

// merge_handlers.cpp
Result<http::Response> merge_tickets(Call& call);
Result<http::Response> merge_contacts(Call& call);
Result<http::Response> split_ticket(Call& call);

// spam_handlers.cpp
Result<http::Response> mark_spam(Call& call);
Result<http::Response> delete_spam(Call& call);
Result<http::Response> empty_spam(Call& call);

// tag_handlers.cpp
Result<http::Response> list_tags_of(Call& call);
Result<http::Response> associate_tags(Call& call);
Result<http::Response> dissociate_tags(Call& call);
Result<http::Response> list_tags_in_use(Call& call);
Result<http::Response> list_tickets_tagged(Call& call);

// follower_handlers.cpp
Result<http::Response> list_followers(Call& call);
Result<http::Response> add_followers(Call& call);
Result<http::Response> remove_followers(Call& call);

// time_handlers.cpp
Result<http::Response> list_time(Call& call);
Result<http::Response> read_time(Call& call);
Result<http::Response> add_time(Call& call);
Result<http::Response> change_time(Call& call);
Result<http::Response> remove_time(Call& call);
Result<http::Response> sum_time(Call& call);
Result<http::Response> list_time_by_billing(Call& call);

// thread_handlers.cpp
Result<http::Response> list_threads(Call& call);
Result<http::Response> read_thread(Call& call);
Result<http::Response> show_original(Call& call);
Result<http::Response> read_latest_thread(Call& call);
Result<http::Response> list_conversations(Call& call);
Result<http::Response> send_reply(Call& call);

// comment_handlers.cpp
Result<http::Response> list_comments(Call& call);
Result<http::Response> read_comment(Call& call);
Result<http::Response> add_comment(Call& call);
Result<http::Response> edit_comment(Call& call);
Result<http::Response> remove_comment(Call& call);

// attachment_handlers.cpp
Result<http::Response> upload(Call& call);
Result<http::Response> list_attachments(Call& call);
Result<http::Response> add_attachment(Call& call);
Result<http::Response> change_attachment(Call& call);
Result<http::Response> remove_attachment(Call& call);
Result<http::Response> show_attachment(Call& call);

// portal_handlers.cpp: agents, organisations, the caller
Result<http::Response> list_agents(Call& call);
Result<http::Response> list_agents_of(Call& call);
Result<http::Response> read_agent(Call& call);
Result<http::Response> read_agent_by_email(Call& call);
Result<http::Response> count_agents(Call& call);
Result<http::Response> show_my_info(Call& call);
Result<http::Response> list_organizations(Call& call);
Result<http::Response> read_organization(Call& call);
Result<http::Response> count_departments(Call& call);
Result<http::Response> list_my_departments(Call& call);
Result<http::Response> list_views(Call& call);

// metrics_handlers.cpp
Result<http::Response> show_metrics(Call& call);
Result<http::Response> count_tickets_of_agents(Call& call);

// role_handlers.cpp
Result<http::Response> list_roles(Call& call);
Result<http::Response> list_profiles(Call& call);
Result<http::Response> read_role(Call& call);
Result<http::Response> read_profile(Call& call);
Result<http::Response> read_own_role(Call& call);
Result<http::Response> read_own_profile(Call& call);
Result<http::Response> show_own_permissions(Call& call);
Result<http::Response> read_light_profile(Call& call);
Result<http::Response> count_roles(Call& call);
Result<http::Response> list_agents_with_role(Call& call);

// agent_handlers.cpp
Result<http::Response> invite_agent(Call& call);
Result<http::Response> change_agent(Call& call);
Result<http::Response> activate_agents(Call& call);
Result<http::Response> deactivate_agent(Call& call);
Result<http::Response> reinvite_agents(Call& call);
Result<http::Response> remove_unconfirmed_agents(Call& call);
Result<http::Response> associate_agents(Call& call);
Result<http::Response> dissociate_agents(Call& call);
Result<http::Response> list_associable_agents(Call& call);

// department_handlers.cpp
Result<http::Response> enable_department(Call& call);
Result<http::Response> disable_department(Call& call);
Result<http::Response> check_department_exists(Call& call);

// dashboard_handlers.cpp
Result<http::Response> show_figure(Call& call);

// presence_handlers.cpp
Result<http::Response> list_online_agents(Call& call);
Result<http::Response> list_offline_agents(Call& call);

// setting_handlers.cpp
Result<http::Response> list_templates(Call& call);
Result<http::Response> list_modules(Call& call);
Result<http::Response> list_teams(Call& call);
Result<http::Response> list_business_hours(Call& call);
Result<http::Response> list_holiday_lists(Call& call);
Result<http::Response> list_addresses(Call& call);
Result<http::Response> list_channels(Call& call);

// count_handlers.cpp
Result<http::Response> count_tickets_by_values(Call& call);

// happiness_handlers.cpp
Result<http::Response> list_happiness(Call& call);
Result<http::Response> show_statistics(Call& call);

// webhook_handlers.cpp
Result<http::Response> list_webhooks(Call& call);
Result<http::Response> add_webhook(Call& call);
Result<http::Response> read_webhook(Call& call);
Result<http::Response> update_webhook(Call& call);
Result<http::Response> remove_webhook(Call& call);

// search_handlers.cpp
Result<http::Response> search_module(Call& call);
Result<http::Response> search_everything(Call& call);

/// Sorted as the dialect says ("-createdTime"), or `usual` when it says nothing. Refuses with
/// invalid.
Result<records::Sort> sort_of(const Call& call, const records::Sort& usual);
Result<http::Response> show_page(db::Transaction& tx, const Call& call, const records::Page& page);

}  // namespace tandem::api::desk_dialect
