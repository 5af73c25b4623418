#include <gtest/gtest.h>

#include "db/database.h"
#include "desk/conversation/attachments.h"
#include "desk/conversation/replies.h"
#include "desk/tickets/ticket_merging.h"
#include "imports/imports.h"
#include "tests/api/portal.h"

// The native API as the browser uses it, over the whole program.

namespace tandem::test {
namespace {

using http::Method;

class Native : public testing::Test {
 protected:
  Answer get(const Member& member, const std::string& rest) {
    return portal_.native(member, Method::get, Portal::desk(ours_, rest));
  }
  Answer post(const Member& member, const std::string& rest, const std::string& body) {
    return portal_.native(member, Method::post, Portal::desk(ours_, rest), body);
  }
  Answer patch(const Member& member, const std::string& rest, const std::string& body) {
    return portal_.native(member, Method::patch, Portal::desk(ours_, rest), body);
  }
  std::string ticket(const std::string& rest = "") const {
    return "/tickets/" + to_string(ours_.ticket) + rest;
  }

  Portal portal_;
  Company& ours_ = portal_.ours();
  Member& administrator_ = ours_.members["administrator"];
  Member& agent_ = ours_.members["agent"];
  Member& light_agent_ = ours_.members["light_agent"];
};

TEST_F(Native, ASignedOutBrowserIsToldToSignIn) {
  http::Request request;
  request.path = "/native/session";
  const Answer answer = portal_.send(request);
  EXPECT_EQ(answer.status, 401);
  EXPECT_EQ(answer.at("error.code"), "signed_out");
  EXPECT_EQ(answer.at("setup_needed"), "false");
}

TEST_F(Native, AChangeNeedsTheTokenOfTheSessionAndTheOwnOrigin) {
  Member without_token = agent_;
  without_token.csrf_token = "";
  const Answer refused = post(without_token, ticket("/comments"), R"({"html":"x"})");
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(refused.at("error.code"), "csrf_token");

  http::Request foreign;
  foreign.method = Method::post;
  foreign.path = Portal::desk(ours_, ticket("/comments"));
  foreign.body = R"({"html":"x"})";
  foreign.headers = {{"Cookie", "tandem_session=" + agent_.session_token},
                     {"X-CSRF-Token", agent_.csrf_token},
                     {"Host", "desk.example"},
                     {"Origin", "https://evil.example"}};
  EXPECT_EQ(portal_.send(foreign).at("error.code"), "foreign_site");
}

TEST_F(Native, MetaSaysWhatThereIsAndWhatIMay) {  // S035, S127
  const Answer meta = get(agent_, "/meta");
  ASSERT_EQ(meta.status, 200) << meta.body;
  EXPECT_EQ(meta.at("me.role.kind"), "agent");
  EXPECT_EQ(meta.at("modules.0.name"), "tickets");
  EXPECT_EQ(meta.at("modules.0.fields.0.name"), "subject");
  EXPECT_EQ(meta.at("statuses.0.name"), "open");
  EXPECT_EQ(meta.at("departments.0.name"), "orchid shipping");
}

TEST_F(Native, MetaSaysWhatOneRequestMayHold) {
  const Answer meta = get(agent_, "/meta");
  const std::vector<std::pair<std::string, int64_t>> told = {
      {"bulk_ids", db::bulk_rows_max},
      {"import_file_bytes", imports::import_file_bytes_max},
      {"upload_bytes", desk::upload_bytes_max},
      {"mail_files_bytes", desk::reply_attachments_bytes_max},
      {"mail_recipients", desk::reply_recipients_max},
      {"tickets_merged", desk::tickets_merged_max}};
  for (const auto& [name, most] : told)
    EXPECT_EQ(meta.at("limits." + name), std::to_string(most)) << name;
}

TEST_F(Native, ATicketShowsWhatItHasAndWhatIMay) {  // S007, S009
  const Answer answer = get(agent_, ticket());
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.at("subject"), "orchid parcel");
  EXPECT_EQ(answer.at("status"), "open");
  EXPECT_EQ(answer.at("channel"), "email");
  EXPECT_EQ(answer.at("contact.email"), "kim@orchid.example");
  EXPECT_NE(answer.at("may").find("reply"), std::string::npos);
  const Answer light = get(light_agent_, ticket());
  EXPECT_EQ(light.at("may").find("reply"), std::string::npos);
  EXPECT_NE(light.at("may").find("comment"), std::string::npos);
}

TEST_F(Native, AFieldIsChangedOneAtATimeAndAStaleChangeIsRefused) {  // S008
  const Answer before = get(agent_, ticket());
  const Answer saved =
      patch(agent_, ticket(), R"({"priority":"high","revision":)" + before.at("revision") + "}");
  ASSERT_EQ(saved.status, 200) << saved.body;
  EXPECT_EQ(saved.at("priority"), "high");
  const Answer stale =
      patch(agent_, ticket(), R"({"priority":"low","revision":)" + before.at("revision") + "}");
  EXPECT_EQ(stale.status, 409);
  EXPECT_EQ(stale.at("error.code"), "stale");
  const Answer history = get(agent_, ticket("/history"));
  EXPECT_EQ(history.at("entries.0.changes.0.field"), "priority");
  EXPECT_EQ(history.at("entries.0.changes.0.to"), "high");
  EXPECT_EQ(history.at("entries.0.author.name"), "agent orchid");
  EXPECT_EQ(history.at("entries.0.path"), "ui");
}

TEST_F(Native, WrongValuesAreRefusedAllTogetherByName) {
  const Answer answer =
      patch(agent_, ticket(), R"({"priority":"purple","due_at":"soon","nonsense":1})");
  EXPECT_EQ(answer.status, 422);
  EXPECT_NE(answer.body.find("\"field\":\"priority\""), std::string::npos) << answer.body;
  EXPECT_NE(answer.body.find("\"field\":\"due_at\""), std::string::npos) << answer.body;
  EXPECT_NE(answer.body.find("\"field\":\"nonsense\""), std::string::npos) << answer.body;
  EXPECT_EQ(patch(agent_, ticket(), "{").status, 400);
  EXPECT_EQ(patch(agent_, ticket(), "[]").at("error.code"), "bad_json");
}

TEST_F(Native, AReplyGoesIntoTheTimelineAndWaitsToBeSent) {  // S016, S124
  const Answer draft = get(agent_, ticket("/reply_draft?kind=reply"));
  ASSERT_EQ(draft.status, 200) << draft.body;
  EXPECT_EQ(draft.at("to.0.address"), "kim@orchid.example");
  const Answer reply =
      post(agent_, ticket("/replies"),
           R"({"kind":"reply","to":["kim@orchid.example"],"html":"<p>On its way.</p>"})");
  ASSERT_EQ(reply.status, 201) << reply.body;
  EXPECT_EQ(reply.at("type"), "thread");
  EXPECT_EQ(reply.at("direction"), "out");
  EXPECT_EQ(reply.at("delivery.state"), "queued");
  const Answer timeline = get(agent_, ticket("/timeline"));
  EXPECT_EQ(timeline.at("items.0.type"), "event") << timeline.body;
  EXPECT_EQ(timeline.at("items.1.direction"), "in") << timeline.body;
  EXPECT_NE(timeline.body.find("On its way."), std::string::npos);
}

TEST_F(Native, ANameInQuotesIsReadAsAHeaderReadsItAndAnAddressCountsOnce) {  // S016, S017
  const Answer reply =
      post(agent_, ticket("/replies"),
           R"({"kind":"reply","to":["kim@orchid.example","KIM@orchid.example"],)"
           R"("cc":["\"Doe, \\\"Jo\\\"\" <copy@parts.example>"],"html":"<p>On its way.</p>"})");
  ASSERT_EQ(reply.status, 201) << reply.body;
  EXPECT_EQ(reply.at("cc.0.name"), "Doe, \"Jo\"") << reply.body;
  EXPECT_EQ(reply.body.find("KIM@"), std::string::npos) << reply.body;
}

