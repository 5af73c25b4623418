#include "http/event_stream.h"

#include <utility>

namespace tandem::http {

namespace {

void append_field(std::string& out, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  out += name;
  out += ": ";
  for (const char c : value) {
    if (c != '\r' && c != '\n' && c != '\0') out += c;
  }
  out += '\n';
}

/// Every line of the data is its own field; CR, LF and CRLF all end a line.
void append_data(std::string& out, std::string_view data) {
  out += "data: ";
  for (size_t at = 0; at < data.size(); ++at) {
    if (data[at] != '\r' && data[at] != '\n') {
      out += data[at];
      continue;
    }
    if (data[at] == '\r' && at + 1 < data.size() && data[at + 1] == '\n') ++at;
    out += "\ndata: ";
  }
  out += "\n\n";
}

}  // namespace

EventStream::EventStream(std::function<void()> on_close) : on_close_(std::move(on_close)) {}

bool EventStream::send(std::string_view event, std::string_view data, std::string_view id) {
  const std::lock_guard lock(mutex_);
  if (!open_) return false;
  if (backlog_messages_ == event_backlog_messages_max ||
      backlog_.size() + data.size() > event_backlog_bytes_max) {
    // What a reader this slow would get is old; it reconnects and starts from the present.
    backlog_.clear();
    overrun_ = true;
    open_ = false;
    if (wake_) wake_();
    return false;
  }
  const bool was_empty = backlog_.empty();
  append_field(backlog_, "event", event);
  append_field(backlog_, "id", id);
  append_data(backlog_, data);
  ++backlog_messages_;
  if (was_empty && wake_) wake_();
  return true;
}

void EventStream::close() {
  const std::lock_guard lock(mutex_);
  if (!open_) return;
  open_ = false;
  if (wake_) wake_();
}

void EventStream::finish() {
  std::function<void()> on_close;
  {
    const std::lock_guard lock(mutex_);
    open_ = false;
    wake_ = nullptr;
    on_close.swap(on_close_);
  }
  if (on_close) on_close();
}

bool EventStream::is_open() const {
  const std::lock_guard lock(mutex_);
  return open_;
}

bool EventStream::is_overrun() const {
  const std::lock_guard lock(mutex_);
  return overrun_;
}

void EventStream::attach(std::function<void()> wake) {
  const std::lock_guard lock(mutex_);
  wake_ = std::move(wake);
}

std::string EventStream::take() {
  const std::lock_guard lock(mutex_);
  backlog_messages_ = 0;
  return std::exchange(backlog_, {});
}

}  // namespace tandem::http
