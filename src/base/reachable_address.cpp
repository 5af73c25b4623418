#include "base/reachable_address.h"

#include "base/text.h"

namespace tandem {

bool is_reachable_address(std::string_view text) {
  if (!is_email_address(text)) return false;
  const std::string_view domain = text.substr(text.find('@') + 1);
  const size_t dot = domain.rfind('.');
  return dot != domain.npos && dot > 0 && dot + 1 < domain.size();
}

}  // namespace tandem
