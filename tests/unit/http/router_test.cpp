#include "http/router.h"

#include <gtest/gtest.h>

#include "http/request_target.h"

namespace tandem::http {
namespace {

Router router_of(const std::vector<std::pair<Method, std::string_view>>& routes) {
  Router router;
  for (const auto& [method, pattern] : routes) {
    router.add({method, pattern, [pattern = pattern](const Request& request) {
                  std::string told(pattern);
                  for (const auto& [name, value] : request.params) told += " " + name + "=" + value;
                  return Response::text(200, told);
                }});
  }
  return router;
}

const Router& desk() {
  static const Router router = router_of({
      {Method::get, "/"},
      {Method::get, "/tickets"},
      {Method::post, "/tickets"},
      {Method::get, "/tickets/{id}"},
      {Method::patch, "/tickets/{id}"},
      {Method::get, "/tickets/search"},
      {Method::post, "/tickets/merge"},
      {Method::get, "/tickets/{id}/threads/{thread_id}"},
      {Method::get, "/tickets/archived/threads"},
      {Method::get, "/files/{path...}"},
      {Method::get, "/{module}/{id}/history"},
      {Method::del, "/files/locks"},
  });
  return router;
}

std::string answer(Method method, std::string path) {
  Request request;
  request.method = method;
  request.path = std::move(path);
  const Response response = desk().answer(request);
  if (response.status == 405) return "405 " + std::string(response.header("allow"));
  return response.status == 200 ? response.body : std::to_string(response.status);
}

TEST(Router, APathLeadsToTheMostLiteralPattern) {
  const struct {
    Method method;
    const char* path;
    const char* expected;
  } table[] = {
      {Method::get, "/", "/"},
      {Method::get, "/tickets", "/tickets"},
      {Method::get, "/tickets/5", "/tickets/{id} id=5"},
      {Method::get, "/tickets/search", "/tickets/search"},
      {Method::get, "/tickets/merge", "/tickets/{id} id=merge"},
      {Method::post, "/tickets/merge", "/tickets/merge"},
      {Method::get, "/tickets/5/threads/7", "/tickets/{id}/threads/{thread_id} id=5 thread_id=7"},
      {Method::get, "/tickets/archived/threads", "/tickets/archived/threads"},
      {Method::get, "/tickets/archived/threads/7",
       "/tickets/{id}/threads/{thread_id} id=archived thread_id=7"},
      {Method::get, "/tickets/5/history", "/{module}/{id}/history module=tickets id=5"},
      {Method::get, "/contacts/9/history", "/{module}/{id}/history module=contacts id=9"},
      {Method::get, "/files/a/b/c.txt", "/files/{path...} path=a/b/c.txt"},
      {Method::get, "/files/locks", "/files/{path...} path=locks"},
      {Method::del, "/files/locks", "/files/locks"},
      {Method::head, "/tickets", "/tickets"},
      {Method::get, "/files", "404"},
      {Method::get, "/nothing", "404"},
      {Method::get, "/tickets/5/threads", "404"},
      {Method::post, "/tickets/5", "405 GET, PATCH, HEAD"},
      {Method::del, "/tickets", "405 GET, POST, HEAD"},
      {Method::post, "/files/locks", "405 GET, DELETE, HEAD"},
  };
  for (const auto& row : table) {
    EXPECT_EQ(answer(row.method, row.path), row.expected) << word(row.method) << " " << row.path;
  }
}

TEST(Router, APathDeeperThanAnyPatternIsNotFound) {
  std::string deep = "/files";
  for (int index = 0; index < 1'000; ++index) deep += "/a";
  EXPECT_EQ(answer(Method::get, deep), "404");
}

TEST(RequestTarget, PathsAreDecodedAndMadePlain) {
  const struct {
    const char* target;
    const char* path;  // nullptr: refused
  } table[] = {
      {"/", "/"},
      {"/a/b", "/a/b"},
      {"/a/b/", "/a/b"},
      {"//a///b", "/a/b"},
      {"/a/./b", "/a/b"},
      {"/a%20b/%C3%A9", "/a b/é"},
      {"/a+b", "/a+b"},
      {"http://desk.test/a?x=1", "/a"},
      {"HTTPS://desk.test", "/"},
      {"http://desk.test?x=1", "/"},
      {"/a/../b", nullptr},
      {"/a/%2e%2e/b", nullptr},
      {"/a/.%2E", nullptr},
      {"/a%2Fb", nullptr},
      {"/a%00b", nullptr},
      {"/a%0d%0ab", nullptr},
      {"/a%zz", nullptr},
      {"/a%4", nullptr},
      {"/%ff", nullptr},
      {"/%c0%ae%c0%ae/", nullptr},
      {"*", nullptr},
      {"desk.test:443", nullptr},
      {"", nullptr},
  };
  for (const auto& row : table) {
    Request request;
    const Result<void> read = read_target(row.target, request);
    EXPECT_EQ(read.has_value(), row.path != nullptr) << row.target;
    if (!read || !row.path) continue;
    EXPECT_EQ(request.path, row.path) << row.target;
  }
}

TEST(RequestTarget, QueriesKeepWhatSdksSendRaw) {
  Request request;
  ASSERT_TRUE(read_target(
      "/search?criteria=(Email:equals:a+b@c.org),(x)&a=1&a=2&empty=&flag&%C3%A9=%zz&", request));
  EXPECT_EQ(request.query_value("criteria"), "(Email:equals:a b@c.org),(x)");
  EXPECT_EQ(request.query_value("a"), "1");
  EXPECT_EQ(request.query_value("empty"), "");
  EXPECT_EQ(request.query_value("flag"), "");
  EXPECT_EQ(request.query_value("é"), "%zz");
  EXPECT_EQ(request.query_value("absent"), std::nullopt);
  EXPECT_NE(request.raw_query.find("a+b@c.org"), std::string::npos);
  EXPECT_EQ(request.query.size(), 6u);
}

}  // namespace
}  // namespace tandem::http
