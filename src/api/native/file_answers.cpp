#include "api/native/file_answers.h"

#include <fmt/format.h>

#include "http/static_files.h"

namespace tandem::api::native {

namespace {

// Pictures a browser shows without running anything in them; SVG is a document and is not among
// them.
bool is_harmless_picture(std::string_view content_type) {
  return content_type == "image/png" || content_type == "image/jpeg" ||
         content_type == "image/gif" || content_type == "image/webp";
}

/// Browsers write a quote in the name of a file as %22 (HTML, multipart form data), and no other
/// sign but line ends so.
std::string with_quotes(std::string name) {
  for (size_t at = name.find("%22"); at != std::string::npos; at = name.find("%22", at + 1)) {
    name.replace(at, 3, 1, '"');
  }
  return name;
}

}  // namespace

Result<http::FormPart> sent_file(const Call& call) {
  std::vector<http::FormPart> parts =
      TRY(http::read_multipart(call.request.header("Content-Type"), call.request.body));
  for (http::FormPart& part : parts) {
    if (part.name != "file") continue;
    part.filename = with_quotes(std::move(part.filename));
    return std::move(part);
  }
  return invalid("file", "required", "Send the file as the form field \"file\".");
}

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

http::Response attachment_bytes(const Call& call, const records::Record& attachment,
                                std::string bytes) {
  const std::string& name = attachment.get("name").text();
  const std::string& content_type = attachment.get("content_type").text();
  const bool is_shown = call.query_text("inline") == "1" && is_harmless_picture(content_type);
  http::Response response = strangers_bytes(
      std::move(bytes), is_shown ? content_type : "application/octet-stream",
      http::content_disposition(
          is_shown ? http::Disposition::inline_view : http::Disposition::attachment, name));
  const std::string etag = fmt::format("\"{}{}\"", to_string(attachment.id), is_shown ? "i" : "a");
  response.set_header("ETag", etag);
  if (http::names_etag(call.request.header("If-None-Match"), etag)) {
    response.status = 304;
    response.body.clear();
  }
  return response;
}

}  // namespace tandem::api::native
