#include <gmock/gmock.h>

#include <chrono>
#include <future>
#include <semaphore>

#include "desk/mail/mailbox_poller.h"
#include "desk/mail/mailbox_round.h"
#include "desk/mail/mailboxes.h"
#include "tests/support/mail_servers.h"
#include "tests/support/office.h"
#include "tests/support/watched_files.h"
#include "tests/unit/mail/scripted_server.h"

namespace tandem::test {
namespace {

desk::Mailbox change(Office& office, desk::Mailbox mailbox) {
  const auto changed = office.database->write([&](db::Transaction& tx) {
    return desk::change_mailbox(tx, *office.desk, office.program(), mailbox);
  });
  EXPECT_TRUE(changed) << changed.error().message;
  return *changed;
}

desk::Mailbox reading_from(Office& office, int port, const std::string& user) {
  desk::Mailbox mailbox = office.mailbox;
  mailbox.imap = {
      .host = "127.0.0.1", .port = port, .security = "none", .user = user, .password = "secret"};
  return change(office, mailbox);
}

size_t tickets(Office& office) { return office.sees(office.program(), "tickets").size(); }

TEST(Mailboxes, OnlyThoseWithTheDutySetThemUpAndPasswordsAreNeverRead) {  // S035
  Office office;
  const access::Actor ana = office.agent("ana", {"Support"});
  const auto refused =
      office.database->read([&](db::Transaction& tx) { return desk::list_mailboxes(tx, ana); });
  EXPECT_EQ(refused.error().kind, RefusalKind::forbidden);
  const desk::Mailbox saved = reading_from(office, 143, "ana");
  EXPECT_TRUE(saved.imap.has_password);
  EXPECT_FALSE(saved.imap.password);
  const bool is_in_the_clear = office.database->read([&](db::Transaction& tx) {
    const auto row =
        tx.row("SELECT imap_password FROM mailboxes WHERE org_id = $1", {office.org.value});
    return row->bytes(0).find("secret") != std::string::npos;
  });
  EXPECT_FALSE(is_in_the_clear);
}

TEST(Mailboxes, WhatIsWrongIsNamedByField) {  // S035
  Office office;
  const auto field_of = [&](auto spoil) {
    desk::Mailbox mailbox = office.mailbox;
    mailbox.id = {};
    mailbox.address = "new@firma.example";
    mailbox.imap.host = "mail.firma.example";
    mailbox.imap.port = 993;
    spoil(mailbox);
    const auto added = office.database->write([&](db::Transaction& tx) {
      return desk::add_mailbox(tx, *office.desk, office.program(), mailbox);
    });
    return added ? "" : added.error().field;
  };
  EXPECT_EQ(field_of([](desk::Mailbox& box) { box.address = "nobody"; }), "address");
  EXPECT_EQ(field_of([](desk::Mailbox& box) { box.address = "Support@firma.example"; }), "address");
  EXPECT_EQ(field_of([](desk::Mailbox& box) { box.department = {7}; }), "department");
  EXPECT_EQ(field_of([](desk::Mailbox& box) { box.imap.port = 70'000; }), "imap.port");
  EXPECT_EQ(field_of([](desk::Mailbox& box) { box.imap.security = "ssl"; }), "imap.security");
  EXPECT_EQ(field_of([](desk::Mailbox& box) { box.poll_seconds = 0; }), "poll_seconds");
  EXPECT_EQ(field_of([](desk::Mailbox&) {}), "");
}

TEST(Mailboxes, NewMailIsTakenInOnceAndThePlaceIsKept) {  // S002
  Office office;
  tandem::testing::TestImapServer server(std::vector<tandem::testing::MailUser>{{"ana", "secret"}});
  const desk::Mailbox mailbox = reading_from(office, server.port(), "ana");
  server.deliver("ana", raw_mail({.subject = "One"}));
  server.deliver("ana", raw_mail({.subject = "Two"}));
  EXPECT_EQ(*desk::poll_once(*office.desk, office.org, mailbox.id), 2);
  EXPECT_EQ(*desk::poll_once(*office.desk, office.org, mailbox.id), 0);
  server.deliver("ana", raw_mail({.subject = "Three"}));
  EXPECT_EQ(*desk::poll_once(*office.desk, office.org, mailbox.id), 1);
  EXPECT_EQ(tickets(office), 3U);
  const auto read = office.database->read(
      [&](db::Transaction& tx) { return desk::read_mailbox(tx, office.program(), mailbox.id); });
  EXPECT_EQ(read->state, "ok");
}

TEST(Mailboxes, ARoundEndsAfterTheMailInHandAndTheNextOneGoesOnThere) {  // S002
  Office office;
  tandem::testing::TestImapServer server(std::vector<tandem::testing::MailUser>{{"ana", "secret"}});
  desk::Mailbox mailbox = reading_from(office, server.port(), "ana");
  for (const char* subject : {"One", "Two", "Three"}) {
    server.deliver("ana", raw_mail({.subject = subject}));
  }
  const auto opened = office.database->read(
      [&](db::Transaction& tx) { return desk::imap_server_of(tx, *office.desk, mailbox); });
  auto session = mail::ImapSession::open(*opened);
  ASSERT_TRUE(session);
  EXPECT_EQ(*desk::read_new_mails(*office.desk, mailbox, *session, [] { return false; }), 1);
  EXPECT_EQ(tickets(office), 1U);
  EXPECT_EQ(*desk::poll_once(*office.desk, office.org, mailbox.id), 2);
  EXPECT_EQ(tickets(office), 3U);
}

TEST(Mailboxes, AWrongPasswordIsShownAndCheckedBeforehand) {  // S035
  Office office;
  tandem::testing::TestImapServer server(std::vector<tandem::testing::MailUser>{{"ana", "other"}});
  const desk::Mailbox mailbox = reading_from(office, server.port(), "ana");
  EXPECT_FALSE(desk::poll_once(*office.desk, office.org, mailbox.id));
  const auto checked = desk::check_mailbox(*office.desk, office.program(), mailbox.id);
  ASSERT_TRUE(checked);
  EXPECT_FALSE(checked->imap.is_ok);
  EXPECT_TRUE(checked->smtp.is_ok);
  const auto read = office.database->read(
      [&](db::Transaction& tx) { return desk::read_mailbox(tx, office.program(), mailbox.id); });
  EXPECT_EQ(read->state, "failing");
  EXPECT_FALSE(read->last_error.empty());
}

TEST(Mailboxes, AMailThatTheServerCannotGiveNowIsNotPassedOver) {  // S002
  Office office;
  mail::ScriptedServer server(
      mail::signed_in_then({mail::scripted_select, "* 1 FETCH (UID 1 RFC822.SIZE 5)\r\nt5 OK\r\n",
                            "t6 NO [UNAVAILABLE] The disk is away\r\n"}));
  const desk::Mailbox mailbox = reading_from(office, server.port(), "ana");
  EXPECT_EQ(code_of(desk::poll_once(*office.desk, office.org, mailbox.id)),
            "mail_server_unreachable");
  const auto after = office.database->read(
      [&](db::Transaction& tx) { return desk::read_mailbox(tx, office.program(), mailbox.id); });
  EXPECT_EQ(after->uid_validity, 7);
  EXPECT_EQ(after->last_uid, 0);
  EXPECT_EQ(after->state, "failing");
}

/// With a password for both of its servers.
desk::Mailbox with_two_passwords(Office& office) {
  desk::Mailbox mailbox = office.mailbox;
  mailbox.imap = {.host = "imap.firma.example", .port = 993, .user = "ana", .password = "secret"};
  mailbox.smtp = {.host = "smtp.firma.example", .port = 465, .user = "ana", .password = "secret"};
  return change(office, mailbox);
}

TEST(Mailboxes, AStoredPasswordGoesToNoOtherServerAndNoOtherUser) {  // S035
  Office office;
  const desk::Mailbox before = with_two_passwords(office);
  const auto fields_of = [&](auto alter) {
    desk::Mailbox changed = before;
    alter(changed);
    const auto saved = office.database->write([&](db::Transaction& tx) {
      return desk::change_mailbox(tx, *office.desk, office.program(), changed);
    });
    std::string fields;
    if (saved) return fields;
    for (const FieldFault& fault : saved.error().faults) fields += fault.field + " " + fault.code;
    return fields;
  };
  const std::string of_imap = "imap.password password_again";
  const std::string of_smtp = "smtp.password password_again";
  EXPECT_EQ(fields_of([](auto& box) { box.imap.host = "evil.example"; }), of_imap);
  EXPECT_EQ(fields_of([](auto& box) { box.imap.port = 143; }), of_imap);
  EXPECT_EQ(fields_of([](auto& box) { box.imap.security = "none"; }), of_imap);
  EXPECT_EQ(fields_of([](auto& box) { box.imap.user = "eve"; }), of_imap);
  EXPECT_EQ(fields_of([](auto& box) { box.smtp.host = "evil.example"; }), of_smtp);
  EXPECT_EQ(fields_of([](auto& box) { box.imap.port = box.smtp.port = 25; }), of_imap + of_smtp);
  EXPECT_EQ(fields_of([](auto& box) { box.imap.folder = "Support"; }), "");
  EXPECT_EQ(fields_of([](auto& box) {
              box.imap.host = "new.firma.example";
              box.imap.password = "typed again";
            }),
            "");
}

TEST(Mailboxes, APasswordGoesWithTheServerOrTheUserThatItWasFor) {  // S035
  Office office;
  desk::Mailbox mailbox = with_two_passwords(office);
  mailbox.smtp.user = "";
  mailbox.imap.host = "";
  const desk::Mailbox after = change(office, mailbox);
  EXPECT_FALSE(after.smtp.has_password);
  EXPECT_FALSE(after.imap.has_password);
}

TEST(Mailboxes, TwoAreCheckedAtOnceAndAThirdIsToldToComeAgain) {
  Office office;
  const desk::Mailbox mailbox = reading_from(office, 143, "ana");
  std::counting_semaphore<> begun(0);
  std::promise<void> answer;
  const std::shared_future<void> answered = answer.get_future().share();
  desk::Desk desk = desk_with(*office.desk, *office.files);
  desk.mail_guard = [&](const std::string&) {
    begun.release();
    answered.wait();
    return false;
  };
  const auto check = [&] {
    return code_of(desk::check_mailbox(desk, office.program(), mailbox.id));
  };
  std::vector<std::future<std::string>> checks;
  for (int one = 0; one < 2; ++one) {
    checks.push_back(std::async(std::launch::async, check));
    begun.acquire();
  }
  EXPECT_EQ(check(), "busy");
  answer.set_value();
  for (std::future<std::string>& one : checks) EXPECT_EQ(one.get(), "");
  EXPECT_EQ(check(), "");
}

TEST(Mailboxes, OneThatFailsDoesNotStopTheOthers) {  // S002
  Office office;
  tandem::testing::TestImapServer server(std::vector<tandem::testing::MailUser>{{"ana", "secret"}});
  reading_from(office, server.port(), "ana");
  desk::Mailbox broken = office.mailbox;
  broken.id = {};
  broken.address = "broken@firma.example";
  broken.imap = {.host = "127.0.0.1", .port = 1, .security = "none", .user = "x", .password = "x"};
  ASSERT_TRUE(office.database->write([&](db::Transaction& tx) {
    return desk::add_mailbox(tx, *office.desk, office.program(), broken);
  }));
  WatchedFiles files(*office.files);
  std::promise<void> arrived;
  files.before_put = [&] { arrived.set_value(); };
  const desk::Desk desk = desk_with(*office.desk, files);
  desk::MailboxPoller poller(desk);
  poller.start();
  server.deliver("ana", raw_mail({.subject = "While the other fails"}));
  ASSERT_EQ(arrived.get_future().wait_for(std::chrono::seconds(20)), std::future_status::ready);
  poller.stop();  // Ends after the mail in hand.
  EXPECT_EQ(tickets(office), 1U);
}

}  // namespace
}  // namespace tandem::test
