#include "api/channels/form_page.h"
#include "api/channels/routes.h"
#include "base/text.h"
#include "desk/modules.h"
#include "http/multipart.h"

namespace tandem::api::channels {

namespace {

struct FoundForm {
  std::optional<desk::WebForm> form;
  records::ShapeRef tickets;
  Instant now;
};

FoundForm find_form(const http::Request& request, Services& services) {
  return services.database.read([&](db::Transaction& tx) {
    FoundForm found{desk::find_web_form(tx, request.param("key")), nullptr, tx.now()};
    if (found.form) {
      found.tickets = services.desk.catalogue.shape(tx, found.form->org, desk::tickets_module());
    }
    return found;
  });
}

/// What the browser sent. Text is made harmless for the database; line ends become one kind.
std::string clean_text(std::string_view text) {
  std::string clean;
  for (const char c : to_utf8_lossy(text)) {
    if (c != '\r') clean += c;
  }
  return clean;
}

void take_part(desk::FormEntry& entry, const http::FormPart& part) {
  if (part.is_file) {
    const bool is_chosen = !part.filename.empty() || !part.bytes.empty();
    if (part.name == "files" && is_chosen) {
      entry.files.push_back({part.filename, part.content_type, part.bytes});
    }
    return;
  }
  const std::string text = clean_text(part.bytes);
  if (part.name == "token") {
    entry.token = text;
  } else if (part.name == "website") {
    entry.trap = text;
  } else {
    entry.values[part.name] = text;
  }
}

Result<desk::FormEntry> entry_of(const http::Request& request) {
  desk::FormEntry entry;
  entry.address = request.peer_address;
  const std::string_view type = request.header("Content-Type");
  if (starts_with_ignoring_ascii_case(type, "application/x-www-form-urlencoded")) {
    const http::Pairs pairs = TRY(http::read_form(request.body));
    for (const auto& [name, value] : pairs) {
      take_part(entry, {.name = name, .bytes = value});
    }
    return entry;
  }
  const std::vector<http::FormPart> parts = TRY(http::read_multipart(type, request.body));
  for (const http::FormPart& part : parts) take_part(entry, part);
  return entry;
}

/// One refusal of one field stands beside it, too.
Refusal with_faults(Refusal refusal) {
  if (refusal.faults.empty() && !refusal.field.empty()) {
    refusal.faults.push_back({refusal.field, refusal.code, refusal.message});
  }
  return refusal;
}

}  // namespace

http::Response show_form(const http::Request& request, Services& services) {
  const FoundForm found = find_form(request, services);
  if (!found.form || !found.form->is_enabled) {
    return closed_page(found.form ? &*found.form : nullptr);
  }
  desk::FormEntry entry;
  entry.token = desk::form_token(services.desk, *found.form, found.now);
  return form_page({*found.form, *found.tickets, entry});
}

http::Response send_form(const http::Request& request, Services& services) {
  const FoundForm found = find_form(request, services);
  if (!found.form || !found.form->is_enabled) {
    return closed_page(found.form ? &*found.form : nullptr);
  }
  Result<desk::FormEntry> entry = entry_of(request);
  if (!entry) {
    desk::FormEntry empty;
    empty.token = desk::form_token(services.desk, *found.form, found.now);
    return form_page({*found.form, *found.tickets, empty, entry.error()});
  }
  const Result<desk::ChannelReport> report =
      desk::submit_web_form(services.desk, *found.form, *entry);
  if (report) {
    services.wake();
    return thanks_page(*found.form);
  }
  const std::string& code = report.error().code;
  // Who waits with the same page gets in; a page that is no good any more is replaced.
  if (code == "form_token" || code == "form_too_old") {
    entry->token = desk::form_token(services.desk, *found.form, found.now);
  }
  http::Response page = form_page(
      {*found.form, *found.tickets, *entry, with_faults(report.error()), !entry->files.empty()});
  if (code == "throttled") {
    page.set_header("Retry-After", std::to_string(desk::form_network_window_ms / second_ms));
  }
  return page;
}

}  // namespace tandem::api::channels
