#pragma once

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "http/message.h"

namespace tandem::http {

using Handler = std::function<Response(const Request&)>;

/// `pattern`: "/tickets/{id}/threads/{thread_id}"; the last segment may be "{path...}", which takes
/// all that follows, at least one segment. It must outlive the router.
struct Route {
  Method method = Method::get;
  std::string_view pattern;
  Handler handler;
};

enum class RouteOutcome { found, not_found, method_not_allowed };

struct RouteMatch {
  RouteOutcome outcome = RouteOutcome::not_found;
  const Route* route = nullptr;
  Pairs params;
  /// For method_not_allowed: the methods that this path knows, HEAD along with GET.
  std::vector<Method> allowed;
};

constexpr int route_segments_max = 24;

/// Finds the route of a path in a tree of segments. A literal segment wins over a parameter, a
/// parameter over a tail. HEAD is served by GET's route when it has none of its own. Routes are
/// added before the first find; finding is safe from many threads.
class Router {
 public:
  Router();
  ~Router();
  Router(Router&&) noexcept;
  Router& operator=(Router&&) noexcept;

  /// Two routes of one method and pattern, or a pattern that is none, are our own bug: asserts.
  void add(Route route);
  RouteMatch find(Method method, std::string_view path) const;
  /// Finds, fills request.params and runs the handler; answers 404 or 405 with Allow otherwise.
  Response answer(Request& request) const;

 private:
  struct Node;
  std::unique_ptr<Node> root_;
};

/// "GET, HEAD, POST" for the Allow header.
std::string allow_header(const std::vector<Method>& methods);

}  // namespace tandem::http
