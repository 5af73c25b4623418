#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/instant.h"
#include "base/result.h"

namespace tandem::http {

class EventStream;

enum class Method { get, post, put, patch, del, head, options };
constexpr int method_count = 7;

/// "GET", "DELETE", …
std::string_view word(Method method);
std::optional<Method> method_from_word(std::string_view text);

/// Names and values in the order of arrival; a name may stand several times.
using Pairs = std::vector<std::pair<std::string, std::string>>;

constexpr int query_pairs_max = 1'000;

/// How the client reached us: the server itself speaks plain HTTP, a proxy in front of it may not.
enum class Scheme { http, https };

/// One request, whole: the body has been read. All text that was percent-decoded is valid UTF-8.
struct Request {
  Method method = Method::get;
  /// Decoded, starts with "/", without "." or ".." or empty segments and without a slash at the end
  /// (but "/" itself).
  std::string path;
  /// Decoded; "+" was read as a space. A client that sends a raw "+" in an address is found through
  /// `raw_query`.
  Pairs query;
  std::string raw_query;
  Pairs headers;
  std::string body;
  /// What the router found for "{name}" of the pattern.
  Pairs params;
  /// Numeric address of the client: of the other end of the connection, until settle_origin() puts
  /// in its place what a trusted proxy says.
  std::string peer_address;
  Scheme scheme = Scheme::http;
  Instant received_at;
  /// A handler that works in steps gives up after this moment.
  Instant deadline;

  /// The first header of this name in any letter case, or "".
  std::string_view header(std::string_view name) const;
  /// A path parameter, or "".
  std::string_view param(std::string_view name) const;
  /// The first query value of this name; nothing when absent.
  std::optional<std::string_view> query_value(std::string_view name) const;
  /// The cookie's value, without quotes, or "".
  std::string_view cookie(std::string_view name) const;
};

/// A part of a file that is sent without being loaded whole. It must stay as it is until the answer
/// was sent.
struct FileSlice {
  std::string path;
  int64_t offset_bytes = 0;
  int64_t length_bytes = 0;
};

enum class SameSite { lax, strict, none };

struct Cookie {
  std::string name;
  std::string value;
  std::string path = "/";
  /// Seconds; absent: until the browser closes; 0: forget it now.
  std::optional<int64_t> max_age_s;
  SameSite same_site = SameSite::lax;
  bool http_only = true;
  bool secure = false;
};

/// One answer. The body is the first of: events, file, lasting_body, body. Status 204 and 304 have
/// none.
struct Response {
  int status = 200;
  Pairs headers;
  std::string content_type;
  std::string body;
  /// Bytes that outlive the server (embedded files), sent without a copy.
  std::string_view lasting_body;
  std::optional<FileSlice> file;
  /// Shared: the connection sends what the hub of events writes, whoever lives longer.
  std::shared_ptr<EventStream> events;

  /// Adds the header, or replaces it. Control characters in a value are sent as spaces.
  Response& set_header(std::string_view name, std::string value);
  Response& set_cookie(const Cookie& cookie);
  /// The header's value, or "".
  std::string_view header(std::string_view name) const;

  static Response json(int status, std::string json);
  static Response text(int status, std::string text);
  static Response html(int status, std::string html);
  static Response no_content();
  static Response redirect(std::string location, int status = 302);
  static Response of_file(FileSlice file, std::string content_type);
  static Response event_stream(std::shared_ptr<EventStream> events);
  /// {"error":{"kind","code","message","field"?,"faults"?}} with the status of the kind.
  static Response refusal(const Refusal& refusal);
};

/// invalid 400, unauthenticated 401, forbidden 403, not_found 404, conflict 409, too_large 413,
/// busy 503.
int status_of(RefusalKind kind);

enum class Disposition { inline_view, attachment };
/// A Content-Disposition value that carries any Unicode file name safely.
std::string content_disposition(Disposition disposition, std::string_view file_name);

/// Sets Content-Security-Policy, nosniff, frame, referrer, opener and permission headers that are
/// not set yet. A page that must allow more (a consent form that redirects elsewhere) sets its own
/// policy first.
void add_security_headers(Response& response);

}  // namespace tandem::http
