#include <gtest/gtest.h>

#include "tests/api/portal.h"

// Files of a ticket, through the Desk dialect and through the native face: one and the same.

namespace tandem::test {
namespace {

using http::Method;

class FilesOfATicket : public testing::Test {
 protected:
  Answer dialect(Method method, const std::string& address, const std::string& body = "") {
    return portal_.dialect(agent_, method, address, body);
  }
  Answer native(const Member& member, Method method, const std::string& rest,
                const std::string& body = "") {
    return portal_.native(member, method, Portal::desk(ours_, rest), body);
  }
  /// Sends a form with one file to the dialect.
  Answer send_file(const std::string& address, const std::string& text,
                   const std::string& field = "file") {
    http::Request request;
    request.method = Method::post;
    request.path = "/api/v1" + address;
    request.headers = {{"Authorization", "Zoho-oauthtoken " + agent_.access_token},
                       {"Content-Type", "multipart/form-data; boundary=b"}};
    request.body = "--b\r\nContent-Disposition: form-data; name=\"" + field +
                   "\"; filename=\"plan.txt\"\r\nContent-Type: text/plain\r\n\r\n" + text +
                   "\r\n--b--\r\n";
    return portal_.send(std::move(request));
  }
  std::string ticket(const std::string& rest = "") const {
    return "/tickets/" + to_string(ours_.ticket) + rest;
  }

  Portal portal_;
  Company& ours_ = portal_.ours();
  Member& agent_ = ours_.members["agent"];
  Member& light_agent_ = ours_.members["light_agent"];
};

TEST_F(FilesOfATicket, AFileOfTheDialectIsShownDownloadedAndDeletedInTheBrowser) {
  const Answer sent = send_file(ticket("/attachments"), "ten pallets");
  ASSERT_EQ(sent.status, 200) << sent.body;
  EXPECT_EQ(sent.at("isPublic"), "false");

  const Answer shown = native(agent_, Method::get, ticket("/attachments"));
  ASSERT_EQ(shown.status, 200) << shown.body;
  EXPECT_EQ(shown.at("attachments.0.id"), sent.at("id"));
  EXPECT_EQ(shown.at("attachments.0.name"), "plan.txt");
  EXPECT_EQ(shown.at("attachments.0.may.0"), "delete");
  EXPECT_EQ(shown.at("attachments.1.id"), "") << "the mail's own file stands with the mail";
  EXPECT_EQ(native(agent_, Method::get, "/attachments/" + sent.at("id")).body, "ten pallets");

  const std::string address = ticket("/attachments/" + sent.at("id"));
  EXPECT_EQ(native(agent_, Method::del, address).status, 204);
  EXPECT_EQ(native(agent_, Method::get, ticket("/attachments")).body, R"({"attachments":[]})");
  EXPECT_EQ(native(agent_, Method::get, ticket()).at("attachment_count"), "1") << "the mail's own";
  EXPECT_EQ(native(agent_, Method::get, ticket("/history")).at("entries.0.verb"),
            "attachment_removed");
}

TEST_F(FilesOfATicket, AFileOfTheBrowserIsListedDownloadedAndDeletedInTheDialect) {
  const Answer uploaded = send_file("/uploads", "seven crates");
  const Answer attached = native(agent_, Method::post, ticket("/attachments"),
                                 R"({"attachment_ids":[")" + uploaded.at("id") + R"("]})");
  ASSERT_EQ(attached.status, 201) << attached.body;
  const Answer list = dialect(Method::get, ticket("/attachments"));
  EXPECT_EQ(list.at("data.0.id"), uploaded.at("id"));
  EXPECT_EQ(list.at("data.0.size"), "12");
  EXPECT_EQ(dialect(Method::get, ticket("/attachments/" + uploaded.at("id") + "/content")).body,
            "seven crates");
  const std::string address = ticket("/attachments/" + uploaded.at("id"));
  EXPECT_EQ(dialect(Method::patch, address, R"({"isPublic":false})").at("isPublic"), "false");
  EXPECT_EQ(dialect(Method::patch, address, R"({"isPublic":true})").at("isPublic"), "true");
  EXPECT_EQ(dialect(Method::patch, address, R"({"size":1})").at("errors.0.fieldName"), "/isPublic");
  EXPECT_EQ(dialect(Method::del, address).status, 204);
  EXPECT_EQ(dialect(Method::del, address).status, 404);
}

TEST_F(FilesOfATicket, WhoMayNotChangeATicketSeesItsFilesAndDeletesNone) {  // S125
  const Answer sent = send_file(ticket("/attachments"), "x");
  const Answer shown = native(light_agent_, Method::get, ticket("/attachments"));
  EXPECT_EQ(shown.at("attachments.0.id"), sent.at("id"));
  EXPECT_EQ(shown.at("attachments.0.may"), "[]");
  EXPECT_EQ(native(light_agent_, Method::del, ticket("/attachments/" + sent.at("id"))).status, 403);
}

TEST_F(FilesOfATicket, AFileOfAMessageStaysWithIt) {
  const std::string address = ticket("/attachments/" + to_string(ours_.attachment));
  EXPECT_EQ(native(agent_, Method::del, address).at("error.code"), "part_of_message");
  EXPECT_EQ(dialect(Method::del, address).status, 422);
  EXPECT_EQ(dialect(Method::patch, address, R"({"isPublic":true})").status, 422);
}

TEST_F(FilesOfATicket, AFileOfACommentGoesWithWhoMayChangeTheComment) {
  const Answer uploaded = send_file("/uploads", "x");
  const Answer comment =
      dialect(Method::post, ticket("/comments"),
              R"({"content":"Look","attachmentIds":[")" + uploaded.at("id") + R"("]})");
  EXPECT_EQ(comment.at("attachments.0.id"), uploaded.at("id"));
  const std::string address = ticket("/attachments/" + uploaded.at("id"));
  EXPECT_EQ(native(light_agent_, Method::del, address).status, 403);
  EXPECT_EQ(native(agent_, Method::del, address).status, 204);
  EXPECT_EQ(dialect(Method::get, ticket("/comments")).at("data.0.attachments"), "[]");
}

TEST_F(FilesOfATicket, AnUploadWithoutAFileSaysWhichFieldIsMissing) {
  const Answer answer = send_file("/uploads", "x", "document");
  EXPECT_EQ(answer.status, 422);
  EXPECT_EQ(answer.at("errors.0.fieldName"), "/file");
  EXPECT_EQ(answer.at("errors.0.errorType"), "missing");
  const Answer no_form = dialect(Method::post, "/uploads", "{}");
  EXPECT_EQ(no_form.status, 415);
  EXPECT_EQ(no_form.at("errorCode"), "UNSUPPORTED_MEDIA_TYPE");
}

}  // namespace
}  // namespace tandem::test
