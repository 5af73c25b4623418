#include "http/request_target.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "base/text.h"
#include "http/multipart.h"

namespace tandem::http {

namespace {

Refusal bad_path(std::string_view remedy) {
  Refusal refusal;
  refusal.code = "bad_request";
  refusal.message = remedy;
  return refusal;
}

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool has_broken_escape(std::string_view text) {
  for (size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1)) {
    if (at + 2 >= text.size() || !is_hex(text[at + 1]) || !is_hex(text[at + 2])) return true;
  }
  return false;
}

/// The escapes themselves, so that invalid UTF-8 is refused and not repaired.
std::string decode_strictly(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  const auto digit = [](char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; };
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '%') {
      out += static_cast<char>(digit(text[at + 1]) * 16 + digit(text[at + 2]));
      at += 2;
    } else {
      out += text[at];
    }
  }
  return out;
}

bool is_plain_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

Result<std::string> read_segment(std::string_view raw) {
  if (has_broken_escape(raw)) return bad_path("Write % in the address as %25.");
  std::string segment = decode_strictly(raw);
  if (segment == "..") return bad_path("Send an address without \"..\".");
  if (segment.find('/') != std::string::npos) {
    return bad_path("Send an address without an encoded slash.");
  }
  if (is_plain_ascii(segment)) return segment;
  const bool has_control = std::any_of(segment.begin(), segment.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
  });
  if (has_control) return bad_path("Send an address without control characters.");
  if (!is_utf8(segment)) return bad_path("Send the address in UTF-8.");
  return segment;
}

Result<std::string> read_path(std::string_view raw) {
  std::string path;
  path.reserve(raw.size());
  while (!raw.empty()) {
    if (raw.front() == '/') raw.remove_prefix(1);
    const size_t end = std::min(raw.find('/'), raw.size());
    if (end > 0 && raw.substr(0, end) != ".") {
      const std::string segment = TRY(read_segment(raw.substr(0, end)));
      if (segment != ".") {
        path += '/';
        path += segment;
      }
    }
    raw.remove_prefix(end);
  }
  if (path.empty()) path = "/";
  return path;
}

Pairs read_query(std::string_view raw) {
  Pairs pairs;
  while (!raw.empty() && pairs.size() < query_pairs_max) {
    const size_t end = std::min(raw.find('&'), raw.size());
    const std::string_view pair = raw.substr(0, end);
    raw.remove_prefix(std::min(end + 1, raw.size()));
    if (pair.empty()) continue;
    const size_t equals = std::min(pair.find('='), pair.size());
    const std::string_view value = pair.substr(std::min(equals + 1, pair.size()));
    pairs.emplace_back(decode_percent(pair.substr(0, equals), PlusSign::is_space),
                       decode_percent(value, PlusSign::is_space));
  }
  return pairs;
}

}  // namespace

Result<void> read_target(std::string_view target, Request& request) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!starts_with_ignoring_ascii_case(target, scheme)) continue;
    target.remove_prefix(scheme.size());
    target.remove_prefix(std::min(target.find_first_of("/?"), target.size()));
    if (target.empty() || target.front() == '?') {
      request.path = "/";
      request.raw_query = target.substr(std::min<size_t>(1, target.size()));
      request.query = read_query(request.raw_query);
      return {};
    }
    break;
  }
  if (!target.starts_with('/')) return bad_path("Send an address that starts with a slash.");
  target = target.substr(0, target.find('#'));
  const size_t question = std::min(target.find('?'), target.size());
  request.path = TRY(read_path(target.substr(0, question)));
  request.raw_query = target.substr(std::min(question + 1, target.size()));
  request.query = read_query(request.raw_query);
  return {};
}

}  // namespace tandem::http
