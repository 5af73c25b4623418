#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "desk/channels/channel_intake.h"
#include "desk/channels/web_forms.h"

// What comes back of a web form, and what keeps machines out of it. Manual, Web forms 3.1.

namespace tandem::desk {

constexpr int64_t form_fill_ms_min = 3 * second_ms;
constexpr int64_t form_fill_ms_max = day_ms;
constexpr size_t form_files_max = 5;
constexpr int64_t form_file_bytes_max = 10 * 1024 * 1024;
constexpr int64_t form_files_bytes_max = 20 * 1024 * 1024;
constexpr int64_t form_message_chars_max = 20'000;
/// More links than a question needs: the ticket is marked.
constexpr int form_links_max = 3;
constexpr int form_sendings_per_network_max = 10;
constexpr int64_t form_network_window_ms = 10 * minute_ms;
constexpr int form_sendings_per_form_max = 200;
constexpr int64_t form_window_ms = hour_ms;
constexpr int64_t same_text_window_ms = 10 * minute_ms;
constexpr int receipts_per_address_and_hour_max = 3;
/// Stands in the ticket's classification where a message looks like advertising.
constexpr std::string_view suspicious_classification = "suspicious";

/// What the page carries from when it was shown: signed moment and a number of its own.
std::string form_token(const Desk& desk, const WebForm& form, Instant now);

struct FormFile {
  std::string name;
  std::string content_type;
  std::string_view bytes;
};

struct FormEntry {
  std::map<std::string, std::string> values;  // by the name of WebFormField
  std::vector<FormFile> files;
  std::string token;
  std::string trap;     // what stands in the field that people don't see
  std::string address;  // of the network
};

/// Makes a ticket of what was sent. What is the same and carries the same token is taken once.
/// Refuses: not_found (switched off), invalid (fields, token: "sent_too_soon", "form_too_old",
/// "form_token", "trap"), too_large (files), conflict ("sent_already": the same text minutes ago),
/// busy ("throttled").
Result<ChannelReport> submit_web_form(const Desk& desk, const WebForm& form,
                                      const FormEntry& entry);

/// Forgets what the limits no longer ask for.
void forget_form_sendings(db::Database& database);

}  // namespace tandem::desk
