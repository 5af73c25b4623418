// The sales side with 32 connections: one contact, lists, search, the board of deals and the
// dialect's calls, at 10,000 and at 1,000,000 contacts with a fifth as many deals; and upserts of
// 100 contacts a call beside the bare statements of the same rows.
//   bench_sales [--quick]

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <filesystem>

#include "bench/support/figures.h"
#include "bench/support/load.h"
#include "bench/support/sales_portal.h"
#include "bench/support/served.h"
#include "bench/support/statements.h"

namespace {

using namespace tandem;
using namespace tandem::bench;

constexpr int rounds = 5;
constexpr int64_t round_ms = 1'500;
constexpr int64_t warm_up_ms = 500;
constexpr double bigger_p99_max = 1.5;
constexpr int64_t most_common_word = 10;
constexpr int64_t common_word = 100;

constexpr int upsert_connections = 4;
constexpr int64_t contacts_per_upsert = 100;
constexpr int64_t upserts_per_round = 40;
constexpr int64_t long_ms = 120'000;
constexpr double upsert_beside_bare_min = 0.4;

struct SalesQuestion {
  std::string name;
  std::function<std::string(const SalesCaller&, Draw&)> ask;
};

SalesQuestion fixed(const std::string& name, const std::string& path) {
  return {name, [path](const SalesCaller& caller, Draw&) { return caller.get(path); }};
}

SalesQuestion fixed_dialect(const std::string& name, const std::string& path) {
  return {name, [path](const SalesCaller& caller, Draw&) { return caller.dialect_get(path); }};
}

std::vector<SalesQuestion> native_questions(std::vector<int64_t> contact_ids) {
  const auto any = [ids = std::move(contact_ids)](Draw& draw) {
    return ids[size_t(draw.between(0, int64_t(ids.size()) - 1))];
  };
  return {
      {"contact", [any](const SalesCaller& caller,
                        Draw& draw) { return caller.get(fmt::format("/contacts/{}", any(draw))); }},
      fixed("list of 50 contacts", "/contacts?limit=50"),
      fixed("contacts by last name", "/contacts?sort=last_name&limit=50"),
      fixed("list of 50 deals", "/deals?limit=50"),
      fixed("board of deals", "/deals/board"),
      {"search of contacts", [](const SalesCaller& caller, Draw& draw) {
         return caller.get("/search?module=contacts&q=" +
                           word_at(draw.between(most_common_word, common_word)));
       }}};
}

std::vector<SalesQuestion> dialect_questions(int64_t contacts, std::vector<int64_t> contact_ids) {
  const auto any = [ids = std::move(contact_ids)](Draw& draw) {
    return ids[size_t(draw.between(0, int64_t(ids.size()) - 1))];
  };
  return {{"dialect: contact",
           [any](const SalesCaller& caller, Draw& draw) {
             return caller.dialect_get(fmt::format("/Contacts/{}", any(draw)));
           }},
          fixed_dialect("dialect: page of 200 contacts",
                        "/Contacts?fields=Last_Name,Email,Account_Name&per_page=200"),
          {"dialect: search by e-mail",
           [contacts](const SalesCaller& caller, Draw& draw) {
             return caller.dialect_get("/Contacts/search?email=" +
                                       contact_email(draw.between(0, contacts - 1)));
           }},
          {"dialect: search by criteria", [contacts](const SalesCaller& caller, Draw& draw) {
             return caller.dialect_get(fmt::format("/Contacts/search?criteria=(Email:equals:{})",
                                                   contact_email(draw.between(0, contacts - 1))));
           }}};
}

/// What one record of contacts is measured with.
class Measured {
 public:
  explicit Measured(int64_t contacts)
      : program_(open_program(sales_folder_of(contacts), clock_)),
        caller_(*program_),
        faces_(*program_, program_->database()) {
    const std::vector<int64_t> ids = some_contacts(*program_, caller_, contacts);
    questions_ = native_questions(ids);
    for (const SalesQuestion& one : dialect_questions(contacts, ids)) questions_.push_back(one);
  }

  const std::vector<SalesQuestion>& questions() const { return questions_; }

  LoadFigures load(const SalesQuestion& question, int64_t duration_ms) const {
    const LoadFigures figures = run_load({.port = faces_.port(), .duration_ms = duration_ms},
                                         [&](Draw& draw) { return question.ask(caller_, draw); });
    if (figures.failures > 0) throw std::runtime_error(question.name + ": answered with a refusal");
    return figures;
  }

