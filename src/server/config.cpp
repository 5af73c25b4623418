#include "server/config.h"

#include <fmt/format.h>

#include <charconv>
#include <functional>
#include <map>
#include <toml.hpp>

#include "base/text.h"

namespace tandem::server {

namespace {

constexpr size_t allowed_networks_max = 100;

using Reader = std::function<Result<void>(const toml::value&, Config&)>;

Refusal wrong(const std::string& key, std::string_view wanted) {
  return invalid(key, "bad_config", fmt::format("Set {} to {}.", key, wanted));
}

Refusal no_such_key(const std::string& key) {
  return wrong(key, "nothing: there is no such key; remove it");
}

Reader text(const std::string& key, std::string Config::* member) {
  return [key, member](const toml::value& value, Config& config) -> Result<void> {
    if (!value.is_string()) return wrong(key, "text in quotes");
    config.*member = toml::get<std::string>(value);
    return {};
  };
}

Result<int> whole_number(const std::string& key, const toml::value& value, int low, int high) {
  if (!value.is_integer() || value.as_integer() < low || value.as_integer() > high) {
    return wrong(key, fmt::format("a whole number from {} to {}", low, high));
  }
  return int(value.as_integer());
}

Result<void> read_smtp(const toml::value& table, Config& config) {
  if (!table.is_table()) return wrong("smtp", "a table: [smtp]");
  for (const auto& [key, value] : table.as_table()) {
    const std::string name = "smtp." + key;
    if (key == "port") {
      config.smtp.port = TRY(whole_number(name, value, 1, 65'535));
      continue;
    }
    if (!value.is_string()) return wrong(name, "text in quotes");
    const std::string content = toml::get<std::string>(value);
    if (key == "host") {
      config.smtp.host = content;
    } else if (key == "user") {
      config.smtp.user = content;
    } else if (key == "password") {
      config.smtp.password = content;
    } else if (key == "security") {
      if (content == "tls")
        config.smtp.security = mail::Security::tls;
      else if (content == "starttls")
        config.smtp.security = mail::Security::starttls;
      else if (content == "none")
        config.smtp.security = mail::Security::none;
      else
        return wrong(name, "\"tls\", \"starttls\" or \"none\"");
    } else {
      return no_such_key(name);
    }
  }
  return {};
}

Result<void> read_leases(const toml::value& table, Config& config) {
  if (!table.is_table()) return wrong("leases", "a table: [leases]");
  for (const auto& [key, value] : table.as_table()) {
    const std::string name = "leases." + key;
    const int seconds = TRY(whole_number(name, value, lease_s_min, lease_s_max));
    if (key == "jobs_seconds") {
      config.leases.jobs_s = seconds;
    } else if (key == "mailboxes_seconds") {
      config.leases.mailboxes_s = seconds;
    } else if (key == "sending_seconds") {
      config.leases.sending_s = seconds;
    } else {
      return no_such_key(name);
    }
  }
  return {};
}

Result<std::vector<http::Cidr>> ranges(const std::string& key, const toml::value& list,
                                       size_t ranges_max) {
  const Refusal refusal =
      wrong(key, fmt::format("a list of at most {} ranges such as \"10.0.0.0/8\" or \"fd00::/8\"",
                             ranges_max));
  if (!list.is_array() || list.as_array().size() > ranges_max) return refusal;
  std::vector<http::Cidr> found;
  for (const toml::value& each : list.as_array()) {
    if (!each.is_string()) return refusal;
    const Result<http::Cidr> range = http::cidr_from_text(toml::get<std::string>(each));
    if (!range) return refusal;
    found.push_back(*range);
  }
  return found;
}

Result<void> read_proxy_header(const toml::value& value, Config& config) {
  const std::string name = value.is_string() ? ascii_lower(toml::get<std::string>(value)) : "";
  if (name == "x-forwarded-for") {
    config.proxies.header = http::ForwardingHeader::x_forwarded_for;
  } else if (name == "forwarded") {
    config.proxies.header = http::ForwardingHeader::forwarded;
  } else {
    return wrong("proxy_header", "\"X-Forwarded-For\" or \"Forwarded\"");
  }
  return {};
}

const std::map<std::string, Reader, std::less<>>& readers() {
  static const std::map<std::string, Reader, std::less<>> table{
      {"data", text("data", &Config::data_folder)},
      {"database", text("database", &Config::database_url)},
      {"base_url", text("base_url", &Config::base_url)},
      {"secret_key", text("secret_key", &Config::secret_key)},
      {"notice_sender", text("notice_sender", &Config::notice_sender)},
      {"outbox", text("outbox", &Config::outbox_folder)},
      {"listen",
       [](const toml::value& value, Config& config) -> Result<void> {
         if (!value.is_string()) return wrong("listen", "\"HOST:PORT\"");
         return read_listen(toml::get<std::string>(value), config);
       }},
      {"workers",
       [](const toml::value& value, Config& config) -> Result<void> {
         config.workers = TRY(whole_number("workers", value, 1, 64));
         return {};
       }},
      {"write_workers",
       [](const toml::value& value, Config& config) -> Result<void> {
         config.write_workers = TRY(whole_number("write_workers", value, 1, 256));
         return {};
       }},
      {"poll_mailboxes",
       [](const toml::value& value, Config& config) -> Result<void> {
         if (!value.is_boolean()) return wrong("poll_mailboxes", "true or false");
         config.keeps_polling = value.as_boolean();
         return {};
       }},
      {"smtp", read_smtp},
      {"allowed_networks",
       [](const toml::value& value, Config& config) -> Result<void> {
         config.allowed_networks = TRY(ranges("allowed_networks", value, allowed_networks_max));
         return {};
       }},
      {"leases", read_leases},
      {"trusted_proxies",
       [](const toml::value& value, Config& config) -> Result<void> {
         config.proxies.trusted = TRY(ranges("trusted_proxies", value, http::trusted_proxies_max));
         return {};
       }},
      {"proxy_header", read_proxy_header},
  };
  return table;
}

}  // namespace

Result<void> read_config_file(const std::string& file, Config& config) {
  toml::value document;
  try {
    document = toml::parse(file);
  } catch (const std::exception& failure) {
    return invalid("config", "bad_config",
                   fmt::format("{} can't be read: {}", file, failure.what()));
  }
  for (const auto& [key, value] : document.as_table()) {
    const auto reader = readers().find(key);
    if (reader == readers().end()) return no_such_key(key);
    TRY(reader->second(value, config));
  }
  if (!config.base_url.empty() && !config.base_url.starts_with("http://") &&
      !config.base_url.starts_with("https://")) {
    return wrong("base_url", "an address that begins with https:// or http://");
  }
  while (config.base_url.ends_with('/')) config.base_url.pop_back();
  return {};
}

Result<void> read_listen(const std::string& text, Config& config) {
  const size_t colon = text.rfind(':');
  const std::string port = colon == std::string::npos ? "" : text.substr(colon + 1);
  int number = 0;
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
  if (port.empty() || error != std::errc() || end != port.data() + port.size() || number < 0 ||
      number > 65'535) {
    return wrong("listen", "HOST:PORT with a port from 0 to 65535");
  }
  std::string host = text.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  config.host = host.empty() ? "0.0.0.0" : host;
  config.port = number;
  return {};
}

}  // namespace tandem::server
