#include "api/native/routes.h"

#include "api/native/automation_handlers.h"
#include "api/native/channel_handlers.h"
#include "api/native/comfort_handlers.h"
#include "api/native/contact_handlers.h"
#include "api/native/dashboard_handlers.h"
#include "api/native/draft_handlers.h"
#include "api/native/event_handlers.h"
#include "api/native/layout_handlers.h"
#include "api/native/list_handlers.h"
#include "api/native/mail_settings_handlers.h"
#include "api/native/notification_handlers.h"
#include "api/native/notification_rule_handlers.h"
#include "api/native/product_handlers.h"
#include "api/native/rating_handlers.h"
#include "api/native/reply_template_handlers.h"
#include "api/native/service_level_handlers.h"
#include "api/native/settings_handlers.h"
#include "api/native/sharing_handlers.h"
#include "api/native/signature_handlers.h"
#include "api/native/spam_handlers.h"
#include "api/native/thread_handlers.h"
#include "api/native/ticket_choice_handlers.h"
#include "api/native/ticket_file_handlers.h"
#include "api/native/ticket_handlers.h"
#include "api/native/time_handlers.h"
#include "api/native/view_handlers.h"
#include "api/native/webhook_handlers.h"

namespace tandem::api::native {

namespace {

using access::Duty;

constexpr http::Method GET = http::Method::get;
constexpr http::Method POST = http::Method::post;
constexpr http::Method PUT = http::Method::put;
constexpr http::Method PATCH = http::Method::patch;
constexpr http::Method DEL = http::Method::del;

}  // namespace

const std::vector<Route>& desk_routes() {
  static const std::vector<Route> routes{
      {GET, "/events", open_events, member},
      {GET, "/views", show_views, by_record},
      {POST, "/views", add_view, by_record},
      {GET, "/views/counts", count_some_views, by_record},
      {POST, "/views/count", count_conditions, by_record},
      {PUT, "/views/order", order_views, by_record},
      {PATCH, "/views/{id}", change_view, by_record},
      {DEL, "/views/{id}", remove_view, by_record},
      {POST, "/views/{id}/restore", restore_view, by_record},
      {GET, "/dashboard", show_dashboard, by_record},
      {GET, "/dashboard/tickets", list_tickets_behind, by_record},
      {GET, "/dashboard/agents", list_agents_now, by_record},
      {GET, "/ticket_choices", show_ticket_choices, by_record},
      {GET, "/ticket_tags", list_tags_in_use, by_record},
      {GET, "/ticket_products", list_ticket_products, by_record},
      {POST, "/uploads", upload_file, member},
      {GET, "/attachments/{id}", show_attachment, by_record},
      {GET, "/notifications", list_notifications, by_record},

      {GET, "/held_replies", list_held_replies, by_record},
      {POST, "/held_replies/{id}/undo", take_back_reply, by_record},

      {GET, "/reply_templates", list_reply_templates, member},
      {POST, "/reply_templates", add_reply_template, member},
      {PATCH, "/reply_templates/{id}", change_reply_template, member},
      {DEL, "/reply_templates/{id}", remove_reply_template, member},
      {POST, "/reply_templates/{id}/use", use_reply_template, by_record},

      {GET, "/signature", show_own_signature, member},
      {PUT, "/signature", save_own_signature, member},
      {GET, "/departments/{id}/signature", show_department_signature, Duty::manage_departments},
      {PUT, "/departments/{id}/signature", save_department_signature, Duty::manage_departments},

      {GET, "/tickets/{id}/timeline", show_timeline, by_record},
      {POST, "/tickets/{id}/replies", send_reply, by_record},
      {GET, "/tickets/{id}/reply_draft", show_reply_draft, by_record},
      {GET, "/tickets/{id}/draft", show_draft, by_record},
      {PUT, "/tickets/{id}/draft", save_draft, by_record},
      {DEL, "/tickets/{id}/draft", drop_draft, by_record},
      {GET, "/tickets/{id}/draft/words", show_own_words, by_record},
      {POST, "/tickets/{id}/comments", add_comment, by_record},
      {PATCH, "/tickets/{id}/comments/{comment}", edit_comment, by_record},
      {DEL, "/tickets/{id}/comments/{comment}", remove_comment, by_record},
      {GET, "/tickets/{id}/mentionable", list_people_to_mention, by_record},
      {GET, "/tickets/{id}/attachments", list_ticket_files, by_record},
      {POST, "/tickets/{id}/attachments", attach_to_ticket, by_record},
      {DEL, "/tickets/{id}/attachments/{attachment}", remove_ticket_file, by_record},
      {GET, "/tickets/{id}/shares", show_shares, by_record},
      {POST, "/tickets/{id}/shares", share_ticket, by_record},
      {DEL, "/tickets/{id}/shares/{department}", unshare_ticket, by_record},
      {GET, "/tickets/{id}/followers", list_ticket_followers, by_record},
      {POST, "/tickets/{id}/followers", add_ticket_followers, by_record},
      {DEL, "/tickets/{id}/followers/{agent}", remove_ticket_follower, by_record},
      {POST, "/tickets/{id}/follow", follow_ticket, by_record},
      {DEL, "/tickets/{id}/follow", unfollow_ticket, by_record},
      {GET, "/tickets/{id}/time", show_ticket_time, by_record},
      {POST, "/tickets/{id}/time", log_ticket_time, by_record},
      {PATCH, "/tickets/{id}/time/{entry}", change_ticket_time, by_record},
      {DEL, "/tickets/{id}/time/{entry}", remove_ticket_time, by_record},
      {POST, "/tickets/{id}/timer/start", start_ticket_timer, by_record},
      {POST, "/tickets/{id}/timer/pause", pause_ticket_timer, by_record},
      {POST, "/tickets/{id}/timer/stop", stop_ticket_timer, by_record},
      {DEL, "/tickets/{id}/timer", drop_ticket_timer, by_record},
      {GET, "/timers", list_timers, by_record},
      {GET, "/time_report", show_time_report, by_record},
      {GET, "/tickets/{id}/ratings", list_ticket_ratings, by_record},
      {POST, "/tickets/{id}/close", close_ticket, by_record},
      {POST, "/tickets/{id}/reopen", reopen_ticket, by_record},
      {POST, "/tickets/{id}/threads/{thread}/resend", resend_thread, by_record},
      {GET, "/tickets/{id}/threads/{thread}/body", show_thread_body, by_record},
      {GET, "/tickets/{id}/threads/{thread}/raw", show_raw_thread, by_record},
      {POST, "/tickets/{id}/presence", note_presence, by_record},
      {POST, "/tickets/{id}/calls", log_ticket_call, by_record},
      {POST, "/calls", log_new_call, by_record},
      {GET, "/calls/ongoing", show_ongoing_calls, member},
      {POST, "/tickets/spam", mark_tickets_spam, by_record},
      {POST, "/tickets/spam/empty", empty_spam, by_record},
      {GET, "/spam", show_spam_settings, Duty::manage_mailboxes},
      {PUT, "/spam", save_spam_settings, Duty::manage_mailboxes},
      {POST, "/spam/blocked", block_sender, Duty::manage_mailboxes},
      {DEL, "/spam/blocked/{id}", unblock_sender, Duty::manage_mailboxes},
      {POST, "/tickets/{id}/merge", merge_tickets, by_record},
      {POST, "/tickets/{id}/merge/preview", preview_ticket_merge, by_record},
      {GET, "/tickets/{id}/merges", list_ticket_merges, by_record},
      {POST, "/tickets/{id}/merges/{merge}/undo", undo_ticket_merge, by_record},
      {POST, "/tickets/{id}/threads/{thread}/split", split_ticket, by_record},

      {POST, "/contacts/{id}/merge", merge_contacts, by_record},
      {POST, "/contacts/{id}/merge/preview", preview_contact_merge, by_record},
      {GET, "/contacts/{id}/merges", list_contact_merges, by_record},
      {POST, "/contacts/{id}/merges/{merge}/undo", undo_contact_merge, by_record},
      {GET, "/contacts/{id}/duplicates", list_duplicates_of_contact, by_record},
      {POST, "/contacts/{id}/duplicates/dismiss", dismiss_duplicate, by_record},
      {GET, "/contact_duplicates", list_contact_duplicates, by_record},
      {GET, "/contacts/{id}/statistics", show_contact_statistics, by_record},
      {GET, "/accounts/{id}/statistics", show_account_statistics, by_record},

      {GET, "/contacts/{id}/products", list_contact_products, by_record},
      {POST, "/contacts/{id}/products", add_contact_products, by_record},
      {DEL, "/contacts/{id}/products/{product}", remove_contact_product, by_record},
      {GET, "/accounts/{id}/products", list_account_products, by_record},
      {POST, "/accounts/{id}/products", add_account_products, by_record},
      {DEL, "/accounts/{id}/products/{product}", remove_account_product, by_record},
      {GET, "/products/{id}/customers", list_product_customers, by_record},

      {PUT, "/features/{feature}", switch_feature, Duty::manage_organisation},
      {GET, "/mailboxes", list_mailboxes, Duty::manage_mailboxes},
      {POST, "/mailboxes", add_mailbox, Duty::manage_mailboxes},
      {PATCH, "/mailboxes/{id}", change_mailbox, Duty::manage_mailboxes},
      {DEL, "/mailboxes/{id}", remove_mailbox, Duty::manage_mailboxes},
      {POST, "/mailboxes/{id}/check", check_mailbox, Duty::manage_mailboxes},
      {GET, "/web_forms", list_web_forms, Duty::manage_mailboxes},
      {POST, "/web_forms", add_web_form, Duty::manage_mailboxes},
      {PATCH, "/web_forms/{id}", change_web_form, Duty::manage_mailboxes},
      {DEL, "/web_forms/{id}", remove_web_form, Duty::manage_mailboxes},
      {GET, "/phone_lines", list_phone_lines, Duty::manage_mailboxes},
      {POST, "/phone_lines", add_phone_line, Duty::manage_mailboxes},
      {PATCH, "/phone_lines/{id}", change_phone_line, Duty::manage_mailboxes},
      {DEL, "/phone_lines/{id}", remove_phone_line, Duty::manage_mailboxes},
      {POST, "/phone_lines/{id}/secret", renew_phone_secret, Duty::manage_mailboxes},
      {GET, "/parked_mails", list_parked_mails, Duty::manage_mailboxes},
      {POST, "/parked_mails/{id}/retry", retry_parked_mail, Duty::manage_mailboxes},
      {DEL, "/parked_mails/{id}", drop_parked_mail, Duty::manage_mailboxes},
      {GET, "/parked_mails/{id}/raw", show_raw_parked_mail, Duty::manage_mailboxes},
      {GET, "/notification_rules/{id}", list_notification_rules, Duty::manage_departments},
      {PUT, "/notification_rules/{id}/{event}", change_notification_rule, Duty::manage_departments},
      {GET, "/notification_templates", list_notification_templates, Duty::manage_departments},
      {PUT, "/notification_templates/{event}/{locale}", write_notification_template,
       Duty::manage_departments},
      {DEL, "/notification_templates/{event}/{locale}", reset_notification_template,
       Duty::manage_departments},
      {GET, "/sms_gateway", show_sms_gateway, Duty::manage_departments},
      {PUT, "/sms_gateway", save_sms_gateway, Duty::manage_departments},
      {DEL, "/sms_gateway", remove_sms_gateway, Duty::manage_departments},
      {POST, "/sms_gateway/test", test_sms_gateway, Duty::manage_departments},
      {GET, "/rating_settings", show_rating_settings, Duty::manage_departments},
      {PUT, "/rating_settings/{id}", save_rating_settings, Duty::manage_departments},
      {GET, "/statuses", list_statuses, member},
      {POST, "/statuses", add_status, Duty::manage_fields},
      {PATCH, "/statuses/{name}", change_status, Duty::manage_fields},
      {DEL, "/statuses/{name}", remove_status, Duty::manage_fields},
      {GET, "/layouts", list_layouts, Duty::manage_fields},
      {GET, "/layouts/{id}", show_layout, member},
      {PUT, "/layouts/{id}", save_layout, Duty::manage_fields},
      {DEL, "/layouts/{id}", remove_layout, Duty::manage_fields},
      {GET, "/webhooks", list_webhooks, Duty::manage_api},
      {POST, "/webhooks", add_webhook, Duty::manage_api},
      {GET, "/webhooks/{id}", read_webhook, Duty::manage_api},
      {PATCH, "/webhooks/{id}", change_webhook, Duty::manage_api},
      {DEL, "/webhooks/{id}", remove_webhook, Duty::manage_api},
      {POST, "/webhooks/{id}/secret", renew_webhook_secret, Duty::manage_api},
      {POST, "/webhooks/{id}/test", test_webhook, Duty::manage_api},
      {GET, "/webhooks/{id}/deliveries", list_webhook_deliveries, Duty::manage_api},
      {GET, "/webhooks/{id}/deliveries/{delivery}", read_webhook_delivery, Duty::manage_api},
      {POST, "/webhooks/{id}/deliveries/{delivery}/redeliver", redeliver_webhook, Duty::manage_api},
      {GET, "/webhook_events", list_webhook_events, Duty::manage_api},
      {GET, "/business_hours", list_business_hours, Duty::manage_organisation},
      {POST, "/business_hours", add_business_hours, Duty::manage_organisation},
      {PATCH, "/business_hours/{id}", change_business_hours, Duty::manage_organisation},
      {DEL, "/business_hours/{id}", remove_business_hours, Duty::manage_organisation},
      {GET, "/holiday_lists", list_holiday_lists, Duty::manage_organisation},
      {POST, "/holiday_lists", add_holiday_list, Duty::manage_organisation},
      {PATCH, "/holiday_lists/{id}", change_holiday_list, Duty::manage_organisation},
      {DEL, "/holiday_lists/{id}", remove_holiday_list, Duty::manage_organisation},
      {GET, "/service_levels", list_service_levels, Duty::manage_organisation},
      {POST, "/service_levels", add_service_level, Duty::manage_organisation},
      {PATCH, "/service_levels/{id}", change_service_level, Duty::manage_organisation},
      {DEL, "/service_levels/{id}", remove_service_level, Duty::manage_organisation},
      {GET, "/automation_rules", list_automation_rules, Duty::manage_organisation},
      {POST, "/automation_rules", add_automation_rule, Duty::manage_organisation},
      {POST, "/automation_rules/preview", preview_automation_rule, Duty::manage_organisation},
      {PATCH, "/automation_rules/{id}", change_automation_rule, Duty::manage_organisation},
      {DEL, "/automation_rules/{id}", remove_automation_rule, Duty::manage_organisation},
      {GET, "/macros", list_macros, member},
      {POST, "/macros", add_macro, member},
      {PATCH, "/macros/{id}", change_macro, member},
      {DEL, "/macros/{id}", remove_macro, member},
      {POST, "/macros/{id}/run", run_macro, by_record},

      {GET, "/{module}/board", show_board, by_record},
  };
  return routes;
}

}  // namespace tandem::api::native