TEST_F(Native, AReplyMeansWhoAskedAlsoAfterWeWroteToSomebodyElse) {  // S016, S017
  const Answer sent =
      post(agent_, ticket("/replies"),
           R"({"kind":"reply","to":["vendor@parts.example"],"html":"<p>In stock?</p>"})");
  ASSERT_EQ(sent.status, 201) << sent.body;
  EXPECT_EQ(get(agent_, ticket("/reply_draft?kind=reply")).at("to.0.address"),
            "kim@orchid.example");
  EXPECT_NE(get(agent_, ticket("/reply_draft?kind=reply_all")).body.find("vendor@parts.example"),
            std::string::npos);
}

TEST_F(Native, ALightAgentMayOnlyCommentPrivately) {  // S125
  EXPECT_EQ(post(light_agent_, ticket("/comments"), R"({"html":"<p>Seen.</p>"})").status, 201);
  EXPECT_EQ(
      post(light_agent_, ticket("/comments"), R"({"html":"<p>Hi</p>","is_public":true})").status,
      403);
  EXPECT_EQ(post(light_agent_, ticket("/replies"), R"({"kind":"reply","html":"<p>Hi</p>"})").status,
            403);
  EXPECT_EQ(patch(light_agent_, ticket(), R"({"priority":"low"})").status, 403);
}