 private:
  SystemClock clock_;
  std::unique_ptr<server::Program> program_;
  SalesCaller caller_;
  ServedFaces faces_;
  std::vector<SalesQuestion> questions_;
};

void show_waits(const Measured& measured, int64_t contacts) {
  for (const SalesQuestion& question : measured.questions()) {
    measured.load(question, warm_up_ms);
    const LoadFigures figures = measured.load(question, round_ms);
    note(fmt::format("{} at {} contacts, p50", question.name, contacts), figures.p50_ms, "ms");
    note(fmt::format("{} at {} contacts, p99", question.name, contacts), figures.p99_ms, "ms");
  }
}

/// Small and big are asked in turn, so that both meet the same noise.
void compare_sizes(const Measured& small, const Measured& big) {
  for (size_t index = 0; index < small.questions().size(); ++index) {
    small.load(small.questions()[index], warm_up_ms);
    big.load(big.questions()[index], warm_up_ms);
    std::vector<double> ratios;
    for (int round = 0; round < rounds; ++round) {
      const double small_ms = small.load(small.questions()[index], round_ms).p99_ms;
      ratios.push_back(big.load(big.questions()[index], round_ms).p99_ms / small_ms);
    }
    report({small.questions()[index].name + ", p99 at 1,000,000 beside 10,000 contacts",
            median(ratios), "ratio", Bound::at_most, bigger_p99_max});
  }
}

/// A record of its own, because this measurement changes it.
std::string copied_record(const std::string& name) {
  const std::string folder = "build/bench/" + name;
  std::filesystem::remove_all(folder);
  std::filesystem::copy(sales_folder_of(quick_contacts), folder,
                        std::filesystem::copy_options::recursive);
  return folder;
}

/// Half of the contacts are there already and get a new name, half are new.
std::string upsert_of(const SalesCaller& caller, Draw& draw) {
  std::string items;
  for (int64_t at = 0; at < contacts_per_upsert; ++at) {
    const int64_t number = at % 2 == 0 ? draw.between(0, quick_contacts - 1)
                                       : draw.between(quick_contacts, int64_t{1} << 40);
    items += fmt::format(R"({}{{"Last_Name":"{}","Email":"{}","Phone":"+49 30 {}"}})",
                         at == 0 ? "" : ",", capitalised(draw.word()), contact_email(number),
                         draw.between(1'000'000, 9'000'000));
  }
  return caller.dialect_post("/Contacts/upsert", "{\"data\":[" + items + "]}");
}

/// `draw` goes on from round to round, so that no round writes what an earlier one wrote.
LoadFigures upsert(const ServedFaces& faces, const SalesCaller& caller, Draw& draw, int64_t calls) {
  const LoadFigures figures = run_load({.port = faces.port(),
                                        .connections = upsert_connections,
                                        .duration_ms = long_ms,
                                        .requests_max = calls},
                                       [&](Draw&) { return upsert_of(caller, draw); });
  if (figures.failures > 0) throw std::runtime_error("an upsert was refused");
  return figures;
}

/// What upserting writes, transaction by transaction.
std::vector<Statements> written_by_upserting(int64_t calls) {
  const SystemClock clock;
  const auto program = open_program(copied_record("upsert-listened"), clock);
  const SalesCaller caller(*program);
  ListeningDatabase listening(program->database(), Keep::writes);
  const ServedFaces faces(*program, listening);
  Draw draw(3);
  upsert(faces, caller, draw, calls);
  std::vector<Statements> all = listening.take();
  std::erase_if(all, [](const Statements& one) {
    return std::none_of(one.begin(), one.end(), [](const Statement& statement) {
      return statement.sql.find("\"crm_contacts\"") != std::string::npos;
    });
  });
  return all;
}

void compare_upserts() {
  const std::vector<Statements> written = written_by_upserting(upserts_per_round * rounds);
  note("transactions per upsert of 100", double(written.size()) / (upserts_per_round * rounds), "");
  const SystemClock clock;
  const auto alone = open_program(copied_record("upsert-alone"), clock);
  const auto program = open_program(copied_record("upsert-served"), clock);
  const SalesCaller caller(*program);
  const ServedFaces faces(*program, program->database());
  Draw draw(3);
  const size_t per_round = written.size() / rounds;
  std::vector<double> ratios;
  std::vector<double> rates;
  for (int round = 0; round < rounds; ++round) {
    const size_t from = per_round * size_t(round);
    const double bare_s =
        replay_s(alone->database(), written, from, from + per_round, upsert_connections);
    const LoadFigures served = upsert(faces, caller, draw, upserts_per_round);
    rates.push_back(served.per_second * double(contacts_per_upsert));
    ratios.push_back(served.per_second * bare_s / double(upserts_per_round));
  }
  note("contacts upserted per second", median(rates), "1/s");
  report({"upsert of 100 contacts, beside the bare statements", median(ratios), "ratio",
          Bound::at_least, upsert_beside_bare_min});
}

}  // namespace

int main(int argc, char** argv) {
  const bool is_quick = argc > 1 && std::strcmp(argv[1], "--quick") == 0;
  fill_sales(sales_folder_of(quick_contacts), quick_contacts);
  compare_upserts();
  const Measured small(quick_contacts);
  show_waits(small, quick_contacts);
  if (is_quick) return 0;
  fill_sales(sales_folder_of(full_contacts), full_contacts);
  const Measured big(full_contacts);
  show_waits(big, full_contacts);
  compare_sizes(small, big);
  return 0;
}
