#pragma once

#include <string>

#include "desk/channels/web_forms.h"
#include "desk/conversation/mail_sending.h"

namespace tandem::desk {

struct ReceiptOf {
  std::string to;
  RecordId ticket;
  RecordId thread;  // the message as it was taken in
  int64_t number = 0;
};

/// The mail that says that a message arrived. It quotes nothing of it: who types another's address
/// into a form can't make us write their words to that person. The department's mailbox sends it,
/// and an answer to it joins the ticket.
Notice form_receipt(db::Transaction& tx, const Desk& desk, const WebForm& form,
                    const ReceiptOf& receipt);

}  // namespace tandem::desk
