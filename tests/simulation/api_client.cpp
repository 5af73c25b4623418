#include "tests/simulation/api_client.h"

#include <curl/curl.h>
#include <sys/socket.h>

#include <mutex>
#include <stdexcept>

#include "base/text.h"
#include "tests/simulation/node.h"

namespace tandem::simulation {

namespace {

constexpr long answer_seconds_max = 30;
constexpr std::string_view session_cookie = "tandem_session=";
constexpr const char* boundary = "tandem-simulation-boundary";

size_t take_body(char* bytes, size_t size, size_t count, void* answer) {
  static_cast<Answer*>(answer)->body.append(bytes, size * count);
  return size * count;
}

size_t take_header(char* bytes, size_t size, size_t count, void* answer) {
  const std::string_view line(bytes, size * count);
  const size_t start = line.find(session_cookie);
  if (ascii_lower(line.substr(0, 11)) == "set-cookie:" && start != line.npos)
    static_cast<Answer*>(answer)->cookie = line.substr(start, line.find(';') - start);
  return size * count;
}

/// Connections that are dropped at their end leave no port behind, however many there were.
int drop_at_end(void*, curl_socket_t socket, curlsocktype) {
  const linger at_once{.l_onoff = 1, .l_linger = 0};
  setsockopt(socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  return CURL_SOCKOPT_OK;
}

}  // namespace

struct ApiClient::Handle {
  CURL* curl = nullptr;
  Handle() {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    curl = curl_easy_init();
  }
  ~Handle() { curl_easy_cleanup(curl); }
};

ApiClient::ApiClient(std::string address)
    : address_(std::move(address)), handle_(std::make_unique<Handle>()) {}
ApiClient::~ApiClient() = default;

Answer ApiClient::get(const std::string& path) { return send("GET", path, "", ""); }

Answer ApiClient::post(const std::string& path, const std::string& json) {
  return send("POST", path, "application/json", json);
}

Answer ApiClient::patch(const std::string& path, const std::string& json) {
  return send("PATCH", path, "application/json", json);
}

Answer ApiClient::upload(const std::string& path, const std::string& name,
                         const std::string& bytes) {
  const std::string mark(boundary);
  const std::string body =
      "--" + mark + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name +
      "\"\r\nContent-Type: text/plain\r\n\r\n" + bytes + "\r\n--" + mark + "--\r\n";
  return send("POST", path, "multipart/form-data; boundary=" + mark, body);
}

Answer ApiClient::send(const char* method, const std::string& path, const std::string& type,
                       const std::string& body) {
  Answer answer;
  CURL* curl = handle_->curl;
  curl_easy_reset(curl);
  const std::string url = address_ + path;
  curl_slist* headers = curl_slist_append(nullptr, "Expect:");
  const auto add = [&](const std::string& line) {
    headers = curl_slist_append(headers, line.c_str());
  };
  if (!type.empty()) add("Content-Type: " + type);
  if (!session_.cookie.empty()) add("Cookie: " + session_.cookie);
  if (!session_.csrf_token.empty()) add("X-CSRF-Token: " + session_.csrf_token);
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
  // On a connection that was kept, libcurl sends a request again by itself when the server dies
  // under it; then a doubled write would be ours.
  curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, 1L);
  curl_easy_setopt(curl, CURLOPT_FORBID_REUSE, 1L);
  curl_easy_setopt(curl, CURLOPT_SOCKOPTFUNCTION, drop_at_end);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, answer_seconds_max);
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &answer);
  if (!type.empty()) {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.data());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, long(body.size()));
  }
  curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method);
  const CURLcode done = curl_easy_perform(curl);
  curl_slist_free_all(headers);
  long status = 0;
  if (done == CURLE_OK) curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  answer.status = int(status);
  if (Result<Json> json = json_from_text(answer.body)) answer.json = std::move(*json);
  return answer;
}

std::string set_up_company(const std::vector<std::string>& place) {
  std::vector<std::string> arguments{"setup",          "--company", "Firma", "--email",
                                     "ada@firma.test", "--name",    "Ada"};
  arguments.insert(arguments.end(), place.begin(), place.end());
  const CommandEnd made = run_tandem(arguments);
  constexpr std::string_view before_token = "/invitation/";
  const size_t start = made.output.find(before_token);
  if (made.exit_code != 0 || start == std::string::npos)
    throw std::runtime_error("tandem setup: " + made.output);
  const size_t token = start + before_token.size();
  return made.output.substr(token, made.output.find(' ', token) - token);
}

Session accept_invitation(const std::string& address, const std::string& token) {
  ApiClient client(address);
  const Answer answer = client.post("/native/invitations/" + token,
                                    R"({"name":"Ada","password":"correct horse battery staple"})");
  Session session{.cookie = answer.cookie, .csrf_token = text_of(answer.json, "csrf_token")};
  if (answer.status == 0 || answer.status >= 300 || session.cookie.empty())
    throw std::runtime_error("the invitation is not accepted: " + answer.body);
  session.org = text_of(find(answer.json, "organisations")->as_array().at(0), "id");
  return session;
}

}  // namespace tandem::simulation
