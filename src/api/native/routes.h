#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "api/native/session_handlers.h"
#include "http/router.h"

namespace tandem::api::native {

/// Who may knock at an address without an organisation.
enum class Needs { nobody, session };

/// An address outside organisations.
struct OpenRoute {
  http::Method method;
  std::string_view pattern;
  Result<http::Response> (*handler)(OpenCall&);
  Needs needs;
};

/// What an address inside an organisation asks for before its handler runs: the duty of settings,
/// or nothing here, because the verbs ask for the role's right on the module and on the record
/// (`by_record`) or any active member may (`member`).
using Guard = std::optional<access::Duty>;
constexpr std::nullopt_t by_record = std::nullopt;
constexpr std::nullopt_t member = std::nullopt;

/// An address below /native/desk/{org}.
struct DeskRoute {
  http::Method method;
  std::string_view pattern;
  Result<http::Response> (*handler)(Call&);
  Guard guard;
};

/// Every address of the native API: its table of contents, and what the leak tests walk through.
const std::vector<OpenRoute>& open_routes();
const std::vector<DeskRoute>& desk_routes();

/// Adds them all. `services` must outlive the router.
void add_routes(http::Router& router, Services& services);

}  // namespace tandem::api::native