TEST_F(Native, AnAgentTakesATicketButOnlyAnAdministratorGivesItToSomeoneElse) {  // S012, S126
  const std::string to_me = R"({"owner":")" + to_string(agent_.agent) + R"("})";
  const std::string to_boss = R"({"owner":")" + to_string(administrator_.agent) + R"("})";
  EXPECT_EQ(patch(agent_, ticket(), to_me).at("owner.title"), "agent orchid");
  EXPECT_EQ(patch(agent_, ticket(), to_boss).status, 403);
  const Answer given = patch(administrator_, ticket(), to_boss);
  EXPECT_EQ(given.at("owner.title"), "administrator orchid") << given.body;
}

TEST_F(Native, ATicketIsClosedAndReopenedWithOneCall) {  // S010
  const Answer closed = post(agent_, ticket("/close"), "");
  ASSERT_EQ(closed.status, 200) << closed.body;
  EXPECT_EQ(closed.at("status"), "closed");
  EXPECT_NE(closed.at("closed_at"), "null");
  EXPECT_EQ(post(agent_, ticket("/reopen"), "").at("closed_at"), "null");
}

TEST_F(Native, ADeletedTicketIsInTheBinUntilItIsRestoredOrPurged) {  // S011, S033
  EXPECT_EQ(portal_.native(administrator_, Method::del, Portal::desk(ours_, ticket())).status, 204);
  EXPECT_EQ(get(administrator_, "/tickets?count=1").at("count"), "1");
  EXPECT_EQ(get(administrator_, "/recycle_bin?module=tickets").at("records.0.subject"),
            "orchid parcel");
  EXPECT_EQ(post(administrator_, ticket("/restore"), "").status, 200);
  EXPECT_EQ(get(administrator_, "/tickets?count=1").at("count"), "2");
  const std::string bin = Portal::desk(ours_, "/recycle_bin" + ticket());
  EXPECT_EQ(portal_.native(administrator_, Method::del, bin).at("error.code"), "not_in_bin");
  portal_.native(administrator_, Method::del, Portal::desk(ours_, ticket()));
  EXPECT_EQ(portal_.native(administrator_, Method::del, bin).status, 204);
  EXPECT_EQ(get(administrator_, ticket()).status, 404);
}

TEST_F(Native, WhatGoesForGoodLeavesNoLinkToNothing) {  // S033
  const std::string contact = "/contacts/" + to_string(ours_.contact);
  EXPECT_EQ(portal_.native(administrator_, Method::del, Portal::desk(ours_, contact)).status, 204);
  EXPECT_EQ(get(administrator_, ticket()).at("contact.id"), to_string(ours_.contact))
      << "it may come back";
  EXPECT_EQ(
      portal_.native(administrator_, Method::del, Portal::desk(ours_, "/recycle_bin" + contact))
          .status,
      204);
  EXPECT_EQ(get(administrator_, ticket()).at("contact"), "null");
  const std::string department = "/departments/" + to_string(ours_.support);
  EXPECT_EQ(portal_.native(administrator_, Method::del, Portal::desk(ours_, department)).status,
            409);
}

