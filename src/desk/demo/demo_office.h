#pragma once

#include <map>
#include <string>
#include <vector>

#include "access/actor.h"
#include "desk/demo/demo.h"
#include "desk/demo/stories.h"
#include "desk/mail/mailboxes.h"

namespace tandem::desk {

struct DemoContact {
  RecordId id;
  std::string name;
  std::string address;
  std::string language;
};

struct DemoThing {
  RecordId id;
  std::string name;
};

/// The company before its first ticket.
struct DemoOffice {
  OrgId org;
  access::Actor program;
  std::vector<access::Actor> colleagues;  // as demo_colleagues()
  std::map<Team, RecordId> departments;
  std::map<Team, Mailbox> mailboxes;
  std::vector<DemoContact> contacts;  // as demo_customers()
  std::vector<DemoThing> products;    // as demo_products()
};

Result<DemoOffice> make_demo_office(const Desk& desk, const DemoPlan& plan);

}  // namespace tandem::desk
