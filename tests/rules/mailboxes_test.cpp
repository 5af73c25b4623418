#include <gmock/gmock.h>

#include <chrono>
#include <thread>

#include "desk/mailbox_poller.h"
#include "desk/mailbox_round.h"
#include "desk/mailboxes.h"
#include "tests/support/mail_servers.h"
#include "tests/support/office.h"

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
  desk::MailboxPoller poller(*office.desk);
  poller.start();
  server.deliver("ana", raw_mail({.subject = "While the other fails"}));
  for (int wait = 0; wait < 200 && tickets(office) == 0; ++wait) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  EXPECT_EQ(tickets(office), 1U);
  poller.stop();
}

}  // namespace
}  // namespace tandem::test
