// Shows what each question asks of the database: its statements, how SQLite runs them, and what
// they cost alone. Prints Markdown, for docs/PERFORMANCE.md and for whoever adds a list.
//   bench_plans [TICKETS] [PART-OF-A-NAME]

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>

#include "bench/support/figures.h"
#include "bench/support/load.h"
#include "bench/support/questions.h"
#include "bench/support/served.h"
#include "bench/support/statements.h"

namespace {

using namespace tandem;
using namespace tandem::bench;

constexpr int times_run = 15;
constexpr double slow_us = 2'000;

double cost_us(db::Transaction& tx, const Statement& statement) {
  std::vector<double> costs;
  for (int run = 0; run < times_run; ++run) {
    const auto start = std::chrono::steady_clock::now();
    replay(tx, {statement});
    const auto took = std::chrono::steady_clock::now() - start;
    costs.push_back(double(std::chrono::duration_cast<std::chrono::nanoseconds>(took).count()) /
                    1'000);
  }
  return median(costs);
}

std::string plan_of(db::Transaction& tx, const Statement& statement) {
  std::string plan;
  tx.for_each("EXPLAIN QUERY PLAN " + statement.sql, statement.args, [&](const db::RowView& row) {
    plan += fmt::format("      {}\n", row.text(3));
    return true;
  });
  return plan;
}

void show(server::Program& program, const std::string& name,
          const std::vector<Statements>& transactions) {
  program.database().read([&](db::Transaction& tx) {
    double total_us = 0;
    std::string lines;
    for (const Statements& statements : transactions) {
      for (const Statement& statement : statements) {
        const double us = cost_us(tx, statement);
        total_us += us;
        const size_t from = std::min(statement.sql.find(" FROM "), statement.sql.size());
        lines += fmt::format("  - {:.0f} µs `{}`\n{}", us, statement.sql.substr(from),
                             plan_of(tx, statement));
      }
    }
    std::cout << fmt::format("- **{}**: {:.0f} µs{}\n{}", name, total_us,
                             total_us > slow_us ? " (slow)" : "", lines);
  });
}

}  // namespace

int main(int argc, char** argv) {
  const int64_t tickets = argc > 1 ? std::atoll(argv[1]) : quick_tickets;
  const std::string part = argc > 2 ? argv[2] : "";
  fill(folder_of(tickets), tickets);
  const SystemClock clock;
  const auto program = open_program(folder_of(tickets), clock);
  ListeningDatabase listening(program->database(), Keep::reads);
  const Served served(*program, listening);
  std::vector<Question> questions =
      all_questions(some_visible_tickets(*program, served.caller(), tickets));
  for (Question& question : view_questions(make_measured_views(*program, served.caller())))
    questions.push_back(std::move(question));
  for (const Question& question : questions) {
    if (question.name.find(part) == std::string::npos) continue;
    const auto ask = [&](Draw& draw) { return question.ask(served.caller(), draw); };
    const LoadOptions once{
        .port = served.port(), .connections = 1, .duration_ms = 60'000, .requests_max = 1};
    run_load(once, ask);  // the first one also reads shapes and the session
    listening.take();
    const LoadFigures figures = run_load(once, ask);
    if (figures.failures > 0) std::cout << question.name << ": refused\n";
    show(*program, question.name, listening.take());
  }
  return 0;
}
