#include "base/remote_images.h"

namespace tandem {

namespace {

std::string parked_source() { return " " + std::string(parked_image_attribute) + "=\""; }

}  // namespace

bool has_remote_images(std::string_view html) {
  return html.find(parked_source()) != std::string_view::npos;
}

std::string with_remote_images(std::string html) {
  const std::string parked = parked_source();
  constexpr std::string_view shown = " src=\"";
  for (size_t at = html.find(parked); at != std::string::npos;
       at = html.find(parked, at + shown.size())) {
    html.replace(at, parked.size(), shown);
  }
  return html;
}

}  // namespace tandem
