#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "desk/automation/automation_rules.h"
#include "tests/rules/ticket_checks.h"
#include "tests/support/office.h"

namespace tandem::test {

/// {"do":"set_field",…}
inline std::string set(const std::string& field, const std::string& value) {
  return R"({"do":"set_field","field":")" + field + R"(","value":")" + value + R"("})";
}

/// A company that keeps rules: what tests of both kinds of rules ask and do.
class AutomationOffice : public testing::Test {
 protected:
  Result<desk::AutomationRule> add(const desk::AutomationRule& wanted) {
    return office_.database->write(
        [&](db::Transaction& tx) { return desk::add_automation_rule(tx, ada_, wanted); });
  }
  /// Added, or a failed test.
  desk::AutomationRule added(const desk::AutomationRule& wanted) {
    const Result<desk::AutomationRule> rule = add(wanted);
    EXPECT_TRUE(rule) << rule.error().field << ": " << rule.error().message;
    return rule ? *rule : desk::AutomationRule{};
  }
  /// "<field>: <code>", "" when it is taken.
  std::string refusal_of(const desk::AutomationRule& wanted) {
    const Result<desk::AutomationRule> rule = add(wanted);
    return rule ? "" : rule.error().field + ": " + rule.error().code;
  }
  std::string get(RecordId ticket, const char* field) {
    return office_.read("tickets", ticket).get(field).text();
  }
  /// "<author> by <path>: <event>" newest first.
  std::vector<std::string> history(RecordId ticket) {
    std::vector<std::string> lines;
    for (const records::LogEntry& entry : history_of(office_, ticket)) {
      lines.push_back(entry.author.name + " by " + entry.author.path + ": " + entry.event);
    }
    return lines;
  }
  void write(const access::Actor& actor, RecordId ticket, const records::Changes& changes) {
    const auto written = office_.change(actor, "tickets", ticket, changes);
    ASSERT_TRUE(written) << written.error().message;
    EXPECT_EQ(written->revision, office_.read("tickets", ticket).revision)
        << "what is answered is what the rules left";
  }

  Office office_;
  access::Actor ada_ = office_.administrator();
  access::Actor ana_ = office_.agent("ana", {"Support"});
};

}  // namespace tandem::test
