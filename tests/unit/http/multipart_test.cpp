#include "http/multipart.h"

#include <gtest/gtest.h>

namespace tandem::http {
namespace {

constexpr std::string_view form_type = "multipart/form-data; boundary=XX";

std::string part(std::string_view headers, std::string_view bytes) {
  return "--XX\r\n" + std::string(headers) + "\r\n\r\n" + std::string(bytes) + "\r\n";
}

std::string field(std::string_view name, std::string_view value) {
  return part("Content-Disposition: form-data; name=\"" + std::string(name) + "\"", value);
}

TEST(Multipart, FieldsAndFilesAreReadWithTheirNames) {
  const std::string bytes = std::string("a\0b\r\n--X\r\n", 10);
  const std::string body =
      field("subject", "Hello\r\nthere") +
      part(
          "content-disposition: form-data; name=file; filename=\"C:\\docs\\a;b.pdf\"\r\n"
          "Content-Type: application/pdf",
          bytes) +
      part(
          "Content-Disposition: form-data; name=\"f\"; filename=\"x\"; "
          "filename*=UTF-8''%E2%82%AC.txt",
          "") +
      "--XX--\r\nepilogue";
  const auto parts = read_multipart(form_type, body);
  ASSERT_TRUE(parts);
  ASSERT_EQ(parts->size(), 3u);
  EXPECT_EQ((*parts)[0].name, "subject");
  EXPECT_EQ((*parts)[0].bytes, "Hello\r\nthere");
  EXPECT_FALSE((*parts)[0].is_file);
  EXPECT_EQ((*parts)[1].name, "file");
  EXPECT_EQ((*parts)[1].filename, "a;b.pdf");
  EXPECT_EQ((*parts)[1].content_type, "application/pdf");
  EXPECT_EQ((*parts)[1].bytes, bytes);
  EXPECT_TRUE((*parts)[1].is_file);
  EXPECT_EQ((*parts)[2].filename, "€.txt");
  EXPECT_EQ((*parts)[2].bytes, "");
}

TEST(Multipart, AQuoteInAFileNameIsReadAsBrowsersWriteIt) {
  const auto parts = read_multipart(
      form_type,
      part(R"(Content-Disposition: form-data; name="file"; filename="5%22 and 100%41.txt")", "x") +
          "--XX--\r\n");
  ASSERT_TRUE(parts);
  EXPECT_EQ((*parts)[0].filename, "5\" and 100%41.txt");
}

TEST(Multipart, AFormThatIsBrokenIsRefused) {
  const std::string good = field("a", "1") + "--XX--";
  const struct {
    std::string type;
    std::string body;
  } table[] = {
      {"application/json", good},
      {"multipart/form-data", good},
      {"multipart/form-data; boundary=", good},
      {"multipart/form-data; boundary=\"XX", good},
      {"multipart/form-data; boundary=" + std::string(300, 'X'), good},
      {"multipart/form-data; boundary=YY", good},
      {std::string(form_type), ""},
      {std::string(form_type), "--XX"},
      {std::string(form_type), "--XX\r\n"},
      {std::string(form_type), field("a", "1")},
      {std::string(form_type), field("a", "1") + "--XX"},
      {std::string(form_type), "--XXjunk\r\n" + good},
      {std::string(form_type), part("Content-Disposition: attachment; name=a", "1") + "--XX--"},
      {std::string(form_type), part("Content-Disposition: form-data", "1") + "--XX--"},
      {std::string(form_type), part("Content-Disposition form-data; name=a", "1") + "--XX--"},
      {std::string(form_type), part("Content-Type: text/plain", "1") + "--XX--"},
      {std::string(form_type), part("X: " + std::string(9'000, 'y'), "1") + "--XX--"},
      {std::string(form_type), "--XX\r\nContent-Disposition: form-data; name=a\r\n1--XX--"},
  };
  for (const auto& row : table) {
    const auto parts = read_multipart(row.type, row.body);
    ASSERT_FALSE(parts) << row.type << "\n" << row.body.substr(0, 80);
    EXPECT_EQ(parts.error().code, "bad_multipart");
  }
}

TEST(Multipart, TheNumberOfPartsIsLimited) {
  std::string body;
  for (int index = 0; index < form_parts_max; ++index) body += field("a", "1");
  EXPECT_TRUE(read_multipart(form_type, body + "--XX--"));
  const auto over = read_multipart(form_type, body + field("a", "1") + "--XX--");
  ASSERT_FALSE(over);
  EXPECT_EQ(over.error().kind, RefusalKind::too_large);
}

TEST(Multipart, ALargeFileIsNotCopied) {
  const std::string file(20 * 1024 * 1024, 'z');
  const std::string body = field("file", file) + "--XX--";
  const auto parts = read_multipart(form_type, body);
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts->front().bytes.size(), file.size());
  EXPECT_EQ(parts->front().bytes.data(), body.data() + body.find("\r\n\r\n") + 4);
}

TEST(Form, PairsAreDecoded) {
  const auto pairs = read_form("grant_type=refresh_token&scope=a+b%2Cc&&x&=y&e=%E2%82%AC&bad=%ff");
  ASSERT_TRUE(pairs);
  const Pairs expected{
      {"grant_type", "refresh_token"}, {"scope", "a b,c"}, {"x", ""}, {"", "y"}, {"e", "€"},
      {"bad", "\xEF\xBF\xBD"}};
  EXPECT_EQ(*pairs, expected);
}

TEST(Form, TheNumberOfPairsIsLimited) {
  std::string body;
  for (int index = 0; index <= form_pairs_max; ++index) body += "a=1&";
  const auto pairs = read_form(body);
  ASSERT_FALSE(pairs);
  EXPECT_EQ(pairs.error().kind, RefusalKind::too_large);
}

}  // namespace
}  // namespace tandem::http
