#include "tests/unit/records/shop.h"

namespace tandem::records {
namespace {

struct Reading {
  FieldKind kind;
  const char* json;      // what a client sends
  const char* expected;  // what the API shows afterwards, or the code of the refusal
};

FieldDef sample_field(FieldKind kind) {
  FieldDef field{.name = "sample", .label = "Sample", .kind = kind, .max_chars = 10, .scale = 2};
  field.choices = {{"open", "Open"}, {"on_hold", "On hold"}};
  if (kind == FieldKind::rich_text) field.max_chars = 1'000;
  return field;
}

const Reading readings[] = {
    {FieldKind::text, R"(" a\nb\t ")", R"("a b")"},
    {FieldKind::text, R"("")", "null"},
    {FieldKind::text, R"("  ")", "null"},
    {FieldKind::text, "12", R"("12")"},
    {FieldKind::text, "true", R"("true")"},
    {FieldKind::text, R"("日本語日本語日本語日")", R"("日本語日本語日本語日")"},
    {FieldKind::text, R"("日本語日本語日本語日本")", "too_long"},
    {FieldKind::text, "[]", "not_text"},
    {FieldKind::text, R"({"a":1})", "not_text"},
    {FieldKind::long_text, R"(" a\r\nb\rc ")", R"("a\nb\nc")"},
    {FieldKind::long_text, R"("12345678901")", "too_long"},
    {FieldKind::rich_text, R"("plain")", R"("plain")"},
    {FieldKind::rich_text, R"("<p>a<script>b()</script></p>")", R"("<p>a</p>")"},
    {FieldKind::number, "12", "12"},
    {FieldKind::number, R"("-12")", "-12"},
    {FieldKind::number, "12.0", "12"},
    {FieldKind::number, "12.5", "not_a_number"},
    {FieldKind::number, R"("1 2")", "not_a_number"},
    {FieldKind::number, "9007199254740992", "out_of_range"},
    {FieldKind::number, "9223372036854775807", "out_of_range"},
    {FieldKind::number, "1e300", "out_of_range"},
    {FieldKind::number, R"("-99999999999999999999")", "out_of_range"},
    {FieldKind::number, "true", "not_a_number"},
    {FieldKind::decimal, R"("12.5")", R"("12.50")"},
    {FieldKind::decimal, "12.1", R"("12.10")"},
    {FieldKind::decimal, "0.29", R"("0.29")"},
    {FieldKind::decimal, "-3", R"("-3.00")"},
    {FieldKind::decimal, R"("-.5")", R"("-0.50")"},
    {FieldKind::decimal, R"("1.100")", R"("1.10")"},
    {FieldKind::decimal, R"("1.234")", "not_a_number"},
    {FieldKind::decimal, R"("1,5")", "not_a_number"},
    {FieldKind::decimal, R"(".")", "not_a_number"},
    {FieldKind::decimal, R"("99999999999999999")", "out_of_range"},
    {FieldKind::money, R"("1999.99")", R"("1999.99")"},
    {FieldKind::money, "1e2", R"("100.00")"},
    {FieldKind::boolean, "true", "true"},
    {FieldKind::boolean, R"("False")", "false"},
    {FieldKind::boolean, "1", "true"},
    {FieldKind::boolean, R"("yes")", "not_a_boolean"},
    {FieldKind::boolean, "2", "not_a_boolean"},
    {FieldKind::date, R"("2026-02-28")", R"("2026-02-28")"},
    {FieldKind::date, R"("2026-02-29")", "not_a_date"},
    {FieldKind::date, "20260228", "not_a_date"},
    {FieldKind::instant, R"("2026-11-04T11:21:07Z")", R"("2026-11-04T11:21:07.000Z")"},
    {FieldKind::instant, R"("2026-11-04T11:21:07+02:00")", R"("2026-11-04T09:21:07.000Z")"},
    {FieldKind::instant, R"("yesterday")", "not_an_instant"},
    {FieldKind::instant, "1770000000000", "not_an_instant"},
    {FieldKind::choice, R"("on_hold")", R"("on_hold")"},
    {FieldKind::choice, R"("On Hold")", R"("on_hold")"},
    {FieldKind::choice, R"("lost")", "not_a_choice"},
    {FieldKind::multi_choice, R"(["on_hold","open","open"])", R"(["open","on_hold"])"},
    {FieldKind::multi_choice, R"("On hold; open")", R"(["open","on_hold"])"},
    {FieldKind::multi_choice, "[]", "null"},
    {FieldKind::multi_choice, R"(["lost"])", "not_a_choice"},
    {FieldKind::multi_choice, "[1]", "not_a_list"},
    {FieldKind::tags, R"([" late ","VIP","vip"])", R"(["VIP","late"])"},
    {FieldKind::tags, R"("late, VIP;late")", R"(["VIP","late"])"},
    {FieldKind::tags, "[]", "null"},
    {FieldKind::tags, "[1]", "not_a_list"},
    {FieldKind::email, R"("Ana@Example.COM")", R"("ana@example.com")"},
    {FieldKind::email, R"("ana")", "not_an_email"},
    {FieldKind::email, R"("ana@example.com, bo@example.com")", "not_an_email"},
    {FieldKind::phone, R"("+49 (30) 123-45 ext. 6")", R"("+49 (30) 123-45 ext. 6")"},
    {FieldKind::phone, R"("<b>1</b>")", "not_a_phone"},
    {FieldKind::phone, R"("call me")", "not_a_phone"},
    {FieldKind::url, R"("https://example.com/a?b=c")", R"("https://example.com/a?b=c")"},
    {FieldKind::url, R"("example.com:8080/a")", R"("https://example.com:8080/a")"},
    {FieldKind::url, R"("javascript:alert%281%29")", "not_a_url"},
    {FieldKind::url, R"("javascript:1")", "not_a_url"},
    {FieldKind::url, R"("tel:12345")", "not_a_url"},
    {FieldKind::url, R"("example.com:1x")", "not_a_url"},
    {FieldKind::url, R"("localhost:8080")", R"("https://localhost:8080")"},
    {FieldKind::url, R"("http://intranet:8080")", R"("http://intranet:8080")"},
    {FieldKind::url, R"("ftp://example.com")", "not_a_url"},
    {FieldKind::url, R"("https://")", "not_a_url"},
    {FieldKind::url, R"("https://a b")", "not_a_url"},
    {FieldKind::link, R"("4711")", R"("4711")"},
    {FieldKind::link, "4711", R"("4711")"},
    {FieldKind::link, R"({"id":"4711","title":"Acme"})", R"("4711")"},
    {FieldKind::link, R"({"id":null})", "null"},
    {FieldKind::link, R"("-1")", "not_an_id"},
    {FieldKind::link, "1.5", "not_an_id"},
    {FieldKind::link, R"({"name":"Acme"})", "not_an_id"},
    {FieldKind::user, R"("9223372036854775807")", R"("9223372036854775807")"},
    {FieldKind::user, R"("9223372036854775808")", "not_an_id"},
    {FieldKind::auto_number, R"("7")", "7"},
    {FieldKind::auto_number, "0", "not_a_number"},
};

std::string read_and_show(const FieldDef& field, const char* json) {
  const Result<Value> value = value_from_json(field, json_from_text(json).value());
  if (!value) {
    EXPECT_EQ(value.error().field, "sample");
    EXPECT_FALSE(value.error().message.empty());
    return value.error().code;
  }
  JsonWriter writer;
  append_value(writer, field, *value);
  return writer.take();
}

TEST(Fields, EveryKindReadsWhatPeopleAndClientsSendAndRefusesTheRest) {
  for (const Reading& reading : readings) {
    const FieldDef field = sample_field(reading.kind);
    EXPECT_EQ(read_and_show(field, reading.json), reading.expected)
        << kind_of(field).word << " " << reading.json;
  }
}

TEST(Fields, EveryKindTakesNullAsNothing) {
  for (int kind = 0; kind <= int(FieldKind::auto_number); ++kind)
    EXPECT_EQ(read_and_show(sample_field(FieldKind(kind)), "null"), "null");
}

TEST(Fields, WhatIsShownCanBeSentBack) {
  for (const Reading& reading : readings) {
    const FieldDef field = sample_field(reading.kind);
    const Result<Value> value = value_from_json(field, json_from_text(reading.json).value());
    if (!value) continue;
    JsonWriter writer;
    append_value(writer, field, *value);
    const Result<Value> again = value_from_json(field, json_from_text(writer.text()).value());
    ASSERT_TRUE(again) << writer.text();
    EXPECT_EQ(*again, *value) << writer.text();
  }
}

TEST(Fields, WordsOfKindsAreFoundAgain) {
  for (int kind = 0; kind <= int(FieldKind::auto_number); ++kind) {
    EXPECT_EQ(kind_of(FieldKind(kind)).kind, FieldKind(kind));
    EXPECT_EQ(kind_from_word(kind_of(FieldKind(kind)).word)->kind, FieldKind(kind));
  }
  EXPECT_EQ(kind_from_word("colour"), nullptr);
}

TEST(Fields, TextOfChoicesIsTheirLabel) {
  const FieldDef field = sample_field(FieldKind::multi_choice);
  EXPECT_EQ(value_to_text(field, Value(std::vector<std::string>{"open", "on_hold"})),
            "Open; On hold");
}

TEST(ChangesFromJson, NameAllFaultsTogether) {
  Catalogue catalogue;
  catalogue.add(companies_module());
  catalogue.add(orders_module());
  const ShapeRef shape = catalogue.plain_shape(orders_module());
  const Result<Changes> changes = changes_from_json(
      *shape, json_from_text(R"({"subject":"a","pieces":"x","ghost":1,"number":5})")->get_object());
  ASSERT_FALSE(changes);
  std::vector<std::string> faults;
  for (const FieldFault& fault : changes.error().faults)
    faults.push_back(fault.field + " " + fault.code);
  EXPECT_EQ(faults, (std::vector<std::string>{"pieces not_a_number", "ghost unknown_field",
                                              "number read_only"}));
}

TEST(ChangesFromJson, TakeFieldsInTheirOrderAndNullToClear) {
  Catalogue catalogue;
  catalogue.add(companies_module());
  const ShapeRef shape = catalogue.plain_shape(companies_module());
  const Changes changes =
      changes_from_json(*shape, json_from_text(R"({"name":null,"email":"A@x.com"})")->get_object())
          .value();
  EXPECT_TRUE(changes.find("name")->is_null());
  EXPECT_EQ(changes.find("email")->text(), "a@x.com");
  EXPECT_FALSE(changes.contains("title"));
}

}  // namespace
}  // namespace tandem::records
