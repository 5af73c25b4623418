#include <gtest/gtest.h>

#include "tests/api/portal.h"

// What a change of a record or of a field may be, and what it leaves alone.

namespace tandem::test {
namespace {

using http::Method;

class Changes : public testing::Test {
 protected:
  Answer call(Method method, const std::string& rest, const std::string& body = "") {
    return portal_.native(boss_, method, Portal::desk(ours_, rest), body);
  }
  Answer get(const std::string& rest) { return call(Method::get, rest); }
  Answer post(const std::string& rest, const std::string& body) {
    return call(Method::post, rest, body);
  }
  Answer patch(const std::string& rest, const std::string& body) {
    return call(Method::patch, rest, body);
  }

  Portal portal_;
  Company& ours_ = portal_.ours();
  Member& boss_ = ours_.members["administrator"];
  const std::string ticket_ = "/tickets/" + to_string(ours_.ticket);
  const std::string contact_ = "/contacts/" + to_string(ours_.contact);
};

TEST_F(Changes, ThatChangeNothingWriteNothing) {
  ASSERT_EQ(patch(ticket_, R"({"priority":"high"})").status, 200);
  const Answer before = get(ticket_);
  const std::string history = get(ticket_ + "/history").body;
  for (const char* body : {"{}", R"({"priority":"high"})", R"({"priority":"High"})"}) {
    const Answer same = patch(ticket_, body);
    EXPECT_EQ(same.status, 200) << same.body;
    EXPECT_EQ(same.at("revision"), before.at("revision")) << body;
  }
  EXPECT_EQ(get(ticket_ + "/history").body, history);
  const std::string revision = before.at("revision");
  EXPECT_EQ(patch(ticket_, R"({"priority":"low","revision":)" + revision + "}").status, 200);
  EXPECT_EQ(patch(ticket_, R"({"priority":"low","revision":)" + revision + "}").status, 409);
}

TEST_F(Changes, OfManyNameAtLeastOneField) {
  const std::string ids = R"({"ids":[")" + to_string(ours_.ticket) + R"("],"changes":)";
  const Answer empty = post("/tickets/bulk", ids + "{}}");
  EXPECT_EQ(empty.status, 422) << empty.body;
  EXPECT_EQ(empty.at("error.field"), "changes");
  ASSERT_EQ(post("/tickets/bulk", ids + R"({"priority":"high"}})").status, 200);
  const std::string revision = get(ticket_).at("revision");
  EXPECT_EQ(post("/tickets/bulk", ids + R"({"priority":"high"}})").at("results.0.ok"), "true");
  EXPECT_EQ(get(ticket_).at("revision"), revision);
}

TEST_F(Changes, OfAFieldLeaveItsKindAndName) {
  ASSERT_EQ(post("/fields/contacts", R"({"label":"Floor","kind":"text"})").status, 201);
  for (const char* body : {R"({"kind":"number"})", R"({"name":"storey"})",
                           R"({"link_to":"accounts"})", R"({"scale":4})"}) {
    const Answer refused = patch("/fields/contacts/floor", body);
    EXPECT_EQ(refused.status, 422) << body;
    EXPECT_EQ(refused.at("error.code"), "cannot_change") << refused.body;
  }
  EXPECT_EQ(patch("/fields/contacts/floor",
                  R"({"label":"Storey","kind":"text","name":"floor","link_to":""})")
                .status,
            200);
}

TEST_F(Changes, OfChoicesKeepWhatRecordsHold) {
  const char* const field = R"({"label":"Size","kind":"choice","default":"Big",)"
                            R"("choices":[{"label":"Small"},{"label":"Big"}]})";
  const Answer made = post("/fields/contacts", field);
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.at("default"), "big");
  ASSERT_EQ(patch(contact_, R"({"custom":{"size":"small"}})").status, 200);
  const Answer refused =
      patch("/fields/contacts/size", R"({"choices":[{"label":"Big"},{"label":"Huge"}]})");
  EXPECT_EQ(refused.status, 409) << refused.body;
  EXPECT_EQ(refused.at("error.code"), "choice_in_use");
  EXPECT_NE(refused.at("error.message").find("(Small) is held by 1 of"), std::string::npos);
  ASSERT_EQ(patch(contact_, R"({"custom":{"size":"big"}})").status, 200);
  const Answer gone =
      patch("/fields/contacts/size", R"({"choices":[{"label":"Big"},{"label":"Huge"}]})");
  EXPECT_EQ(gone.status, 200) << gone.body;
  EXPECT_EQ(gone.at("choices.0.name"), "big");
  const Answer without_default =
      patch("/fields/contacts/size", R"({"choices":[{"label":"Big"}],"default":"Tiny"})");
  EXPECT_EQ(without_default.at("error.field"), "default") << without_default.body;
}

TEST_F(Changes, OfACustomLinkPointToARecordThatExists) {
  for (const char* body : {R"({"label":"Partner","kind":"link"})",
                           R"({"label":"Partner","kind":"link","link_to":"tickets"})",
                           R"({"label":"Partner","kind":"text","link_to":"accounts"})"}) {
    const Answer refused = post("/fields/contacts", body);
    EXPECT_EQ(refused.at("error.field"), "link_to") << refused.body;
  }
  const Answer made =
      post("/fields/contacts", R"({"label":"Partner","kind":"link","link_to":"accounts"})");
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.at("link_to"), "accounts");
  const std::string account = to_string(ours_.account);
  const Answer linked = patch(contact_, R"({"custom":{"partner":")" + account + R"("}})");
  ASSERT_EQ(linked.status, 200) << linked.body;
  EXPECT_EQ(linked.at("custom.partner.id"), account);
  EXPECT_NE(linked.at("custom.partner.title"), "");
  EXPECT_EQ(patch(contact_, R"({"custom":{"partner":"1"}})").at("error.code"), "no_such_record");
  const Answer found =
      get(R"(/contacts?count=1&filter={"field":"partner","is":")" + account + R"("})");
  EXPECT_EQ(found.at("count"), "1") << found.body;

