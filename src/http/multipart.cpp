#include "http/multipart.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace tandem::http {

namespace {

constexpr size_t boundary_max_bytes = 200;  // RFC 2046 allows 70; some clients write more.

Refusal malformed(std::string_view what) {
  return invalid("body", "bad_multipart",
                 fmt::format("Send the form again as multipart/form-data: {}.", what));
}

/// One parameter of a header value such as `form-data; name="a"; filename="b;c.txt"`, unquoted.
std::optional<std::string> parameter(std::string_view value, std::string_view wanted) {
  size_t at = std::min(value.find(';'), value.size());
  while (at < value.size()) {
    ++at;  // the semicolon
    const size_t equals = value.find_first_of("=;", at);
    if (equals == std::string_view::npos) return std::nullopt;
    const std::string_view name = trim(value.substr(at, equals - at));
    at = equals;
    if (value[equals] == ';') continue;
    at = equals + 1;
    while (at < value.size() && value[at] == ' ') ++at;
    std::string text;
    if (at < value.size() && value[at] == '"') {
      // Browsers write %22 for a quote and leave backslashes alone; others escape with a backslash.
      for (++at; at < value.size() && value[at] != '"'; ++at) {
        if (value[at] == '\\' && at + 1 < value.size() &&
            (value[at + 1] == '"' || value[at + 1] == '\\')) {
          ++at;
        }
        text += value[at];
      }
      if (at == value.size()) return std::nullopt;
      at = std::min(value.find(';', at), value.size());
    } else {
      const size_t end = std::min(value.find(';', at), value.size());
      text = trim(value.substr(at, end - at));
      at = end;
    }
    if (equal_ignoring_ascii_case(name, wanted)) return text;
  }
  return std::nullopt;
}

std::string without_folders(std::string name) {
  const size_t slash = name.find_last_of("/\\");
  return slash == std::string::npos ? name : name.substr(slash + 1);
}

/// What browsers cannot write inside quotes: a quote and the ends of lines, and nothing else, so
/// that a "%41" in a name stays.
std::string without_browser_escapes(std::string_view name) {
  std::string plain;
  for (size_t at = 0; at < name.size(); ++at) {
    const std::string_view escape = name.substr(at, 3);
    const bool is_quote = escape == "%22";
    const bool is_line_end = escape == "%0D" || escape == "%0A";
    plain += is_quote ? '"' : is_line_end ? ' ' : name[at];
    if (is_quote || is_line_end) at += 2;
  }
  return plain;
}

/// The name a sender gave the file; `filename*` (RFC 5987) wins over `filename`.
std::optional<std::string> file_name(std::string_view disposition) {
  if (const auto extended = parameter(disposition, "filename*")) {
    const size_t quote = extended->rfind('\'');
    if (quote != std::string::npos && starts_with_ignoring_ascii_case(*extended, "utf-8'")) {
      return without_folders(
          decode_percent(std::string_view(*extended).substr(quote + 1), PlusSign::is_plus));
    }
  }
  auto plain = parameter(disposition, "filename");
  if (!plain) return std::nullopt;
  return without_folders(without_browser_escapes(to_utf8_lossy(*plain)));
}

Result<FormPart> read_headers(std::string_view headers) {
  FormPart part;
  bool has_name = false;
  while (!headers.empty()) {
    const size_t end = std::min(headers.find("\r\n"), headers.size());
    const std::string_view line = headers.substr(0, end);
    headers.remove_prefix(std::min(end + 2, headers.size()));
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos) return malformed("a part has a header without a colon");
    const std::string_view name = trim(line.substr(0, colon));
    const std::string_view value = trim(line.substr(colon + 1));
    if (equal_ignoring_ascii_case(name, "content-type")) part.content_type = to_utf8_lossy(value);
    if (!equal_ignoring_ascii_case(name, "content-disposition")) continue;
    if (!starts_with_ignoring_ascii_case(value, "form-data")) {
      return malformed("a part is not form-data");
    }
    const auto field = parameter(value, "name");
    if (!field) return malformed("a part has no name");
    has_name = true;
    part.name = to_utf8_lossy(*field);
    if (auto file = file_name(value)) {
      part.filename = std::move(*file);
      part.is_file = true;
    }
  }
  if (!has_name) return malformed("a part has no Content-Disposition");
  return part;
}

/// Where the next "\r\n--boundary" stands, or npos. `body` may begin with a boundary without the
/// line break.
struct Delimiter {
  size_t begin = 0;
  size_t end = 0;
};

std::optional<Delimiter> find_delimiter(std::string_view body, size_t from,
                                        const std::string& boundary) {
  const std::string line = "\r\n--" + boundary;
  if (from == 0 && body.starts_with(std::string_view(line).substr(2))) {
    return Delimiter{0, line.size() - 2};
  }
  const size_t at = body.find(line, from);
  if (at == std::string_view::npos) return std::nullopt;
  return Delimiter{at, at + line.size()};
}

}  // namespace

Result<std::vector<FormPart>> read_multipart(std::string_view content_type, std::string_view body) {
  const auto boundary = parameter(content_type, "boundary");
  if (!starts_with_ignoring_ascii_case(trim(content_type), "multipart/form-data") || !boundary ||
      boundary->empty() || boundary->size() > boundary_max_bytes) {
    return malformed("the Content-Type header names no usable boundary");
  }
  auto delimiter = find_delimiter(body, 0, *boundary);
  if (!delimiter) return malformed("the first boundary is missing");

  std::vector<FormPart> parts;
  while (true) {
    size_t at = delimiter->end;
    if (body.substr(at, 2) == "--") return parts;
    while (at < body.size() && (body[at] == ' ' || body[at] == '\t')) ++at;
    if (body.substr(at, 2) != "\r\n") return malformed("a boundary does not end its line");
    at += 2;
    if (parts.size() == form_parts_max) {
      return too_large("too_many_parts",
                       fmt::format("Send at most {} fields and files at once.", form_parts_max));
    }
    const size_t headers_end = body.substr(at, part_header_max_bytes).find("\r\n\r\n");
    if (headers_end == std::string_view::npos) return malformed("the headers of a part do not end");
    FormPart part = TRY(read_headers(body.substr(at, headers_end)));
    // The blank line's own break may belong to the delimiter of an empty part.
    const size_t content = at + headers_end + 4;
    delimiter = find_delimiter(body, content - 2, *boundary);
    if (!delimiter) return malformed("it was cut off before its last boundary");
    part.bytes = delimiter->begin < content ? std::string_view()
                                            : body.substr(content, delimiter->begin - content);
    parts.push_back(std::move(part));
  }
}

}  // namespace tandem::http
