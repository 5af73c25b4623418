#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace tandem::access {

constexpr size_t secret_key_bytes = 32;

/// The program's own secret: seals TOTP secrets and mailbox passwords, hashes recovery codes. It
/// lives outside the database, so that a stolen dump opens nothing. `configured`: 64 hexadecimal
/// digits or base64 of 32 bytes from the configuration or TANDEM_SECRET_KEY; when empty, the file
/// secret.key in `data_folder`, made with mode 0600 when it is not there. Answers 32 raw bytes.
/// Refuses with invalid ("bad_secret_key") a text or file of another form, and a file that others
/// may read.
Result<std::string> load_secret_key(const std::string& data_folder, std::string_view configured);

}  // namespace tandem::access
