#pragma once

#include <memory>
#include <string>
#include <vector>

#include "access/agents.h"
#include "access/organisations.h"
#include "http/event_stream.h"
#include "live/hub.h"
#include "operations/operations.h"
#include "tests/support/both_databases.h"

namespace tandem::live {

/// A company whose agents see the tickets of the team that bears their name, and those that they
/// help with, and the hub that tells them. Nothing runs by itself: tell_news() is called by the
/// tests.
class LiveOffice : public test::OnBothDatabases {
 protected:
  LiveOffice();

  OrgId add_company(const std::string& name);
  access::Actor add_agent(OrgId org, const std::string& name);
  access::Actor program(OrgId org) const;
  RecordId add_ticket(OrgId org, const std::string& team);
  void rename_ticket(OrgId org, RecordId ticket, const std::string& subject);
  void move_ticket(OrgId org, RecordId ticket, const std::string& team);
  void share_ticket(OrgId org, RecordId ticket, std::vector<std::string> helpers);
  void set_status(OrgId org, const access::Actor& agent, access::AgentStatus status);
  void make_light(OrgId org, const access::Actor& agent);
  /// A browser of the agent's that listens.
  std::shared_ptr<http::EventStream> listen(const access::Actor& agent);
  std::shared_ptr<http::EventStream> listen(const access::Actor& agent, int64_t session);
  int64_t begin_session(const access::Actor& agent);

  StoppedClock clock{Instant{1'772'442'000'000}};
  records::Catalogue catalogue;
  std::unique_ptr<db::Database> database;
  std::unique_ptr<Hub> hub;
  OrgId harbour;
};

/// "5 created", "5 updated": what the stream was told of tickets since the last time.
std::vector<std::string> told(http::EventStream& stream);
std::string line(RecordId ticket, const char* verb);

}  // namespace tandem::live
