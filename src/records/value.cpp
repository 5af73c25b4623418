#include "records/value.h"

namespace tandem::records {

const std::string& Value::text() const {
  static const std::string none;
  return is_text() ? std::get<std::string>(held_) : none;
}

const std::vector<std::string>& Value::list() const {
  static const std::vector<std::string> none;
  return is_list() ? std::get<std::vector<std::string>>(held_) : none;
}

}  // namespace tandem::records
