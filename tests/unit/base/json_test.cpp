#include "base/json.h"

#include <gtest/gtest.h>

namespace tandem {
namespace {

using namespace std::string_literals;

TEST(Json, IsReadAndAskedForItsMembers) {
  const Result<Json> read = json_from_text(R"({"name":"Ana","age":7,"tags":["a","b"]})");
  ASSERT_TRUE(read);
  EXPECT_EQ(text_of(*read, "name"), "Ana");
  EXPECT_EQ(text_of(*read, "age"), "");
  EXPECT_EQ(text_of(*read, "missing"), "");
  ASSERT_NE(find(*read, "tags"), nullptr);
  EXPECT_EQ(find(*read, "missing"), nullptr);
  EXPECT_EQ(find(Json(5), "name"), nullptr);
}

TEST(Json, ARefusalNamesTheByte) {
  struct Case {
    std::string text;
    const char* byte;
  };
  for (const Case& wrong : {Case{R"({"a":1,})", "byte 7"},
                            {R"({"a" 1})", "byte 5"},
                            {"[1,2] x", "byte 6"},
                            {"[\"a\\u0000\"]", "byte 3"},
                            {"nul", "byte 3"}}) {
    const Result<Json> read = json_from_text(wrong.text);
    ASSERT_FALSE(read) << wrong.text;
    EXPECT_EQ(read.error().code, "bad_json");
    EXPECT_EQ(read.error().kind, RefusalKind::invalid);
    EXPECT_NE(read.error().message.find(wrong.byte), std::string::npos)
        << wrong.text << ": " << read.error().message;
  }
}

TEST(Json, RefusesWhatIsNotStrict) {
  for (const std::string& text :
       {""s, "{a:1}"s, "[1,]"s, "'a'"s, "[01]"s, "// x\n1"s, "NaN"s, "\"\xff\""s,
        "\"\xed\xa0\x80\""s, "\"\\ud800\""s, "\"a\nb\""s, "\"\0\""s, "[1][2]"s}) {
    EXPECT_FALSE(json_from_text(text)) << text;
  }
}

TEST(Json, MayBeThirtyTwoLevelsDeepAndNoMore) {
  EXPECT_TRUE(json_from_text(std::string(32, '[') + std::string(32, ']')));
  EXPECT_FALSE(json_from_text(std::string(33, '[') + std::string(33, ']')));
  EXPECT_FALSE(json_from_text(std::string(1'000'000, '[')));
}

TEST(Json, ABackslashBeforeAnEscapedNulMakesItPlainText) {
  const Result<Json> read = json_from_text(R"(["\\u0000"])");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->as_array()[0].as_string(), "\\u0000");
  EXPECT_FALSE(json_from_text(R"(["\\\u0000"])"));
}

TEST(Json, StringsAreEscapedAndBrokenBytesReplaced) {
  std::string out;
  append_json_string(out, "a\"\\\n\t\r\x01/é\x7f");
  EXPECT_EQ(out, "\"a\\\"\\\\\\n\\t\\r\\u0001/é\x7f\"");
  out.clear();
  append_json_string(out, "a\xff"s + '\0' + "b");
  EXPECT_EQ(out, "\"a\xEF\xBF\xBD\\u0000b\"");
}

TEST(Json, TheWriterPutsTheCommas) {
  JsonWriter writer;
  writer.begin_object()
      .string("name", "Ana")
      .id("id", 17)
      .id("parent", 0)
      .key("list")
      .begin_array();
  writer.number(1)
      .begin_object()
      .end_object()
      .begin_array()
      .end_array()
      .boolean(true)
      .null()
      .end_array();
  writer.boolean("open", false).number("count", -3).end_object();
  EXPECT_EQ(
      writer.text(),
      R"({"name":"Ana","id":"17","parent":null,"list":[1,{},[],true,null],"open":false,"count":-3})");
  EXPECT_TRUE(json_from_text(writer.text()));
}

TEST(Json, AGrowingTextHoldsNothingButWhatWasWritten) {
  std::string out;
  std::string wanted;
  for (size_t size = 0; size < 300; ++size) {
    append_json_string(out, std::string(size, 'x'));
    wanted += '"' + std::string(size, 'x') + '"';
  }
  append_json_string(out, std::string_view());
  EXPECT_EQ(out, wanted + "\"\"");
  const JsonKey key("name");
  JsonWriter writer;
  writer.begin_object().key(key).string("Ana").end_object();
  EXPECT_EQ(writer.text(), R"({"name":"Ana"})");
}

TEST(Json, WritesWhatItRead) {
  const std::string text = R"({"a":[1,"x",null,true],"b":{"c":-9223372036854775807}})";
  EXPECT_EQ(json_to_text(*json_from_text(text)), text);
}

}  // namespace
}  // namespace tandem
