#pragma once

#include <string>
#include <string_view>

namespace tandem {

/// Where sanitise_html() parks the address of a picture that lies elsewhere, so that nothing loads
/// unasked.
constexpr std::string_view parked_image_attribute = "data-remote-src";

/// Whether sanitised HTML has pictures that are held back.
bool has_remote_images(std::string_view html);
/// Sanitised HTML with these pictures shown.
std::string with_remote_images(std::string html);

}  // namespace tandem
