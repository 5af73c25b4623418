#include <gmock/gmock.h>

#include "base/text.h"
#include "desk/conversation/mail_sending.h"
#include "desk/ratings/ratings.h"
#include "tests/api/portal.h"

// The page behind the faces of a mail, the figures, and both through the dialects.

namespace tandem::test {
namespace {

using http::Method;
using testing::HasSubstr;
using testing::Not;

class RatingsApi : public testing::Test {
 protected:
  desk::RatingLink link() {
    return {.org = ours_.org,
            .ticket = ours_.ticket,
            .thread = ours_.thread,
            .contact = ours_.contact,
            .expires_at = portal_.clock().now() + desk::rating_link_ms};
  }
  std::string token(const desk::RatingLink& link) {
    return desk::rating_token(portal_.program().desk(), link);
  }
  Answer open(const std::string& token, const std::string& query = "") {
    http::Request request;
    request.path = "/rate/" + token + query;
    return portal_.send(std::move(request));
  }
  Answer press(const std::string& token, const std::string& body) {
    http::Request request;
    request.method = Method::post;
    request.path = "/rate/" + token;
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
    request.body = body;
    return portal_.send(std::move(request));
  }
  Answer native(const char* member, Method method, const std::string& rest,
                const std::string& body = "") {
    return portal_.native(ours_.members[member], method, Portal::desk(ours_, rest), body);
  }
  std::string rating_of_ticket() {
    return native("administrator", Method::get, "/tickets/" + to_string(ours_.ticket)).at("rating");
  }

