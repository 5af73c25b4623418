#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/json.h"

// A person's program: the native API over HTTP. Each request is sent once, on a connection of its
// own.

namespace tandem::simulation {

struct Answer {
  int status = 0;  // 0: nobody answered, so nobody knows whether it was done
  std::string body;
  std::string cookie;  // the session that was set
  Json json;
};

/// Proof of being signed in; any number of clients may share it.
struct Session {
  std::string cookie;
  std::string csrf_token;
  std::string org;
};

/// One thread at a time.
class ApiClient {
 public:
  explicit ApiClient(std::string address);
  ~ApiClient();
  ApiClient(const ApiClient&) = delete;
  ApiClient& operator=(const ApiClient&) = delete;

  void use(Session session) { session_ = std::move(session); }
  /// From now on another node is asked.
  void turn_to(std::string address) { address_ = std::move(address); }

  Answer get(const std::string& path);
  Answer post(const std::string& path, const std::string& json);
  Answer patch(const std::string& path, const std::string& json);
  /// One file as the multipart field `file`.
  Answer upload(const std::string& path, const std::string& name, const std::string& bytes);
  /// "/native/desk/{org}" + rest.
  std::string desk(const std::string& rest) const { return "/native/desk/" + session_.org + rest; }

 private:
  Answer send(const char* method, const std::string& path, const std::string& type,
              const std::string& body);

  struct Handle;
  std::string address_;
  Session session_;
  std::unique_ptr<Handle> handle_;
};

/// Makes the first company with `tandem setup`; answers the invitation's token.
std::string set_up_company(const std::vector<std::string>& place);
/// Takes the invitation as the administrator. Throws when it is not accepted.
Session accept_invitation(const std::string& address, const std::string& token);

}  // namespace tandem::simulation
