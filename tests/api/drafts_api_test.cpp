#include <gtest/gtest.h>

#include "tests/api/portal.h"

// Drafts and uploads over the native API, as the composer uses them.

namespace tandem::test {
namespace {

using http::Method;

class DraftsApi : public testing::Test {
 protected:
  Answer draft(Method method, const std::string& body = "") {
    return portal_.native(agent_, method, Portal::desk(ours_, ticket("/draft")), body);
  }
  Answer post(const std::string& rest, const std::string& body) {
    return portal_.native(agent_, Method::post, Portal::desk(ours_, rest), body);
  }
  std::string agent_name() {
    return portal_.native(agent_, Method::get, Portal::desk(ours_, "/meta")).at("me.name");
  }
  std::string ticket(const std::string& rest) const {
    return "/tickets/" + to_string(ours_.ticket) + rest;
  }
  /// The answer to a file sent as a browser sends it.
  Answer send_file(const std::string& name_as_sent, const std::string& bytes) {
    http::Request request;
    request.method = Method::post;
    request.path = Portal::desk(ours_, "/uploads");
    request.headers = {{"Cookie", "tandem_session=" + agent_.session_token},
                       {"X-CSRF-Token", agent_.csrf_token},
                       {"Content-Type", "multipart/form-data; boundary=border"}};
    request.body = "--border\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" +
                   name_as_sent + "\"\r\nContent-Type: text/plain\r\n\r\n" + bytes +
                   "\r\n--border--\r\n";
    return portal_.send(request);
  }

  Portal portal_;
  Company& ours_ = portal_.ours();
  Member& agent_ = ours_.members["agent"];
};

TEST_F(DraftsApi, ADraftComesBackWholeWithItsFiles) {  // S015, S016
  const Answer file = send_file("plan.txt", "four");
  ASSERT_EQ(file.status, 201) << file.body;
  const Answer saved =
      draft(Method::put, R"({"kind":"forward","to":["a@x.example"],"subject":"Fwd",)"
                         R"("html":"<p>x</p>","include_attachments":false,)"
                         R"("attachment_ids":[")" +
                             file.at("id") + R"("],"set_aside":[{"kind":"comment","html":"y"}]})");
  ASSERT_EQ(saved.status, 200) << saved.body;
  const Answer found = draft(Method::get);
  EXPECT_EQ(found.body, saved.body);
  EXPECT_EQ(found.at("kind"), "forward");
  EXPECT_EQ(found.at("subject"), "Fwd");
  EXPECT_EQ(found.at("include_attachments"), "false");
  EXPECT_EQ(found.at("files.0.name"), "plan.txt");
  EXPECT_EQ(found.at("files.0.size_bytes"), "4");
  EXPECT_EQ(found.at("set_aside.0.kind"), "comment");
  EXPECT_EQ(found.at("set_aside.0.html"), "y");
}

TEST_F(DraftsApi, AnotherWindowsDraftIsNeitherOverwrittenNorSentTwice) {  // S016
  const Answer first = draft(Method::put, R"({"kind":"reply","html":"one","revision":null})");
  ASSERT_EQ(first.status, 200) << first.body;
  const Answer late = draft(Method::put, R"({"kind":"reply","html":"two","revision":null})");
  EXPECT_EQ(late.status, 409);
  EXPECT_EQ(late.at("error.code"), "draft_changed");
  const std::string letter = R"({"kind":"reply","to":["kim@orchid.example"],"html":"one",)"
                             R"("draft_revision":")" +
                             first.at("revision") + R"("})";
  EXPECT_EQ(post(ticket("/replies"), letter).status, 201);
  const Answer again = post(ticket("/replies"), letter);
  EXPECT_EQ(again.status, 409);
  EXPECT_EQ(again.at("error.code"), "draft_gone");
  EXPECT_EQ(draft(Method::get).body, "null");
}

TEST_F(DraftsApi, AnAnswerThatMayNotBeSentIsRefusedWithTheReason) {  // S016
  const Member& light = ours_.members["light_agent"];
  const auto put = [&](const std::string& body) {
    return portal_.native(light, Method::put, Portal::desk(ours_, ticket("/draft")), body);
  };
  const Answer refused = put(R"({"kind":"reply","html":"Dear Kim"})");
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(refused.at("error.code"), "right_missing");
  EXPECT_EQ(put(R"({"kind":"comment","html":"for us"})").status, 200);
}

