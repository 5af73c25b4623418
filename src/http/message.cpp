#include "http/message.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "http/multipart.h"
#include "http/refusal_json.h"

namespace tandem::http {

namespace {

constexpr std::string_view method_words[method_count] = {"GET",    "POST", "PUT",    "PATCH",
                                                         "DELETE", "HEAD", "OPTIONS"};

std::string_view first_value(const Pairs& pairs, std::string_view name) {
  for (const auto& [key, value] : pairs) {
    if (equal_ignoring_ascii_case(key, name)) return value;
  }
  return {};
}

bool is_cookie_char(char c) {
  const unsigned char byte = static_cast<unsigned char>(c);
  return byte > 0x20 && byte < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\';
}

const char* word(SameSite same_site) {
  switch (same_site) {
    case SameSite::lax: return "Lax";
    case SameSite::strict: return "Strict";
    case SameSite::none: return "None";
  }
  return "Lax";
}

}  // namespace

std::string_view word(Method method) { return method_words[static_cast<size_t>(method)]; }

std::optional<Method> method_from_word(std::string_view text) {
  for (int index = 0; index < method_count; ++index) {
    if (method_words[index] == text) return static_cast<Method>(index);
  }
  return std::nullopt;
}

std::string_view Request::header(std::string_view name) const { return first_value(headers, name); }

std::string_view Request::param(std::string_view name) const {
  for (const auto& [key, value] : params) {
    if (key == name) return value;
  }
  return {};
}

std::optional<std::string_view> Request::query_value(std::string_view name) const {
  for (const auto& [key, value] : query) {
    if (key == name) return value;
  }
  return std::nullopt;
}

std::string_view Request::cookie(std::string_view name) const {
  for (const auto& [header_name, line] : headers) {
    if (!equal_ignoring_ascii_case(header_name, "cookie")) continue;
    std::string_view rest = line;
    while (!rest.empty()) {
      const size_t end = std::min(rest.find(';'), rest.size());
      const std::string_view pair = trim(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      const size_t equals = pair.find('=');
      if (equals == std::string_view::npos || trim(pair.substr(0, equals)) != name) continue;
      std::string_view value = trim(pair.substr(equals + 1));
      if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
        value = value.substr(1, value.size() - 2);
      }
      return value;
    }
  }
  return {};
}

Response& Response::set_header(std::string_view name, std::string value) {
  for (auto& [key, old_value] : headers) {
    if (!equal_ignoring_ascii_case(key, name)) continue;
    old_value = std::move(value);
    return *this;
  }
  headers.emplace_back(name, std::move(value));
  return *this;
}

Response& Response::set_cookie(const Cookie& cookie) {
  std::string line = cookie.name + "=";
  for (const char c : cookie.value) {
    if (is_cookie_char(c)) line += c;
  }
  line += "; Path=" + cookie.path;
  if (cookie.max_age_s) line += fmt::format("; Max-Age={}", *cookie.max_age_s);
  if (cookie.http_only) line += "; HttpOnly";
  if (cookie.secure) line += "; Secure";
  line += fmt::format("; SameSite={}", word(cookie.same_site));
  headers.emplace_back("Set-Cookie", std::move(line));
  return *this;
}

std::string_view Response::header(std::string_view name) const {
  return first_value(headers, name);
}

Response Response::json(int status, std::string json) {
  Response response;
  response.status = status;
  response.content_type = "application/json;charset=UTF-8";
  response.body = std::move(json);
  return response;
}

Response Response::text(int status, std::string text) {
  Response response;
  response.status = status;
  response.content_type = "text/plain; charset=utf-8";
  response.body = std::move(text);
  return response;
}

Response Response::html(int status, std::string html) {
  Response response;
  response.status = status;
  response.content_type = "text/html; charset=utf-8";
  response.body = std::move(html);
  return response;
}

Response Response::no_content() {
  Response response;
  response.status = 204;
  return response;
}

Response Response::redirect(std::string location, int status) {
  Response response;
  response.status = status;
  response.set_header("Location", std::move(location));
  return response;
}

Response Response::of_file(FileSlice file, std::string content_type) {
  Response response;
  response.content_type = std::move(content_type);
  response.file = std::move(file);
  return response;
}

Response Response::event_stream(std::shared_ptr<EventStream> events) {
  Response response;
  response.content_type = "text/event-stream";
  response.set_header("Cache-Control", "no-store");
  response.set_header("X-Accel-Buffering", "no");
  response.events = std::move(events);
  return response;
}

Response Response::refusal(const Refusal& refusal) {
  JsonWriter json;
  json.begin_object().key("error");
  append_refusal(json, refusal);
  json.end_object();
  Response response = Response::json(status_of(refusal.kind), json.take());
  if (refusal.kind == RefusalKind::busy) response.set_header("Retry-After", "1");
  return response;
}

int status_of(RefusalKind kind) {
  switch (kind) {
    case RefusalKind::invalid: return 400;
    case RefusalKind::unauthenticated: return 401;
    case RefusalKind::forbidden: return 403;
    case RefusalKind::not_found: return 404;
    case RefusalKind::conflict: return 409;
    case RefusalKind::too_large: return 413;
    case RefusalKind::busy: return 503;
  }
  return 500;
}

std::string content_disposition(Disposition disposition, std::string_view file_name) {
  // RFC 6266: an ASCII name for old readers, and the whole name percent-encoded.
  std::string plain;
  for (const char c : file_name) {
    const unsigned char byte = static_cast<unsigned char>(c);
    const bool is_safe = byte >= 0x20 && byte < 0x7f && c != '"' && c != '\\' && c != '/';
    plain += is_safe ? c : '_';
  }
  return fmt::format("{}; filename=\"{}\"; filename*=UTF-8''{}",
                     disposition == Disposition::attachment ? "attachment" : "inline", plain,
                     encode_percent(to_utf8_lossy(file_name)));
}

void add_security_headers(Response& response) {
  // Style attributes and elements are written by the UI toolkit at run time; scripts never are.
  static constexpr std::pair<std::string_view, std::string_view> defaults[] = {
      {"Content-Security-Policy",
       "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
       "img-src 'self' data: blob:; font-src 'self' data:; media-src 'self' blob:; "
       "connect-src 'self'; frame-src 'self' blob:; worker-src 'self' blob:; "
       "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
       "object-src 'none'"},
      {"X-Content-Type-Options", "nosniff"},
      {"X-Frame-Options", "DENY"},
      {"Referrer-Policy", "strict-origin-when-cross-origin"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
  };
  // A page that names the sites that may frame it would be stopped by the older header.
  const std::string_view policy = response.header("Content-Security-Policy");
  const bool names_frames = policy.find("frame-ancestors") != std::string_view::npos &&
                            policy.find("frame-ancestors 'none'") == std::string_view::npos;
  for (const auto& [name, value] : defaults) {
    if (names_frames && name == "X-Frame-Options") continue;
    if (response.header(name).empty()) response.headers.emplace_back(name, value);
  }
}

}  // namespace tandem::http
