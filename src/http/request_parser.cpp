#include "http/request_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include "base/text.h"
#include "http/request_target.h"

namespace tandem::http {

namespace {

namespace beast = boost::beast;
using Error = beast::http::error;

constexpr int64_t body_reserve_max_bytes = 1024 * 1024;
constexpr size_t headers_max = 100;

BadRequest refuse(int status, std::string code, std::string message) {
  Refusal refusal;
  refusal.kind = status == 413 || status == 431 ? RefusalKind::too_large : RefusalKind::invalid;
  refusal.code = std::move(code);
  refusal.message = std::move(message);
  return {status, std::move(refusal)};
}

BadRequest malformed() {
  return refuse(400, "bad_request", "Send a well-formed HTTP/1.1 request.");
}

std::string size_words(int64_t bytes) {
  constexpr int64_t mebibyte = 1024 * 1024;
  return bytes < mebibyte ? fmt::format("{} bytes", bytes) : fmt::format("{} MB", bytes / mebibyte);
}

std::string to_utf8(std::string_view value) {
  const bool is_ascii = std::all_of(value.begin(), value.end(),
                                    [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  return is_ascii ? std::string(value) : to_utf8_lossy(value);
}

}  // namespace

// Beast reads the grammar and the framing; what it finds goes straight into a Request.
class RequestParser::Machine final : public beast::http::basic_parser<true> {
 public:
  explicit Machine(const ParserLimits& limits) {
    eager(true);
    header_limit(static_cast<uint32_t>(limits.header_max_bytes));
    body_limit(static_cast<uint64_t>(limits.body_max_bytes));
    limits_ = limits;
  }

  size_t feed(std::string_view bytes) {
    size_t skipped = 0;  // RFC 9112 2.2: an empty line that old clients leave behind a body
    if (!got_some()) {
      while (bytes.substr(skipped).starts_with("\r\n")) skipped += 2;
      bytes.remove_prefix(skipped);
      if (bytes.empty() || bytes == "\r") return skipped;
    }
    beast::error_code error;
    const size_t used = put(boost::asio::buffer(bytes.data(), bytes.size()), error);
    if (error == Error::need_more) {
      // Chunk headers and trailers have no limit of their own.
      if (bytes.size() - used <= size_t(limits_.header_max_bytes)) return skipped + used;
      error = Error::header_limit;
    }
    if (error) fail(error);
    return skipped + used;
  }

  // HTTP/1.0 clients are few; each of their requests gets its own connection.
  bool may_stay_open() const { return needs_host_ && keep_alive(); }

  void fail(beast::error_code error) {
    if (failure) return;
    if (error == Error::header_limit) {
      failure = refuse(431, "headers_too_large",
                       fmt::format("Send at most {} bytes of headers.", limits_.header_max_bytes));
    } else if (error == Error::body_limit) {
      failure = refuse(413, "body_too_large",
                       fmt::format("Send at most {}.", size_words(limits_.body_max_bytes)));
    } else {
      failure = malformed();
    }
  }

  Request request;
  std::optional<BadRequest> failure;
  bool expects_continue = false;

 private:
  using string_view = beast::string_view;
  using error_code = beast::error_code;

  void on_request_impl(beast::http::verb, string_view method, string_view target, int version,
                       error_code& error) override {
    needs_host_ = version >= 11;
    const auto known = method_from_word(std::string_view(method.data(), method.size()));
    if (!known) {
      return stop(refuse(501, "unknown_method", "Use GET, POST, PUT, PATCH, DELETE or HEAD."),
                  error);
    }
    request.method = *known;
    const auto read = read_target(std::string_view(target.data(), target.size()), request);
    if (!read) stop({400, read.error()}, error);
  }

  void on_field_impl(beast::http::field field, string_view name, string_view value,
                     error_code& error) override {
    if (headers_read_) return;  // a trailer
    if (request.headers.size() == headers_max) {
      return stop(
          refuse(431, "headers_too_large", fmt::format("Send at most {} headers.", headers_max)),
          error);
    }
    const std::string_view text(value.data(), value.size());
    if (field == beast::http::field::host) ++hosts_;
    if (field == beast::http::field::expect) {
      expects_continue = equal_ignoring_ascii_case(text, "100-continue");
    }
    // Any other coding would leave the length of the body in doubt.
    if (field == beast::http::field::transfer_encoding &&
        !equal_ignoring_ascii_case(trim(text), "chunked")) {
      return stop(refuse(501, "unknown_coding", "Send Transfer-Encoding: chunked or none."), error);
    }
    request.headers.emplace_back(std::string(name.data(), name.size()), to_utf8(text));
  }

  void on_header_impl(error_code& error) override {
    headers_read_ = true;
    if (hosts_ > 1 || (needs_host_ && hosts_ == 0)) {
      stop(refuse(400, "bad_request", "Send one Host header."), error);
    }
  }

  void on_body_init_impl(const boost::optional<uint64_t>& length, error_code&) override {
    if (length)
      request.body.reserve(size_t(std::min<int64_t>(int64_t(*length), body_reserve_max_bytes)));
  }

  size_t on_body_impl(string_view body, error_code&) override {
    request.body.append(body.data(), body.size());
    return body.size();
  }

  void on_chunk_header_impl(uint64_t, string_view, error_code&) override {}

  size_t on_chunk_body_impl(uint64_t, string_view body, error_code&) override {
    request.body.append(body.data(), body.size());
    return body.size();
  }

  void on_finish_impl(error_code&) override {}
  // Only responses have one.
  void on_response_impl(int, string_view, int, error_code&) override {}

  void stop(BadRequest reason, error_code& error) {
    failure = std::move(reason);
    error = Error::bad_value;
  }

  ParserLimits limits_;
  int hosts_ = 0;
  bool headers_read_ = false;
  bool needs_host_ = true;
};

RequestParser::RequestParser(ParserLimits limits) : limits_(limits) {}
RequestParser::~RequestParser() = default;

size_t RequestParser::feed(std::string_view bytes) {
  if (bytes.empty()) return 0;
  if (!machine_) machine_ = std::make_unique<Machine>(limits_);
  if (machine_->failure || machine_->is_done()) return 0;
  return machine_->feed(bytes);
}

ParserState RequestParser::state() const {
  if (!machine_) return ParserState::needs_headers;
  if (machine_->failure) return ParserState::failed;
  if (machine_->is_done()) return ParserState::done;
  return machine_->is_header_done() ? ParserState::needs_body : ParserState::needs_headers;
}

bool RequestParser::awaits_continue() const {
  return state() == ParserState::needs_body && machine_->expects_continue &&
         machine_->request.body.empty();
}

bool RequestParser::keeps_alive() const { return machine_ && machine_->may_stay_open(); }

int64_t RequestParser::body_bytes() const {
  return machine_ ? int64_t(machine_->request.body.size()) : 0;
}

std::string_view RequestParser::path() const {
  return machine_ ? std::string_view(machine_->request.path) : std::string_view();
}

const BadRequest& RequestParser::failure() const { return *machine_->failure; }

Request RequestParser::take() {
  Request request = std::move(machine_->request);
  machine_.reset();
  return request;
}

void RequestParser::reset() { machine_.reset(); }

}  // namespace tandem::http
