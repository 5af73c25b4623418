#pragma once

#include <string>

#include "desk/desk.h"
#include "desk/notifications/notification_rules.h"
#include "jobs/queue.h"
#include "records/record.h"

// Mails and SMS to colleagues about tickets: queued in the transaction of what happened, one job
// for each recipient. Whether the person is still to be told is asked again right before sending.

namespace tandem::desk {

struct Delivery {
  std::string occasion;  // what happened; nobody hears of it twice by one channel
  RecordId agent;
  NotificationChannel channel = NotificationChannel::mail;
  NotificationEvent event = NotificationEvent::new_ticket;
  RecordId ticket;
  RecordId department;  // whose rule it is
};

/// What happened by this change of a ticket, whatever it is called: of several events at once
/// people get one message.
std::string occasion_of(const records::Change& ticket);

/// Queues it in the caller's transaction; does nothing when the person was told of the occasion.
void queue_delivery(db::Transaction& tx, OrgId org, const Delivery& delivery);

/// With the ticket everything goes that was said of it.
void forget_deliveries(db::Transaction& tx, OrgId org, RecordId ticket);

/// Tells the worker to handle "notify" and "notify_by_sms", to look for tickets that became
/// overdue, and to forget what was sent a month ago. `desk` must outlive the worker. `base_url`:
/// what links begin with, without a slash at the end.
void add_notification_jobs(jobs::Worker& worker, const Desk& desk, const std::string& base_url);

/// Queues messages about tickets that became overdue within the last hour, in departments whose
/// rule for it is on. Manual, Notification rules 2.4.
void tell_of_overdue(db::Database& database);

}  // namespace tandem::desk
