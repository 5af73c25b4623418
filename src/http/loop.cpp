#include "http/loop.h"

#include <unistd.h>

#include <chrono>

#include "http/connection.h"

namespace tandem::http {

OpenFile::~OpenFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Loop::Loop(ServerOptions options_given, const Clock& clock_given)
    : options(std::move(options_given)),
      clock(clock_given),
      inbox(std::make_shared<Inbox>(*this)),
      scratch(read_chunk_bytes) {}

Refusal server_is_busy() { return busy("The server is busy. Try again in a moment."); }

Response refusal_below(const FailureFace& face, std::string_view path, int status,
                       const Refusal& refusal) {
  if (face) {
    if (std::optional<Response> own = face(path, status, refusal)) return std::move(*own);
  }
  Response response = Response::refusal(refusal);
  response.status = status;
  return response;
}

int64_t steady_ms() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

void Inbox::put_answer(std::shared_ptr<Connection> connection, Answer answer) {
  const std::lock_guard lock(mutex_);
  if (!loop_) return;
  answers_.emplace_back(std::move(connection), std::move(answer));
  post_once();
}

void Inbox::wake_stream(std::weak_ptr<Connection> connection) {
  const std::lock_guard lock(mutex_);
  if (!loop_) return;
  woken_.push_back(std::move(connection));
  post_once();
}

void Inbox::close() {
  std::vector<std::pair<std::shared_ptr<Connection>, Answer>> undelivered;
  {
    const std::lock_guard lock(mutex_);
    loop_ = nullptr;
    undelivered.swap(answers_);
    woken_.clear();
  }
  for (const auto& [connection, answer] : undelivered) {
    if (answer.response.events) answer.response.events->finish();
  }
}

void Inbox::post_once() {
  if (posted_) return;
  posted_ = true;
  boost::asio::post(loop_->io, [self = shared_from_this()] { self->drain(); });
}

void Inbox::drain() {
  std::vector<std::pair<std::shared_ptr<Connection>, Answer>> answers;
  std::vector<std::weak_ptr<Connection>> woken;
  {
    const std::lock_guard lock(mutex_);
    posted_ = false;
    answers.swap(answers_);
    woken.swap(woken_);
  }
  for (auto& [connection, answer] : answers) connection->answer(std::move(answer));
  for (const auto& weak : woken) {
    if (const auto connection = weak.lock()) connection->pump_events();
  }
}

}  // namespace tandem::http
