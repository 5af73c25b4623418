#pragma once

#include <gtest/gtest.h>

#include <string>

namespace tandem::server {

struct CommandEnd {
  int exit_code = 0;
  std::string output;  // standard output and standard error
};

template <class Command>
CommandEnd end_of(Command&& command) {
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  const int exit_code = command();
  return {exit_code,
          testing::internal::GetCapturedStdout() + testing::internal::GetCapturedStderr()};
}

}  // namespace tandem::server