TEST_F(DraftsApi, TheComposerBeginsWithTheSignature) {  // manual, Signatures 1.1 and 1.2
  const auto begins_with = [&](const char* kind) {
    return portal_
        .native(agent_, Method::get,
                Portal::desk(ours_, ticket(std::string("/reply_draft?kind=") + kind)))
        .at("signature_html");
  };
  const Member& administrator = ours_.members["administrator"];
  const std::string of_department = "/departments/" + to_string(ours_.support) + "/signature";
  const auto put = [&](const Member& member, const std::string& rest, const std::string& html) {
    return portal_.native(member, Method::put, Portal::desk(ours_, rest),
                          R"({"html":")" + html + R"("})");
  };
  EXPECT_EQ(begins_with("reply"), "");
  EXPECT_EQ(put(administrator, of_department, "<p>The team</p>").at("html"), "<p>The team</p>");
  EXPECT_EQ(begins_with("reply_all"), "<p>The team</p>");
  EXPECT_EQ(put(agent_, "/signature", "<p>{agent.name}</p>").status, 200);
  EXPECT_EQ(begins_with("forward"), "<p>" + agent_name() + "</p>");
  const Answer read = portal_.native(agent_, Method::get, Portal::desk(ours_, "/signature"));
  EXPECT_EQ(read.at("html"), "<p>{agent.name}</p>");
  EXPECT_EQ(read.at("placeholders.0"), "ticket.number");
  EXPECT_EQ(put(agent_, of_department, "x").status, 403);
  EXPECT_EQ(put(agent_, "/signature", "{agent.salary}").at("error.code"), "unknown_placeholder");
  EXPECT_EQ(put(agent_, "/signature", std::string(20'001, 'x')).status, 422);
}

TEST_F(DraftsApi, WhatIsSetAsideIsReadAsStrictlyAsTheRest) {  // S016
  EXPECT_EQ(draft(Method::put, R"({"kind":"reply","set_aside":"x"})").at("error.code"),
            "not_a_list");
  EXPECT_EQ(draft(Method::put, R"({"kind":"reply","set_aside":["x"]})").at("error.code"),
            "not_an_object");
  EXPECT_EQ(draft(Method::put, R"({"kind":"reply","set_aside":[{"kind":"reply_all"}]})").status,
            422);
}

TEST_F(DraftsApi, AFileKeepsTheQuotesInItsName) {  // S015
  EXPECT_EQ(send_file("the %22final%22 100%.txt", "x").at("name"), "the \"final\" 100%.txt");
}

TEST_F(DraftsApi, AReplyIsHeldForAsLongAsItsWriterChoseAndTakenBack) {  // S016
  const std::string letter =
      R"({"kind":"reply","to":["Kim <kim@orchid.example>"],"html":"<p>one</p>","hold":true})";
  const Answer held = post(ticket("/replies"), letter);
  ASSERT_EQ(held.status, 202) << held.body;
  EXPECT_EQ(held.at("held.due_in_ms"), "10000");
  EXPECT_EQ(held.at("held.text.to.0"), "Kim <kim@orchid.example>");
  const Member& colleague = ours_.members["administrator"];
  const std::string undo = "/held_replies/" + held.at("held.id") + "/undo";
  EXPECT_EQ(portal_.native(colleague, Method::post, Portal::desk(ours_, undo)).status, 404);
  EXPECT_EQ(portal_.native(colleague, Method::get, Portal::desk(ours_, "/held_replies")).body,
            R"({"held":[]})");
  const Answer back = post(undo, "");
  ASSERT_EQ(back.status, 200) << back.body;
  EXPECT_EQ(back.at("draft.html"), "<p>one</p>");
  EXPECT_EQ(draft(Method::get).at("html"), "<p>one</p>");
  EXPECT_EQ(post(undo, "").status, 404);
  const Answer chosen =
      portal_.native(agent_, Method::patch, "/native/me", R"({"undo_send_seconds":0})");
  EXPECT_EQ(chosen.at("undo_send_seconds"), "0");
  EXPECT_EQ(post(ticket("/replies"), letter).status, 201);
}

TEST_F(DraftsApi, AReplyTemplateIsMadeChangedUsedAndRemoved) {  // S016
  const Answer file = send_file("form.txt", "four");
  const Answer made = post("/reply_templates",
                           R"({"name":"Form","folder":"Forms","html":"<p>Dear {contact.name}</p>",)"
                           R"("attachment_ids":[")" +
                               file.at("id") + R"("]})");
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.at("audience"), "owner");
  EXPECT_EQ(made.at("files.0.name"), "form.txt");
  const std::string one = "/reply_templates/" + made.at("id");
  const Answer used = post(one + "/use", R"({"ticket":")" + to_string(ours_.ticket) + "\"}");
  ASSERT_EQ(used.status, 200) << used.body;
  EXPECT_EQ(used.at("files.0.name"), "form.txt");
  EXPECT_NE(used.at("files.0.id"), file.at("id"));
  const Answer changed = portal_.native(agent_, Method::patch, Portal::desk(ours_, one),
                                        R"({"name":"The form","file_ids":[]})");
  ASSERT_EQ(changed.status, 200) << changed.body;
  EXPECT_EQ(changed.at("folder"), "Forms");
  EXPECT_EQ(changed.at("files.0.name"), "");
  EXPECT_EQ(changed.at("use_count"), "1");
  const Answer wrong = post("/reply_templates", R"({"name":"x","html":"{nobody}"})");
  EXPECT_EQ(wrong.status, 422);
  EXPECT_EQ(wrong.at("error.code"), "unknown_placeholder");
  EXPECT_EQ(wrong.at("error.field"), "html");
  EXPECT_EQ(portal_.native(agent_, Method::del, Portal::desk(ours_, one)).status, 204);
  const Answer listed =
      portal_.native(agent_, Method::get,
                     Portal::desk(ours_, "/reply_templates?ticket=" + to_string(ours_.ticket)));
  EXPECT_EQ(listed.at("templates.0.name"), "");
  EXPECT_EQ(listed.at("placeholders.0"), "ticket.number");
}

