#include "mail/part_content.h"

#include <array>
#include <string_view>

#include "base/text.h"
#include "mail/charset.h"
#include "mail/header_values.h"

namespace tandem::mail {
namespace {

std::string bytes_of(GMimeStream* stream) {
  GByteArray* const array = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
  return array && array->data ? std::string(reinterpret_cast<const char*>(array->data), array->len)
                              : "";
}

// GMime reads raw 8-bit names as Latin-1 when they are not UTF-8, so these are made UTF-8 and read
// again.
std::string name_in_raw_field(GMimeObject* part, const char* field, const char* parameter) {
  const std::string raw = part_header(part, field);
  const size_t semicolon = raw.find(';');
  if (semicolon == raw.npos || is_utf8(raw)) return "";
  const std::string utf8 = undeclared_to_utf8(raw.substr(semicolon + 1));
  GMimeParamList* const list = g_mime_param_list_parse(nullptr, utf8.c_str());
  const Owned<GMimeParamList> owner(list);
  if (!list) return "";
  GMimeParam* const found = g_mime_param_list_get_parameter(list, parameter);
  return found ? text_or_empty(g_mime_param_get_value(found)) : "";
}

std::string charset_in_meta(std::string_view html) {
  constexpr size_t sniffed_bytes = 2048;
  const std::string head = ascii_lower(html.substr(0, sniffed_bytes));
  const size_t meta = head.find("<meta");
  const size_t at = meta == head.npos ? head.npos : head.find("charset=", meta);
  if (at == head.npos) return "";
  const size_t start = head.find_first_not_of("\"' ", at + 8);
  if (start == head.npos) return "";
  return head.substr(start, head.find_first_of("\"' />;", start) - start);
}

struct Ending {
  std::string_view type;
  std::string_view ending;
};

constexpr std::array endings{
    Ending{"application/pdf", ".pdf"},
    Ending{"image/png", ".png"},
    Ending{"image/jpeg", ".jpg"},
    Ending{"image/jpg", ".jpg"},
    Ending{"image/gif", ".gif"},
    Ending{"image/webp", ".webp"},
    Ending{"image/svg+xml", ".svg"},
    Ending{"image/tiff", ".tif"},
    Ending{"image/bmp", ".bmp"},
    Ending{"text/plain", ".txt"},
    Ending{"text/html", ".html"},
    Ending{"text/csv", ".csv"},
    Ending{"text/calendar", ".ics"},
    Ending{"text/vcard", ".vcf"},
    Ending{"text/x-vcard", ".vcf"},
    Ending{"message/rfc822", ".eml"},
    Ending{"application/zip", ".zip"},
    Ending{"application/json", ".json"},
    Ending{"application/xml", ".xml"},
    Ending{"application/msword", ".doc"},
    Ending{"application/pgp-signature", ".asc"},
    Ending{"application/pgp-encrypted", ".asc"},
    Ending{"application/pkcs7-mime", ".p7m"},
    Ending{"application/x-pkcs7-mime", ".p7m"},
    Ending{"application/pkcs7-signature", ".p7s"},
    Ending{"application/x-pkcs7-signature", ".p7s"},
    Ending{"audio/mpeg", ".mp3"},
    Ending{"video/mp4", ".mp4"},
};

}  // namespace

std::string part_header(GMimeObject* part, const char* name) {
  GMimeHeader* const header =
      g_mime_header_list_get_header(g_mime_object_get_header_list(part), name);
  return header ? text_or_empty(g_mime_header_get_raw_value(header)) : "";
}

std::string part_type(GMimeObject* part) {
  GMimeContentType* const type = g_mime_object_get_content_type(part);
  if (!type) return "text/plain";
  std::string name = ascii_lower(take_chars(g_mime_content_type_get_mime_type(type)));
  const bool is_plain =
      name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789!#$&^_.+-/") == name.npos;
  constexpr size_t type_chars_max = 127;
  return is_plain && name.size() <= type_chars_max ? name : "application/octet-stream";
}

std::string part_disposition(GMimeObject* part) {
  return ascii_lower(text_or_empty(g_mime_object_get_disposition(part)));
}

std::string part_file_name(GMimeObject* part) {
  std::string name = name_in_raw_field(part, "Content-Disposition", "filename");
  if (name.empty()) name = name_in_raw_field(part, "Content-Type", "name");
  if (name.empty())
    name = text_or_empty(g_mime_object_get_content_disposition_parameter(part, "filename"));
  if (name.empty()) name = text_or_empty(g_mime_object_get_content_type_parameter(part, "name"));
  // Encoded words do not belong into parameters, but many programs put them there.
  if (name.find("=?") != name.npos) name = decode_text_value(name);
  return clean_file_name(name);
}

std::string part_bytes(GMimeObject* part) {
  if (!GMIME_IS_PART(part)) return written_out(part);
  GMimeDataWrapper* const content = g_mime_part_get_content(GMIME_PART(part));
  if (!content) return "";
  const Owned<GMimeStream> stream(g_mime_stream_mem_new());
  g_mime_data_wrapper_write_to_stream(content, stream.get());
  return bytes_of(stream.get());
}

std::string part_text(GMimeObject* part) {
  const std::string bytes = part_bytes(part);
  std::string charset = text_or_empty(g_mime_object_get_content_type_parameter(part, "charset"));
  if (charset.empty() && part_type(part) == "text/html") charset = charset_in_meta(bytes);
  return charset_to_utf8(bytes, charset);
}

std::string written_out(GMimeObject* object) {
  const Owned<GMimeStream> stream(g_mime_stream_mem_new());
  g_mime_object_write_to_stream(object, nullptr, stream.get());
  return bytes_of(stream.get());
}

std::string default_file_name(const std::string& type, size_t number) {
  std::string_view ending;
  for (const Ending& known : endings)
    if (known.type == type) ending = known.ending;
  if (type == "application/ms-tnef" || type == "application/vnd.ms-tnef") return "winmail.dat";
  return "attachment-" + std::to_string(number) + std::string(ending);
}

std::string with_unix_lines(std::string text) {
  if (text.find('\r') == text.npos) return text;
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      out += text[i];
    } else if (i + 1 >= text.size() || text[i + 1] != '\n') {
      out += '\n';
    }
  }
  return out;
}

}  // namespace tandem::mail
