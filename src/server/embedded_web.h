#pragma once

#include <string_view>
#include <vector>

namespace tandem::server {

/// One file of the built web application: path from the root ("/assets/app.js") and its bytes.
/// A path that ends in ".gz" is the gzip form of the path without it.
struct EmbeddedFile {
  std::string_view path;
  std::string_view bytes;
};

/// All files of web/dist as they were when the binary was built; empty when it was built without
/// them.
const std::vector<EmbeddedFile>& embedded_web();

}  // namespace tandem::server