TEST_F(DraftsApi, OnesOwnWordsAreReadWhenTheTicketIsOutOfSight) {  // S071; manual, Sharing 4.2
  const Member& parent = ours_.members["administrator"];
  const std::string path = "/tickets/" + to_string(ours_.shipping_ticket);
  const auto ask = [&](const Member& who, Method method, const std::string& rest,
                       const std::string& body = "") {
    return portal_.native(who, method, Portal::desk(ours_, path + rest), body);
  };
  const std::string support = to_string(ours_.support);
  const auto share = [&] {
    const Answer shared =
        ask(parent, Method::post, "/shares",
            R"({"shares":[{"department":")" + support + R"(","access":"full"}]})");
    ASSERT_EQ(shared.status, 200) << shared.body;
  };
  share();
  EXPECT_EQ(ask(agent_, Method::get, "/draft/words").status, 404) << "nothing was written";
  const Answer saved = ask(
      agent_, Method::put, "/draft",
      R"({"kind":"reply","to":["kim@orchid.example"],"subject":"Re: Pallet","html":"Dear Kim",)"
      R"("set_aside":[{"kind":"comment","html":"Ask the driver"},{"kind":"forward","html":""}]})");
  ASSERT_EQ(saved.status, 200) << saved.body;
  ASSERT_LT(ask(parent, Method::del, "/shares/" + support).status, 300);

  EXPECT_EQ(ask(agent_, Method::get, "").status, 404);
  EXPECT_EQ(ask(agent_, Method::get, "/draft").status, 404);
  EXPECT_EQ(ask(agent_, Method::get, "/draft/words").body,
            R"({"texts":[{"kind":"reply","html":"Dear Kim"},)"
            R"({"kind":"comment","html":"Ask the driver"}]})");
  EXPECT_EQ(ask(parent, Method::get, "/draft/words").status, 404) << "they are nobody else's";
  EXPECT_EQ(
      portal_.native(agent_, Method::get, Portal::desk(ours_, "/tickets/7/draft/words")).status,
      404)
      << "and say nothing of what there is";
  share();
  EXPECT_EQ(ask(agent_, Method::get, "/draft").at("to.0"), "kim@orchid.example");
}

}  // namespace
}  // namespace tandem::test
