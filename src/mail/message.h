#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/result.h"

namespace tandem::mail {

// What a mail says, without its MIME. All text is UTF-8.

constexpr size_t raw_mail_bytes_max = 50 * 1024 * 1024;
constexpr size_t header_block_bytes_max = 1024 * 1024;
constexpr int mail_parts_max = 200;
constexpr int mail_nesting_max = 20;
constexpr size_t mail_addresses_max = 500;
constexpr size_t mail_references_max = 200;
constexpr size_t body_bytes_max = 10 * 1024 * 1024;

/// `address` is an addr-spec without <>, as written (case kept), an internationalised domain in
/// Unicode (readable_address). `name` is decoded, often empty.
struct Address {
  std::string name;
  std::string address;
  bool operator==(const Address&) const = default;
};

struct Attachment {
  /// Never empty, at most 200 characters, no path, no control, direction or zero-width characters.
  std::string name;
  /// "image/png", lower case.
  std::string content_type;
  /// Without <>; empty when the part has none.
  std::string content_id;
  /// The HTML body shows it by "cid:", so a list of attachments need not.
  bool is_inline = false;
  std::string bytes;
};

/// The header fields that rules ask for; all of them are as the sender wrote them, lower-cased
/// where said.
struct RuleHeaders {
  /// The keyword of Auto-Submitted, lower case, without parameters; empty when absent.
  std::string auto_submitted;
  /// Precedence, lower case; empty when absent.
  std::string precedence;
  /// X-Autoreply, X-Autorespond or X-Auto-Reply is there and does not say "no".
  bool has_auto_reply_mark = false;
  /// List-Id, without <>; empty when absent. has_list_fields: any List-* field or X-Mailing-List is
  /// there.
  std::string list_id;
  bool has_list_fields = false;
  /// Nothing: no Return-Path field. Empty: the null path "<>".
  std::optional<std::string> return_path;
  /// Addresses of Delivered-To, X-Original-To and Envelope-To, in order of appearance, lower case.
  std::vector<std::string> delivered_to;
  /// Each X-Loop value.
  std::vector<std::string> x_loop;
};

/// The machine-readable parts of a multipart/report (RFC 6522), raw; empty in any other mail.
struct ReportParts {
  /// "delivery-status", "disposition-notification", …, lower case.
  std::string type;
  /// The message/delivery-status part, decoded.
  std::string delivery_status;
  /// Header block of the mail that came back, from message/rfc822 or text/rfc822-headers.
  std::string returned_headers;
};

struct ParsedMail {
  /// Without <>; empty when absent.
  std::string message_id;
  /// The first id of In-Reply-To.
  std::string in_reply_to;
  /// Oldest first, no repeats, at most mail_references_max (the first one and the newest are kept).
  std::vector<std::string> references;
  Address from;
  std::vector<Address> reply_to;
  std::vector<Address> to;
  std::vector<Address> cc;
  std::vector<Address> bcc;
  std::string subject;
  std::optional<Instant> date;
  /// When the last server took the mail, as its Received field says: the topmost one, which is
  /// written by whoever delivers.
  std::optional<Instant> received_at;
  /// The HTML alternative as sent, not sanitised; empty when there is none.
  std::string html;
  /// The text alternative with "\n" line ends, format=flowed unwrapped; empty when there is none.
  std::string text;
  std::vector<Attachment> attachments;
  RuleHeaders rules;
  ReportParts report;
};

/// Reads a mail as it came over the wire (CRLF or LF; a leading mbox "From " line is skipped).
///
/// Takes leniently, so that no customer's mail is lost over a formality: a date that is none (date
/// stays empty), a subject or name in a wrong or unknown charset (guessed, else U+FFFD), no
/// Message-ID, no From or one that is no address (from.address is empty, the name keeps the text),
/// broken MIME structure, encodings that end early, unknown types. Encrypted, signed, TNEF and
/// unknown parts become attachments; message/rfc822 becomes an attachment "….eml".
///
/// Refuses with invalid, so that the caller can park the raw mail: code "empty_mail" (no bytes but
/// white space), "no_mail_headers" (no header field with a name known to mail in the first lines:
/// not a mail at all), "mail_headers_too_long", "too_many_mail_parts", "mail_nested_too_deep",
/// "too_many_mail_addresses". Refuses with too_large, code "mail_too_large", above
/// raw_mail_bytes_max. RFC 5322, 2045 to 2047, 2231, 2387, 3676, 6522, 6532.
Result<ParsedMail> parse_mail(std::string_view raw);

}  // namespace tandem::mail
