#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "http/message.h"

namespace tandem::http {

struct ParserLimits {
  int64_t header_max_bytes = 16 * 1024;
  int64_t body_max_bytes = 26LL * 1024 * 1024;
};

enum class ParserState { needs_headers, needs_body, done, failed };

/// Why a request can't be read, as it is answered.
struct BadRequest {
  int status = 400;
  Refusal refusal;
};

/// Reads the requests of one connection from bytes as they come.
class RequestParser {
 public:
  explicit RequestParser(ParserLimits limits);
  ~RequestParser();

  /// Takes from the front of `bytes` and says how many were used; the caller offers the rest again
  /// with what follows. Nothing is used once a request is done, so that the next one of a pipeline
  /// stays with the caller.
  size_t feed(std::string_view bytes);
  ParserState state() const;
  /// The client waits for "100 Continue" before it sends the body; true until the first byte of the
  /// body.
  bool awaits_continue() const;
  /// Whether the client lets the connection stay open after this request.
  bool keeps_alive() const;
  int64_t body_bytes() const;
  /// The path as far as it was read: "" until the first line is whole.
  std::string_view path() const;
  /// After `failed`.
  const BadRequest& failure() const;
  /// After `done`: the request; the parser is ready for the next one.
  Request take();
  /// Frees what the parser holds, for a connection that waits.
  void reset();

 private:
  class Machine;
  ParserLimits limits_;
  std::unique_ptr<Machine> machine_;
};

}  // namespace tandem::http
