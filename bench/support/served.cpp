#include "bench/support/served.h"

#include "server/serve.h"

namespace tandem::bench {

namespace {

constexpr size_t constant_bytes = 1'500;

desk::Desk desk_over(const desk::Desk& desk, db::Database& database) {
  return {.database = database,
          .files = desk.files,
          .catalogue = desk.catalogue,
          .secret = desk.secret,
          .mail_domain = desk.mail_domain,
          .default_sender = desk.default_sender,
          .default_smtp = desk.default_smtp,
          .outbox_folder = desk.outbox_folder};
}

}  // namespace

ServedFaces::ServedFaces(server::Program& program, db::Database& database)
    : desk_(desk_over(program.desk(), database)),
      services_{.database = database,
                .applications = program.applications(),
                .files = program.files(),
                .desk = desk_,
                .clock = program.clock(),
                .base_url = program.config().base_url,
                .secret_key = program.secret_key(),
                .wake = [] {},
                .listen = [](const access::Actor&, int64_t,
                             std::shared_ptr<http::EventStream>) -> Result<void> { return {}; },
                .drop_listeners = [](PersonId) {}},
      server_({.host = "127.0.0.1",
               .port = 0,
               .workers = program.config().workers,
               .write_workers = program.config().write_workers},
              program.clock()) {
  server::add_faces(router_, services_);
  const std::string constant_text(constant_bytes, 'x');
  router_.add({http::Method::get, "/constant", [constant_text](const http::Request&) {
                 return http::Response::text(200, constant_text);
               }});
  must(server_.start([this](http::Request& request) {
    http::Response response = router_.answer(request);
    http::add_security_headers(response);
    return response;
  }));
}

ServedFaces::~ServedFaces() { server_.stop(); }

}  // namespace tandem::bench
