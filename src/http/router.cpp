#include "http/router.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <map>
#include <string>

namespace tandem::http {

namespace {

/// "/a/b" to its segments; no more than `route_segments_max` + 1 of them.
struct Segments {
  std::array<std::string_view, route_segments_max + 1> items;
  size_t count = 0;
};

Segments segments_of(std::string_view path) {
  Segments segments;
  while (!path.empty() && segments.count < segments.items.size()) {
    if (path.front() == '/') path.remove_prefix(1);
    if (path.empty()) break;
    const size_t end = std::min(path.find('/'), path.size());
    segments.items[segments.count++] = path.substr(0, end);
    path.remove_prefix(end);
  }
  return segments;
}

bool is_parameter(std::string_view segment) {
  return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

bool is_tail(std::string_view segment) {
  return is_parameter(segment) && segment.size() > 5 && segment.ends_with("...}");
}

size_t place(Method method) { return static_cast<size_t>(method); }

}  // namespace

struct Router::Node {
  using Routes = std::array<std::unique_ptr<Route>, method_count>;

  std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
  std::unique_ptr<Node> parameter;
  Routes routes;
  Routes tails;

  struct Search {
    std::string_view path;
    Segments segments;
    Method method = Method::get;
    std::array<bool, method_count> allowed{};
    bool ends_in_tail = false;
  };

  static const Route* pick(const Routes& routes, Search& search) {
    for (size_t index = 0; index < routes.size(); ++index) {
      if (routes[index]) search.allowed[index] = true;
    }
    if (const auto& exact = routes[place(search.method)]) return exact.get();
    if (search.method == Method::head) return routes[place(Method::get)].get();
    return nullptr;
  }

  const Route* find(Search& search, size_t depth) const {
    if (depth == search.segments.count) return pick(routes, search);
    const auto literal = literals.find(search.segments.items[depth]);
    if (literal != literals.end()) {
      if (const Route* route = literal->second->find(search, depth + 1)) return route;
    }
    if (parameter) {
      if (const Route* route = parameter->find(search, depth + 1)) return route;
    }
    const Route* route = pick(tails, search);
    search.ends_in_tail = route != nullptr;
    return route;
  }
};

Router::Router() : root_(std::make_unique<Node>()) {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

void Router::add(Route route) {
  const Segments segments = segments_of(route.pattern);
  assert(route.pattern.starts_with('/') && segments.count <= route_segments_max);
  Node* node = root_.get();
  for (size_t depth = 0; depth < segments.count; ++depth) {
    const std::string_view segment = segments.items[depth];
    if (is_tail(segment)) {
      assert(depth + 1 == segments.count && "a tail stands last");
      auto& tail = node->tails[place(route.method)];
      assert(!tail && "two routes of one method and pattern");
      tail = std::make_unique<Route>(std::move(route));
      return;
    }
    if (is_parameter(segment)) {
      if (!node->parameter) node->parameter = std::make_unique<Node>();
      node = node->parameter.get();
      continue;
    }
    auto& child = node->literals[std::string(segment)];
    if (!child) child = std::make_unique<Node>();
    node = child.get();
  }
  auto& here = node->routes[place(route.method)];
  assert(!here && "two routes of one method and pattern");
  here = std::make_unique<Route>(std::move(route));
}

RouteMatch Router::find(Method method, std::string_view path) const {
  Node::Search search{path, segments_of(path), method, {}, false};
  RouteMatch match;
  // More segments than any pattern has: only a tail could take them, and then the path is too deep
  // to be meant.
  if (search.segments.count > route_segments_max) return match;
  match.route = root_->find(search, 0);
  if (!match.route) {
    for (int index = 0; index < method_count; ++index) {
      if (search.allowed[size_t(index)]) match.allowed.push_back(static_cast<Method>(index));
    }
    if (match.allowed.empty()) return match;
    const auto knows = [&](Method asked) { return search.allowed[place(asked)]; };
    if (knows(Method::get) && !knows(Method::head)) match.allowed.push_back(Method::head);
    match.outcome = RouteOutcome::method_not_allowed;
    return match;
  }
  match.outcome = RouteOutcome::found;
  const Segments pattern = segments_of(match.route->pattern);
  for (size_t depth = 0; depth < pattern.count; ++depth) {
    const std::string_view segment = pattern.items[depth];
    if (!is_parameter(segment)) continue;
    const std::string_view value = search.segments.items[depth];
    if (is_tail(segment)) {
      const size_t from = static_cast<size_t>(value.data() - path.data());
      match.params.emplace_back(segment.substr(1, segment.size() - 5), path.substr(from));
    } else {
      match.params.emplace_back(segment.substr(1, segment.size() - 2), value);
    }
  }
  return match;
}

Response Router::answer(Request& request) const {
  RouteMatch match = find(request.method, request.path);
  switch (match.outcome) {
    case RouteOutcome::found:
      request.params = std::move(match.params);
      return match.route->handler(request);
    case RouteOutcome::not_found: return Response::refusal(not_found("There is no such address."));
    case RouteOutcome::method_not_allowed: {
      Refusal refusal;
      refusal.code = "method_not_allowed";
      refusal.message = "Use one of these methods: " + allow_header(match.allowed) + ".";
      Response response = Response::refusal(refusal);
      response.status = 405;
      response.set_header("Allow", allow_header(match.allowed));
      return response;
    }
  }
  return Response::refusal(not_found("There is no such address."));
}

std::string allow_header(const std::vector<Method>& methods) {
  std::string text;
  for (const Method method : methods) {
    if (!text.empty()) text += ", ";
    text += word(method);
  }
  return text;
}

}  // namespace tandem::http
