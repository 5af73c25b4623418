#include "http/static_files.h"

#include <gtest/gtest.h>

namespace tandem::http {
namespace {

constexpr StaticFile web[] = {
    {"/index.html", "<html>"},      {"/index.html.gz", "GZ<html>"},
    {"/assets/app-1a.js", "run()"}, {"/assets/app-1a.js.gz", "GZrun()"},
    {"/logo.svg", "<svg/>"},
};

Response get(std::string path, Pairs headers = {}) {
  static const StaticFiles files(web);
  Request request;
  request.path = std::move(path);
  request.headers = std::move(headers);
  return files.answer(request);
}

TEST(StaticFiles, AScreenOfTheApplicationIsTheIndexPage) {
  for (const char* path : {"/", "/index.html", "/desk/tickets/5", "/settings"}) {
    const Response page = get(path);
    EXPECT_EQ(page.status, 200) << path;
    EXPECT_EQ(page.lasting_body, "<html>") << path;
    EXPECT_EQ(page.content_type, "text/html; charset=utf-8");
    EXPECT_EQ(page.header("cache-control"), "no-cache");
    EXPECT_EQ(page.header("x-content-type-options"), "nosniff");
    EXPECT_NE(page.header("content-security-policy").find("script-src 'self'"),
              std::string_view::npos);
  }
}

TEST(StaticFiles, AMissingFileIsNotFound) {
  EXPECT_EQ(get("/assets/gone.js").status, 404);
  EXPECT_EQ(get("/favicon.ico").status, 404);
}

TEST(StaticFiles, HashedAssetsAreCachedForGood) {
  const Response asset = get("/assets/app-1a.js");
  EXPECT_EQ(asset.lasting_body, "run()");
  EXPECT_EQ(asset.content_type, "text/javascript; charset=utf-8");
  EXPECT_EQ(asset.header("cache-control"), "public, max-age=31536000, immutable");
}

TEST(StaticFiles, GzipIsSentToThoseWhoAcceptIt) {
  const struct {
    const char* accepted;
    bool gzip;
  } table[] = {{"gzip", true},      {"br, gzip;q=0.5", true}, {"GZIP", true},
               {"gzip;q=0", false}, {"gzip; q=0.0", false},   {"br", false},
               {"", false},         {"x-gzip-not", false},    {"deflate, gzip", true}};
  for (const auto& row : table) {
    const Response asset = get("/assets/app-1a.js", {{"Accept-Encoding", row.accepted}});
    EXPECT_EQ(asset.lasting_body, row.gzip ? "GZrun()" : "run()") << row.accepted;
    EXPECT_EQ(asset.header("content-encoding"), row.gzip ? "gzip" : "") << row.accepted;
    EXPECT_EQ(asset.header("vary"), "Accept-Encoding");
  }
  EXPECT_EQ(get("/logo.svg", {{"Accept-Encoding", "gzip"}}).lasting_body, "<svg/>");
}

TEST(StaticFiles, AKnownVersionIsNotSentAgain) {
  const std::string etag(get("/logo.svg").header("etag"));
  EXPECT_EQ(etag.size(), 34u);
  const Response again = get("/logo.svg", {{"If-None-Match", "\"old\", " + etag}});
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.lasting_body, "");
  EXPECT_EQ(get("/logo.svg", {{"If-None-Match", "\"old\""}}).status, 200);
  EXPECT_NE(get("/", {{"Accept-Encoding", "gzip"}}).header("etag"), get("/").header("etag"));
}

TEST(StaticFiles, OtherMethodsAreRefused) {
  const StaticFiles files(web);
  Request request;
  request.method = Method::post;
  request.path = "/";
  EXPECT_EQ(files.answer(request).status, 405);
}

}  // namespace
}  // namespace tandem::http
