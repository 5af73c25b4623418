#include "bench/support/questions.h"

#include <fmt/format.h>

#include "access/actor_of.h"
#include "base/json.h"
#include "desk/views/ticket_views.h"
#include "desk/views/views.h"
#include "views/custom_view_query.h"

namespace tandem::bench {

namespace {

constexpr size_t tickets_sampled = 2'000;
// A page of hits is full at 10,000 tickets as well as at 1,000,000 for the common words; the rare
// ones stand in some ten and in some thousand of them.
constexpr int64_t most_common_word = 10;
constexpr int64_t common_word = 100;
constexpr int64_t rare_word = 5'000;

Question search(const std::string& name, int64_t low, int64_t high) {
  return {name, [low, high](const Caller& caller, Draw& draw) {
            return caller.get("/search?module=tickets&q=" + word_at(draw.between(low, high)));
          }};
}

Question fixed(const std::string& name, const std::string& path) {
  return {name, [path](const Caller& caller, Draw&) { return caller.get(path); }};
}

std::string encoded(const std::string& json) {
  std::string out;
  for (const char c : json) {
    out += c == '"' ? "%22" : c == '{' ? "%7B" : c == '}' ? "%7D" : std::string(1, c);
  }
  return out;
}

/// Five conditions: one that indexes know, four that they do not.
struct MeasuredView {
  std::string name;
  std::string filter;
};

std::vector<MeasuredView> views_to_measure() {
  const std::string usual =
      R"({"field":"status","is_one_of":["open","on_hold"]},{"field":"priority","is_none_of":["low"]},)"
      R"({"field":"channel","is":"email"},{"field":"subject","is_not_empty":true},)";
  return {{"common", R"({"all_of":[)" + usual + R"({"field":"thread_count","at_least":1}]})"},
          {"rare", R"({"all_of":[)" + usual + R"({"field":"subject","contains":")" +
                       word_at(rare_word) + R"("}]})"},
          {"of nothing", R"({"all_of":[)" + usual + R"({"field":"category","is":"none such"}]})"},
          {"without index",
           R"({"any_of":[{"field":"channel","is":"email"},{"field":"phone","is":"+49"},)"
           R"({"field":"category","is":"a"},{"field":"category","is":"b"},)"
           R"({"field":"resolution","contains":"x"}]})"}};
}

}  // namespace

std::vector<std::pair<std::string, RecordId>> make_measured_views(server::Program& program,
                                                                  const Caller& caller) {
  std::vector<std::pair<std::string, RecordId>> made;
  must(program.database().write([&](db::Transaction& tx) -> Result<void> {
    const access::Actor actor = TRY(access::actor_of(tx, program.catalogue(), caller.agent().person,
                                                     caller.portal().org, access::Path::ui));
    for (const views::CustomView& old : views::list_custom_views(tx, actor, desk::viewed_tickets()))
      TRY(views::delete_custom_view(tx, actor, desk::viewed_tickets(), old.id));
    for (const MeasuredView& wanted : views_to_measure()) {
      const views::CustomView view = TRY(views::create_custom_view(
          tx, actor, desk::viewed_tickets(), {.name = wanted.name, .filter_json = wanted.filter}));
      made.emplace_back(wanted.name, view.id);
    }
    return {};
  }));
  return made;
}

std::vector<Question> view_questions(const std::vector<std::pair<std::string, RecordId>>& views) {
  std::vector<Question> questions;
  for (const auto& [name, id] : views) {
    const std::string path = "/tickets?view=" + to_string(id);
    questions.push_back(fixed("list of five conditions, " + name, path));
    questions.push_back(fixed("list and count of five conditions, " + name, path + "&count=1"));
    questions.push_back(
        fixed("count of five conditions, " + name, "/views/counts?ids=" + to_string(id)));
    questions.push_back(
        fixed("list of five conditions by due date, " + name, path + "&sort=due_at"));
  }
  return questions;
}

