#include <gtest/gtest.h>

#include <array>
#include <map>

#include "api/desk/routes.h"
#include "api/native/routes.h"
#include "tests/api/portal.h"

// Every route of every face that names a ticket × every access × a department that the ticket is
// shared with. Complete over the route tables: a new address fails here until it is given its line.

namespace tandem::test {
namespace {

using http::Method;

enum Least { read_only, restricted, full, own };
constexpr std::array<const char*, 3> accesses{"read_only", "restricted", "full"};

struct Expected {
  Least least;
  std::string body = "";
  const char* extra = "";  // what follows the path: "?kind=reply"
  bool is_in_bin = false;  // the parent has deleted the ticket before
};

/// A ticket of Shipping with a comment, a message and a file, shared with Support.
struct Shared {
  std::string ticket, comment, thread, attachment, time;
};

class SharedTickets : public testing::Test {
 protected:
  Portal portal_;
  Company& ours_ = portal_.ours();
  const Member& parent_ = ours_.members["administrator"];
  const Member& child_ = ours_.members["agent"];

  Answer native(const Member& member, Method method, const std::string& rest,
                const std::string& body = "") {
    return portal_.native(member, method, Portal::desk(ours_, rest), body);
  }

  Shared shared_ticket(const char* access) {
    Shared made;
    const Answer ticket = native(
        parent_, Method::post, "/tickets",
        R"({"subject":"Pallet","description":"<p>Lost</p>","channel":"email","contact":")" +
            to_string(ours_.contact) + R"(","department":")" + to_string(ours_.shipping) + "\"}");
    EXPECT_EQ(ticket.status, 201) << ticket.body;
    made.ticket = ticket.at("id");
    const std::string path = "/tickets/" + made.ticket;
    made.comment =
        native(parent_, Method::post, path + "/comments", R"({"html":"<p>Hm</p>"})").at("id");
    made.time =
        native(parent_, Method::post, path + "/time", R"({"seconds":60})").at("entries.0.id");
    made.thread = native(parent_, Method::get, path + "/timeline").at("items.0.id");
    const Answer shared = native(parent_, Method::post, path + "/shares",
                                 R"({"shares":[{"department":")" + to_string(ours_.support) +
                                     R"(","access":")" + access + R"("}]})");
    EXPECT_EQ(shared.status, 200) << shared.body;
    made.attachment = to_string(ours_.attachment);
    return made;
  }

  std::string as_the_parent_sees(const Shared& shared) {
    return native(parent_, Method::get, "/tickets/" + shared.ticket).body +
           native(parent_, Method::get, "/tickets/" + shared.ticket + "/timeline").body;
  }

  static std::string fill(std::string pattern, const Shared& shared) {
    const std::map<std::string, std::string> values{{"{module}", "tickets"},
                                                    {"{id}", shared.ticket},
                                                    {"{comment}", shared.comment},
                                                    {"{thread}", shared.thread},
                                                    {"{attachment}", shared.attachment},
                                                    {"{department}", "1"},
                                                    {"{agent}", "1"},
                                                    {"{entry}", shared.time},
                                                    {"{merge}", "1"}};
    for (const auto& [name, value] : values) {
      const size_t at = pattern.find(name);
      if (at != std::string::npos) pattern.replace(at, name.size(), value);
    }
    return pattern;
  }

  std::string filled(std::string body, const Shared& shared) const {
    for (const auto& [name, value] : std::map<std::string, std::string>{
             {"TICKET", shared.ticket},
             {"OTHER", to_string(ours_.shipping_ticket)},
             {"COLLEAGUE", to_string(ours_.members.at("light_agent").agent)},
             {"DEPARTMENT", to_string(ours_.support)}}) {
      const size_t at = body.find(name);
      if (at != std::string::npos) body.replace(at, name.size(), value);
    }
    return body;
  }

  /// A refusal for want of access is 403 (422 where the body was looked at first); whatever else is
  /// answered was let through.
  static void expect(const Answer& answer, bool is_allowed, const std::string& what) {
    if (is_allowed) {
      EXPECT_TRUE(answer.status != 403 && answer.status < 500) << what << answer.body;
      EXPECT_TRUE(answer.status != 404 || what.find('{') == std::string::npos ||
                  what.find("thread}") != std::string::npos ||
                  what.find("attachment}") != std::string::npos ||
                  what.find("merge}") != std::string::npos)
          << what << answer.body;
    } else {
      EXPECT_TRUE(answer.status == 403 || answer.status == 404 || answer.status == 422)
          << what << answer.body;
    }
  }
};

