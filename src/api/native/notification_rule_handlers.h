#pragma once

#include "api/native/call.h"

// What a department's people are told by mail and SMS: rules, words and the SMS gateway.

namespace tandem::api::native {

Result<http::Response> list_notification_rules(Call& call);
Result<http::Response> change_notification_rule(Call& call);
Result<http::Response> list_notification_templates(Call& call);
Result<http::Response> write_notification_template(Call& call);
Result<http::Response> reset_notification_template(Call& call);
Result<http::Response> show_sms_gateway(Call& call);
Result<http::Response> save_sms_gateway(Call& call);
Result<http::Response> remove_sms_gateway(Call& call);
Result<http::Response> test_sms_gateway(Call& call);
Result<http::Response> list_people_to_mention(Call& call);

}  // namespace tandem::api::native
