#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "access/actor.h"
#include "db/database.h"
#include "http/event_stream.h"
#include "records/change_log.h"

namespace tandem::live {

constexpr int streams_max = 5'000;
/// Windows of one person, on all their devices.
constexpr int streams_per_person_max = 30;
constexpr int64_t poll_ms = 250;
/// How long a stream may outlive a session that ended on another node.
constexpr int64_t session_check_ms = 5 * second_ms;
/// How long a page may show what somebody lost the right to see, or not yet what they gained.
constexpr int64_t rights_check_ms = second_ms;

/// Tells open browsers which records changed: "tickets 5 was updated", never what is in it. Reads
/// the change log, so that writes of every node and every path are seen, and asks the same
/// visibility filter as a read. Who saw a record until this change hears "gone" and nothing else;
/// who sees others from now on, because a role, a department or a feature changed, hears "rights".
class Hub {
 public:
  explicit Hub(db::Database& database);
  ~Hub();
  /// Starts at the present end of the change log.
  void start();
  void stop();
  /// Looks at the log at once instead of at the next poll. From any thread.
  void wake();
  /// Adds a stream of the actor, which ends with the session of this id. Refuses with busy when
  /// there are streams_max, or streams_per_person_max of this person.
  Result<void> add(const access::Actor& actor, int64_t session,
                   std::shared_ptr<http::EventStream> stream);
  /// Closes the streams of a person whose rights changed or who signed out; the browser comes back
  /// with the new ones.
  void drop(PersonId person);
  int stream_count() const;
  /// Reads and tells what is new, on the calling thread; answers how many entries there were. For
  /// tests and the loop.
  int tell_news();

 private:
  struct Listener {
    OrgId org;
    PersonId person;
    int64_t session = 0;
    access::Actor actor;  // renewed by the loop alone, as all below
    std::shared_ptr<http::EventStream> stream;
    int64_t access_version = 0;
    Instant session_checked_at = {};
    std::map<std::string, std::string> filter_keys =
        {};  // module -> its visibility in words, so that equal ones share a query
  };
  using Listeners = std::vector<std::shared_ptr<Listener>>;

  void run();
  /// Tells those whose rights changed without a word in the log, and ends the streams of those who
  /// have none any more.
  void look_after_rights();
  /// Those of the organisation whose session holds, with their rights as they are now.
  Listeners listeners_of(db::Transaction& tx, OrgId org);
  static bool renew_rights(db::Transaction& tx, Listener& listener, int64_t version);
  static void close_without_session(db::Transaction& tx, Listeners& listeners);
  void tell(db::Transaction& tx, const records::LogEntry& entry, const Listeners& listeners);
  void forget_closed();

  db::Database& database_;
  mutable std::mutex mutex_;
  std::condition_variable woken_;
  bool is_woken_ = false;
  bool is_stopping_ = false;
  std::string cursor_;
  Instant rights_checked_at_ = {};
  Listeners listeners_;
  std::thread thread_;
};

/// A filter in words; equal words mean the same records.
std::string key_of(const records::Filter& filter);

}  // namespace tandem::live