std::vector<int64_t> some_visible_tickets(server::Program& program, const Caller& caller,
                                          int64_t tickets) {
  Draw draw(11);
  std::vector<int64_t> ids;
  const std::vector<int64_t>& departments = caller.agent().department_ids;
  program.database().read([&](db::Transaction& tx) {
    while (ids.size() < tickets_sampled) {
      const auto row = tx.row(
          "SELECT id FROM tickets WHERE org_id = $1 AND number = $2 AND deleted_at IS NULL "
          "AND department IN ($3, $4)",
          {caller.portal().org.value, draw.between(1, tickets), departments.at(0),
           departments.at(1)});
      if (row) ids.push_back(row->integer(0));
    }
  });
  return ids;
}

std::vector<Question> measured_questions(std::vector<int64_t> ticket_ids) {
  const auto any = [ids = std::move(ticket_ids)](Draw& draw) {
    return ids[size_t(draw.between(0, int64_t(ids.size()) - 1))];
  };
  return {
      {"ticket", [any](const Caller& caller,
                       Draw& draw) { return caller.get(fmt::format("/tickets/{}", any(draw))); }},
      fixed("list", "/tickets?limit=50"),
      search("search", most_common_word, common_word),
      search("search for rarer words", common_word, rare_word),
      {"timeline", [any](const Caller& caller, Draw& draw) {
         return caller.get(fmt::format("/tickets/{}/timeline", any(draw)));
       }}};
}

std::vector<Question> all_questions(std::vector<int64_t> ticket_ids) {
  const auto any = [ids = ticket_ids](Draw& draw) {
    return ids[size_t(draw.between(0, int64_t(ids.size()) - 1))];
  };
  std::vector<Question> questions = measured_questions(std::move(ticket_ids));
  for (const std::string& view : desk::view_names()) {
    questions.push_back(fixed("list " + view, "/tickets?view=" + view));
    questions.push_back(
        fixed("list " + view + " by due date", "/tickets?sort=due_at&view=" + view));
  }
  for (const char* sort : {"number", "-created_at", "title"}) {
    questions.push_back(
        fixed(fmt::format("list by {}", sort), fmt::format("/tickets?sort={}", sort)));
  }
  questions.push_back(fixed("list with count", "/tickets?count=1"));
  questions.push_back(fixed("counts of all views", "/views"));
  questions.push_back({"list of one department", [](const Caller& caller, Draw&) {
                         return caller.get(fmt::format("/tickets?department={}",
                                                       caller.agent().department_ids.at(0)));
                       }});
  questions.push_back(fixed(
      "list with a word in the subject",
      "/tickets?filter=" +
          encoded(fmt::format(R"({{"field":"subject","contains":"{}"}})", word_at(common_word)))));
  questions.push_back(fixed("search everywhere", "/search?q=" + word_at(common_word)));
  questions.push_back(fixed("search two words", "/search?module=tickets&q=" + word_at(common_word) +
                                                    "+" + word_at(rare_word)));
  questions.push_back(fixed("search one letter", "/search?module=tickets&q=b"));
  questions.push_back(fixed("list contacts", "/contacts?count=1"));
  questions.push_back(fixed("list contacts by last name", "/contacts?sort=last_name"));
  questions.push_back(fixed("list accounts", "/accounts?count=1"));
  questions.push_back({"history", [any](const Caller& caller, Draw& draw) {
                         return caller.get(fmt::format("/tickets/{}/history", any(draw)));
                       }});
  questions.push_back(fixed("recycle bin", "/recycle_bin?module=tickets"));
  for (const int days : {1, 30, 366}) {
    const std::string period = fmt::format("days={}", days);
    questions.push_back(fixed(fmt::format("dashboard of {} days", days), "/dashboard?" + period));
    for (const char* figure : {"created", "closed", "backlog", "overdue", "resolved&band=4"}) {
      questions.push_back(fixed(fmt::format("tickets behind {} of {} days", figure, days),
                                fmt::format("/dashboard/tickets?{}&figure={}", period, figure)));
    }
  }
  questions.push_back(fixed("agents now", "/dashboard/agents"));
  return questions;
}

}  // namespace tandem::bench
