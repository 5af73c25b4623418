#include "bench/support/caller.h"

#include <fmt/format.h>

#include "access/sessions.h"

namespace tandem::bench {

Caller::Caller(server::Program& program) : portal_(find_portal(program)) {
  for (const PortalAgent& agent : portal_.agents) {
    if (!agent.is_administrator) agent_ = agent;
  }
  must(program.database().write([&](db::Transaction& tx) -> Result<void> {
    const access::NewSession made =
        access::create_session(tx, agent_.person, "127.0.0.1", "measurement");
    headers_ = fmt::format("Host: desk.example\r\nCookie: tandem_session={}\r\nX-CSRF-Token: {}",
                           made.token, made.session.csrf_token);
    return {};
  }));
}

std::string Caller::get(const std::string& path) const {
  return fmt::format("GET /native/desk/{}{} HTTP/1.1\r\n{}\r\n\r\n", portal_.org.value, path,
                     headers_);
}

std::string Caller::post(const std::string& path, const std::string& json) const {
  return fmt::format(
      "POST /native/desk/{}{} HTTP/1.1\r\n{}\r\nContent-Type: application/json\r\n"
      "Content-Length: {}\r\n\r\n{}",
      portal_.org.value, path, headers_, json.size(), json);
}

std::string Caller::get_constant() const {
  return fmt::format("GET /constant HTTP/1.1\r\n{}\r\n\r\n", headers_);
}

}  // namespace tandem::bench
