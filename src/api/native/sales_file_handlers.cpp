#include "api/native/file_answers.h"
#include "api/native/sales_handlers.h"
#include "crm/notes/attachments.h"

namespace tandem::api::native {

namespace {

constexpr int64_t address_chars_max = 2'000;

Result<crm::AttachmentParent> parent_of(const Call& call) {
  const RecordId id = TRY(call.id());
  return crm::AttachmentParent{*call.module, id};
}

http::Response attached(Call& call, const records::Record& attachment) {
  call.services.wake();
  return call.database().read([&](db::Transaction& tx) {
    return http::Response::json(201, record_json(tx, call.actor, attachment));
  });
}

}  // namespace

Result<http::Response> attach_file(Call& call) {
  const crm::AttachmentParent parent = TRY(parent_of(call));
  const http::FormPart file = TRY(sent_file(call));
  const records::Record made =
      TRY(crm::attach_file(call.database(), call.services.files, call.actor, parent,
                           {file.filename, file.content_type, file.bytes}));
  return attached(call, made);
}

Result<http::Response> attach_link(Call& call) {
  const crm::AttachmentParent parent = TRY(parent_of(call));
  const JsonObject body = TRY(call.body());
  TRY(only_keys(body, {"url", "title"}));
  crm::NewLink link;
  link.url = TRY(body_text(body, "url", address_chars_max));
  link.title = TRY(body_text(body, "title"));
  const records::Record made =
      TRY(call.database().write([&](db::Transaction& tx) -> Result<records::Record> {
        return crm::attach_link(tx, call.actor, parent, link);
      }));
  return attached(call, made);
}

Result<http::Response> show_attached_file(Call& call) {
  const crm::AttachmentParent parent = TRY(parent_of(call));
  const RecordId id = TRY(call.id("attachment"));
  const records::Record found =
      TRY(call.database().read([&](db::Transaction& tx) -> Result<records::Record> {
        return crm::attachment_of(tx, call.actor, parent, id);
      }));
  std::string bytes = TRY(crm::read_file(call.services.files, call.actor.org, found));
  return attachment_bytes(call, found, std::move(bytes));
}

Result<http::Response> remove_attached(Call& call) {
  const crm::AttachmentParent parent = TRY(parent_of(call));
  const RecordId id = TRY(call.id("attachment"));
  TRY(call.database().write([&](db::Transaction& tx) -> Result<void> {
    TRY(crm::attachment_of(tx, call.actor, parent, id));
    return crm::remove_attachment(tx, call.actor, id);
  }));
  call.services.wake();
  return http::Response::no_content();
}

}  // namespace tandem::api::native
