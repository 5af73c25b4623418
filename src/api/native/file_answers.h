#pragma once

#include <string>

#include "api/native/call.h"
#include "http/multipart.h"

// Files on their way in and out.

namespace tandem::api::native {

/// The form field "file" of the body, its name as the person knows it. Refuses with invalid (file)
/// a body without one.
Result<http::FormPart> sent_file(const Call& call);

/// Bytes of a stranger: never sniffed, never run, never framed with rights.
http::Response strangers_bytes(std::string bytes, std::string content_type,
                               const std::string& disposition);

/// The bytes of an attachment, to be saved; a harmless picture is shown in the page when the query
/// says inline=1. They never change, so that a browser that has them is told no more.
http::Response attachment_bytes(const Call& call, const records::Record& attachment,
                                std::string bytes);

}  // namespace tandem::api::native
