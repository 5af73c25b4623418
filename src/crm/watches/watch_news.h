#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "crm/watches/watch_notice.h"
#include "records/change_log.h"

namespace tandem::crm {

/// A notice on its way to a watch.
struct ToldWatch {
  Watch watch;
  Notice notice;
};

/// Works out what the watches are told of entries of the change log. This is the one place that
/// decides what leaves: records and fields that the watch's owner may read at this moment.
class WatchNews {
 public:
  WatchNews(db::Transaction& tx, const access::Applications& applications, const WatchFace& face);
  void add(OrgId org, const records::LogEntry& entry);
  /// In the order of the log; what happened alike and in a row stands in one notice.
  std::vector<ToldWatch> take() { return std::move(told_); }

 private:
  struct Organisation {
    const records::Catalogue* catalogue = nullptr;
    std::vector<Watch> watches;
  };
  /// An entry that may be news.
  struct Entry {
    const records::LogEntry& log;
    const records::ModuleDef& module;
    Operation operation;
  };

  Organisation& organisation(OrgId org);
  const access::Actor* owner(const Watch& watch);
  void tell_of_record(const Watch& watch, const Entry& entry);
  void tell_of_related(const Watch& watch, const Entry& entry);
  JsonObject fields_of(const Entry& entry, const access::Actor& owner);
  const std::set<std::string, std::less<>>& shown_fields(const records::ShapeRef& shape);
  void tell(const Watch& watch, Operation operation, ToldRecord record);

  db::Transaction& tx_;
  const access::Applications& applications_;
  const WatchFace& face_;
  std::map<int64_t, Organisation> organisations_;
  std::map<int64_t, std::optional<access::Actor>> owners_;  // by watch
  std::map<records::ShapeRef, std::set<std::string, std::less<>>> shown_;
  std::vector<ToldWatch> told_;
  /// Of each watch the place of its latest notice in told_, and how long that is.
  struct Latest {
    size_t place = 0;
    size_t chars = 0;
  };
  std::map<int64_t, Latest> latest_;
};

}  // namespace tandem::crm
