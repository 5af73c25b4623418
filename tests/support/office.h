#pragma once

#include <memory>
#include <string>
#include <vector>

#include "access/actor.h"
#include "access/applications.h"
#include "base/instant.h"
#include "desk/conversation/comments.h"
#include "desk/conversation/replies.h"
#include "desk/desk.h"
#include "desk/mail/mail_intake.h"
#include "desk/mail/mailboxes.h"
#include "jobs/queue.h"
#include "mail/message.h"
#include "operations/operations.h"

namespace tandem::test {

/// A mail as a customer's program would send it.
struct MailText {
  std::string from = "Maria Silva <maria@kunde.example>";
  std::string to = "support@firma.example";
  std::string subject = "Router is broken";
  std::string text = "It does not blink any more.";
  std::string message_id = "";            // "" makes a new one
  std::vector<std::string> headers = {};  // "Auto-Submitted: auto-replied"
  std::string content = "text/plain; charset=utf-8";
};
std::string raw_mail(const MailText& mail);

/// A small company with an empty help desk: two departments, Support (with the mailbox
/// support@firma.example) and Billing. The clock stands still on Monday 2026-03-02, 09:00 UTC. On
/// SQLite in memory, or on PostgreSQL when TANDEM_TEST_DATABASE is "postgres".
class Office {
 public:
  Office();
  ~Office();

  StoppedClock clock{Instant{1'772'442'000'000}};
  access::Applications applications;
  records::Catalogue& catalogue = applications.add("desk");
  std::unique_ptr<db::Database> database;
  std::unique_ptr<files::FileStore> files;
  std::unique_ptr<desk::Desk> desk;
  std::unique_ptr<jobs::Worker> worker;
  OrgId org;
  desk::Mailbox mailbox;

  /// The program itself, for arranging things.
  access::Actor program() const;
  access::Actor administrator(const std::string& name = "Ada");
  access::Actor agent(const std::string& name, const std::vector<std::string>& departments);
  access::Actor light_agent(const std::string& name, const std::vector<std::string>& departments);
  access::Actor contact_actor(RecordId contact);

  RecordId department(const std::string& name);
  RecordId contact(const std::string& last_name, const std::string& email);
  /// In Support unless `more` names another department.
  RecordId ticket(const std::string& subject, const records::Changes& more = {});

  Result<records::Record> create(const access::Actor& actor, const std::string& module,
                                 const records::Changes& values);
  Result<records::Record> change(const access::Actor& actor, const std::string& module, RecordId id,
                                 const records::Changes& values);
  Result<records::Record> open(const access::Actor& actor, const std::string& module, RecordId id);
  records::Record read(const std::string& module, RecordId id);
  /// What is listed to the actor, in the order of creation.
  std::vector<int64_t> sees(const access::Actor& actor, const std::string& module,
                            records::Filter filter = records::everything());
  std::vector<std::string> may(const access::Actor& actor, RecordId ticket);

  Result<records::Record> reply(const access::Actor& actor, RecordId ticket,
                                const desk::ReplyRequest& request);
  Result<records::Record> comment(const access::Actor& actor, RecordId ticket,
                                  const std::string& html,
                                  desk::Audience audience = desk::Audience::colleagues);

  desk::IntakeReport mail_in(const MailText& mail);
  desk::IntakeReport raw_in(const std::string& raw);
  /// Runs the waiting jobs, then reads what lies in the outbox, oldest first.
  std::vector<mail::ParsedMail> outbox();
  std::vector<std::string> raw_outbox();

 private:
  access::Actor colleague(const std::string& name, RecordId role,
                          const std::vector<std::string>& departments);
  std::string folder_;
  RecordId administrator_role_;
  RecordId agent_role_;
  RecordId light_agent_role_;
};

/// The refusal's code, or "" for an answer.
template <class T>
std::string code_of(const Result<T>& result) {
  return result ? "" : result.error().code;
}

}  // namespace tandem::test