std::string line_of(Method method, std::string_view pattern) {
  return std::string(http::word(method)) + " " + std::string(pattern);
}

bool names_a_ticket(std::string_view pattern) {
  return pattern.find("/tickets/{id}") != std::string_view::npos ||
         pattern.find("/{module}/{id}") != std::string_view::npos;
}

const std::map<std::string, Expected>& native_lines() {
  static const std::map<std::string, Expected> lines{
      {"GET /tickets/{id}/timeline", {read_only}},
      {"POST /tickets/{id}/replies", {full, R"({"kind":"reply","html":"Hello"})"}},
      {"GET /tickets/{id}/reply_draft", {full, "", "?kind=reply"}},
      {"GET /tickets/{id}/draft", {read_only}},
      {"PUT /tickets/{id}/draft", {full, R"({"kind":"reply","html":"x"})"}},
      {"DELETE /tickets/{id}/draft", {read_only}},
      // Of a draft that is not there: refused, whoever asks.
      {"GET /tickets/{id}/draft/words", {own}},
      {"POST /tickets/{id}/comments", {read_only, R"({"html":"<p>x</p>"})"}},
      // Another's comment: refused for who wrote it.
      {"PATCH /tickets/{id}/comments/{comment}", {own, R"({"html":"<p>x</p>"})"}},
      {"DELETE /tickets/{id}/comments/{comment}", {own}},
      {"GET /tickets/{id}/mentionable", {read_only}},
      {"GET /tickets/{id}/attachments", {read_only}},
      {"POST /tickets/{id}/attachments", {full, R"({"attachment_ids":[]})"}},
      {"DELETE /tickets/{id}/attachments/{attachment}", {full}},
      {"GET /tickets/{id}/shares", {read_only}},
      {"POST /tickets/{id}/shares",
       {own, R"({"shares":[{"department":"DEPARTMENT","access":"full"}]})"}},
      {"DELETE /tickets/{id}/shares/{department}", {own}},
      {"GET /tickets/{id}/ratings", {read_only}},
      {"GET /tickets/{id}/followers", {read_only}},
      {"POST /tickets/{id}/followers", {full, R"({"agents":["COLLEAGUE"]})"}},
      {"DELETE /tickets/{id}/followers/{agent}", {full}},
      {"POST /tickets/{id}/follow", {read_only}},
      {"GET /tickets/{id}/time", {read_only}},
      {"POST /tickets/{id}/time", {full, R"({"seconds":60})"}},
      // Another's entry, and one that is not there.
      {"PATCH /tickets/{id}/time/{entry}", {own, R"({"seconds":60})"}},
      {"DELETE /tickets/{id}/time/{entry}", {own}},
      {"POST /tickets/{id}/timer/start", {full}},
      {"POST /tickets/{id}/timer/pause", {read_only}},
      {"POST /tickets/{id}/timer/stop", {read_only, "{}"}},
      {"DELETE /tickets/{id}/timer", {read_only}},
      {"DELETE /tickets/{id}/follow", {read_only}},
      {"POST /tickets/{id}/close", {own}},
      {"POST /tickets/{id}/reopen", {own}},
      {"POST /tickets/{id}/threads/{thread}/resend", {full}},
      {"GET /tickets/{id}/threads/{thread}/body", {read_only}},
      {"GET /tickets/{id}/threads/{thread}/raw", {read_only}},
      {"POST /tickets/{id}/calls", {full, R"({"note":"She called back."})"}},
      {"POST /tickets/{id}/presence", {read_only, R"({"state":"viewing"})"}},
      {"POST /tickets/{id}/merge", {own, R"({"tickets":[{"id":"OTHER"}]})"}},
      {"POST /tickets/{id}/merge/preview", {own, R"({"tickets":[{"id":"OTHER"}]})"}},
      {"GET /tickets/{id}/merges", {read_only}},
      // Of a merge that is not there: refused, whoever asks.
      {"POST /tickets/{id}/merges/{merge}/undo", {own}},
      {"POST /tickets/{id}/threads/{thread}/split", {own, "{}"}},
      {"DELETE /recycle_bin/{module}/{id}", {own, "", "", true}},
      {"GET /{module}/{id}", {read_only}},
      {"PATCH /{module}/{id}", {full, R"({"priority":"high"})"}},
      {"DELETE /{module}/{id}", {full}},
      {"POST /{module}/{id}/restore", {full, "", "", true}},
      {"GET /{module}/{id}/history", {read_only}},
  };
  return lines;
}

