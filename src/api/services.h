#pragma once

#include <functional>
#include <memory>
#include <string>

#include "access/actor.h"
#include "access/applications.h"
#include "db/database.h"
#include "desk/desk.h"
#include "files/store.h"
#include "http/event_stream.h"
#include "http/message.h"

namespace tandem::api {

/// What the faces work with, wired once in server/. Everything here outlives the server.
struct Services {
  db::Database& database;
  const access::Applications& applications;
  files::FileStore& files;
  const desk::Desk& desk;
  const Clock& clock;
  std::string base_url;    // "https://desk.example.com", no slash at the end
  std::string secret_key;  // 32 bytes: seals and signs; never shown
  bool secure_cookies = false;
  /// Looks for new jobs and tells open browsers, after a write.
  std::function<void()> wake;
  /// Adds a browser's event stream; it ends with the session of this id.
  std::function<Result<void>(const access::Actor&, int64_t session,
                             std::shared_ptr<http::EventStream>)>
      listen;
  /// Closes the event streams of a person whose rights changed.
  std::function<void(PersonId)> drop_listeners;
};

}  // namespace tandem::api
