#include "access/roles.h"

namespace tandem::access {

namespace {

constexpr uint32_t rights_of(std::initializer_list<Right> rights) {
  uint32_t bits = 0;
  for (const Right right : rights) bits |= bit(right);
  return bits;
}

constexpr uint32_t looking = rights_of({Right::read});
constexpr uint32_t keeping = rights_of(
    {Right::read, Right::create, Right::update, Right::delete_, Right::restore, Right::bulk});
constexpr uint32_t answering =
    keeping | rights_of({Right::reply, Right::forward, Right::comment, Right::comment_public,
                         Right::change_status, Right::move, Right::share});
constexpr uint32_t selling = keeping | rights_of({Right::assign, Right::import, Right::export_});
constexpr uint32_t advising = rights_of({Right::read, Right::comment});

}  // namespace

std::map<std::string, uint32_t, std::less<>> system_rights(RoleKind kind) {
  switch (kind) {
    case RoleKind::agent:
      return {{"tickets", answering},   {"contacts", keeping},  {"accounts", keeping},
              {"products", keeping},    {"tasks", keeping},     {"appointments", keeping},
              {"departments", looking}, {"agents", looking},    {"leads", selling},
              {"deals", selling},       {"campaigns", keeping}, {"events", keeping},
              {"calls", keeping},       {"notes", keeping},     {"attachments", keeping},
              {"pipelines", looking},   {"stages", looking},    {"team_pipelines", looking},
              {"tags", keeping}};
    case RoleKind::light_agent:
      return {{"tickets", advising},    {"contacts", looking},  {"accounts", looking},
              {"products", looking},    {"tasks", looking},     {"appointments", looking},
              {"departments", looking}, {"agents", looking},    {"leads", looking},
              {"deals", looking},       {"campaigns", looking}, {"events", looking},
              {"calls", looking},       {"notes", looking},     {"attachments", looking},
              {"pipelines", looking},   {"stages", looking},    {"team_pipelines", looking},
              {"tags", looking}};
    case RoleKind::administrator:
    case RoleKind::custom: return {};
  }
  return {};
}

}  // namespace tandem::access
