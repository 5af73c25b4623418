#pragma once

#include <filesystem>
#include <memory>

#include "desk/desk.h"
#include "tests/support/mail_servers.h"
#include "tests/support/office.h"

// An office whose database breaks at a chosen call, so that every step of the intake can be the
// last one.

namespace tandem::simulation {

/// What ends a process; no code of ours catches it.
struct Crash {};

/// crash: this call and all after it throw, as if the process had died there, until mend().
/// failure: this call alone throws, as when a disk is full for a moment.
enum class Mishap { crash, failure };

class MishapPoint {
 public:
  /// At the call number `call`, counted from 1.
  void arm(Mishap mishap, int call);
  void mend();
  bool has_happened() const { return has_happened_; }
  /// Every step of the database comes by here.
  void pass();

 private:
  Mishap mishap_ = Mishap::crash;
  int calls_left_ = 0;  // 0: not armed
  bool has_happened_ = false;
};

/// Breaks before a body runs, or after its commit and before anybody heard of it.
class ShakyDatabase final : public db::Database {
 public:
  ShakyDatabase(db::Database& inner, MishapPoint& point) : inner_(inner), point_(point) {}
  db::Kind kind() const override { return inner_.kind(); }
  const Clock& clock() const override { return inner_.clock(); }
  Result<void> back_up_to(const std::string& file) override { return inner_.back_up_to(file); }
  std::vector<std::string> integrity_faults() override { return inner_.integrity_faults(); }

 protected:
  void run_read(const std::function<void(db::Transaction&)>& body) override;
  void run_write(const std::function<Outcome(db::Transaction&)>& body,
                 db::Priority priority) override;

 private:
  db::Database& inner_;
  MishapPoint& point_;
};

class ShakyDesk {
 public:
  explicit ShakyDesk(db::Kind kind);
  /// Takes the mail in as the mailbox's poller does: again and again until it is told that it is
  /// done, because only then the place in the mailbox is saved.
  void deliver(const std::string& raw, Mishap mishap, int call);
  /// Brings the mail once and dies at the call; answers whether its bytes were stored by then.
  bool deliver_once(const std::string& raw, int call);
  /// As a node does once a minute; a crash in it is followed by the next minute.
  void finish_later(int call);

  std::unique_ptr<test::Office> office;
  MishapPoint point;

 private:
  testing::TemporaryFolder folder_;
  std::unique_ptr<ShakyDatabase> database_;
  std::unique_ptr<files::FileStore> files_;
  std::unique_ptr<desk::Desk> desk_;
};

}  // namespace tandem::simulation
