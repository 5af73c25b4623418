#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

// Addresses with letters of every script (RFC 6530). People read and type them in Unicode; on the
// wire the domain goes in ASCII (IDNA, UTS 46), which every server takes. Other letters than ASCII
// before the @ would need SMTPUTF8 on every server of the way and are not sent to.

namespace tandem::mail {

/// The address as it is stored and shown: its domain in Unicode and lower case, also when it came
/// as "xn--…". What is no address, or no valid domain, stays as it is.
std::string readable_address(std::string_view address);

/// The address as mail servers take it. Refuses with invalid, naming `field`: "bad_address" what is
/// no address or has no valid domain, "address_not_sendable" other letters than ASCII before the @.
Result<std::string> wire_address(std::string_view address, const std::string& field);

}  // namespace tandem::mail
