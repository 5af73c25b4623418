#pragma once

#include <string>
#include <vector>

namespace tandem::desk {

// Who takes part in the demo.

struct DemoColleague {
  std::string name;
  std::string email;
  std::string role;                      // administrator, agent or light_agent
  std::vector<std::string> departments;  // by name
  std::string locale;
};
const std::vector<DemoColleague>& demo_colleagues();

struct DemoCustomer {
  std::string first_name;
  std::string last_name;
  std::string language;
  size_t company = 0;  // in demo_companies()
};
const std::vector<DemoCustomer>& demo_customers();

struct DemoCompany {
  std::string name;
  std::string domain;
  std::string city;
  std::string country;
};
const std::vector<DemoCompany>& demo_companies();
/// The address of the customer at this place of demo_customers().
std::string demo_address(size_t customer);

/// What the company makes. Written in the language of the customers it is sold to.
struct DemoProduct {
  std::string name;
  std::string code;
  std::string category;
  std::string price;
  std::string description;
  std::string language;                  // of the words around its name
  std::vector<std::string> departments;  // by name
};
const std::vector<DemoProduct>& demo_products();
/// How many of them are what customers ask about; the rest goes with these.
constexpr int demo_devices = 4;

}  // namespace tandem::desk