TEST_F(Native, ADepartmentThatIsGoneForGoodHasNoMembers) {  // S033
  const Member& boss = administrator_;
  const std::string made = post(boss, "/departments", R"({"name":"Evening shift"})").at("id");
  const std::string seat = "/people/" + to_string(agent_.agent);
  const std::string both =
      R"({"department_ids":[")" + to_string(ours_.support) + R"(",")" + made + R"("]})";
  ASSERT_EQ(patch(boss, seat, both).status, 200);
  const std::string address = "/departments/" + made;
  ASSERT_EQ(portal_.native(boss, Method::del, Portal::desk(ours_, address)).status, 204);
  ASSERT_EQ(portal_.native(boss, Method::del, Portal::desk(ours_, "/recycle_bin" + address)).status,
            204);
  // What the form shows can be sent back as it is.
  const Answer saved = patch(boss, seat, R"({"status":"active"})");
  EXPECT_EQ(saved.at("department_ids"), "[\"" + to_string(ours_.support) + "\"]") << saved.body;
}

TEST_F(Native, AnInvitationCanBeTakenBackUntilItIsUsed) {
  const std::string roles = get(administrator_, "/roles").at("roles.0.id");
  const Answer invited = post(administrator_, "/people",
                              R"({"email":"late@orchid.example","name":"Late","role_id":")" +
                                  roles + R"(","department_ids":[]})");
  ASSERT_EQ(invited.status, 201) << invited.body;
  const auto withdraw = [&](const Member& member, const std::string& id) {
    return portal_.native(member, Method::del, Portal::desk(ours_, "/people/" + id + "/invitation"))
        .status;
  };
  const std::string id = invited.at("agent_id");
  EXPECT_EQ(withdraw(agent_, id), 403);
  EXPECT_EQ(withdraw(administrator_, id), 204);
  EXPECT_EQ(withdraw(administrator_, id), 404);
  EXPECT_EQ(withdraw(administrator_, to_string(agent_.agent)), 409);
}

TEST_F(Native, AForgottenPasswordIsAnsweredAlikeForKnownAndUnknownPeople) {
  for (const char* email : {"agent@orchid.example", "nobody@orchid.example"}) {
    http::Request request;
    request.method = Method::post;
    request.path = "/native/password/forgotten";
    request.body = std::string(R"({"email":")") + email + R"("})";
    EXPECT_EQ(portal_.send(request).status, 204) << email;
  }
  const int64_t mails = portal_.program().database().read([](db::Transaction& tx) {
    return tx.integer("SELECT COUNT(*) FROM jobs WHERE kind = 'send_notice' AND org_id = 0");
  });
  EXPECT_EQ(mails, 1);
}

TEST_F(Native, ManyTicketsAreChangedAtOnceEachForItself) {  // S032
  const Answer answer = post(administrator_, "/tickets/bulk",
                             R"({"ids":[")" + to_string(ours_.ticket) +
                                 R"(","99999999999999999"],"changes":{"priority":"urgent"}})");
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.at("results.0.ok"), "true");
  EXPECT_EQ(answer.at("results.1.ok"), "false");
  EXPECT_EQ(answer.at("results.1.error.kind"), "not_found");
  EXPECT_EQ(get(administrator_, ticket()).at("priority"), "urgent");
}

TEST_F(Native, ViewsCountWhatTheyList) {  // S028, S036
  const Answer views = get(administrator_, "/views");
  ASSERT_EQ(views.status, 200) << views.body;
  for (const Json& view : views.json.as_object().at("views").as_array()) {
    const std::string name(view.as_object().at("id").as_string());
    const Answer list = get(administrator_, "/tickets?count=1&view=" + name);
    ASSERT_EQ(list.status, 200) << name << list.body;
    EXPECT_EQ(list.at("count"), json_to_text(view.as_object().at("count"))) << name;
  }
  EXPECT_EQ(get(administrator_, "/tickets?view=nonsense").status, 404);
}

TEST_F(Native, AnAttachmentComesBackAsItWasAndIsNeverShownAsAPage) {
  const Answer answer = get(agent_, "/attachments/" + to_string(ours_.attachment));
  ASSERT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "1,orchid");
  EXPECT_NE(answer.response.header("Content-Disposition").find("attachment"),
            std::string_view::npos);
  EXPECT_EQ(answer.response.header("X-Content-Type-Options"), "nosniff");
}

