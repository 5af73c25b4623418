#include "api/native/thread_handlers.h"

#include <fmt/format.h>

#include "api/native/timeline_envelope.h"
#include "base/remote_images.h"
#include "desk/conversation/attachments.h"
#include "desk/mail/parked_mails.h"
#include "http/multipart.h"
#include "http/static_files.h"

namespace tandem::api::native {

namespace {

// Pictures a browser shows without running anything in them; SVG is a document and is not among
// them.
bool is_harmless_picture(std::string_view content_type) {
  return content_type == "image/png" || content_type == "image/jpeg" ||
         content_type == "image/gif" || content_type == "image/webp";
}

/// Bytes of a stranger: never sniffed, never run, never framed with rights.
http::Response strangers_bytes(std::string bytes, std::string content_type,
                               const std::string& disposition) {
  http::Response response;
  response.body = std::move(bytes);
  response.content_type = std::move(content_type);
  response.set_header("Content-Disposition", disposition);
  response.set_header("X-Content-Type-Options", "nosniff");
  response.set_header("Content-Security-Policy", "sandbox; default-src 'none'");
  // Kept, but asked about each time: the right to it may have ended.
  response.set_header("Cache-Control", "private, no-cache");
  return response;
}

/// Where pictures may come from, in the words of a content security policy.
constexpr std::string_view own_images = "'self' data:";
constexpr std::string_view all_images = "'self' data: https: http:";

std::string body_page(const std::string& html, std::string_view images) {
  return "<!doctype html><html><head><meta charset=\"utf-8\"><meta "
         "http-equiv=\"Content-Security-Policy\" content=\"default-src "
         "'none'; style-src 'unsafe-inline'; img-src " +
         std::string(images) + "\"><base target=\"_blank\"></head><body>" + html + "</body></html>";
}

}  // namespace

Result<http::Response> resend_thread(Call& call) {
  const RecordId id = TRY(call.id());
  const RecordId thread_id = TRY(call.id("thread"));
  std::string json = TRY(call.database().write([&](db::Transaction& tx) -> Result<std::string> {
    TRY(desk::resend(tx, call.actor, id, thread_id));
    JsonWriter item;
    const desk::TimelineItem sent_again = TRY(desk::read_thread(tx, call.actor, id, thread_id));
    append_item(item, call, sent_again);
    return item.take();
  }));
  call.services.wake();
  return http::Response::json(200, std::move(json));
}

Result<http::Response> show_thread_body(Call& call) {
  const RecordId id = TRY(call.id());
  const RecordId thread_id = TRY(call.id("thread"));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const desk::TimelineItem item = TRY(desk::read_thread(tx, call.actor, id, thread_id));
    const desk::ThreadBody body = desk::body_of(item.record);
    const bool shows_images = call.query_text("images") == "1";
    std::string html = with_inline_images(call, body.html + body.quoted_html, item.attachments);
    if (shows_images) html = with_remote_images(std::move(html));
    const std::string_view images = shows_images ? all_images : own_images;
    http::Response response = http::Response::html(200, body_page(html, images));
    // Same origin lets the page around it measure its height and load the mail's own pictures;
    // nothing in it can run.
    response.set_header("Content-Security-Policy",
                        std::string("sandbox allow-popups allow-same-origin; default-src 'none'; "
                                    "style-src 'unsafe-inline'; img-src ")
                            .append(images));
    response.set_header("X-Frame-Options", "SAMEORIGIN");
    return response;
  });
}

Result<http::Response> show_raw_thread(Call& call) {
  const RecordId id = TRY(call.id());
  const RecordId thread_id = TRY(call.id("thread"));
  std::string raw = TRY(desk::raw_of_thread(call.services.desk, call.actor, id, thread_id));
  return strangers_bytes(
      std::move(raw), "message/rfc822",
      http::content_disposition(http::Disposition::attachment, to_string(thread_id) + ".eml"));
}

namespace {

/// Browsers write a quote in the name of a file as %22 (HTML, multipart form data), and no other
/// sign but line ends so.
std::string with_quotes(std::string name) {
  for (size_t at = name.find("%22"); at != std::string::npos; at = name.find("%22", at + 1)) {
    name.replace(at, 3, "\"");
  }
  return name;
}

}  // namespace

Result<http::Response> upload_file(Call& call) {
  const std::vector<http::FormPart> parts =
      TRY(http::read_multipart(call.request.header("Content-Type"), call.request.body));
  for (const http::FormPart& part : parts) {
    if (part.name != "file") continue;
    const records::Record upload =
        TRY(desk::add_upload(call.services.desk, call.actor,
                             {with_quotes(part.filename), part.content_type, part.bytes}));
    JsonWriter json;
    append_attachment(json, upload);
    return http::Response::json(201, json.take());
  }
  return invalid("file", "required", "Send the file as the form field \"file\".");
}

Result<http::Response> show_attachment(Call& call) {
  const RecordId id = TRY(call.id());
  desk::AttachmentContent content = TRY(desk::read_attachment(call.services.desk, call.actor, id));
  const std::string name = content.attachment.get("name").text();
  const std::string content_type = content.attachment.get("content_type").text();
  const bool is_shown = call.query_text("inline") == "1" && is_harmless_picture(content_type);
  http::Response response = strangers_bytes(
      std::move(content.bytes), is_shown ? content_type : "application/octet-stream",
      http::content_disposition(
          is_shown ? http::Disposition::inline_view : http::Disposition::attachment, name));
  // The bytes of an attachment never change.
  const std::string etag = fmt::format("\"{}{}\"", to_string(id), is_shown ? "i" : "a");
  response.set_header("ETag", etag);
  if (http::names_etag(call.request.header("If-None-Match"), etag)) {
    response.status = 304;
    response.body.clear();
  }
  return response;
}

}  // namespace tandem::api::native