TEST_F(SharedTickets, EveryNativeAddressKeepsToTheAccess) {  // S055
  for (const api::native::Route& route : api::native::routes_of(api::native::desk_application())) {
    if (!names_a_ticket(route.pattern) || route.guard) continue;
    const std::string line = line_of(route.method, route.pattern);
    const auto expected = native_lines().find(line);
    ASSERT_NE(expected, native_lines().end()) << "say what " << line << " takes of a shared ticket";
    for (size_t access = 0; access < accesses.size(); ++access) {
      const Shared shared = shared_ticket(accesses[access]);
      if (expected->second.is_in_bin) {
        native(parent_, Method::del, "/tickets/" + shared.ticket);
      }
      const std::string before = as_the_parent_sees(shared);
      const bool is_allowed = expected->second.least <= Least(access);
      const Answer answer = native(
          child_, route.method, fill(std::string(route.pattern), shared) + expected->second.extra,
          filled(expected->second.body, shared));
      expect(answer, is_allowed,
             line + " at " + accesses[access] + " answers " + std::to_string(answer.status) + " ");
      EXPECT_TRUE(is_allowed || as_the_parent_sees(shared) == before) << line;
    }
  }
}

const std::map<std::string, Expected>& dialect_lines() {
  static const std::map<std::string, Expected> lines{
      {"GET /tickets/{id}", {read_only}},
      {"PATCH /tickets/{id}", {full, R"({"priority":"High"})"}},
      {"PUT /tickets/{id}", {full, R"({"priority":"High"})"}},
      {"POST /tickets/{id}/move", {own, R"({"departmentId":"DEPARTMENT"})"}},
      {"GET /tickets/{id}/history", {read_only}},
      {"GET /tickets/{id}/metrics", {read_only}},
      {"GET /tickets/{id}/threads", {read_only}},
      {"GET /tickets/{id}/threads/{thread}", {read_only}},
      {"GET /tickets/{id}/threads/{thread}/originalContent", {read_only}},
      {"GET /tickets/{id}/latestThread", {read_only}},
      {"GET /tickets/{id}/conversations", {read_only}},
      {"POST /tickets/{id}/sendReply",
       {full, R"({"channel":"EMAIL","to":"maria@kunde.example","content":"Hello"})"}},
      {"GET /tickets/{id}/comments", {read_only}},
      {"POST /tickets/{id}/comments", {read_only, R"({"content":"x","isPublic":false})"}},
      {"GET /tickets/{id}/comments/{comment}", {read_only}},
      {"PATCH /tickets/{id}/comments/{comment}", {own, R"({"content":"x"})"}},
      {"DELETE /tickets/{id}/comments/{comment}", {own}},
      {"GET /tickets/{id}/attachments", {read_only}},
      {"POST /tickets/{id}/attachments", {full}},
      {"PATCH /tickets/{id}/attachments/{attachment}", {full, R"({"isPublic":true})"}},
      {"DELETE /tickets/{id}/attachments/{attachment}", {full}},
      {"GET /tickets/{id}/attachments/{attachment}/content", {read_only}},
      {"POST /tickets/{id}/merge", {own, R"({"ids":["OTHER"]})"}},
      {"POST /tickets/{id}/threads/{thread}/split", {own}},
      {"GET /tickets/{id}/activities", {read_only}},
      {"GET /tickets/{id}/tasks", {read_only}},
      {"GET /tickets/{id}/events", {read_only}},
      {"GET /tickets/{id}/calls", {read_only}},
      {"GET /tickets/{id}/timeEntry", {read_only}},
      {"POST /tickets/{id}/timeEntry", {full, R"({"minutesSpent":5})"}},
      {"GET /tickets/{id}/timeEntrySummation", {read_only}},
      {"GET /tickets/{id}/timeEntryByBillingType",
       {read_only, "", "?billingType=FIXED_COST_FOR_AGENTS"}},
      {"GET /tickets/{id}/timeEntry/{entry}", {read_only}},
      {"PATCH /tickets/{id}/timeEntry/{entry}", {own, R"({"minutesSpent":5})"}},
      {"PUT /tickets/{id}/timeEntry/{entry}", {own, R"({"minutesSpent":5})"}},
      {"DELETE /tickets/{id}/timeEntry/{entry}", {own}},
      {"GET /tickets/{id}/followers", {read_only}},
      {"POST /tickets/{id}/addFollowers", {full, R"({"followerIds":["COLLEAGUE"]})"}},
      {"POST /tickets/{id}/removeFollowers", {full, R"({"followerIds":["COLLEAGUE"]})"}},
      {"POST /tickets/{id}/draftReply",
       {full, R"({"channel":"EMAIL","to":"maria@kunde.example","content":"Hello"})"}},
      // Of a draft that is not there.
      {"PATCH /tickets/{id}/draftReply/{thread}", {own, R"({"content":"Hello"})"}},
      {"DELETE /tickets/{id}/draftReply/{thread}", {own}},
      {"POST /tickets/{id}/markAsRead", {read_only}},
      {"POST /tickets/{id}/markAsUnRead", {read_only}},
      {"GET /tickets/{id}/resolution", {read_only}},
      {"PATCH /tickets/{id}/resolution", {full, R"({"content":"x"})"}},
      {"DELETE /tickets/{id}/resolution", {full}},
      {"GET /tickets/{id}/resolutionHistory", {read_only}},
      {"GET /tickets/{id}/tags", {read_only}},
      {"POST /tickets/{id}/associateTag", {full, R"({"tags":["late"]})"}},
      {"POST /tickets/{id}/dissociateTag", {full, R"({"tags":["late"]})"}},
  };
  return lines;
}

TEST_F(SharedTickets, EveryAddressOfTheDeskDialectKeepsToTheAccess) {  // S055
  for (const api::desk_dialect::Route& route : api::desk_dialect::routes()) {
    if (!names_a_ticket(route.pattern)) continue;
    const std::string pattern(route.pattern.substr(std::string_view("/api/v1").size()));
    const std::string line = line_of(route.method, pattern);
    const auto expected = dialect_lines().find(line);
    ASSERT_NE(expected, dialect_lines().end())
        << "say what " << line << " takes of a shared ticket";
    for (size_t access = 0; access < accesses.size(); ++access) {
      const Shared shared = shared_ticket(accesses[access]);
      const std::string before = as_the_parent_sees(shared);
      const Answer answer =
          portal_.dialect(child_, route.method, fill(pattern, shared) + expected->second.extra,
                          filled(expected->second.body, shared));
      const bool is_allowed = expected->second.least <= Least(access);
      expect(answer, is_allowed,
             line + " at " + accesses[access] + " answers " + std::to_string(answer.status) + " ");
      EXPECT_TRUE(is_allowed || as_the_parent_sees(shared) == before) << line;
    }
  }
}

}  // namespace
}  // namespace tandem::test
