#include "tests/simulation/shaky_desk.h"

#include <cstdlib>
#include <stdexcept>

#include "desk/mail/mail_intake.h"

namespace tandem::simulation {

namespace {

constexpr int deliveries_max = 5;
constexpr int64_t minutes_until_finished = 2;

std::unique_ptr<test::Office> office_on(db::Kind kind) {
  ::setenv("TANDEM_TEST_DATABASE", kind == db::Kind::postgres ? "postgres" : "sqlite", 1);
  auto office = std::make_unique<test::Office>();
  ::unsetenv("TANDEM_TEST_DATABASE");
  return office;
}

}  // namespace

void MishapPoint::arm(Mishap mishap, int call) {
  mishap_ = mishap;
  calls_left_ = call;
  has_happened_ = false;
}

void MishapPoint::mend() { calls_left_ = 0; }

void MishapPoint::pass() {
  if (calls_left_ == 0) return;
  if (calls_left_ > 1) {
    --calls_left_;
    return;
  }
  has_happened_ = true;
  if (mishap_ == Mishap::crash) throw Crash{};
  calls_left_ = 0;
  throw db::DatabaseFailure("the disk is full for a moment");
}

void ShakyDatabase::run_read(const std::function<void(db::Transaction&)>& body) {
  point_.pass();
  inner_.read([&](db::Transaction& tx) { body(tx); });
}

void ShakyDatabase::run_write(const std::function<Outcome(db::Transaction&)>& body,
                              db::Priority priority) {
  point_.pass();
  const Result<bool> done = inner_.write(
      [&](db::Transaction& tx) -> Result<bool> {
        if (body(tx) == Outcome::commit) return true;
        return conflict("rolled_back", "The body refused.");
      },
      priority);
  if (done) point_.pass();
}

ShakyDesk::ShakyDesk(db::Kind kind) : office(office_on(kind)) {
  database_ = std::make_unique<ShakyDatabase>(*office->database, point);
  files_ = files::open_file_store(*database_, folder_.path() / "files");
  const desk::Desk& steady = *office->desk;
  desk_ = std::make_unique<desk::Desk>(desk::Desk{.database = *database_,
                                                  .files = *files_,
                                                  .catalogue = steady.catalogue,
                                                  .secret = steady.secret,
                                                  .mail_domain = steady.mail_domain,
                                                  .default_sender = steady.default_sender,
                                                  .default_smtp = std::nullopt,
                                                  .outbox_folder = steady.outbox_folder});
}

void ShakyDesk::deliver(const std::string& raw, Mishap mishap, int call) {
  point.arm(mishap, call);
  for (int delivery = 1; delivery <= deliveries_max; ++delivery) {
    try {
      desk::take_in(*desk_, office->mailbox, raw);
      point.mend();
      return;
    } catch (const Crash&) {
      point.mend();
    } catch (const db::DatabaseFailure&) {
      // The poller logs it and comes again.
    }
  }
  throw std::runtime_error("the mail is never done");
}

bool ShakyDesk::deliver_once(const std::string& raw, int call) {
  const auto stored = [&] {
    return office->database->read(
        [](db::Transaction& tx) { return tx.integer("SELECT COUNT(*) FROM raw_mails"); });
  };
  const int64_t before = stored();
  point.arm(Mishap::crash, call);
  try {
    desk::take_in(*desk_, office->mailbox, raw);
  } catch (const Crash&) {
    // The test brings it never again.
  }
  point.mend();
  return stored() > before;
}

void ShakyDesk::finish_later(int call) {
  office->clock.advance_ms(minutes_until_finished * minute_ms);
  point.arm(Mishap::crash, call);
  try {
    desk::finish_intake(*desk_);
  } catch (const Crash&) {
    point.mend();
    desk::finish_intake(*desk_);
  }
  point.mend();
}

}  // namespace tandem::simulation
