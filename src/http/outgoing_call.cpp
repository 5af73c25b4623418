#include "http/outgoing_call.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <sys/socket.h>

#include <memory>
#include <mutex>
#include <stdexcept>

namespace tandem::http {

namespace {

struct Door {
  const MayReach& may_reach;
  std::string kept_closed;
};

std::string text_of_address(const curl_sockaddr& address) {
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
  Door& door = *static_cast<Door*>(user);
  const std::string text = text_of_address(*address);
  if (door.may_reach && !door.may_reach(text)) {
    door.kept_closed = text;
    return CURL_SOCKET_BAD;
  }
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/// Keeps the beginning and ends the call where a server talks without end.
size_t take_answer(char* bytes, size_t, size_t count, void* user) {
  std::string& answer = *static_cast<std::string*>(user);
  const size_t room = outgoing_answer_bytes_max - answer.size();
  answer.append(bytes, count < room ? count : room);
  return count <= room ? count : 0;
}

struct CloseHandle {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Handle = std::unique_ptr<CURL, CloseHandle>;
using HeaderList = std::unique_ptr<curl_slist, FreeList>;

Handle new_handle() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  Handle handle(curl_easy_init());
  if (!handle) throw std::runtime_error("libcurl gave no handle");
  return handle;
}

void add_header(HeaderList& list, const std::string& line) {
  curl_slist* const longer = curl_slist_append(list.get(), line.c_str());
  if (!longer) throw std::runtime_error("libcurl took no header");
  (void)list.release();
  list.reset(longer);
}

HeaderList headers_of(const OutgoingCall& call) {
  HeaderList list;
  add_header(list, "Expect:");
  for (const auto& [name, value] : call.headers) add_header(list, name + ": " + value);
  return list;
}

void set_up(CURL* curl, const OutgoingCall& call) {
  curl_easy_setopt(curl, CURLOPT_URL, call.url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl, CURLOPT_HTTP09_ALLOWED, 0L);
  curl_easy_setopt(curl, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(outgoing_connect_ms));
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(call.timeout_ms));
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "Tandem");
  if (call.method == "GET") return;
  curl_easy_setopt(curl, CURLOPT_POST, 1L);
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(call.body.size()));
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, call.body.c_str());
  curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, call.method.c_str());
}

void read_head(CURL* curl, OutgoingAnswer& answer) {
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  answer.status = int(status);
  curl_off_t seconds = 0;
  curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &seconds);
  answer.retry_after_s = seconds;
}

}  // namespace

OutgoingAnswer call_out(const OutgoingCall& call, const MayReach& may_reach) {
  const Handle handle = new_handle();
  CURL* const curl = handle.get();
  set_up(curl, call);
  const HeaderList headers = headers_of(call);
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
  Door door{may_reach, ""};
  curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_allowed_socket);
  curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, &door);
  OutgoingAnswer answer;
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_answer);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer.body);
  const CURLcode code = curl_easy_perform(curl);
  curl_off_t took_us = 0;
  curl_easy_getinfo(curl, CURLINFO_TOTAL_TIME_T, &took_us);
  answer.took_ms = took_us / 1'000;
  answer.kept_closed = door.kept_closed;
  if (code == CURLE_OK || code == CURLE_WRITE_ERROR) {
    read_head(curl, answer);
  } else {
    answer.failure = curl_easy_strerror(code);
  }
  return answer;
}

}  // namespace tandem::http
