#include "tests/simulation/busy_office.h"

#include <fmt/format.h>

#include <chrono>

namespace tandem::simulation {

namespace {

constexpr int client_count = 4;
constexpr size_t file_bytes_max = 20'000;
constexpr auto pause_without_server = std::chrono::milliseconds(5);

}  // namespace

Client::Client(int number, const std::string& address, const Session& session,
               std::string department, uint64_t seed)
    : number_(number), api_(address), department_(std::move(department)), random_(seed) {
  api_.use(session);
}

void Client::work(const std::atomic<bool>& is_over) {
  while (!is_over) {
    act();
    if (!was_answered_) std::this_thread::sleep_for(pause_without_server);
  }
}

void Client::act() {
  const uint64_t dice = random_() % 10;
  if (journal_.tickets.empty() || dice < 3) return create();
  if (dice < 6) return patch();
  if (dice < 8) return comment({});
  upload();
}

void Client::create() {
  const std::string subject = next_text("Ticket");
  const Answer answer =
      api_.post(api_.desk("/tickets"),
                fmt::format(R"({{"subject":"{}","department":"{}"}})", subject, department_));
  if (is_done(answer, 201)) journal_.tickets.push_back({text_of(answer.json, "id"), subject});
}

void Client::patch() {
  const std::string ticket = some_ticket();
  Journal::Patched& patched = journal_.patched[ticket];
  const int64_t step = ++patched.tried;
  const Answer answer =
      api_.patch(api_.desk("/tickets/" + ticket), fmt::format(R"({{"resolution":"{}"}})", step));
  if (is_done(answer, 200)) patched.acknowledged = step;
}

void Client::comment(const Note& file) {
  const std::string ticket = some_ticket();
  const std::string text = next_text("Comment");
  const std::string files = file.id.empty() ? "" : "\"" + file.id + "\"";
  const Answer answer =
      api_.post(api_.desk("/tickets/" + ticket + "/comments"),
                fmt::format(R"({{"html":"<p>{}</p>","is_public":false,"attachment_ids":[{}]}})",
                            text, files));
  if (!is_done(answer, 201)) return;
  journal_.comments.push_back({ticket, text});
  if (file.id.empty()) return;
  const Json& attachment = find(answer.json, "attachments")->as_array().at(0);
  journal_.files.push_back({text_of(attachment, "id"), file.text});
}

void Client::upload() {
  std::string bytes = next_text("File") + "\n";
  bytes.append(random_() % file_bytes_max, char('a' + random_() % 26));
  const Answer answer = api_.upload(api_.desk("/uploads"), "file.txt", bytes);
  if (is_done(answer, 201)) comment({text_of(answer.json, "id"), bytes});
}

// Whether it was done as asked; no answer and "busy" are what a crash looks like.
bool Client::is_done(const Answer& answer, int wanted) {
  was_answered_ = answer.status != 0;
  if (answer.status == wanted) return true;
  if (answer.status != 0 && answer.status != 503)
    journal_.surprises.push_back(fmt::format("{}: {}", answer.status, answer.body));
  return false;
}

std::string Client::next_text(const char* what) {
  return fmt::format("{} {} of client {}", what, ++made_, number_);
}

const std::string& Client::some_ticket() {
  return journal_.tickets[random_() % journal_.tickets.size()].id;
}

BusyOffice::BusyOffice(uint64_t seed) {
  const std::string token = set_up_company({"--data", data});
  node.start_ms();
  session = accept_invitation(node.address(), token);
  ApiClient api(node.address());
  api.use(session);
  const Answer meta = api.get(api.desk("/meta"));
  department = text_of(find(meta.json, "departments")->as_array().at(0), "id");
  for (int number = 1; number <= client_count; ++number) {
    clients.push_back(std::make_unique<Client>(number, node.address(), session, department,
                                               seed + uint64_t(number)));
  }
  for (const auto& client : clients)
    threads_.emplace_back([this, one = client.get()] { one->work(is_over_); });
}

void BusyOffice::let_everybody_go() {
  is_over_ = true;
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

}  // namespace tandem::simulation
