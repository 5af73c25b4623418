// A bulk write of contacts from CSV in the background, beside people who work, and a bulk read of
// them: rows per second, what people wait, and the memory of the process.
//   bench_bulk [--quick]

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <thread>

#include "access/actor_of.h"
#include "access/agents.h"
#include "access/people.h"
#include "bench/support/draw.h"
#include "bench/support/figures.h"
#include "bench/support/portal.h"
#include "crm/bulk/bulk_jobs.h"
#include "crm/bulk/sent_ahead.h"
#include "crm/organisation_setup.h"
#include "files/zip_writer.h"
#include "operations/operations.h"

namespace {

using namespace tandem;
using namespace tandem::bench;
using Steady = std::chrono::steady_clock;

constexpr double rows_per_second_target = 15'000;
/// Of one person who works without a pause to speak of.
constexpr int64_t pause_ms = 20;
constexpr double kilobytes_per_mb = 1024;

double seconds_since(Steady::time_point start) {
  return std::chrono::duration<double>(Steady::now() - start).count();
}

/// Megabytes that the process holds at most until now.
double memory_peak_mb() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / kilobytes_per_mb;
  return 0;
}

struct Firm {
  OrgId org;
  access::Actor actor;
};

Firm make_firm(server::Program& program) {
  const records::Catalogue& catalogue = *program.applications().find("crm");
  return must(program.database().write([&](db::Transaction& tx) -> Result<Firm> {
    const access::NewOrganisation made =
        TRY(crm::create_sales_organisation(tx, catalogue, "Bench Ltd", "en"));
    const OrgId org = made.organisation.id;
    const access::Person person = TRY(access::create_person(
        tx, {.email = "ada@bench.example", .name = "Ada", .password_hash = "none"}));
    const access::Actor system = access::system_actor(catalogue, org, access::Path::system);
    TRY(access::add_agent(tx, system, {person.id, made.administrator_role, {}}));
    access::Actor actor = TRY(access::actor_of(tx, catalogue, person.id, org, access::Path::ui));
    return Firm{org, std::move(actor)};
  }));
}

/// Names, an address and a phone number for each, as such files have them.
std::string packed_people(int64_t rows) {
  Draw draw(2026);
  int64_t made = 0;
  std::string heading = "Last_Name,First_Name,Email,Phone\r\n";
  return must(files::zip_one(
      "people.csv",
      [&]() -> Result<std::string> {
        if (!heading.empty()) return std::exchange(heading, "");
        std::string piece;
        for (int row = 0; row < 1'000 && made < rows; ++row) {
          const std::string last = capitalised(draw.word());
          const std::string first = capitalised(draw.word());
          piece += fmt::format("{},{},p{}@x.example,+49 30 {}\r\n", last, first, ++made,
                               draw.between(100'000, 999'999));
        }
        return piece;
      },
      crm::bulk_zip_bytes_max));
}

crm::BulkOrder order_of_write() {
  crm::BulkOrder order{.direction = crm::BulkDirection::write, .module = "contacts", .cells = 4};
  const char* const fields[] = {"last_name", "first_name", "email", "phone"};
  for (int at = 0; at < 4; ++at)
    order.columns.push_back({.name = fields[at], .field = fields[at], .index = at});
  return order;
}

/// A person who adds an account and reads a page of contacts, again and again.
class PersonBeside {
 public:
  PersonBeside(server::Program& program, const access::Actor& actor)
      : worker_([this, &program, &actor] {
          while (!is_over_) {
            act(program, actor);
            std::this_thread::sleep_for(std::chrono::milliseconds(pause_ms));
          }
        }) {}
  /// Milliseconds of the slowest of a hundred writes.
  double end() {
    is_over_ = true;
    worker_.join();
    std::sort(waits_ms_.begin(), waits_ms_.end());
    return waits_ms_.empty() ? 0 : waits_ms_[waits_ms_.size() * 99 / 100];
  }

