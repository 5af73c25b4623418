#pragma once

#include "api/native/call.h"
#include "notifications/notifications.h"

// The bell: what the person was told. Each person has their own; nobody asks for another's.

namespace tandem::api::native {

/// What the bells of all applications say of each: id, kind, moments and who did it.
void append_told(JsonWriter& json, const notifications::Notification& told);
/// How many the browser wants to show.
Result<int> notifications_asked_for(const Call& call);

/// The bell of Desk; that of CRM and Bigin is list_signals().
Result<http::Response> list_notifications(Call& call);
Result<http::Response> mark_all_read(Call& call);
Result<http::Response> mark_one_read(Call& call);

}  // namespace tandem::api::native
