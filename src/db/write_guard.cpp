#include "db/write_guard.h"

#include <utility>

namespace tandem::db {

namespace {

thread_local WriteGuard* of_this_thread = nullptr;

}  // namespace

WriteGuard::WriteGuard(std::function<void(Transaction&)> check)
    : check_(std::move(check)), outer_(of_this_thread) {
  of_this_thread = this;
}

WriteGuard::~WriteGuard() { of_this_thread = outer_; }

std::function<void(Transaction&)> WriteGuard::take() {
  if (of_this_thread == nullptr) return {};
  return std::exchange(of_this_thread->check_, {});
}

WriteGuard::Aside::Aside() : guard_(std::exchange(of_this_thread, nullptr)) {}

WriteGuard::Aside::~Aside() { of_this_thread = guard_; }

}  // namespace tandem::db
