// A thousand open browsers: what their event streams cost in memory, whether they take a worker
// from those who ask, and how long a change takes to reach all of them.
//   bench_streams [--quick]   the same either way: at 10,000 tickets

#include <arpa/inet.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

#include "access/agents.h"
#include "access/people.h"
#include "access/sessions.h"
#include "bench/support/figures.h"
#include "bench/support/installed.h"
#include "bench/support/load.h"
#include "bench/support/questions.h"

namespace {

using namespace tandem;
using namespace tandem::bench;
using SteadyClock = std::chrono::steady_clock;

constexpr int streams_open = 1'000;
constexpr int streams_of_one_agent = 25;  // a person may have 30
constexpr int changes_told = 20;
constexpr int64_t load_ms = 4'000;
constexpr int64_t patience_ms = 30'000;
constexpr auto settling_time = std::chrono::seconds(2);

/// Someone who hears of every department, so that one change is heard by all. Made when an earlier
/// measurement did not.
Result<PersonId> listener(db::Transaction& tx, const access::Actor& system, const Portal& portal,
                          RecordId role, int number) {
  const std::string email = fmt::format("listener-{}@desk.example", number);
  if (const auto known = access::find_person_by_email(tx, email)) return known->id;
  const access::Person person =
      TRY(access::create_person(tx, {.email = email, .name = "Listener", .password_hash = "none"}));
  std::vector<int64_t> departments;
  for (const RecordId department : portal.departments) departments.push_back(department.value);
  TRY(access::add_agent(tx, system, {person.id, role, departments}));
  return person.id;
}

/// Tokens of sessions, one for each stream.
std::vector<std::string> session_tokens(server::Program& program) {
  const Portal portal = find_portal(program);
  return must(
      program.database().write([&](db::Transaction& tx) -> Result<std::vector<std::string>> {
        const access::Actor system =
            access::system_actor(program.catalogue(), portal.org, access::Path::system);
        const RecordId role{tx.integer("SELECT id FROM roles WHERE org_id = $1 AND kind = 'agent'",
                                       {portal.org.value})};
        std::vector<std::string> tokens;
        for (int number = 0; number < streams_open / streams_of_one_agent; ++number) {
          const PersonId person = TRY(listener(tx, system, portal, role, number));
          for (int stream = 0; stream < streams_of_one_agent; ++stream)
            tokens.push_back(access::create_session(tx, person, "127.0.0.1", "measurement").token);
        }
        return tokens;
      }));
}

/// Browsers that do nothing but listen.
class Listeners {
 public:
  Listeners(OrgId org, const std::vector<std::string>& tokens) {
    for (const std::string& token : tokens) open(org, token);
    await("event: hello");
  }
  ~Listeners() {
    for (const pollfd& each : descriptors_) ::close(each.fd);
  }
  Listeners(const Listeners&) = delete;
  Listeners& operator=(const Listeners&) = delete;

  /// Waits until each has received these words since the last time; answers when each did.
  std::vector<SteadyClock::time_point> await(std::string_view words) {
    std::vector<SteadyClock::time_point> heard(descriptors_.size());
    for (std::string& text : texts_) text.clear();
    size_t missing = heard.size();
    const auto until = SteadyClock::now() + std::chrono::milliseconds(patience_ms);
    while (missing > 0) {
      if (SteadyClock::now() > until) throw std::runtime_error("some streams heard nothing");
      ::poll(descriptors_.data(), descriptors_.size(), 100);
      for (size_t at = 0; at < descriptors_.size(); ++at) {
        if (!(descriptors_[at].revents & POLLIN)) continue;
        receive(at);
        if (heard[at] != SteadyClock::time_point() || texts_[at].find(words) == std::string::npos)
          continue;
        heard[at] = SteadyClock::now();
        --missing;
      }
    }
    return heard;
  }

 private:
  void open(OrgId org, const std::string& token) {
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(Installed::port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
      throw std::runtime_error("a stream can't connect");
    const std::string request = fmt::format(
        "GET /native/desk/{}/events HTTP/1.1\r\nHost: desk.example\r\nCookie: "
        "tandem_session={}\r\n\r\n",
        org.value, token);
    if (::send(descriptor, request.data(), request.size(), MSG_NOSIGNAL) != ssize_t(request.size()))
      throw std::runtime_error("a stream can't ask");
    descriptors_.push_back({descriptor, POLLIN, 0});
    texts_.emplace_back();
  }

  void receive(size_t at) {
    char bytes[4'096];
    const ssize_t count = ::recv(descriptors_[at].fd, bytes, sizeof bytes, 0);
    if (count <= 0) throw std::runtime_error("a stream was closed");
    texts_[at].append(bytes, size_t(count));
  }

  std::vector<pollfd> descriptors_;
  std::vector<std::string> texts_;
};

LoadFigures load(const Caller& caller, const Question& question) {
  return run_load({.port = Installed::port, .duration_ms = load_ms},
                  [&](Draw& draw) { return question.ask(caller, draw); });
}

/// From the request that makes a ticket to the last and the median stream that hears of it.
void measure_telling(const Caller& caller, Listeners& listeners) {
  std::vector<double> medians_ms;
  std::vector<double> last_ms;
  const std::string ticket = fmt::format(
      R"({{"subject":"Heard by all","channel":"phone","department":"{}","contact":null}})",
      caller.agent().department_ids.front());
  for (int change = 0; change < changes_told; ++change) {
    const auto asked = SteadyClock::now();
    std::jthread writer([&] {
      run_load({.port = Installed::port, .connections = 1, .requests_max = 1},
               [&](Draw&) { return caller.post("/tickets", ticket); });
    });
    std::vector<double> waits_ms;
    for (const auto& heard : listeners.await("event: change"))
      waits_ms.push_back(std::chrono::duration<double, std::milli>(heard - asked).count());
    medians_ms.push_back(median(waits_ms));
    last_ms.push_back(*std::max_element(waits_ms.begin(), waits_ms.end()));
  }
  note("a new ticket is heard of by half of 1,000 streams", median(medians_ms), "ms");
  note("and by the last of them", median(last_ms), "ms");
}

void measure() {
  fill(folder_of(quick_tickets), quick_tickets);
  const SystemClock clock;
  auto program = open_program(folder_of(quick_tickets), clock);
  const Caller caller(*program);
  const Question question =
      measured_questions(some_visible_tickets(*program, caller, quick_tickets)).front();
  const std::vector<std::string> tokens = session_tokens(*program);
  program.reset();

  const Installed installed(folder_of(quick_tickets));
  installed.wait_for_answer();
  load(caller, question);  // warms the caches, so that they are in both figures of memory
  const LoadFigures alone = load(caller, question);
  const double before_mb = installed.memory_mb("VmRSS");
  Listeners listeners(caller.portal().org, tokens);
  std::this_thread::sleep_for(settling_time);
  report({"memory of 1,000 open event streams", installed.memory_mb("VmRSS") - before_mb, "MB",
          Bound::at_most, 50});
  const LoadFigures beside = load(caller, question);
  report({"read one ticket beside 1,000 open streams, of without them",
          beside.per_second / alone.per_second, "ratio", Bound::at_least, 0.8});
  measure_telling(caller, listeners);
}

}  // namespace

/// What fails leaves by its destructors, so that the measured server ends as well.
int main() {
  try {
    measure();
    return 0;
  } catch (const std::exception& failure) {
    fmt::print(stderr, "{}\n", failure.what());
    return 1;
  }
}