 private:
  void act(server::Program& program, const access::Actor& actor) {
    const records::Catalogue& catalogue = *actor.catalogue;
    const auto start = Steady::now();
    must(program.database().write([&](db::Transaction& tx) {
      return operations::create_record(tx, actor, *catalogue.find("accounts"),
                                       {{"name", fmt::format("Firm {}", waits_ms_.size())}});
    }));
    waits_ms_.push_back(1'000 * seconds_since(start));
    must(program.database().read([&](db::Transaction& tx) {
      return operations::list_records(tx, actor, *catalogue.find("contacts"), {});
    }));
  }

  std::vector<double> waits_ms_;
  std::atomic<bool> is_over_{false};
  std::thread worker_;
};

void run_to_the_end(const crm::Bulk& bulk, const crm::BulkJob& job) {
  const jobs::Job queued{.org = job.org,
                         .payload_json = fmt::format(R"({{"job":"{}"}})", job.id.value)};
  while (crm::run_bulk_job(bulk, queued).kind != jobs::Outcome::Kind::done) {
  }
}

crm::BulkJob as_it_ended(const crm::Bulk& bulk, const access::Actor& actor, const crm::BulkJob& job,
                         int64_t rows) {
  const crm::BulkJob ended = must(bulk.database.read([&](db::Transaction& tx) {
    return crm::find_bulk_job(tx, actor, job.order.direction, job.id);
  }));
  if (ended.state != crm::BulkState::completed || ended.counts.done != rows)
    throw std::runtime_error("the job has not done all its rows: " + ended.fault);
  return ended;
}

crm::BulkJob start_write(const crm::Bulk& bulk, const access::Actor& actor,
                         const std::string& archive) {
  const crm::SentFile sent =
      must(crm::send_ahead(bulk.database, bulk.files, actor, crm::SentFor::bulk_write,
                           {"people.zip", "application/zip", archive}));
  return must(bulk.database.write([&](db::Transaction& tx) {
    return crm::add_bulk_write(tx, actor, sent.id, {.order = order_of_write(), .asked_json = "{}"});
  }));
}

void measure_write(const crm::Bulk& bulk, server::Program& program, const access::Actor& actor,
                   int64_t rows) {
  const std::string archive = packed_people(rows);
  note("zip archive of the rows", double(archive.size()) / 1'000'000, "MB");
  const crm::BulkJob job = start_write(bulk, actor, archive);
  const double before_mb = memory_peak_mb();
  PersonBeside person(program, actor);
  const auto start = Steady::now();
  run_to_the_end(bulk, job);
  const double seconds = seconds_since(start);
  const double wait_ms = person.end();
  as_it_ended(bulk, actor, job, rows);
  report({"bulk write, rows per second beside a person who works", double(rows) / seconds, "1/s",
          Bound::at_least, rows_per_second_target});
  note("what that person waits for a write, p99", wait_ms, "ms");
  note("memory at most before the bulk write", before_mb, "MB");
  note("memory at most after it", memory_peak_mb(), "MB");
}

void measure_read(const crm::Bulk& bulk, const access::Actor& actor, int64_t rows) {
  crm::BulkOrder order{.direction = crm::BulkDirection::read, .module = "contacts"};
  for (const char* const field : {"id", "last_name", "first_name", "email", "phone", "owner"})
    order.columns.push_back({.name = field, .field = field});
  const auto start = Steady::now();
  for (int64_t read = 0; read < rows;) {
    const crm::BulkJob job = must(bulk.database.write([&](db::Transaction& tx) {
      return crm::add_bulk_read(tx, actor, {.order = order, .asked_json = "{}"});
    }));
    run_to_the_end(bulk, job);
    const int64_t expected = std::min(rows - read, crm::bulk_read_rows_max);
    order.cursor = as_it_ended(bulk, actor, job, expected).next_cursor;
    read += expected;
  }
  report({"bulk read, rows per second", double(rows) / seconds_since(start), "1/s", Bound::at_least,
          rows_per_second_target});
  note("memory at most after the bulk read", memory_peak_mb(), "MB");
}

}  // namespace

int main(int argc, char** argv) {
  const bool is_quick = argc > 1 && std::strcmp(argv[1], "--quick") == 0;
  const int64_t rows = is_quick ? 50'000 : 1'000'000;
  const std::string folder = "build/bench/bulk";
  std::filesystem::remove_all(folder);
  const SystemClock clock;
  const auto program = open_program(folder, clock);
  const Firm firm = make_firm(*program);
  const crm::Bulk bulk{.database = program->database(),
                       .files = program->files(),
                       .applications = program->applications()};
  measure_write(bulk, *program, firm.actor, rows);
  measure_read(bulk, firm.actor, rows);
  return 0;
}
