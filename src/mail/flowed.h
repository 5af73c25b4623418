#pragma once

#include <string>
#include <string_view>

namespace tandem::mail {

enum class FlowedSpace { keep, remove };

/// Joins the soft line breaks of a format=flowed text (RFC 3676). `space` is remove for DelSp=yes.
/// Quote marks stay; lines of different quote depth are never joined.
std::string unwrap_flowed(std::string_view text, FlowedSpace space);

}  // namespace tandem::mail
