#pragma once

#include <functional>
#include <vector>

#include "desk/desk.h"
#include "files/store.h"

namespace tandem::test {

/// The store of an office, but something happens first whenever bytes are put into it, such as a
/// disk that is full.
class WatchedFiles final : public files::FileStore {
 public:
  explicit WatchedFiles(files::FileStore& store) : store_(store) {}

  std::function<void()> before_put;
  std::vector<int64_t> forgotten;

  Result<files::StoredFile> put(OrgId org, std::string_view bytes) override {
    if (before_put) before_put();
    return store_.put(org, bytes);
  }
  std::optional<std::string> get(OrgId org, int64_t id) override { return store_.get(org, id); }
  void forget(OrgId org, int64_t id) override {
    forgotten.push_back(id);
    store_.forget(org, id);
  }
  int sweep(const std::function<bool(OrgId, int64_t)>& is_kept) override {
    return store_.sweep(is_kept);
  }

 private:
  files::FileStore& store_;
};

/// The desk of another node of the same office, which keeps its files there.
inline desk::Desk desk_with(const desk::Desk& desk, files::FileStore& files) {
  return {.database = desk.database,
          .files = files,
          .catalogue = desk.catalogue,
          .secret = desk.secret,
          .mail_domain = desk.mail_domain,
          .default_sender = desk.default_sender,
          .default_smtp = desk.default_smtp,
          .outbox_folder = desk.outbox_folder,
          .mail_guard = desk.mail_guard};
}

}  // namespace tandem::test
