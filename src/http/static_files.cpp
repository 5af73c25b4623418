#include "http/static_files.h"

#include "base/crypto.h"
#include "base/text.h"

namespace tandem::http {

namespace {

constexpr std::string_view gzip_suffix = ".gz";

std::string etag_of(std::string_view bytes) {
  return '"' + to_hex(sha256(bytes)).substr(0, 32) + '"';
}

/// True when Accept-Encoding names gzip and does not weigh it 0.
bool accepts_gzip(std::string_view accepted) {
  for (const std::string& item : split(accepted, ',')) {
    const std::vector<std::string> pieces = split(item, ';');
    if (!equal_ignoring_ascii_case(trim(pieces.front()), "gzip")) continue;
    if (pieces.size() < 2) return true;
    const std::string_view weight = trim(pieces[1]);
    return weight.find_first_of("123456789") != std::string_view::npos;
  }
  return false;
}

bool is_screen(std::string_view path) {
  return path.substr(path.rfind('/') + 1).find('.') == std::string_view::npos;
}

}  // namespace

bool names_etag(std::string_view if_none_match, std::string_view etag) {
  return trim(if_none_match) == "*" || if_none_match.find(etag) != std::string_view::npos;
}

StaticFiles::StaticFiles(std::span<const StaticFile> files) {
  for (const StaticFile& file : files) {
    const bool is_gzip = file.path.ends_with(gzip_suffix);
    std::string_view path = file.path;
    if (is_gzip) path.remove_suffix(gzip_suffix.size());
    Entry& entry = entries_[std::string(path)];
    (is_gzip ? entry.gzip : entry.plain) = file.bytes;
    (is_gzip ? entry.gzip_etag : entry.plain_etag) = etag_of(file.bytes);
    entry.content_type = content_type_of(path);
  }
  std::erase_if(entries_, [](const auto& item) { return item.second.plain.data() == nullptr; });
}

Response StaticFiles::answer(const Request& request) const {
  if (request.method != Method::get && request.method != Method::head) {
    Refusal refusal;
    refusal.code = "method_not_allowed";
    refusal.message = "Use GET or HEAD here.";
    Response response = Response::refusal(refusal);
    response.status = 405;
    response.set_header("Allow", "GET, HEAD");
    return response;
  }
  const Entry* entry = find(request.path);
  if (!entry) {
    Response missing = Response::text(404, "There is no such page.\n");
    missing.set_header("Cache-Control", "no-store");
    add_security_headers(missing);
    return missing;
  }
  const bool gzip = !entry->gzip.empty() && accepts_gzip(request.header("accept-encoding"));
  const std::string& etag = gzip ? entry->gzip_etag : entry->plain_etag;
  Response response;
  response.set_header("ETag", etag);
  response.set_header("Vary", "Accept-Encoding");
  response.set_header("Cache-Control", request.path.starts_with("/assets/")
                                           ? "public, max-age=31536000, immutable"
                                           : "no-cache");
  add_security_headers(response);
  if (names_etag(request.header("if-none-match"), etag)) {
    response.status = 304;
    return response;
  }
  response.content_type = entry->content_type;
  response.lasting_body = gzip ? entry->gzip : entry->plain;
  if (gzip) response.set_header("Content-Encoding", "gzip");
  return response;
}

const StaticFiles::Entry* StaticFiles::find(std::string_view path) const {
  auto found = entries_.find(std::string(path == "/" ? "/index.html" : path));
  if (found == entries_.end() && is_screen(path)) found = entries_.find("/index.html");
  return found == entries_.end() ? nullptr : &found->second;
}

std::string_view content_type_of(std::string_view path) {
  static constexpr std::pair<std::string_view, std::string_view> types[] = {
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".mjs", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".json", "application/json"},
      {".map", "application/json"},
      {".webmanifest", "application/manifest+json"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".jpg", "image/jpeg"},
      {".jpeg", "image/jpeg"},
      {".gif", "image/gif"},
      {".webp", "image/webp"},
      {".ico", "image/x-icon"},
      {".woff2", "font/woff2"},
      {".woff", "font/woff"},
      {".txt", "text/plain; charset=utf-8"},
      {".md", "text/markdown; charset=utf-8"},
      {".pdf", "application/pdf"},
      {".wasm", "application/wasm"},
      {".xml", "application/xml"},
  };
  for (const auto& [suffix, type] : types) {
    if (path.ends_with(suffix)) return type;
  }
  return "application/octet-stream";
}

}  // namespace tandem::http
