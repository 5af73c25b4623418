#include "server/config.h"

#include <fmt/format.h>

#include <charconv>
#include <functional>
#include <map>
#include <toml.hpp>

namespace tandem::server {

namespace {

using Reader = std::function<Result<void>(const toml::value&, Config&)>;

Refusal wrong(const std::string& key, std::string_view wanted) {
  return invalid(key, "bad_config", fmt::format("Set {} to {}.", key, wanted));
}

Reader text(const std::string& key, std::string Config::* member) {
  return [key, member](const toml::value& value, Config& config) -> Result<void> {
    if (!value.is_string()) return wrong(key, "text in quotes");
    config.*member = value.as_string().str;
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
    const std::string content = value.as_string().str;
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
      return wrong(name, "nothing: there is no such key; remove it");
    }
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
         return read_listen(value.as_string().str, config);
       }},
      {"workers",
       [](const toml::value& value, Config& config) -> Result<void> {
         config.workers = TRY(whole_number("workers", value, 1, 64));
         return {};
       }},
      {"poll_mailboxes",
       [](const toml::value& value, Config& config) -> Result<void> {
         if (!value.is_boolean()) return wrong("poll_mailboxes", "true or false");
         config.keeps_polling = value.as_boolean();
         return {};
       }},
      {"smtp", read_smtp},
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
    if (reader == readers().end()) return wrong(key, "nothing: there is no such key; remove it");
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
