#include "mail/flowed.h"

namespace tandem::mail {

std::string unwrap_flowed(std::string_view text, FlowedSpace space) {
  std::string out;
  out.reserve(text.size());
  size_t depth_before = 0;
  bool is_open = false;  // The line before ended softly.
  while (!text.empty()) {
    const size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);

    size_t depth = 0;
    while (depth < line.size() && line[depth] == '>') ++depth;
    std::string_view words = line.substr(depth);
    if (words.starts_with(' ')) words.remove_prefix(1);  // Space-stuffing.

    const bool is_signature = words == "-- ";
    if (is_open && (depth != depth_before || is_signature)) {
      out += '\n';
      is_open = false;
    }
    if (!is_open && depth > 0) out.append(line.substr(0, depth)).append(words.empty() ? "" : " ");
    const bool is_soft = !is_signature && words.ends_with(' ');
    if (is_soft && space == FlowedSpace::remove) words.remove_suffix(1);
    out += words;
    if (!is_soft) out += '\n';
    is_open = is_soft;
    depth_before = depth;
  }
  return out;
}

}  // namespace tandem::mail
