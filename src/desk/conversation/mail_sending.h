#pragma once

#include <string>

#include "desk/conversation/sending_lease.h"
#include "desk/desk.h"
#include "jobs/queue.h"
#include "mail/smtp.h"

namespace tandem::desk {

/// Tells the worker to handle "send_mail" (a thread), "send_notice" (an invitation, a password
/// reset) and what held_replies.h lists. `desk` must outlive the worker.
///
/// A mail is marked as being sent before the server is called, so that two nodes never send it at
/// once, and as sent after. When a node dies between the server's OK and the commit, the mail is
/// sent once more: SMTP has no way to ask. `sending_lease_ms`: after so long another node sends
/// what a node that died had in hand. `base_url`: where customers reach this installation, without
/// a slash at the end.
void add_mail_jobs(jobs::Worker& worker, const Desk& desk,
                   int64_t sending_lease_ms = sending_lease_usual_ms,
                   const std::string& base_url = "http://localhost");

struct Notice {
  std::string to;
  std::string subject;
  std::string text;
  std::string html;  // "" when there is none
  std::string locale = "en";
  // Of a notice about a ticket: who writes it, so that an answer lands there. Otherwise the default
  // sender, and a Message-ID of the notice's own.
  Address from = {};
  RecordId mailbox = {};  // by whose server it leaves
  std::string reply_to = {};
  std::string message_id = {};
};
/// Queues a notice in the caller's transaction, as the job "send_notice". It is sealed there,
/// because notices carry links that open accounts.
void send_notice(db::Transaction& tx, const Desk& desk, OrgId org, const Notice& notice);

/// Hands a notice in now, outside a transaction. `id` names it for good: a second try is the same
/// mail.
mail::SendReport hand_in_notice(const Desk& desk, OrgId org, const Notice& notice, int64_t id);

/// Queues the mail of a thread; one waiting job per thread.
void queue_thread(db::Transaction& tx, OrgId org, RecordId thread);

}  // namespace tandem::desk
