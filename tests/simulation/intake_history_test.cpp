// Every mail becomes what it means exactly once, wherever the process died on the way. One suite
// dies at each step in turn; the other lets a seed choose mails, their order and the steps.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "tests/simulation/node.h"
#include "tests/simulation/shaky_desk.h"
#include "tests/support/both_databases.h"

namespace tandem::simulation {

namespace {

constexpr int mails_in_history = 300;
constexpr int senders = 60;
constexpr int answered_tickets = 8;
constexpr int steps_max = 60;     // far above the steps of any mail
constexpr int random_steps = 24;  // about the steps of a mail with an attachment

std::string attached(const std::string& text) {
  return fmt::format(
      "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{0}\r\n"
      "--b\r\nContent-Type: text/csv; name=\"list.csv\"\r\n"
      "Content-Disposition: attachment; filename=\"list.csv\"\r\n\r\na;b;{0}\r\n--b--",
      text);
}

test::MailText with_attachment(test::MailText mail) {
  mail.text = attached(mail.subject);
  mail.content = "multipart/mixed; boundary=b";
  return mail;
}

std::string bounce_of(const std::string& message_id, int number) {
  return fmt::format(
      "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example\r\nTo: support@firma.example\r\n"
      "Subject: Undelivered\r\nMessage-ID: <bounce{}@mx.example>\r\nMIME-Version: 1.0\r\n"
      "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
      "--b\r\nContent-Type: text/plain\r\n\r\nIt came back.\r\n"
      "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
      "Final-Recipient: rfc822; maria@kunde.example\r\nAction: failed\r\nStatus: 5.1.1\r\n"
      "Diagnostic-Code: smtp; 550 no such user\r\n"
      "--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{}>\r\nSubject: Re\r\n\r\n"
      "--b--\r\n",
      number, message_id);
}

/// What was delivered, and what must have come of it.
struct Delivered {
  std::vector<std::string> messages;  // Message-IDs, each of one thread
  std::vector<std::string> bounces;   // Message-IDs, each of one note on a ticket
};

int64_t count(test::Office& office, const std::string& sql, const db::Args& args = {}) {
  return office.database->read([&](db::Transaction& tx) { return tx.integer(sql, args); });
}

void expect_each_once(test::Office& office, const Delivered& delivered) {
  for (const std::string& id : delivered.messages) {
    EXPECT_EQ(count(office, "SELECT COUNT(*) FROM threads WHERE message_id = $1", {id}), 1) << id;
  }
  const int64_t all = int64_t(delivered.messages.size() + delivered.bounces.size());
  EXPECT_EQ(count(office, "SELECT COUNT(*) FROM raw_mails"), all);
  EXPECT_EQ(count(office, "SELECT COUNT(*) FROM raw_mails WHERE state = 'taken'"), all);
  EXPECT_EQ(count(office, "SELECT COUNT(*) FROM raw_mails WHERE outcome = 'bounce'"),
            int64_t(delivered.bounces.size()));
  EXPECT_EQ(count(office, "SELECT COUNT(*) FROM change_log WHERE event = 'mail_bounced'"),
            int64_t(delivered.bounces.size()));
  EXPECT_EQ(count(office, "SELECT COUNT(*) FROM tickets"),
            count(office, "SELECT COUNT(*) FROM raw_mails WHERE outcome = 'ticket'"));
  EXPECT_EQ(count(office,
                  "SELECT COUNT(*) FROM tickets t WHERE t.thread_count <> "
                  "(SELECT COUNT(*) FROM threads h WHERE h.ticket = t.id)"),
            0);
  EXPECT_EQ(count(office,
                  "SELECT COUNT(*) FROM (SELECT email FROM contacts GROUP BY email "
                  "HAVING COUNT(*) > 1) AS doubled"),
            0);
}

/// Tickets that were answered, so that bounces have something to come back from.
std::vector<std::string> answered(test::Office& office, Delivered& delivered) {
  const access::Actor ana = office.agent("ana", {"Support"});
  for (int number = 0; number < answered_tickets; ++number) {
    const std::string id = fmt::format("answered{}@kunde.example", number);
    const RecordId ticket =
        office.mail_in({.from = fmt::format("person{}@kunde.example", number), .message_id = id})
            .ticket;
    delivered.messages.push_back(id);
    if (!office.reply(ana, ticket, {.html = "<p>Try again</p>"}))
      throw std::runtime_error("no reply to ticket " + to_string(ticket));
  }
  std::vector<std::string> ids;
  for (const mail::ParsedMail& mail : office.outbox()) ids.push_back(mail.message_id);
  return ids;
}

}  // namespace

class IntakeHistories : public test::OnBothDatabases {};

TEST_P(IntakeHistories, AMailSurvivesACrashAtEachStepOfItsIntake) {
  ShakyDesk desk(GetParam());
  Delivered delivered;
  const std::vector<std::string> ours = answered(*desk.office, delivered);
  bool has_happened = true;
  int step = 1;
  for (; has_happened && step < steps_max; ++step) {
    const std::string first = fmt::format("first{}@kunde.example", step);
    const std::string reply = fmt::format("reply{}@kunde.example", step);
    const std::string from = fmt::format("walker{}@kunde.example", step);
    desk.deliver(test::raw_mail(with_attachment(
                     {.from = from, .subject = fmt::format("Mail {}", step), .message_id = first})),
                 Mishap::crash, step);
    has_happened = desk.point.has_happened();
    desk.deliver(
        test::raw_mail(
            {.from = from, .message_id = reply, .headers = {"In-Reply-To: <" + first + ">"}}),
        Mishap::failure, step);
    delivered.messages.insert(delivered.messages.end(), {first, reply});
    desk.deliver(bounce_of(ours[size_t(step) % ours.size()], step), Mishap::crash, step);
    delivered.bounces.push_back(fmt::format("bounce{}@mx.example", step));
  }
  EXPECT_LT(step, steps_max) << "the intake never ended without a crash";
  EXPECT_GT(step, 8) << "the crashes did not reach the intake's steps";
  expect_each_once(*desk.office, delivered);
}

namespace {

struct PlannedMail {
  std::string raw;
  std::string message_id;
  bool is_bounce = false;
};

/// New mails, answers to them, returned mails, and some of these a second time, one way or another.
std::vector<PlannedMail> planned_mails(const std::vector<std::string>& ours,
                                       std::mt19937_64& random) {
  std::vector<PlannedMail> plan;
  struct First {
    std::string id;
    std::string from;
  };
  std::vector<First> firsts;
  for (int number = 0; number < mails_in_history; ++number) {
    const uint64_t dice = random() % 100;
    const std::string id = fmt::format("mail{}@kunde.example", number);
    const std::string from =
        fmt::format("Person <person{}@kunde.example>", random() % uint64_t(senders));
    if (dice < 50 || firsts.empty()) {
      const test::MailText mail{
          .from = from, .subject = fmt::format("Question {}", number), .message_id = id};
      plan.push_back({test::raw_mail(dice < 15 ? with_attachment(mail) : mail), id});
      firsts.push_back({id, from});
    } else if (dice < 75) {
      const First& first = firsts[random() % firsts.size()];
      plan.push_back({test::raw_mail({.from = first.from,
                                      .subject = "Re: Question",
                                      .message_id = id,
                                      .headers = {"In-Reply-To: <" + first.id + ">"}}),
                      id});
    } else if (dice < 85) {
      plan.push_back({bounce_of(ours[random() % ours.size()], number),
                      fmt::format("bounce{}@mx.example", number), true});
    } else {
      PlannedMail again = plan[random() % plan.size()];
      if (dice < 93) again.raw = "Received: by another.way.example\r\n" + again.raw;
      plan.push_back(std::move(again));
    }
  }
  std::shuffle(plan.begin(), plan.end(), random);
  return plan;
}

}  // namespace

TEST_P(IntakeHistories, AnyHistoryOfMailsAndCrashesTakesEachMailInOnce) {
  std::mt19937_64 random(test_seed());
  ShakyDesk desk(GetParam());
  Delivered delivered;
  const std::vector<std::string> ours = answered(*desk.office, delivered);
  int mishaps = 0;
  for (const PlannedMail& mail : planned_mails(ours, random)) {
    const Mishap mishap = random() % 2 == 0 ? Mishap::crash : Mishap::failure;
    desk.deliver(mail.raw, mishap, 1 + int(random() % uint64_t(random_steps)));
    mishaps += desk.point.has_happened() ? 1 : 0;
    if (random() % 10 == 0) desk.finish_later(1 + int(random() % uint64_t(random_steps)));
    auto& list = mail.is_bounce ? delivered.bounces : delivered.messages;
    if (std::find(list.begin(), list.end(), mail.message_id) == list.end())
      list.push_back(mail.message_id);
  }
  desk.finish_later(1);
  EXPECT_GT(mishaps, mails_in_history / 4);
  expect_each_once(*desk.office, delivered);
}

TEST_P(IntakeHistories, WhatACrashLeftBehindIsFinishedWithoutTheMailboxBringingItAgain) {
  ShakyDesk desk(GetParam());
  Delivered delivered;
  bool has_happened = true;
  for (int step = 1; has_happened && step < steps_max; ++step) {
    const std::string id = fmt::format("once{}@kunde.example", step);
    const bool is_stored = desk.deliver_once(
        test::raw_mail(with_attachment({.from = fmt::format("once{}@kunde.example", step),
                                        .subject = fmt::format("Mail {}", step),
                                        .message_id = id})),
        step);
    has_happened = desk.point.has_happened();
    if (is_stored) delivered.messages.push_back(id);
    desk.finish_later(step);
  }
  EXPECT_GE(delivered.messages.size(), 5U);
  expect_each_once(*desk.office, delivered);
}

TANDEM_ON_BOTH_DATABASES(IntakeHistories);

}  // namespace tandem::simulation
