#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "mail/message.h"

namespace tandem::mail {

enum class MailKind { normal, auto_reply, bounce, mailing_list };

/// `permanent`: the address failed (5.x.x). `delayed`: still being tried, or may work later
/// (4.x.x).
enum class BounceWeight { unknown, permanent, delayed };

struct FailedRecipient {
  std::string address;
  /// "5.1.1"; empty when not said.
  std::string status;
  /// The remote server's sentence; empty when not said.
  std::string diagnostic;
  BounceWeight weight = BounceWeight::unknown;
};

struct Bounce {
  /// Message-ID of the mail that came back, without <>; empty when the report does not hold it.
  std::string original_message_id;
  std::vector<FailedRecipient> failed;
  /// The worst of `failed`.
  BounceWeight weight = BounceWeight::unknown;
};

struct MailClass {
  MailKind kind = MailKind::normal;
  /// Filled when kind is bounce.
  Bounce bounce;
};

constexpr int bounce_recipients_max = 100;

/// Says what a mail is, from its headers and its report parts, never from the wording of the
/// subject alone: bounce: a delivery-status report with a failure or delay, or an empty return path
/// from a mailer daemon. auto_reply: Auto-Submitted other than "no", X-Autoreply and its kin,
/// Precedence auto_reply, a receipt. mailing_list: List-* fields or Precedence bulk, list, junk.
/// RFC 3464, 3834, 2919.
MailClass classify(const ParsedMail& mail);

}  // namespace tandem::mail
