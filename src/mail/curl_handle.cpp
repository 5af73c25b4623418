#include "mail/curl_handle.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <sys/socket.h>

#include <algorithm>
#include <mutex>
#include <stdexcept>
#include <string>

namespace tandem::mail {
namespace {

constexpr int timeout_min_ms = 100;
constexpr int timeout_max_ms = 10 * 60 * 1000;
constexpr size_t host_bytes_max = 253;

bool is_host(std::string_view host) {
  return !host.empty() && host.size() <= host_bytes_max && std::ranges::all_of(host, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == ':';
  });
}

Result<void> check(const MailServer& server) {
  if (!is_host(server.host))
    return invalid("host", "bad_server",
                   "Give the name of the mail server, such as mail.example.com.");
  if (server.port < 1 || server.port > 65535)
    return invalid("port", "bad_server", "Give a port from 1 to 65535.");
  if (server.timeout_ms < timeout_min_ms || server.timeout_ms > timeout_max_ms)
    return invalid("timeout_ms", "bad_server", "Give a time-out from 100 to 600,000 milliseconds.");
  return {};
}

std::string address_text(const curl_sockaddr& address) {
  char text[INET6_ADDRSTRLEN] = "";
  const void* bytes = nullptr;
  if (address.family == AF_INET)
    bytes = &reinterpret_cast<const sockaddr_in*>(&address.addr)->sin_addr;
  if (address.family == AF_INET6)
    bytes = &reinterpret_cast<const sockaddr_in6*>(&address.addr)->sin6_addr;
  if (bytes) inet_ntop(address.family, bytes, text, sizeof text);
  return text;
}

curl_socket_t open_allowed_socket(void* user, curlsocktype, curl_sockaddr* address) {
  GuardedDoor& door = *static_cast<GuardedDoor*>(user);
  const std::string text = address_text(*address);
  if (!door.may_reach(text)) {
    door.kept_closed = text;
    return CURL_SOCKET_BAD;
  }
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

void guard(CurlHandle& handle, const AddressGuard& may_reach) {
  CurlClose& owner = handle.get_deleter();
  owner.door = std::make_unique<GuardedDoor>(GuardedDoor{.may_reach = may_reach});
  curl_easy_setopt(handle.get(), CURLOPT_OPENSOCKETFUNCTION, open_allowed_socket);
  curl_easy_setopt(handle.get(), CURLOPT_OPENSOCKETDATA, owner.door.get());
}

}  // namespace

Result<CurlHandle> open_curl(const MailServer& server, const char* scheme) {
  TRY(check(server));
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  CurlHandle handle(curl_easy_init());
  if (!handle) throw std::runtime_error("libcurl gave no handle");
  CURL* const curl = handle.get();
  const bool is_ipv6 = server.host.find(':') != std::string::npos;
  const std::string url =
      fmt::format("{}{}://{}{}{}:{}/", scheme, server.security == Security::tls ? "s" : "",
                  is_ipv6 ? "[" : "", server.host, is_ipv6 ? "]" : "", server.port);
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps,imap,imaps");
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  curl_easy_setopt(
      curl, CURLOPT_USE_SSL,
      static_cast<long>(server.security == Security::starttls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
  curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!server.authorities_file.empty())
    curl_easy_setopt(curl, CURLOPT_CAINFO, server.authorities_file.c_str());
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(server.timeout_ms));
  curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT,
                   static_cast<long>(std::max(1, server.timeout_ms / 1000)));
  if (server.may_reach) guard(handle, server.may_reach);
  return handle;
}

std::optional<Refusal> refused_address(const CurlHandle& handle) {
  const GuardedDoor* const door = handle.get_deleter().door.get();
  if (!door || door->kept_closed.empty()) return std::nullopt;
  return invalid("host", "address_not_allowed",
                 fmt::format("The mail server's address {} is not on the public internet. Give "
                             "another server, or have the operator of this program add the address "
                             "to allowed_networks in its configuration.",
                             door->kept_closed));
}

}  // namespace tandem::mail
