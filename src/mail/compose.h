#pragma once

#include <string>
#include <vector>

#include "base/instant.h"
#include "base/result.h"
#include "mail/message.h"

namespace tandem::mail {

struct HeaderField {
  std::string name;
  std::string value;
};

/// Bcc has no place here: hidden recipients are given to send_mail alone.
struct OutgoingMail {
  Address from;
  std::vector<Address> to;
  std::vector<Address> cc;
  std::vector<Address> reply_to;
  std::string subject;
  Instant date;
  /// Ids without <>.
  std::string message_id;
  std::string in_reply_to;
  std::vector<std::string> references;
  /// "auto-replied" or "auto-generated"; empty when a person wrote it.
  std::string auto_submitted;
  /// X-Loop and the like: names that start with "X-" or "List-", or Precedence.
  std::vector<HeaderField> extra_headers;
  /// At least one of the two. With both, readers choose.
  std::string text;
  std::string html;
  /// Those with is_inline and a content_id stand beside the HTML, which shows them as
  /// "cid:<content_id>".
  std::vector<Attachment> attachments;
};

constexpr size_t composed_references_max = 20;
constexpr size_t subject_chars_max = 998;

/// The mail as bytes for send_mail: CRLF, 7-bit, UTF-8 inside. References keeps the first and the
/// newest ids. The same input gives the same bytes. Refuses with invalid, naming the field: a line
/// break or NUL in a header value (code "line_break"), no or a wrong sender ("bad_address"), no
/// Message-ID ("required"), no body ("required"), a header name that is not ours to set
/// ("not_allowed"); too_large above raw_mail_bytes_max. RFC 5322, 2046, 2047, 2231.
Result<std::string> compose_mail(const OutgoingMail& mail);

}  // namespace tandem::mail
