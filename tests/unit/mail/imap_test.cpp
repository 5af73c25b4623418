#include "mail/imap.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <thread>

#include "tests/support/mail_servers.h"
#include "tests/unit/mail/sample_mails.h"
#include "tests/unit/mail/scripted_server.h"

namespace tandem::mail {
namespace {

using testing::IdleCommand;
using testing::TestImapServer;

constexpr int64_t mail_bytes_max = 1'000'000;
const std::vector<testing::MailUser> only_ana{{"ana", "secret"}};

ImapServer at(int port, const std::string& user = "ana", const std::string& password = "secret") {
  ImapServer server;
  server.host = "127.0.0.1";
  server.port = port;
  server.security = Security::none;
  server.user = user;
  server.password = password;
  server.timeout_ms = 10'000;
  return server;
}

TEST(Imap, MailIsListedAndFetchedByteForByte) {
  TestImapServer dovecot(only_ana);
  dovecot.deliver("ana", sample_mail("plain"));
  dovecot.deliver("ana", sample_mail("japanese_shift_jis"));
  Result<ImapSession> session = ImapSession::open(at(dovecot.port()));
  ASSERT_TRUE(session.has_value()) << session.error().message;
  const Result<MailboxState> inbox = session->select("INBOX");
  ASSERT_TRUE(inbox.has_value());
  EXPECT_EQ(inbox->exists, 2U);
  EXPECT_NE(inbox->uid_validity, 0U);
  const Result<std::vector<MailSize>> list = session->list_from(1, 10);
  ASSERT_EQ(list->size(), 2U);
  EXPECT_EQ(list->at(1).size_bytes, static_cast<int64_t>(sample_mail("japanese_shift_jis").size()));
  EXPECT_EQ(*session->fetch(list->at(0).uid, mail_bytes_max), sample_mail("plain"));
  EXPECT_EQ(*session->fetch(list->at(1).uid, mail_bytes_max), sample_mail("japanese_shift_jis"));
  EXPECT_EQ(session->list_from(1, 1)->size(), 1U);
  EXPECT_EQ(session->list_from(list->at(1).uid, 10)->size(), 1U);
  EXPECT_TRUE(session->list_from(list->at(1).uid + 1, 10)->empty());
  EXPECT_EQ(session->fetch(999, mail_bytes_max).error().kind, RefusalKind::not_found);
  EXPECT_EQ(session->fetch(list->at(0).uid, 10).error().kind, RefusalKind::too_large);
}

TEST(Imap, MailIsMarkedAndMailboxesInAnyScriptAreNamed) {
  TestImapServer dovecot(only_ana);
  dovecot.deliver("ana", sample_mail("plain"));
  Result<ImapSession> session = ImapSession::open(at(dovecot.port()));
  ASSERT_TRUE(session.has_value());
  ASSERT_TRUE(session->select("INBOX").has_value());
  const uint32_t uid = session->list_from(1, 10)->at(0).uid;
  EXPECT_TRUE(session->mark_seen(uid).has_value());
  EXPECT_EQ(session->select("Erledigt & 完了").error().kind, RefusalKind::not_found);
  EXPECT_EQ(to_modified_utf7("Erledigt & 完了"), "Erledigt &- &W4xOhg-");
}

void mail_ends_the_wait(IdleCommand idle) {
  TestImapServer dovecot(only_ana, idle);
  Result<ImapSession> session = ImapSession::open(at(dovecot.port()));
  ASSERT_TRUE(session.has_value());
  ASSERT_TRUE(session->select("INBOX").has_value());
  EXPECT_EQ(*session->wait_for_mail(50, 100), WaitEnd::time_over);
  std::thread delivery([&] { dovecot.deliver("ana", sample_mail("plain")); });
  EXPECT_EQ(*session->wait_for_mail(20'000, 100), WaitEnd::something_new);
  delivery.join();
  EXPECT_EQ(session->select("INBOX")->exists, 1U);
}

TEST(Imap, NewMailEndsTheWait) { mail_ends_the_wait(IdleCommand::offered); }
TEST(Imap, NewMailEndsTheWaitWithoutIdle) { mail_ends_the_wait(IdleCommand::missing); }

TEST(Imap, PasswordsOfAnyCharactersSignInAndWrongOnesAreRefused) {
  const std::string odd = "p\"a\\ss {5} wörd";
  const std::vector<testing::MailUser> users{{"ana", odd}};
  TestImapServer dovecot(users);
  EXPECT_TRUE(ImapSession::open(at(dovecot.port(), "ana", odd)).has_value());
  const Result<ImapSession> wrong = ImapSession::open(at(dovecot.port(), "ana", "guess"));
  EXPECT_EQ(wrong.error().code, "mail_login_refused");
  EXPECT_EQ(ImapSession::open(at(dovecot.port(), "ana", "a\r\nb")).error().code, "line_break");
}

TEST(Imap, AnAddressThatIsKeptClosedIsNotConnectedTo) {
  TestImapServer dovecot(only_ana);
  ImapServer server = at(dovecot.port());
  server.may_reach = [](const std::string&) { return false; };
  const Refusal refused = ImapSession::open(server).error();
  EXPECT_EQ(refused.code, "address_not_allowed");
  EXPECT_NE(refused.message.find("127.0.0.1"), std::string::npos) << refused.message;
  server.may_reach = [](const std::string& address) { return address == "127.0.0.1"; };
  EXPECT_TRUE(ImapSession::open(server).has_value());
}

TEST(Imap, TlsWorksBothWaysAndOnlyWithATrustedCertificate) {
  TestImapServer dovecot(only_ana);
  dovecot.deliver("ana", sample_mail("plain"));
  for (const Security security : {Security::starttls, Security::tls}) {
    ImapServer server = at(security == Security::tls ? dovecot.tls_port() : dovecot.port());
    server.host = "localhost";
    server.security = security;
    server.authorities_file = dovecot.authorities_file();
    Result<ImapSession> session = ImapSession::open(server);
    ASSERT_TRUE(session.has_value()) << session.error().message;
    ASSERT_TRUE(session->select("INBOX").has_value());
    EXPECT_EQ(*session->fetch(1, mail_bytes_max), sample_mail("plain"));
    server.authorities_file.clear();
    EXPECT_EQ(ImapSession::open(server).error().code, "mail_server_unreachable");
  }
}

TEST(Imap, AServerThatIsNotThereIsUnreachable) {
  EXPECT_EQ(ImapSession::open(at(testing::free_port())).error().code, "mail_server_unreachable");
  EXPECT_EQ(ImapSession::open(at(0)).error().code, "bad_server");
}

// What a hostile server says after a normal start, and what comes of asking it for mail.
std::string outcome_with(const std::string& select_answer, const std::string& fetch_answer) {
  ScriptedServer server(signed_in_then({select_answer, fetch_answer}));
  Result<ImapSession> session = ImapSession::open(at(server.port()));
  if (!session) return "open " + session.error().code;
  const Result<MailboxState> inbox = session->select("INBOX");
  if (!inbox) return "select " + inbox.error().code;
  const Result<std::vector<MailSize>> list = session->list_from(1, 10);
  return list ? "listed " + std::to_string(list->size()) : "list " + list.error().code;
}

TEST(Imap, AHostileServerIsCutOff) {
  const std::string good = scripted_select;
  EXPECT_EQ(outcome_with(good, "* 1 FETCH (UID 1 RFC822.SIZE 10)\r\nt5 OK\r\n"), "listed 1");
  EXPECT_EQ(outcome_with(good, "* 1 FETCH (UID 1 RFC822.SIZE 99999999999999999999)\r\nt5 OK\r\n"),
            "listed 0");
  EXPECT_EQ(outcome_with(good, "* 1 FETCH (UID 1 BODY[] {4000000000}\r\n"),
            "list mail_server_confused");
  EXPECT_EQ(outcome_with(good, "* " + std::string(70'000, 'x')), "list mail_server_confused");
  EXPECT_EQ(outcome_with("* 1 EXISTS\r\nt4 OK\r\n", ""), "select mail_server_confused");
  EXPECT_EQ(outcome_with("t4 NO [NONEXISTENT] none\r\n", ""), "select not_found");
  EXPECT_EQ(outcome_with(good, "t5 BAD what?\r\n"), "list mail_server_refused");
}

// The mails of a mailbox whose uids run from `first_uid` to `last_uid`, listed from 1 on, at most
// 100.
struct Listed {
  std::vector<MailSize> mails;
  int commands = 0;
  uint32_t answered_max = 0;  // mails in one answer
};

Listed listed_in(uint32_t first_uid, uint32_t last_uid, uint32_t uid_next) {
  Listed listed;
  const auto answer = [&](const std::string& line) {
    std::string tag(16, '\0');
    unsigned from = 0, to = 0;
    // An open end, as in "9:*", reads as no second number.
    const int read = std::sscanf(line.c_str(), "%15s UID FETCH %u:%u", tag.data(), &from, &to);
    tag.resize(tag.find('\0'));
    if (read < 2) return tag + " OK\r\n";
    ++listed.commands;
    const uint32_t begin = std::max(from, first_uid);
    const uint32_t end = read == 3 ? std::min(to, last_uid) : last_uid;
    std::string mails;
    for (uint32_t uid = begin; uid <= end; ++uid)
      mails += "* 1 FETCH (UID " + std::to_string(uid) + " RFC822.SIZE 9)\r\n";
    if (begin <= end) listed.answered_max = std::max(listed.answered_max, end - begin + 1);
    return mails + tag + " OK\r\n";
  };
  const std::string selected = "* " + std::to_string(last_uid - first_uid + 1) +
                               " EXISTS\r\n* OK [UIDVALIDITY 7]\r\n* OK [UIDNEXT " +
                               std::to_string(uid_next) + "]\r\nt4 OK\r\n";
  ScriptedServer server(signed_in_then({selected}), answer);
  Result<ImapSession> session = ImapSession::open(at(server.port()));
  EXPECT_TRUE(session && session->select("INBOX"));
  const Result<std::vector<MailSize>> list = session->list_from(1, 100);
  EXPECT_TRUE(list) << list.error().message;
  if (list) listed.mails = *list;
  return listed;
}

TEST(Imap, ALargeMailboxIsListedInSmallAnswersHoweverWideItsGaps) {
  const Listed listed = listed_in(300'001, 450'000, 450'001);
  ASSERT_EQ(listed.mails.size(), 100U);
  EXPECT_EQ(listed.mails.front().uid, 300'001U);
  EXPECT_LE(listed.answered_max, 50'000U);
  EXPECT_LE(listed.commands, 20);
}

TEST(Imap, AMailFollowedByAWideGapIsListedInFewRounds) {
  const Listed listed = listed_in(5, 5, 2'000'000);
  ASSERT_EQ(listed.mails.size(), 1U);
  EXPECT_EQ(listed.mails.front().uid, 5U);
  EXPECT_LE(listed.commands, 20);
}

// What comes of fetching mail 1, which has 5 bytes, when the server answers so.
std::string fetched_with(const std::string& size_answer, const std::string& body_answer = "") {
  ScriptedServer server(signed_in_then({scripted_select, size_answer, body_answer}));
  Result<ImapSession> session = ImapSession::open(at(server.port()));
  if (!session || !session->select("INBOX")) return "not opened";
  const Result<std::string> mail = session->fetch(1, mail_bytes_max);
  return mail ? *mail : mail.error().code;
}

TEST(Imap, OnlyAnOkWithoutTheMailSaysThatItIsGone) {  // RFC 5530, 3
  const std::string size = "* 1 FETCH (UID 1 RFC822.SIZE 5)\r\nt5 OK\r\n";
  EXPECT_EQ(fetched_with(size, "* 1 FETCH (UID 1 BODY[] {5}\r\nhello)\r\nt6 OK\r\n"), "hello");
  EXPECT_EQ(fetched_with("t5 OK nothing\r\n"), "not_found");
  EXPECT_EQ(fetched_with(size, "t6 OK nothing\r\n"), "not_found");
  for (const char* passing : {"[UNAVAILABLE] later", "[INUSE] locked", "[SERVERBUG] disk"}) {
    EXPECT_EQ(fetched_with(std::string("t5 NO ") + passing + "\r\n"), "mail_server_unreachable");
    EXPECT_EQ(fetched_with(size, std::string("t6 NO ") + passing + "\r\n"),
              "mail_server_unreachable");
  }
  EXPECT_EQ(fetched_with("t5 NO [EXPUNGEISSUED] some are gone\r\n"), "mail_server_refused");
  EXPECT_EQ(fetched_with(size, "t6 BAD what?\r\n"), "mail_server_refused");
}

}  // namespace
}  // namespace tandem::mail
