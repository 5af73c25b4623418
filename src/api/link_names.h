#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"
#include "records/store.h"

namespace tandem::api {

/// Titles of the records that links point to, by module and id.
class LinkNames {
 public:
  /// Looks the ids up in one query. An address that is hidden from the actor's role is left out.
  void look_up(db::Transaction& tx, const access::Actor& actor, const std::string& module,
               std::vector<int64_t> ids);
  /// Null when there is no such record.
  const records::LinkTitle* find(std::string_view module, int64_t id) const;

 private:
  struct OfModule {
    std::string module;
    std::vector<records::LinkTitle> by_id;
  };
  std::vector<OfModule> modules_;
};

/// The module whose records a field links to; empty when the field is no link.
const std::string& linked_module(const records::FieldDef& field);

}  // namespace tandem::api