  Portal portal_;
  Company& ours_ = portal_.ours();
};

TEST_F(RatingsApi, OpeningTheLinkStoresNothing) {  // manual, Ratings and statistics 2.1
  const Answer page = open(token(link()), "?face=bad");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("value=\"bad\" required checked"));
  EXPECT_THAT(page.body, Not(HasSubstr("<script")));
  EXPECT_EQ(page.response.header("Cache-Control"), "no-store");
  EXPECT_THAT(std::string(page.response.header("Content-Security-Policy")),
              HasSubstr("default-src 'none'"));
  EXPECT_EQ(rating_of_ticket(), "null");
}

TEST_F(RatingsApi, OnePressStoresTheRatingAndAnotherChangesIt) {  // S022
  const Answer thanks = press(token(link()), "rating=good&remark=Quick+%26+kind");
  EXPECT_EQ(thanks.status, 200) << thanks.body;
  EXPECT_EQ(rating_of_ticket(), "good");
  const std::string path = "/tickets/" + to_string(ours_.ticket) + "/ratings";
  EXPECT_EQ(native("agent", Method::get, path).at("ratings.0.remark"), "Quick & kind");
  const Answer again = open(token(link()));
  EXPECT_THAT(again.body, HasSubstr("value=\"good\" required checked"));
  EXPECT_THAT(again.body, HasSubstr("Quick &amp; kind"));
  EXPECT_EQ(press(token(link()), "rating=bad").status, 200);
  EXPECT_EQ(rating_of_ticket(), "bad");
}

TEST_F(RatingsApi, TheDialectGivesTheOriginalOfAnAnswerThatAskedForARating) {  // S022
  const std::string settings = "/rating_settings/" + to_string(ours_.support);
  const Answer saved = native("administrator", Method::put, settings,
                              R"({"is_on":true,"asked_with":"each_reply","words":""})");
  ASSERT_EQ(saved.status, 200) << saved.body;
  const std::string ticket = "/tickets/" + to_string(ours_.ticket);
  const Answer sent = native("agent", Method::post, ticket + "/replies",
                             R"({"kind":"reply","html":"<p>Try again</p>"})");
  ASSERT_EQ(sent.status, 201) << sent.body;
  jobs::Worker worker(portal_.program().database(), 1);
  desk::add_mail_jobs(worker, portal_.program().desk());
  worker.run_due();
  const Answer original =
      portal_.dialect(ours_.members["agent"], Method::get,
                      ticket + "/threads/" + sent.at("id") + "/originalContent");
  ASSERT_EQ(original.status, 200) << original.body;
  EXPECT_THAT(original.body, HasSubstr("Try again"));
  EXPECT_THAT(original.body, HasSubstr("/rate/-?face="));
}

TEST_F(RatingsApi, WhatCannotBeTakenIsSaidOnThePage) {  // manual, Ratings and statistics 2.4
  EXPECT_EQ(press(token(link()), "rating=great").status, 422);
  EXPECT_EQ(press(token(link()), "").status, 422);
  const Answer long_one = press(token(link()), "rating=good&remark=" + std::string(1'001, 'x'));
  EXPECT_EQ(long_one.status, 422);
  EXPECT_THAT(long_one.body, HasSubstr("Shorten your comment"));
  EXPECT_EQ(press(token(link()), "rating=good&remark=" + std::string(17'000, 'x')).status, 413);
  desk::RatingLink old = link();
  old.expires_at = portal_.clock().now() + -1;
  EXPECT_EQ(open(token(old)).status, 410);
  EXPECT_EQ(press(token(old), "rating=good").status, 410);
  native("administrator", Method::del, "/tickets/" + to_string(ours_.ticket));
  EXPECT_EQ(open(token(link())).status, 404);
  EXPECT_EQ(press(token(link()), "rating=good").status, 404);
}

TEST_F(RatingsApi,
       AForgedLinkIsRefusedAndSlowsDownWhoTries) {  // manual, Ratings and statistics 2.3
  std::string forged = token(link());
  forged[10] = forged[10] == 'A' ? 'B' : 'A';
  EXPECT_EQ(press(forged, "rating=good").status, 404);
  EXPECT_EQ(rating_of_ticket(), "null");
  int status = 404;
  for (int attempt = 0; attempt < 40 && status == 404; ++attempt) status = open("guess").status;
  EXPECT_EQ(status, 503);
  EXPECT_EQ(open(token(link())).status, 200);  // a right one is not stopped
}

TEST_F(RatingsApi, ALinkReachesOnlyWhatItNames) {
  desk::RatingLink crossed = link();
  crossed.thread = portal_.theirs().thread;
  EXPECT_EQ(press(token(crossed), "rating=good").status, 404);
  crossed = link();
  crossed.contact = portal_.theirs().contact;
  EXPECT_EQ(press(token(crossed), "rating=good").status, 404);
  EXPECT_EQ(rating_of_ticket(), "null");
}

TEST_F(RatingsApi, ThePageSpeaksTheCustomersLanguage) {
  http::Request request;
  request.path = "/rate/nonsense";
  request.headers = {{"Accept-Language", "fr;q=1, ja-JP;q=0.9"}};
  EXPECT_THAT(portal_.send(std::move(request)).body, HasSubstr("評価できません"));
  native("administrator", Method::patch, "/tickets/" + to_string(ours_.ticket),
         R"({"language":"pt"})");
  EXPECT_THAT(open(token(link())).body, HasSubstr("Enviar avaliação"));
}

TEST_F(RatingsApi, BothFacesShowTheFiguresOfAContactAndAnAccount) {  // S023
  ASSERT_EQ(press(token(link()), "rating=good&remark=Nice").status, 200);
  const std::string contact = "/contacts/" + to_string(ours_.contact);
  const Answer figures = native("agent", Method::get, contact + "/statistics");
  EXPECT_EQ(figures.status, 200) << figures.body;
  EXPECT_EQ(figures.at("tickets"), "1");
  EXPECT_EQ(figures.at("ratings.good.percent"), "100");
  const std::string account = "/accounts/" + to_string(ours_.account) + "/statistics";
  EXPECT_EQ(native("agent", Method::get, account).status, 200);

  const Member& agent = ours_.members["agent"];
  const Answer in_dialect = portal_.dialect(agent, Method::get, contact + "/statistics");
  EXPECT_EQ(in_dialect.at("totalTickets"), "1") << in_dialect.body;
  EXPECT_EQ(in_dialect.at("customerHappiness.goodPercentage"), "100");
  EXPECT_EQ(portal_.dialect(agent, Method::get, account).status, 200);
  EXPECT_EQ(portal_.dialect(agent, Method::get, contact).at("customerHappiness.goodPercentage"),
            "100");
  const Answer list = portal_.dialect(agent, Method::get, "/customerHappiness");
  EXPECT_EQ(list.at("data.0.rating"), "GOOD") << list.body;
  EXPECT_EQ(list.at("data.0.feedback"), "Nice");
  EXPECT_EQ(list.at("data.0.ticketId"), to_string(ours_.ticket));
  EXPECT_EQ(portal_.dialect(agent, Method::get, "/customerHappiness?duration=SOON").status, 422);
  EXPECT_EQ(
      portal_
          .dialect(agent, Method::get, "/customerHappiness?department=" + to_string(ours_.shipping))
          .status,
      204);
}

TEST_F(RatingsApi, SettingsAreForWhoManagesDepartments) {  // manual, Ratings and statistics 1.1
  const std::string address = "/rating_settings/" + to_string(ours_.support);
  const std::string body = R"({"is_on":true,"asked_with":"closing_reply","words":"Well?"})";
  EXPECT_EQ(native("agent", Method::put, address, body).status, 403);
  EXPECT_EQ(native("administrator", Method::put, address, body).at("asked_with"), "closing_reply");
  EXPECT_EQ(native("administrator", Method::put, address, R"({"asked_with":"never"})").status, 422);
  EXPECT_EQ(native("administrator", Method::put, address, R"({"colour":"red"})").status, 422);
  EXPECT_THAT(native("administrator", Method::get, "/rating_settings").body, HasSubstr("Well?"));
}

}  // namespace
}  // namespace tandem::test
