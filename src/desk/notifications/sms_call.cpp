#include "desk/notifications/sms_call.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <fmt/format.h>
#include <sys/socket.h>

#include <memory>
#include <mutex>
#include <stdexcept>

#include "base/json.h"
#include "base/text.h"

namespace tandem::desk {

namespace {

constexpr size_t answer_bytes_max = 64 * 1'024;
constexpr int64_t answer_chars_shown = 200;
constexpr int connect_timeout_ms = 10'000;

/// Everything but letters, digits and -._~ as %XX.
std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
    if (is_plain) {
      encoded += c;
    } else {
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return encoded;
}

/// Without the quotes around it: they stand in the body.
std::string json_escaped(std::string_view text) {
  std::string quoted;
  append_json_string(quoted, text);
  return quoted.substr(1, quoted.size() - 2);
}

/// In one pass, so that a text that says "{to}" stays as it is.
std::string with_values(const std::string& words, const std::string& to, const std::string& text) {
  std::string filled;
  for (size_t at = 0; at < words.size();) {
    const std::string_view rest = std::string_view(words).substr(at);
    if (rest.starts_with("{to}")) {
      filled += to;
      at += 4;
    } else if (rest.starts_with("{text}")) {
      filled += text;
      at += 6;
    } else {
      filled += words[at++];
    }
  }
  return filled;
}

struct Door {
  const mail::AddressGuard& may_reach;
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

/// Keeps the beginning and ends the call where a gateway talks without end.
size_t take_answer(char* bytes, size_t, size_t count, void* user) {
  std::string& answer = *static_cast<std::string*>(user);
  if (answer.size() + count > answer_bytes_max) return 0;
  answer.append(bytes, count);
  return count;
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

HeaderList headers_of(const OpenSmsGateway& gateway, const SmsMessage& message) {
  HeaderList list;
  add_header(list, "Content-Type: " + gateway.content_type);
  add_header(list, "Expect:");
  add_header(list, fmt::format("Idempotency-Key: {}", message.id));
  for (const auto& [name, value] : gateway.headers) add_header(list, name + ": " + value);
  return list;
}

/// What a gateway says, short, in one line and without our secrets, which some repeat.
std::string fit_to_show(std::string answer, const OpenSmsGateway& gateway) {
  for (const auto& [name, value] : gateway.headers) {
    for (size_t at = value.empty() ? std::string::npos : answer.find(value);
         at != std::string::npos; at = answer.find(value, at)) {
      answer.replace(at, value.size(), "…");
    }
  }
  answer = to_utf8_lossy(answer);
  for (char& c : answer) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  return std::string(first_chars(trim(answer), answer_chars_shown));
}

bool is_worth_another_try(long status) {
  return status == 408 || status == 425 || status == 429 || status >= 500;
}

SmsReport report_of_status(long status, const std::string& said) {
  if (status >= 200 && status < 300) return {SmsOutcome::accepted, ""};
  std::string answer = fmt::format("The SMS gateway answered with status {}", status);
  answer += said.empty() ? "." : ": " + said;
  return {is_worth_another_try(status) ? SmsOutcome::retry_later : SmsOutcome::refused, answer};
}

void set_up(CURL* curl, const OpenSmsGateway& gateway, const std::string& url,
            const std::string& body) {
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl, CURLOPT_HTTP09_ALLOWED, 0L);
  curl_easy_setopt(curl, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(connect_timeout_ms));
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(gateway.timeout_ms));
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "Tandem");
  if (gateway.method == "GET") return;
  curl_easy_setopt(curl, CURLOPT_POST, 1L);
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
  curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, body.c_str());
  curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, gateway.method.c_str());
}

}  // namespace

std::string sms_body(const std::string& words, const std::string& content_type,
                     const SmsMessage& message) {
  if (content_type == "application/json") {
    return with_values(words, json_escaped(message.to), json_escaped(message.text));
  }
  if (content_type == "application/x-www-form-urlencoded") {
    return with_values(words, percent_encoded(message.to), percent_encoded(message.text));
  }
  if (content_type == "application/xml") {
    return with_values(words, escape_html(message.to), escape_html(message.text));
  }
  return with_values(words, message.to, message.text);
}

std::string sms_url(const std::string& words, const SmsMessage& message) {
  return with_values(words, percent_encoded(message.to), percent_encoded(message.text));
}

SmsReport call_sms_gateway(const OpenSmsGateway& gateway, const mail::AddressGuard& may_reach,
                           const SmsMessage& message) {
  const SmsMessage fitting{message.id, message.to,
                           std::string(first_chars(message.text, sms_text_chars_max))};
  const Handle handle = new_handle();
  CURL* const curl = handle.get();
  set_up(curl, gateway, sms_url(gateway.url, fitting),
         sms_body(gateway.body, gateway.content_type, fitting));
  const HeaderList headers = headers_of(gateway, fitting);
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
  Door door{may_reach, ""};
  curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_allowed_socket);
  curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, &door);
  std::string answer;
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_answer);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
  const CURLcode code = curl_easy_perform(curl);
  if (!door.kept_closed.empty()) {
    return {SmsOutcome::refused,
            fmt::format("The gateway's address {} is not on the public internet. Give another one, "
                        "or have the operator of this program add it to allowed_networks.",
                        door.kept_closed)};
  }
  // An answer that goes on for too long was an answer.
  if (code != CURLE_OK && code != CURLE_WRITE_ERROR) {
    return {SmsOutcome::retry_later,
            fmt::format("The SMS gateway could not be asked: {}.", curl_easy_strerror(code))};
  }
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  return report_of_status(status, fit_to_show(std::move(answer), gateway));
}

}  // namespace tandem::desk