  ASSERT_EQ(post("/fields/contacts", R"({"label":"Keeper","kind":"user"})").status, 201);
  const std::string agent = to_string(boss_.agent);
  EXPECT_EQ(patch(contact_, R"({"custom":{"keeper":")" + agent + R"("}})").at("custom.keeper.id"),
            agent);
}

TEST_F(Changes, ThatSayNothingClearAreRefusedByName) {
  const Answer overdue = get(R"(/tickets?filter={"field":"is_overdue","is":true})");
  EXPECT_EQ(overdue.at("error.code"), "computed_field") << overdue.body;
  EXPECT_NE(overdue.at("error.message").find("view=overdue"), std::string::npos);
  EXPECT_EQ(get("/tickets?count=x").at("error.field"), "count");
  EXPECT_EQ(get("/search?q=a&module=nix").at("error.code"), "unknown_module");
  const Answer number =
      post("/fields/contacts", R"({"label":"Pieces","kind":"number","default":"many"})");
  EXPECT_EQ(number.at("error.field"), "default") << number.body;
  ASSERT_EQ(post("/fields/contacts", R"({"label":"Pieces","kind":"number"})").status, 201);
  const Answer large = patch(contact_, R"({"custom":{"pieces":9223372036854775807}})");
  EXPECT_NE(large.at("error.message").find("9007199254740991"), std::string::npos) << large.body;
  const auto zone = [&](const char* body) {
    return portal_.native(boss_, Method::patch, "/native/me", body).status;
  };
  EXPECT_EQ(zone(R"({"time_zone":"Mars/Phobos"})"), 422);
  EXPECT_EQ(zone(R"({"time_zone":"Asia/Tokyo"})"), 200);
  EXPECT_EQ(zone(R"({"time_zone":"UTC"})"), 200);
}

TEST_F(Changes, OfNamesAreFoundAsTheyAreWritten) {
  struct Person {
    const char* family;
    const char* given;
  };
  for (const Person& one : {Person{"田中", "太郎"}, Person{"李", "小明"}, Person{"王", "伟"}}) {
    const std::string family = one.family;
    const std::string given = one.given;
    ASSERT_EQ(
        post("/contacts", R"({"last_name":")" + family + R"(","first_name":")" + given + R"("})")
            .status,
        201);
    for (const std::string& words : {family + given, family + " " + given, given}) {
      EXPECT_EQ(get("/search?module=contacts&q=" + words).at("groups.0.records.0.title"),
                family + " " + given)
          << words;
    }
  }
}

}  // namespace
}  // namespace tandem::test
