#include "api/crm/attachment_calls.h"

#include "api/crm/write_results.h"
#include "base/text.h"
#include "crm/notes/attachments.h"

namespace tandem::api::crm_dialect {

Result<http::FormPart> sent_file(const Call& call) {
  const std::string_view type = call.request.header("Content-Type");
  if (!starts_with_ignoring_ascii_case(type, "multipart/form-data"))
    return invalid("file", "param_missing", "Send the file as the form field \"file\".");
  std::vector<http::FormPart> parts = TRY(http::read_multipart(type, call.request.body));
  for (http::FormPart& part : parts)
    if (part.name == "file") return std::move(part);
  return invalid("file", "param_missing", "Send the file as the form field \"file\".");
}

namespace {

using records::Record;

Result<Record> attach(Call& call, const crm::AttachmentParent& parent) {
  const std::string url = call.query_text("attachmentUrl");
  if (!url.empty()) {
    const crm::NewLink link{.title = call.query_text("title"), .url = url};
    return call.database().write(
        [&](db::Transaction& tx) { return crm::attach_link(tx, call.actor, parent, link); });
  }
  const http::FormPart file = TRY(sent_file(call));
  return crm::attach_file(call.database(), call.services.files, call.actor, parent,
                          {file.filename, file.content_type, file.bytes});
}

}  // namespace

Result<http::Response> add_attachment(Call& call, RecordId parent) {
  const Record attached = TRY(attach(call, {*call.module, parent}));
  call.services.wake();
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    records::ShapeRef shape;
    const ModuleWords words = call.words(tx, shape);
    WriteResults results(call, words);
    results.add_saved(tx, attached, "attachment uploaded successfully");
    return results.take(200);
  });
}

Result<http::Response> show_attachment(Call& call, RecordId parent, RecordId attachment) {
  const Record found = TRY(call.database().read([&](db::Transaction& tx) {
    return crm::attachment_of(tx, call.actor, {*call.module, parent}, attachment);
  }));
  http::Response response;
  response.body = TRY(crm::read_file(call.services.files, call.actor.org, found));
  response.content_type = "application/octet-stream";
  response.set_header(
      "Content-Disposition",
      http::content_disposition(http::Disposition::attachment, found.get("name").text()));
  response.set_header("X-Content-Type-Options", "nosniff");
  return response;
}

}  // namespace tandem::api::crm_dialect
