#include "deliveries/receiver_url.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace tandem::deliveries {

namespace {

/// None, or 1 to 65535. The colons of an IPv6 address stand in brackets.
bool has_good_port(std::string_view server) {
  const size_t bracket = server.rfind(']');
  const size_t colon = server.find(':', bracket == std::string_view::npos ? 0 : bracket);
  if (colon == std::string_view::npos) return true;
  const std::string_view digits = server.substr(colon + 1);
  int port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  return error == std::errc() && end == digits.data() + digits.size() && port >= 1 &&
         port <= 65'535;
}

}  // namespace

Result<void> check_receiver_url(const std::string& url) {
  const size_t start = url.find("://");
  const std::string scheme = ascii_lower(url.substr(0, start == std::string::npos ? 0 : start));
  const std::string server =
      start == std::string::npos
          ? ""
          : url.substr(start + 3, url.find_first_of("/?#", start + 3) - start - 3);
  const bool is_clean = std::none_of(url.begin(), url.end(), [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F || c == '#';
  });
  const bool is_http = (scheme == "http" || scheme == "https") && !server.empty();
  if (!is_http || !is_clean || count_chars(url) > url_chars_max) {
    return invalid("url", "bad_url", "Give an address such as https://example.com/hook.");
  }
  if (server.find('@') != std::string::npos) {
    return invalid("url", "password_in_url", "Leave the password out of the address.");
  }
  if (!has_good_port(server)) {
    return invalid("url", "bad_port", "Give a port from 1 to 65535, or none.");
  }
  return {};
}

}  // namespace tandem::deliveries
