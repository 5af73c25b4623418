#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crm/demo/sales_demo.h"

namespace tandem::crm {

// Who and what takes part in the demo of the sales side, beside the firms it shares with others.

const std::vector<DemoFirm>& own_firms();

struct DemoLead {
  std::string first_name;
  std::string last_name;
  std::string company;
  std::string email;
  std::string country;
  std::string language;
  std::string status;    // by name
  std::string source;    // by name
  std::string industry;  // by name
};
const std::vector<DemoLead>& demo_leads();

struct DemoGoods {
  std::string name;
  std::string code;
  int64_t price = 0;  // in minor units
};
const std::vector<DemoGoods>& demo_goods();

/// What is said of deals in each language.
struct SalesWords {
  std::vector<std::string> deals;  // what a deal is about
  std::vector<std::string> notes;
  std::vector<std::string> next_steps;
  std::string call;
  std::string meeting;
  std::string task;
  std::string tag;
};
/// Of a language that has none: the English ones.
const SalesWords& sales_words(std::string_view language);

}  // namespace tandem::crm
