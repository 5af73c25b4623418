#include "mail/compose.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/crypto.h"
#include "base/text.h"
#include "mail/gobject.h"
#include "mail/part_content.h"
#include "mail/wire_address.h"

namespace tandem::mail {
namespace {

bool has_line_break(std::string_view value) {
  return value.find_first_of(std::string_view("\r\n\0", 3)) != value.npos;
}

Refusal line_break(std::string field) {
  return invalid(std::move(field), "line_break", "Leave out line breaks and NUL characters.");
}

Result<void> check_address(const Address& address, const std::string& field) {
  if (has_line_break(address.name) || has_line_break(address.address)) return line_break(field);
  TRY(wire_address(address.address, field));
  return {};
}

Result<void> check_addresses(const OutgoingMail& mail) {
  TRY(check_address(mail.from, "from"));
  for (const Address& address : mail.to) TRY(check_address(address, "to"));
  for (const Address& address : mail.cc) TRY(check_address(address, "cc"));
  for (const Address& address : mail.reply_to) TRY(check_address(address, "reply_to"));
  if (mail.to.size() + mail.cc.size() + mail.reply_to.size() > mail_addresses_max)
    return invalid("to", "too_many", "Give at most 500 recipients.");
  return {};
}

Result<void> check_id(const std::string& id, const std::string& field) {
  if (has_line_break(id)) return line_break(field);
  constexpr size_t id_bytes_max = 900;
  const bool is_plain =
      std::ranges::all_of(id, [](char c) { return c > ' ' && c < 0x7f && c != '<' && c != '>'; });
  if (!is_plain || id.size() > id_bytes_max)
    return invalid(field, "bad_id", "Give message ids without spaces and brackets.");
  return {};
}

Result<void> check_ids(const OutgoingMail& mail) {
  if (mail.message_id.empty())
    return invalid("message_id", "required", "Give the mail a Message-ID.");
  TRY(check_id(mail.message_id, "message_id"));
  TRY(check_id(mail.in_reply_to, "in_reply_to"));
  for (const std::string& id : mail.references) TRY(check_id(id, "references"));
  return {};
}

bool may_set(const std::string& name) {
  constexpr size_t name_bytes_max = 76;
  const bool is_token =
      !name.empty() && name.size() <= name_bytes_max &&
      std::ranges::all_of(name, [](char c) { return c > ' ' && c < 0x7f && c != ':'; });
  return is_token && (starts_with_ignoring_ascii_case(name, "X-") ||
                      starts_with_ignoring_ascii_case(name, "List-") ||
                      equal_ignoring_ascii_case(name, "Precedence"));
}

Result<void> check_fields(const OutgoingMail& mail) {
  if (has_line_break(mail.subject)) return line_break("subject");
  if (count_chars(mail.subject) > static_cast<int64_t>(subject_chars_max))
    return invalid("subject", "too_long", "Shorten the subject to 998 characters.");
  if (has_line_break(mail.auto_submitted)) return line_break("auto_submitted");
  for (const HeaderField& field : mail.extra_headers) {
    if (has_line_break(field.name) || has_line_break(field.value))
      return line_break("extra_headers");
    if (!may_set(field.name))
      return invalid("extra_headers", "not_allowed",
                     "Name extra headers X-…, List-… or Precedence.");
  }
  for (const Attachment& attachment : mail.attachments)
    if (has_line_break(attachment.name) || has_line_break(attachment.content_type) ||
        has_line_break(attachment.content_id))
      return line_break("attachments");
  return {};
}

Result<void> check(const OutgoingMail& mail) {
  TRY(check_addresses(mail));
  TRY(check_ids(mail));
  TRY(check_fields(mail));
  if (mail.text.empty() && mail.html.empty())
    return invalid("text", "required", "Write something into the mail.");
  size_t bytes = mail.text.size() + mail.html.size();
  for (const Attachment& attachment : mail.attachments) bytes += attachment.bytes.size();
  if (bytes > raw_mail_bytes_max)
    return too_large("mail_too_large", "The mail is larger than 50 MiB; send fewer attachments.",
                     "attachments");
  return {};
}

void set_content(GMimePart* part, std::string_view bytes, GMimeContentEncoding encoding) {
  const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  const Owned<GMimeDataWrapper> content(
      g_mime_data_wrapper_new_with_stream(stream.get(), GMIME_CONTENT_ENCODING_DEFAULT));
  g_mime_part_set_content(part, content.get());
  g_mime_part_set_content_encoding(part, encoding);
}

Owned<GMimeObject> text_part(const char* subtype, const std::string& body) {
  const std::string text = with_unix_lines(to_utf8_lossy(body));
  GMimePart* const part = g_mime_part_new_with_type("text", subtype);
  g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset", "utf-8");
  const auto wide =
      std::ranges::count_if(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  // Quoted-printable triples each byte that is not ASCII.
  const bool is_mostly_wide = static_cast<size_t>(wide) * 4 > text.size();
  set_content(
      part, text,
      is_mostly_wide ? GMIME_CONTENT_ENCODING_BASE64 : GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
  return Owned<GMimeObject>(GMIME_OBJECT(part));
}

bool is_seven_bit_mail(std::string_view bytes) {
  constexpr size_t line_bytes_max = 900;
  size_t line = 0;
  for (const char c : bytes) {
    line = c == '\n' ? 0 : line + 1;
    if (static_cast<unsigned char>(c) >= 0x80 || c == '\0' || line > line_bytes_max) return false;
  }
  return true;
}

Owned<GMimeObject> attachment_part(const Attachment& attachment) {
  const size_t slash = attachment.content_type.find('/');
  std::string type = "application";
  std::string subtype = "octet-stream";
  // A mail within a mail must not be encoded (RFC 2046, 5.2.1); one that would need it travels as a
  // file.
  const bool is_mail = attachment.content_type.starts_with("message/") ||
                       attachment.content_type.starts_with("multipart/");
  const bool is_plain_mail =
      attachment.content_type == "message/rfc822" && is_seven_bit_mail(attachment.bytes);
  if (slash != std::string::npos && (!is_mail || is_plain_mail)) {
    type = attachment.content_type.substr(0, slash);
    subtype = attachment.content_type.substr(slash + 1);
  }
  GMimePart* const part = g_mime_part_new_with_type(type.c_str(), subtype.c_str());
  Owned<GMimeObject> owner(GMIME_OBJECT(part));
  const bool is_inline = attachment.is_inline && !attachment.content_id.empty();
  g_mime_object_set_disposition(owner.get(), is_inline ? "inline" : "attachment");
  if (!attachment.name.empty())
    g_mime_part_set_filename(part, to_utf8_lossy(attachment.name).c_str());
  if (!attachment.content_id.empty())
    g_mime_object_set_content_id(owner.get(), attachment.content_id.c_str());
  set_content(part, attachment.bytes,
              is_plain_mail ? GMIME_CONTENT_ENCODING_7BIT : GMIME_CONTENT_ENCODING_BASE64);
  return owner;
}

// Builds the tree of parts; every border comes from the Message-ID, so the same mail gives the same
// bytes.
class Tree {
 public:
  explicit Tree(const OutgoingMail& mail) : mail_(mail) {}

  Owned<GMimeObject> build() {
    Owned<GMimeObject> body = bodies();
    std::vector<Owned<GMimeObject>> files;
    for (const Attachment& attachment : mail_.attachments)
      if (!stands_in_html(attachment)) files.push_back(attachment_part(attachment));
    if (files.empty()) return body;
    Owned<GMimeObject> mixed = multipart("mixed");
    add(mixed, std::move(body));
    for (Owned<GMimeObject>& file : files) add(mixed, std::move(file));
    return mixed;
  }

 private:
  bool stands_in_html(const Attachment& attachment) const {
    return attachment.is_inline && !attachment.content_id.empty() && !mail_.html.empty();
  }

  Owned<GMimeObject> bodies() {
    if (mail_.html.empty()) return text_part("plain", mail_.text);
    if (mail_.text.empty()) return html_body();
    Owned<GMimeObject> alternative = multipart("alternative");
    add(alternative, text_part("plain", mail_.text));
    add(alternative, html_body());
    return alternative;
  }

  Owned<GMimeObject> html_body() {
    if (std::ranges::none_of(mail_.attachments,
                             [&](const Attachment& a) { return stands_in_html(a); }))
      return text_part("html", mail_.html);
    Owned<GMimeObject> related = multipart("related");
    g_mime_object_set_content_type_parameter(related.get(), "type", "text/html");
    add(related, text_part("html", mail_.html));
    for (const Attachment& attachment : mail_.attachments)
      if (stands_in_html(attachment)) add(related, attachment_part(attachment));
    return related;
  }

  // "=-" cannot occur in quoted-printable or base64, so no content can look like a border.
  Owned<GMimeObject> multipart(const char* subtype) {
    GMimeMultipart* const part = g_mime_multipart_new_with_subtype(subtype);
    const std::string border =
        fmt::format("=-{}-{}", to_hex(sha256(mail_.message_id)).substr(0, 24), ++borders_);
    g_mime_multipart_set_boundary(part, border.c_str());
    return Owned<GMimeObject>(GMIME_OBJECT(part));
  }

  static void add(const Owned<GMimeObject>& parent, Owned<GMimeObject> child) {
    g_mime_multipart_add(GMIME_MULTIPART(parent.get()), child.get());
  }

  const OutgoingMail& mail_;
  int borders_ = 0;
};

std::string references_value(const OutgoingMail& mail) {
  std::vector<std::string> ids = mail.references;
  if (ids.size() > composed_references_max)
    ids.erase(ids.begin() + 1,
              ids.end() - static_cast<std::ptrdiff_t>(composed_references_max - 1));
  for (std::string& id : ids) id = "<" + id + ">";
  return join(ids, " ");
}

void add_mailboxes(GMimeMessage* message, GMimeAddressType type,
                   const std::vector<Address>& addresses) {
  for (const Address& address : addresses) {
    const std::string name = to_utf8_lossy(address.name);
    g_mime_message_add_mailbox(message, type, name.empty() ? nullptr : name.c_str(),
                               wire_address(address.address, "")->c_str());
  }
}

void set_field(GMimeMessage* message, const char* name, const std::string& value) {
  if (!value.empty()) g_mime_object_set_header(GMIME_OBJECT(message), name, value.c_str(), "utf-8");
}

void set_headers(GMimeMessage* message, const OutgoingMail& mail) {
  set_field(message, "Date", to_mail_date(mail.date));
  add_mailboxes(message, GMIME_ADDRESS_TYPE_FROM, {mail.from});
  add_mailboxes(message, GMIME_ADDRESS_TYPE_REPLY_TO, mail.reply_to);
  add_mailboxes(message, GMIME_ADDRESS_TYPE_TO, mail.to);
  add_mailboxes(message, GMIME_ADDRESS_TYPE_CC, mail.cc);
  g_mime_message_set_subject(message, to_utf8_lossy(mail.subject).c_str(), "utf-8");
  g_mime_message_set_message_id(message, mail.message_id.c_str());
  if (!mail.in_reply_to.empty()) set_field(message, "In-Reply-To", "<" + mail.in_reply_to + ">");
  set_field(message, "References", references_value(mail));
  set_field(message, "Auto-Submitted", mail.auto_submitted);
  for (const HeaderField& field : mail.extra_headers)
    g_mime_object_append_header(GMIME_OBJECT(message), field.name.c_str(),
                                to_utf8_lossy(field.value).c_str(), "utf-8");
  set_field(message, "MIME-Version", "1.0");
}

struct FormatFree {
  void operator()(GMimeFormatOptions* options) const { g_mime_format_options_free(options); }
};

std::string written_for_the_wire(GMimeMessage* message) {
  const std::unique_ptr<GMimeFormatOptions, FormatFree> options(g_mime_format_options_new());
  g_mime_format_options_set_newline_format(options.get(), GMIME_NEWLINE_FORMAT_DOS);
  g_mime_format_options_set_param_encoding_method(options.get(),
                                                  GMIME_PARAM_ENCODING_METHOD_RFC2231);
  const Owned<GMimeStream> stream(g_mime_stream_mem_new());
  g_mime_object_write_to_stream(GMIME_OBJECT(message), options.get(), stream.get());
  GByteArray* const bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
  return std::string(reinterpret_cast<const char*>(bytes->data), bytes->len);
}

}  // namespace

Result<std::string> compose_mail(const OutgoingMail& mail) {
  TRY(check(mail));
  start_gmime();
  const Owned<GMimeMessage> message(g_mime_message_new(FALSE));
  set_headers(message.get(), mail);
  const Owned<GMimeObject> body = Tree(mail).build();
  g_mime_message_set_mime_part(message.get(), body.get());
  std::string raw = written_for_the_wire(message.get());
  if (raw.size() > raw_mail_bytes_max)
    return too_large("mail_too_large", "The mail is larger than 50 MiB; send fewer attachments.",
                     "attachments");
  return raw;
}

}  // namespace tandem::mail
