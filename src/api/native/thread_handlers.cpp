#include "api/native/thread_handlers.h"

#include "api/native/file_answers.h"
#include "api/native/timeline_envelope.h"
#include "base/remote_images.h"
#include "desk/conversation/attachments.h"
#include "desk/mail/parked_mails.h"

namespace tandem::api::native {

namespace {

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

Result<http::Response> upload_file(Call& call) {
  const http::FormPart file = TRY(sent_file(call));
  const records::Record upload = TRY(desk::add_upload(
      call.services.desk, call.actor, {file.filename, file.content_type, file.bytes}));
  JsonWriter json;
  append_attachment(json, upload);
  return http::Response::json(201, json.take());
}

Result<http::Response> show_attachment(Call& call) {
  const RecordId id = TRY(call.id());
  desk::AttachmentContent content = TRY(desk::read_attachment(call.services.desk, call.actor, id));
  return attachment_bytes(call, content.attachment, std::move(content.bytes));
}

}  // namespace tandem::api::native
