// Reading with 32 connections: one ticket, a list of 50, search, views and the timeline; beside the
// same server answering a constant and beside the same SQL alone; at 10,000 and at 1,000,000
// tickets.
//   bench_read [--quick]
//   bench_read --views   only what views, counts and dashboards take at 1,000,000 beside 10,000
//   bench_read --only NAME [TICKETS]   asks one question for ten seconds, to look at with perf

#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <cstring>
#include <thread>

#include "bench/support/figures.h"
#include "bench/support/load.h"
#include "bench/support/questions.h"
#include "bench/support/served.h"
#include "bench/support/statements.h"

namespace {

using namespace tandem;
using namespace tandem::bench;

constexpr int rounds = 5;
constexpr int64_t round_ms = 1'500;
constexpr int64_t warm_up_ms = 500;
constexpr int listened_requests = 20;
constexpr double bigger_p99_max = 1.5;

/// What one record of tickets is measured with.
class Measured {
 public:
  explicit Measured(int64_t tickets)
      : program_(open_program(folder_of(tickets), clock_)),
        listening_(program_->database(), Keep::reads),
        listened_(*program_, listening_),
        served_(*program_, program_->database()) {
    std::vector<int64_t> ids = some_visible_tickets(*program_, served_.caller(), tickets);
    questions_ = measured_questions(ids);
    views_ = view_questions(make_measured_views(*program_, served_.caller()));
    for (const Question& question : all_questions(std::move(ids))) {
      const std::string_view name = question.name;
      const bool is_counted = name == "counts of all views" || name == "list with count";
      if (is_counted || name.starts_with("dashboard") || name == "list shared by due date")
        views_.push_back(question);
    }
  }

  const std::vector<Question>& questions() const { return questions_; }
  /// Custom views of five conditions, counts and dashboards.
  const std::vector<Question>& views() const { return views_; }

  LoadFigures load(const Question& question, int64_t duration_ms) const {
    const LoadFigures figures =
        run_load({.port = served_.port(), .duration_ms = duration_ms},
                 [&](Draw& draw) { return question.ask(served_.caller(), draw); });
    if (figures.failures > 0) throw std::runtime_error(question.name + ": answered with a refusal");
    return figures;
  }

  LoadFigures load_constant() const {
    return run_load({.port = served_.port(), .duration_ms = round_ms},
                    [this](Draw&) { return served_.caller().get_constant(); });
  }

