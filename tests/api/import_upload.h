#pragma once

#include <string>

#include "http/message.h"

namespace tandem::test {

/// A form with a file, as a browser sends it to ".../imports". `Sender` has the tokens of a
/// session.
template <class Sender>
http::Request import_upload(const Sender& sender, const std::string& path,
                            const std::string& module, const std::string& bytes) {
  http::Request request;
  request.method = http::Method::post;
  request.path = path;
  request.headers = {{"Cookie", "tandem_session=" + sender.session_token},
                     {"X-CSRF-Token", sender.csrf_token},
                     {"Host", "desk.example"},
                     {"Origin", "http://desk.example"},
                     {"Content-Type", "multipart/form-data; boundary=b"}};
  request.body = "--b\r\nContent-Disposition: form-data; name=\"module\"\r\n\r\n" + module +
                 "\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; "
                 "filename=\"p.csv\"\r\n\r\n" +
                 bytes + "\r\n--b--\r\n";
  return request;
}

}  // namespace tandem::test
