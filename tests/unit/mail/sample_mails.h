#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

namespace tandem::mail {

/// The raw bytes of tests/data/mail/<name>.eml.
inline std::string sample_mail(const std::string& name) {
  std::ifstream file(std::string(TANDEM_SOURCE_DIR) + "/tests/data/mail/" + name + ".eml",
                     std::ios::binary);
  if (!file) throw std::runtime_error("no sample mail " + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline std::vector<std::string> sample_mail_names() {
  std::vector<std::string> names;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(TANDEM_SOURCE_DIR) + "/tests/data/mail"))
    names.push_back(entry.path().stem().string());
  std::ranges::sort(names);
  return names;
}

}  // namespace tandem::mail