  /// What the question asks of the database, for some draws of it.
  std::vector<Statements> statements_of(const Question& question, int64_t draws) {
    listening_.take();
    run_load(
        {.port = listened_.port(), .connections = 1, .duration_ms = 60'000, .requests_max = draws},
        [&](Draw& draw) { return question.ask(listened_.caller(), draw); });
    return listening_.take();
  }

  /// The same SQL in a loop on as many threads as the server has workers: transactions per second
  /// and the processor time of one.
  LoadFigures run_alone(const std::vector<Statements>& all) {
    std::atomic<int64_t> next{0};
    std::atomic<bool> stopping{false};
    std::vector<std::thread> threads;
    const double cpu_before_us = cpu_us_of_process();
    const auto start = std::chrono::steady_clock::now();
    for (int number = 0; number < program_->config().workers; ++number) {
      threads.emplace_back([&] {
        while (!stopping) {
          const Statements& one = all[size_t(next++) % all.size()];
          program_->database().read([&](db::Transaction& tx) { replay(tx, one); });
        }
      });
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(round_ms));
    stopping = true;
    for (std::thread& thread : threads) thread.join();
    const auto took = std::chrono::steady_clock::now() - start;
    LoadFigures figures;
    figures.per_second = double(next) / std::chrono::duration<double>(took).count();
    figures.cpu_us = (cpu_us_of_process() - cpu_before_us) / double(next);
    return figures;
  }

 private:
  SystemClock clock_;
  std::unique_ptr<server::Program> program_;
  ListeningDatabase listening_;
  Served listened_;
  Served served_;
  std::vector<Question> questions_;
  std::vector<Question> views_;
};

/// The median over rounds of the ratios within each round, because the machine is not ours alone.
void compare_ticket(const Measured& measured, const Question& ticket) {
  std::vector<double> ratios;
  std::vector<double> rates;
  std::vector<double> cpu_ratios;
  for (int round = 0; round < rounds; ++round) {
    const LoadFigures constant = measured.load_constant();
    const LoadFigures read = measured.load(ticket, round_ms);
    rates.push_back(read.per_second);
    ratios.push_back(read.per_second / constant.per_second);
    cpu_ratios.push_back(constant.cpu_us / read.cpu_us);
  }
  note("read one ticket, beside a constant, by processor time", median(cpu_ratios), "ratio");
  note("tickets read per second", median(rates), "1/s");
  report({"read one ticket, beside a constant", median(ratios), "ratio", Bound::at_least, 0.5});
}

void compare_list(Measured& measured, const Question& list) {
  const std::vector<Statements> statements = measured.statements_of(list, listened_requests);
  const double transactions_per_request = double(statements.size()) / listened_requests;
  std::vector<double> ratios;
  std::vector<double> cpu_ratios;
  std::vector<double> rates;
  for (int round = 0; round < rounds; ++round) {
    const LoadFigures alone = measured.run_alone(statements);
    const LoadFigures served = measured.load(list, round_ms);
    rates.push_back(served.per_second);
    ratios.push_back(served.per_second * transactions_per_request / alone.per_second);
    cpu_ratios.push_back(alone.cpu_us * transactions_per_request / served.cpu_us);
  }
  note("list of 50, beside the same SQL alone, by processor time", median(cpu_ratios), "ratio");
  note("lists of 50 per second", median(rates), "1/s");
  report({"list of 50, beside the same SQL alone", median(ratios), "ratio", Bound::at_least, 0.6});
}

void show_waits(const Measured& measured, int64_t tickets) {
  for (const Question& question : measured.questions()) {
    measured.load(question, warm_up_ms);
    const LoadFigures figures = measured.load(question, round_ms);
    note(fmt::format("{} at {} tickets, p50", question.name, tickets), figures.p50_ms, "ms");
    note(fmt::format("{} at {} tickets, p99", question.name, tickets), figures.p99_ms, "ms");
  }
}

/// Small and big are asked in turn, so that both meet the same noise.
void compare_sizes(const Measured& small, const Measured& big,
                   const std::vector<Question>& (Measured::*asked)() const) {
  for (size_t index = 0; index < (small.*asked)().size(); ++index) {
    const Question& of_small = (small.*asked)()[index];
    const Question& of_big = (big.*asked)()[index];
    small.load(of_small, warm_up_ms);
    big.load(of_big, warm_up_ms);
    std::vector<double> ratios;
    std::vector<double> waits_ms;
    for (int round = 0; round < rounds; ++round) {
      const double small_ms = small.load(of_small, round_ms).p99_ms;
      waits_ms.push_back(big.load(of_big, round_ms).p99_ms);
      ratios.push_back(waits_ms.back() / small_ms);
    }
    note(of_big.name + ", p99 at 1,000,000 tickets", median(waits_ms), "ms");
    report({of_small.name + ", p99 at 1,000,000 beside 10,000 tickets", median(ratios), "ratio",
            Bound::at_most, bigger_p99_max});
  }
}

int ask_only(const std::string& name, int64_t tickets) {
  const Measured measured(tickets);
  for (const Question& question : measured.questions()) {
    if (question.name != name) continue;
    const LoadFigures figures = measured.load(question, 10 * second_ms);
    note(name + "s per second", figures.per_second, "1/s");
    note(name + ", processor time", figures.cpu_us, "us");
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 2 && std::strcmp(argv[1], "--only") == 0) {
    return ask_only(argv[2], argc > 3 ? std::atoll(argv[3]) : quick_tickets);
  }
  if (argc > 1 && std::strcmp(argv[1], "--views") == 0) {
    const Measured small(quick_tickets);
    const Measured big(full_tickets);
    compare_sizes(small, big, &Measured::views);
    return 0;
  }
  const bool is_quick = argc > 1 && std::strcmp(argv[1], "--quick") == 0;
  fill(folder_of(quick_tickets), quick_tickets);
  Measured small(quick_tickets);
  const std::vector<Question>& questions = small.questions();
  compare_ticket(small, questions[0]);
  compare_list(small, questions[1]);
  show_waits(small, quick_tickets);
  if (is_quick) return 0;
  fill(folder_of(full_tickets), full_tickets);
  const Measured big(full_tickets);
  show_waits(big, full_tickets);
  compare_sizes(small, big, &Measured::questions);
  compare_sizes(small, big, &Measured::views);
  return 0;
}
