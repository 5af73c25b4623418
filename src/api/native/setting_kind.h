#pragma once

#include "api/native/answers.h"

namespace tandem::api::native {

/// How one kind of setting is served: how a body is read over it (what it leaves out stays), the
/// desk's verbs, and its JSON.
template <class Setting>
struct SettingKind {
  Result<void> (*read)(const JsonObject& body, Setting& setting) = nullptr;
  Result<Setting> (*find)(db::Transaction&, const access::Actor&, RecordId) = nullptr;
  Result<Setting> (*add)(db::Transaction&, const access::Actor&, Setting) = nullptr;
  Result<Setting> (*change)(db::Transaction&, const access::Actor&, Setting) = nullptr;
  std::string (*show)(db::Transaction&, const Call&, const Setting&) = nullptr;
};

/// 201 with what was added.
template <class Setting>
Result<http::Response> add_setting(Call& call, const SettingKind<Setting>& kind) {
  const JsonObject body = TRY(call.body());
  Setting wanted;
  TRY(kind.read(body, wanted));
  return written(call, 201, [&](db::Transaction& tx) -> Result<std::string> {
    const Setting added = TRY(kind.add(tx, call.actor, wanted));
    return kind.show(tx, call, added);
  });
}

/// 200 with the setting of the path as it is now.
template <class Setting>
Result<http::Response> change_setting(Call& call, const SettingKind<Setting>& kind) {
  const RecordId id = TRY(call.id());
  const JsonObject body = TRY(call.body());
  return written(call, 200, [&](db::Transaction& tx) -> Result<std::string> {
    Setting wanted = TRY(kind.find(tx, call.actor, id));
    TRY(kind.read(body, wanted));
    const Setting changed = TRY(kind.change(tx, call.actor, wanted));
    return kind.show(tx, call, changed);
  });
}

}  // namespace tandem::api::native
