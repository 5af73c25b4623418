#pragma once

#include <string>

namespace tandem::db {

/// A number that no other process on the same database file has, so that a command beside the
/// serving program never makes the ids that the program makes. It is a lock on one byte of the
/// file "<database>-processes", which the system takes back however the process ends.
class ProcessNumber {
 public:
  /// Throws DatabaseFailure when the file can't be written or all 256 numbers are taken.
  explicit ProcessNumber(const std::string& database_file);
  ~ProcessNumber();
  ProcessNumber(const ProcessNumber&) = delete;
  ProcessNumber& operator=(const ProcessNumber&) = delete;
  int number() const { return number_; }

 private:
  int file_ = -1;
  int number_ = 0;
};

}  // namespace tandem::db
