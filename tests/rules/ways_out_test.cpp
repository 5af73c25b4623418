#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

// What ways out of the program there are, read from its source, so that private_words_test walks
// each: a new one fails here until it has a line.

namespace tandem::test {
namespace {

/// Files below src whose text has a match, as "desk/webhooks/webhook_request.cpp".
std::set<std::string> sources_with(const std::regex& wanted) {
  const std::filesystem::path source = std::string(TANDEM_SOURCE_DIR) + "/src";
  std::set<std::string> found;
  for (const auto& each : std::filesystem::recursive_directory_iterator(source)) {
    if (each.path().extension() != ".cpp") continue;
    std::ifstream file(each.path());
    std::stringstream text;
    text << file.rdbuf();
    if (std::regex_search(text.str(), wanted)) {
      found.insert(std::filesystem::relative(each.path(), source).string());
    }
  }
  return found;
}

TEST(WaysOut, EveryPlaceThatSendsIsWalked) {
  // Whoever adds a place adds the path that leads there to private_words_test, and then a line
  // here.
  EXPECT_EQ(sources_with(std::regex(R"(\bhttp::call_out\()")),
            (std::set<std::string>{"deliveries/sending.cpp",             // AreInNoWebhook…
                                   "desk/notifications/sms_call.cpp",    // AreInNoSms
                                   "desk/webhooks/webhook_request.cpp",  // AreInNoWebhook…
                                   "desk/webhooks/webhook_sending.cpp",  // asks with nothing
                                   "server/bulk_callbacks.cpp"}))        // tells of no records
      << "HTTP";
  EXPECT_EQ(sources_with(std::regex(R"(\bhand_in\(desk)")),
            (std::set<std::string>{"desk/conversation/mail_sending.cpp"}))
      << "mail";
  EXPECT_EQ(sources_with(std::regex(R"(\b(send_notice|hand_in_notice)\()")),
            (std::set<std::string>{
                "api/account_mails.cpp",  // invitations, passwords
                "desk/channels/web_form_submission.cpp", "desk/conversation/mail_sending.cpp",
                "desk/notifications/notification_sending.cpp", "desk/webhooks/webhook_notice.cpp"}))
      << "notices";
  EXPECT_EQ(sources_with(std::regex(R"(\bqueue_thread\()")),
            (std::set<std::string>{"desk/conversation/mail_sending.cpp",
                                   "desk/conversation/replies.cpp"}))
      << "messages of tickets";
}

TEST(WaysOut, EveryJobIsKnown) {
  using Kinds = std::set<std::string>;
  Kinds kinds;
  const std::regex added(R"(worker\.add\(\s*"([a-z_]+)\")");
  for (const std::string& path : sources_with(added)) {
    std::ifstream file(std::string(TANDEM_SOURCE_DIR) + "/src/" + path);
    const std::string source{std::istreambuf_iterator<char>(file), {}};
    for (auto at = std::sregex_iterator(source.begin(), source.end(), added);
         at != std::sregex_iterator(); ++at) {
      kinds.insert((*at)[1]);
    }
  }
  // All of the Desk run in private_words_test; empty_spam moves records and sends nothing, and
  // bulk_records knows the sales side alone.
  EXPECT_EQ(kinds, (Kinds{"bulk_records", "empty_spam", "leave_reply", "notify", "notify_by_sms",
                          "send_mail", "send_notice"}));
  // Jobs whose name is put together or handed over: send_webhook and send_watch, of which watches
  // are of the sales side; merges, imports and walks through open tickets, which send nothing; the
  // end of bulk work.
  EXPECT_EQ(sources_with(std::regex(R"(worker\.add\(\s*[^"\s])")),
            (std::set<std::string>{"crm/merging/merging.cpp", "deliveries/sending.cpp",
                                   "desk/customers/contact_merging.cpp",
                                   "desk/tickets/open_ticket_walks.cpp", "imports/imports.cpp",
                                   "server/bulk_callbacks.cpp"}));
}

TEST(WaysOut, EveryFaceIsKnown) {
  std::set<std::string> faces;
  const std::string folder = std::string(TANDEM_SOURCE_DIR) + "/src/api";
  for (const auto& each : std::filesystem::directory_iterator(folder)) {
    if (each.is_directory()) faces.insert(each.path().filename().string());
  }
  // Of these, channels and ratings are open to customers; the others ask for an agent.
  EXPECT_EQ(faces,
            (std::set<std::string>{"channels", "crm", "desk", "native", "oauth", "ratings"}));
}

}  // namespace
}  // namespace tandem::test
