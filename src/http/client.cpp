#include "http/client.h"

#include <curl/curl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>

#include "base/text.h"

namespace tandem::http {

namespace {

constexpr int64_t connect_timeout_max_ms = 10 * second_ms;
constexpr size_t answer_headers_max_bytes = 64 * 1024;

struct HandleCloser {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct ListCloser {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Handle = std::unique_ptr<CURL, HandleCloser>;
using List = std::unique_ptr<curl_slist, ListCloser>;

/// What one transfer gathers and what it may do.
struct Transfer {
  ClientResponse response;
  std::vector<Address> addresses;
  int64_t response_max_bytes = 0;
  size_t header_bytes = 0;
  bool too_large = false;
};

size_t take_body(char* bytes, size_t, size_t count, void* given) {
  auto& transfer = *static_cast<Transfer*>(given);
  if (int64_t(transfer.response.body.size() + count) > transfer.response_max_bytes) {
    transfer.too_large = true;
    return 0;
  }
  transfer.response.body.append(bytes, count);
  return count;
}

size_t take_header(char* bytes, size_t, size_t count, void* given) {
  auto& transfer = *static_cast<Transfer*>(given);
  transfer.header_bytes += count;
  if (transfer.header_bytes > answer_headers_max_bytes) {
    transfer.too_large = true;
    return 0;
  }
  const std::string_view line = trim(std::string_view(bytes, count));
  if (line.starts_with("HTTP/")) {
    transfer.response.headers.clear();  // those of "100 Continue"
  } else if (const size_t colon = line.find(':'); colon != std::string_view::npos) {
    transfer.response.headers.emplace_back(line.substr(0, colon), trim(line.substr(colon + 1)));
  }
  return count;
}

/// The last word before a connection: only to an address that was checked.
curl_socket_t open_checked(void* given, curlsocktype, curl_sockaddr* to) {
  const auto& transfer = *static_cast<const Transfer*>(given);
  Address address;
  if (to->family == AF_INET) {
    address.size_bytes = 4;
    std::memcpy(address.bytes.data(), &reinterpret_cast<const sockaddr_in*>(&to->addr)->sin_addr,
                4);
  } else if (to->family == AF_INET6) {
    address.size_bytes = 16;
    std::memcpy(address.bytes.data(), &reinterpret_cast<const sockaddr_in6*>(&to->addr)->sin6_addr,
                16);
  }
  const auto& checked = transfer.addresses;
  if (std::find(checked.begin(), checked.end(), address) == checked.end()) return CURL_SOCKET_BAD;
  return ::socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

bool is_header_text(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
  });
}

bool is_header_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return c > 0x20 && c < 0x7f && c != ':' && c != ';';
  });
}

Result<List> header_list(const Pairs& headers) {
  // curl would wait for "100 Continue" before larger bodies.
  List list(curl_slist_append(nullptr, "Expect:"));
  for (const auto& [name, value] : headers) {
    if (!is_header_name(name) || !is_header_text(value)) {
      return invalid("headers", "bad_header", "Give header names and values without line breaks.");
    }
    const std::string line = value.empty() ? name + ";" : name + ": " + value;
    curl_slist* longer = curl_slist_append(list.get(), line.c_str());
    if (!longer) throw std::bad_alloc();
    list.release();
    list.reset(longer);
  }
  return list;
}

/// "host:port:address,address": curl then asks no name server.
List resolved_list(const Destination& destination, const std::vector<Address>& addresses) {
  if (address_from_text(destination.host)) return nullptr;
  std::string line = fmt::format("{}:{}:", destination.host, destination.port);
  for (const Address& address : addresses) {
    if (line.back() != ':') line += ',';
    line += address.size_bytes == 16 ? '[' + to_text(address) + ']' : to_text(address);
  }
  return List(curl_slist_append(nullptr, line.c_str()));
}

std::string url_of(const Destination& destination) {
  const bool is_v6 = destination.host.find(':') != std::string::npos;
  return fmt::format("{}://{}{}{}:{}{}", destination.scheme, is_v6 ? "[" : "", destination.host,
                     is_v6 ? "]" : "", destination.port, destination.target);
}

void set_limits(CURL* handle, const ClientRequest& request, Transfer& transfer) {
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle, CURLOPT_PATH_AS_IS, 1L);
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  // A proxy of the environment would make the connection for us, past the guard.
  curl_easy_setopt(handle, CURLOPT_PROXY, "");
  curl_easy_setopt(handle, CURLOPT_NETRC, long(CURL_NETRC_IGNORED));
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, long(request.timeout_ms));
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS,
                   long(std::min(request.timeout_ms, connect_timeout_max_ms)));
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, open_checked);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, &transfer);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &transfer);
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, &transfer);
}

void set_method(CURL* handle, const ClientRequest& request) {
  if (request.method == Method::head) {
    curl_easy_setopt(handle, CURLOPT_NOBODY, 1L);
    return;
  }
  const bool has_body = !request.body.empty() || request.method == Method::post ||
                        request.method == Method::put || request.method == Method::patch;
  if (has_body) {
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.size()));
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body.data());
  }
  curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, std::string(word(request.method)).c_str());
}

Refusal refusal_of(CURLcode code, const Transfer& transfer) {
  if (transfer.too_large) {
    return too_large("response_too_large", fmt::format("The other side sent more than {} bytes.",
                                                       transfer.response_max_bytes));
  }
  const char* name = "unreachable";
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT: name = "timed_out"; break;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE: name = "tls_failed"; break;
    default: break;  // curl has a hundred more
  }
  return {RefusalKind::busy,
          name,
          fmt::format("The other side did not answer: {}.", curl_easy_strerror(code)),
          "url",
          {}};
}

}  // namespace

std::string_view ClientResponse::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (equal_ignoring_ascii_case(key, name)) return value;
  }
  return {};
}

Result<ClientResponse> fetch(const ClientRequest& request, const EgressPolicy& policy) {
  static const CURLcode initialised = curl_global_init(CURL_GLOBAL_DEFAULT);
  const Destination destination = TRY(check_url(request.url, policy));
  const List headers = TRY(header_list(request.headers));
  Transfer transfer;
  transfer.addresses = TRY(check_host(destination, policy));
  transfer.response_max_bytes = request.response_max_bytes;

  const Handle handle(initialised == CURLE_OK ? curl_easy_init() : nullptr);
  if (!handle) throw std::bad_alloc();
  const List resolved = resolved_list(destination, transfer.addresses);
  curl_easy_setopt(handle.get(), CURLOPT_URL, url_of(destination).c_str());
  curl_easy_setopt(handle.get(), CURLOPT_RESOLVE, resolved.get());
  curl_easy_setopt(handle.get(), CURLOPT_HTTPHEADER, headers.get());
  set_limits(handle.get(), request, transfer);
  set_method(handle.get(), request);

  const CURLcode code = curl_easy_perform(handle.get());
  if (code != CURLE_OK) return refusal_of(code, transfer);
  long status = 0;
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
  transfer.response.status = static_cast<int>(status);
  return std::move(transfer.response);
}

}  // namespace tandem::http