TEST_F(Native, AFileThatABrowserKeepsIsAskedAboutEachTime) {  // S074
  const std::string address = "/attachments/" + to_string(ours_.attachment);
  const Answer first = get(agent_, address);
  EXPECT_EQ(first.response.header("Cache-Control"), "private, no-cache");
  const auto again = [&](const std::string& tag) {
    http::Request request = portal_.request_of(agent_, Method::get, Portal::desk(ours_, address));
    request.headers.push_back({"If-None-Match", tag});
    return portal_.send(request);
  };
  EXPECT_EQ(again(std::string(first.response.header("ETag"))).status, 304);
  EXPECT_EQ(again("\"another\"").status, 200);
}

TEST_F(Native, ACustomFieldIsMadeWrittenFilteredAndRemoved) {  // S024
  const Answer made =
      post(administrator_, "/fields/contacts", R"({"label":"Shoe size","kind":"number"})");
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.at("name"), "shoe_size");
  const std::string contact = "/contacts/" + to_string(ours_.contact);
  EXPECT_EQ(patch(agent_, contact, R"({"custom":{"shoe_size":"43"}})").at("custom.shoe_size"),
            "43");
  const Answer found =
      get(agent_, R"(/contacts?count=1&filter={"field":"shoe_size","at_least":40})");
  EXPECT_EQ(found.at("count"), "1") << found.body;
  EXPECT_EQ(post(agent_, "/fields/contacts", R"({"label":"x","kind":"text"})").status, 403);
}

TEST_F(Native, TwoFieldsOfOneModuleDoNotShareALabel) {
  const char* const order = R"({"label":"Order number","kind":"text"})";
  ASSERT_EQ(post(administrator_, "/fields/tickets", order).status, 201);
  const Answer again =
      post(administrator_, "/fields/tickets", R"({"label":" order NUMBER","kind":"number"})");
  EXPECT_EQ(again.status, 409) << again.body;
  EXPECT_EQ(again.at("error.field"), "label");
  EXPECT_EQ(post(administrator_, "/fields/tickets", R"({"label":"Priority","kind":"text"})").status,
            409)
      << "nor with one that every ticket has";
  EXPECT_EQ(post(administrator_, "/fields/contacts", order).status, 201);
  const Answer other =
      post(administrator_, "/fields/tickets", R"({"label":"Parcel","kind":"text"})");
  const std::string parcel = "/fields/tickets/" + other.at("name");
  EXPECT_EQ(patch(administrator_, parcel, R"({"label":"Order number"})").status, 409);
  EXPECT_EQ(patch(administrator_, parcel, R"({"label":"Parcel","required":true})").status, 200);
}

TEST_F(Native, MenusOfTicketsAreAskedFor) {  // S005, S012
  const std::string of_new = "/ticket_choices?department=";
  const Answer mine = get(agent_, of_new + to_string(ours_.support));
  EXPECT_EQ(mine.at("departments.0.id"), to_string(ours_.support)) << mine.body;
  EXPECT_EQ(mine.at("departments.1.id"), "");
  EXPECT_EQ(mine.at("owners.0.id"), to_string(agent_.agent));
  EXPECT_EQ(mine.at("owners.1.id"), "");
  const Answer of_ticket =
      get(administrator_, "/ticket_choices?tickets=" + to_string(ours_.shipping_ticket));
  EXPECT_EQ(of_ticket.at("owners.0.id"), to_string(administrator_.agent)) << of_ticket.body;
  EXPECT_EQ(of_ticket.at("owners.1.id"), "") << "nobody else works there";
  EXPECT_EQ(of_ticket.at("may_be_unowned"), "true");
  EXPECT_EQ(get(administrator_, "/ticket_choices?tickets=1,x").at("error.field"), "tickets");
  EXPECT_EQ(get(light_agent_, of_new + to_string(ours_.support)).status, 403);
}

TEST_F(Native, InvitingSomeoneQueuesAMailWithASingleUseLink) {  // S121, S123
  const Answer roles = get(administrator_, "/roles");
  const Answer invited =
      post(administrator_, "/people",
           R"({"email":"new@orchid.example","name":"Noa","role_id":")" + roles.at("roles.0.id") +
               R"(","department_ids":[")" + to_string(ours_.support) + R"("]})");
  ASSERT_EQ(invited.status, 201) << invited.body;
  EXPECT_EQ(invited.at("status"), "invited");
  EXPECT_EQ(post(agent_, "/people", R"({"email":"x@orchid.example","name":"X"})").status, 403);
}

