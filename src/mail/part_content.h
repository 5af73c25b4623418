#pragma once

#include <string>

#include "mail/gobject.h"

namespace tandem::mail {

// What one MIME part holds. All of these take any part, also a broken one.

/// "text/plain", lower case; "text/plain" when the part names no type, "application/octet-stream"
/// when it is unreadable.
std::string part_type(GMimeObject* part);
/// "attachment", "inline" or what else it says, lower case; empty when absent.
std::string part_disposition(GMimeObject* part);
/// The raw value of its first field of this name; empty when absent.
std::string part_header(GMimeObject* part, const char* name);
/// The decoded and cleaned file name; empty when it has none.
std::string part_file_name(GMimeObject* part);
/// The content with its transfer encoding undone.
std::string part_bytes(GMimeObject* part);
/// The content as UTF-8, by the charset it declares (in HTML also by its meta element).
std::string part_text(GMimeObject* part);
/// A message or part as it would be sent.
std::string written_out(GMimeObject* object);
/// "attachment-2.pdf" for the second attachment.
std::string default_file_name(const std::string& type, size_t number);
/// CRLF and lone CR made LF.
std::string with_unix_lines(std::string text);

}  // namespace tandem::mail
