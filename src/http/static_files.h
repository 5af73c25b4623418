#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "http/message.h"

namespace tandem::http {

/// A file that outlives the server: path from the root ("/assets/app.js") and bytes. A path that
/// ends in ".gz" is the gzip form of the path without it.
struct StaticFile {
  std::string_view path;
  std::string_view bytes;
};

/// Whether the request's If-None-Match names the tag, so that the browser has the bytes already.
bool names_etag(std::string_view if_none_match, std::string_view etag);

/// Serves a fixed set of files with ETag and gzip. Files under /assets/ carry a hash in their name
/// and are cached for good, others are asked for again each time. A path without a dot in its last
/// segment is a screen of the single-page application and gets /index.html; anything else that is
/// missing is 404.
class StaticFiles {
 public:
  explicit StaticFiles(std::span<const StaticFile> files);
  /// Answers GET and HEAD, with the security headers.
  Response answer(const Request& request) const;

 private:
  struct Entry {
    std::string_view plain;
    std::string_view gzip;
    std::string plain_etag;
    std::string gzip_etag;
    std::string content_type;
  };
  const Entry* find(std::string_view path) const;

  std::unordered_map<std::string, Entry> entries_;
};

/// "text/html; charset=utf-8" for ".html", …; application/octet-stream for the unknown.
std::string_view content_type_of(std::string_view path);

}  // namespace tandem::http