TEST_F(Native, SearchFindsTicketsContactsAndAccounts) {
  const Answer answer = get(agent_, "/search?q=orchid");
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_NE(answer.body.find("orchid parcel"), std::string::npos) << answer.body;
  EXPECT_EQ(answer.body.find("pallet"), std::string::npos)
      << "a ticket of a department that is not theirs";
}

TEST_F(Native, SearchMarksTheWordsInTheTitleAndInAnExcerpt) {  // Manual, Search 1.6
  const Answer made = post(agent_, "/tickets",
                           R"({"subject":"Boiler is cold","description":"<p>The <b>boiler</b> in )"
                           R"(Façade Street</p>","channel":"phone","department":")" +
                               to_string(ours_.support) + R"("})");
  ASSERT_EQ(made.status, 201) << made.body;
  const std::string comments = "/tickets/" + made.at("id") + "/comments";
  ASSERT_EQ(post(agent_, comments, R"({"html":"boiler zebra"})").status, 201);
  const Answer found = get(agent_, "/search?q=boiler%20facade&module=tickets");
  const std::string hit = "groups.0.records.0.";
  EXPECT_EQ(found.at(hit + "title_parts.0.text"), "Boiler") << found.body;
  EXPECT_EQ(found.at(hit + "title_parts.0.is_match"), "true");
  EXPECT_EQ(found.at(hit + "title_parts.1.text"), " is cold");
  EXPECT_EQ(found.at(hit + "excerpt.field"), "description");
  EXPECT_EQ(found.at(hit + "excerpt.parts.1.text"), "boiler");
  EXPECT_EQ(found.at(hit + "excerpt.parts.3.text"), "Façade");
  EXPECT_EQ(found.body.find("zebra"), std::string::npos) << "nothing of a comment";
}

TEST_F(Native, AListIsNarrowedByWords) {  // S028
  const Answer tickets = get(agent_, "/tickets?words=orchid&count=1");
  EXPECT_EQ(tickets.at("count"), "1") << tickets.body;
  EXPECT_EQ(get(agent_, "/contacts?words=nobodyhere&count=1").at("count"), "0");
  EXPECT_EQ(get(agent_, "/contacts?words=" + std::string(501, 'a')).at("error.field"), "words");
}

TEST_F(Native, AListIsNarrowedToTheIdsThatAreAskedFor) {
  const std::string ticket = to_string(ours_.ticket);
  const Answer both = get(agent_, "/tickets?view=all&count=1&ids=" + ticket + ",1");
  EXPECT_EQ(both.at("count"), "1") << both.body;
  EXPECT_EQ(both.at("records.0.id"), ticket);
  EXPECT_EQ(get(agent_, "/tickets?view=closed&count=1&ids=" + ticket).at("count"), "0");
  EXPECT_EQ(get(agent_, "/tickets?ids=5,x").at("error.field"), "ids");
  std::string many = "1";
  for (int i = 2; i <= 101; ++i) many += "," + std::to_string(i);
  EXPECT_EQ(get(agent_, "/tickets?ids=" + many).at("error.code"), "too_many");
}

TEST_F(Native, WhoBelongsToNoDepartmentIsToldSo) {
  EXPECT_EQ(get(agent_, "/meta").at("me.sees_no_tickets"), "false");
  ASSERT_EQ(patch(administrator_, "/people/" + to_string(agent_.agent), R"({"department_ids":[]})")
                .status,
            200);
  EXPECT_EQ(get(agent_, "/meta").at("me.sees_no_tickets"), "true");
  EXPECT_EQ(get(administrator_, "/meta").at("me.sees_no_tickets"), "false");
}

TEST_F(Native, AContactNeedsNoEmailButTwoDoNotShareOne) {  // S037
  EXPECT_EQ(post(agent_, "/contacts", R"({"last_name":"Nomail"})").status, 201);
  EXPECT_EQ(post(agent_, "/contacts", R"({"last_name":"Nomail"})").status, 201);
  const Answer twice =
      post(agent_, "/contacts", R"({"last_name":"Kim","email":"KIM@orchid.example"})");
  EXPECT_EQ(twice.status, 409);
  EXPECT_EQ(twice.at("error.code"), "address_taken");
  EXPECT_EQ(twice.at("error.field"), "email");
}

}  // namespace
}  // namespace tandem::test
