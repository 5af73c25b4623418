#include "mail/body_parts.h"

#include <algorithm>

#include "base/text.h"
#include "mail/charset.h"
#include "mail/flowed.h"
#include "mail/header_values.h"
#include "mail/part_content.h"

namespace tandem::mail {
namespace {

struct Body {
  std::string html;
  std::string text;
  bool is_empty() const { return html.empty() && text.empty(); }
};

enum class Place { root, mixed, alternative };

class PartReader {
 public:
  explicit PartReader(ParsedMail& mail) : mail_(mail) {}
  Result<Body> read(GMimeObject* part, int depth, Place place);

 private:
  Result<Body> read_multipart(GMimeMultipart* multipart, int depth, Place place);
  Body read_message(GMimeMessagePart* part);
  Body read_leaf(GMimeObject* part, Place place);
  Body read_text(GMimeObject* part, const std::string& type);
  bool is_body(GMimeObject* part, const std::string& type, const std::string& name,
               Place place) const;
  void attach(GMimeObject* part, const std::string& type, std::string name, std::string bytes);

  ParsedMail& mail_;
  int parts_ = 0;
  bool has_body_ = false;
};

Result<Body> PartReader::read(GMimeObject* part, int depth, Place place) {
  if (++parts_ > mail_parts_max)
    return invalid("", "too_many_mail_parts", "The mail has more than 200 parts; it was not read.");
  if (depth > mail_nesting_max)
    return invalid("", "mail_nested_too_deep",
                   "The parts of the mail are nested more than 20 deep; it was not read.");
  if (GMIME_IS_MULTIPART(part)) return read_multipart(GMIME_MULTIPART(part), depth, place);
  if (GMIME_IS_MESSAGE_PART(part)) return read_message(GMIME_MESSAGE_PART(part));
  return read_leaf(part, place);
}

// The last HTML wins, as RFC 2046 orders them; of the texts the first that says anything.
Body choose(std::vector<Body> bodies) {
  Body chosen;
  for (Body& body : bodies) {
    if (!body.html.empty()) chosen.html = std::move(body.html);
    if (trim(chosen.text).empty() && !body.text.empty()) chosen.text = std::move(body.text);
  }
  return chosen;
}

// Pieces one after the other. When only some are HTML the others are turned into it, so that
// neither body lacks a piece.
Body join_pieces(const std::vector<Body>& bodies) {
  const bool any_html = std::ranges::any_of(bodies, [](const Body& b) { return !b.html.empty(); });
  const bool any_text = std::ranges::any_of(bodies, [](const Body& b) { return !b.text.empty(); });
  Body joined;
  for (const Body& body : bodies) {
    if (body.is_empty()) continue;
    if (any_html) joined.html += body.html.empty() ? text_to_html(body.text) : body.html;
    if (!any_text) continue;
    if (!joined.text.empty() && !joined.text.ends_with('\n')) joined.text += '\n';
    joined.text += body.text.empty() ? html_to_text(body.html) : body.text;
  }
  return joined;
}

Result<Body> PartReader::read_multipart(GMimeMultipart* multipart, int depth, Place place) {
  GMimeContentType* const type = g_mime_object_get_content_type(GMIME_OBJECT(multipart));
  if (g_mime_content_type_is_type(type, "multipart", "report") && mail_.report.type.empty())
    mail_.report.type =
        ascii_lower(text_or_empty(g_mime_content_type_get_parameter(type, "report-type")));
  const bool is_alternative = g_mime_content_type_is_type(type, "multipart", "alternative");
  const bool is_related = g_mime_content_type_is_type(type, "multipart", "related");
  const Place inner = is_alternative                              ? Place::alternative
                      : is_related && place == Place::alternative ? Place::alternative
                                                                  : Place::mixed;
  std::vector<Body> bodies;
  const int count = g_mime_multipart_get_count(multipart);
  for (int i = 0; i < count; ++i) {
    const Result<Body> body = read(g_mime_multipart_get_part(multipart, i), depth + 1, inner);
    if (!body) return body.error();
    bodies.push_back(*body);
  }
  return is_alternative ? choose(std::move(bodies)) : join_pieces(bodies);
}

Body PartReader::read_message(GMimeMessagePart* part) {
  GMimeMessage* const message = g_mime_message_part_get_message(part);
  if (!message) return {};
  if (!mail_.report.type.empty() && mail_.report.returned_headers.empty())
    mail_.report.returned_headers =
        take_chars(g_mime_object_get_headers(GMIME_OBJECT(message), nullptr));
  std::string name = part_file_name(GMIME_OBJECT(part));
  if (name.empty()) {
    GMimeHeader* const subject = g_mime_header_list_get_header(
        g_mime_object_get_header_list(GMIME_OBJECT(message)), "Subject");
    if (subject)
      name =
          clean_file_name(decode_text_value(text_or_empty(g_mime_header_get_raw_value(subject))));
    if (name.empty()) name = "message";
  }
  if (!ascii_lower(name).ends_with(".eml")) name = clean_file_name(name + ".eml");
  attach(GMIME_OBJECT(part), "message/rfc822", std::move(name), written_out(GMIME_OBJECT(message)));
  return {};
}

Body PartReader::read_leaf(GMimeObject* part, Place place) {
  const std::string type = part_type(part);
  std::string name = part_file_name(part);
  if (is_body(part, type, name, place)) {
    has_body_ = true;
    return read_text(part, type);
  }
  if (type == "text/x-amp-html" && place == Place::alternative) return {};
  std::string bytes = part_bytes(part);
  ReportParts& report = mail_.report;
  if (type == "message/delivery-status" || type == "message/global-delivery-status") {
    if (report.type.empty()) report.type = "delivery-status";
    report.delivery_status += bytes + "\n\n";  // Some servers write one part for each recipient.
    if (name.empty()) name = "delivery-status.txt";
  }
  if (type == "text/rfc822-headers" || type == "message/global-headers") {
    if (report.returned_headers.empty()) report.returned_headers = bytes;
    if (name.empty()) name = "headers.txt";
  }
  // An empty part without a name tells nobody anything.
  if (!bytes.empty() || !name.empty()) attach(part, type, std::move(name), std::move(bytes));
  return {};
}

bool PartReader::is_body(GMimeObject* part, const std::string& type, const std::string& name,
                         Place place) const {
  const std::string disposition = part_disposition(part);
  if (disposition == "attachment") return false;
  if (type == "text/plain" || type == "text/html") {
    if (name.empty() || place == Place::alternative) return true;
    return !has_body_ && disposition != "inline";  // Some programs name the body itself.
  }
  return place == Place::root && type.starts_with("text/") && type != "text/calendar" &&
         name.empty() && type != "text/rfc822-headers";
}

Body PartReader::read_text(GMimeObject* part, const std::string& type) {
  GMimeContentType* const content_type = g_mime_object_get_content_type(part);
  std::string text = with_unix_lines(part_text(part));
  if (text.size() > body_bytes_max) {
    text.resize(body_bytes_max);
    text = to_utf8_lossy(text);
  }
  Body body;
  if (type == "text/html") {
    body.html = std::move(text);
    return body;
  }
  const std::string format =
      text_or_empty(g_mime_content_type_get_parameter(content_type, "format"));
  if (equal_ignoring_ascii_case(format, "flowed")) {
    const std::string del_sp =
        text_or_empty(g_mime_content_type_get_parameter(content_type, "delsp"));
    const bool removes = equal_ignoring_ascii_case(del_sp, "yes");
    text = unwrap_flowed(text, removes ? FlowedSpace::remove : FlowedSpace::keep);
  }
  body.text = std::move(text);
  return body;
}

void PartReader::attach(GMimeObject* part, const std::string& type, std::string name,
                        std::string bytes) {
  Attachment attachment;
  attachment.content_type = type;
  const std::vector<std::string> ids = decode_ids(part_header(part, "Content-ID"));
  if (!ids.empty()) attachment.content_id = ids.front();
  attachment.name =
      name.empty() ? default_file_name(type, mail_.attachments.size() + 1) : std::move(name);
  attachment.bytes = std::move(bytes);
  mail_.attachments.push_back(std::move(attachment));
}

// What the HTML shows needs no place in the list of attachments; what it does not show must not be
// lost from it, whatever the sender's program said about its disposition.
void mark_inline(ParsedMail& mail) {
  for (Attachment& attachment : mail.attachments) {
    if (attachment.content_id.empty()) continue;
    attachment.is_inline = mail.html.find("cid:" + attachment.content_id) != std::string::npos;
  }
}

}  // namespace

Result<void> read_parts(GMimeObject* root, ParsedMail& mail) {
  Result<Body> body = PartReader(mail).read(root, 0, Place::root);
  if (!body) return body.error();
  mail.html = std::move(body->html);
  mail.text = std::move(body->text);
  mark_inline(mail);
  return {};
}

}  // namespace tandem::mail
