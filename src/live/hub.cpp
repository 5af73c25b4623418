#include "live/hub.h"

#include <algorithm>
#include <exception>
#include <set>

#include "access/actor_of.h"
#include "access/sessions.h"
#include "base/json.h"
#include "base/log.h"
#include "operations/visible.h"
#include "records/personal_log.h"

namespace tandem::live {

namespace {

constexpr int feed_entries_max = 500;

std::string event_data(const records::LogEntry& entry) {
  JsonWriter json;
  json.begin_object()
      .string("module", entry.module)
      .id("id", entry.record.value)
      .string("verb", entry.event)
      .number("revision", entry.revision)
      .id("by", entry.author.id.value)
      .end_object();
  return json.take();
}

/// What somebody hears who saw the record until now: neither who took it away nor where it went.
std::string gone_data(const records::LogEntry& entry) {
  JsonWriter json;
  json.begin_object()
      .string("module", entry.module)
      .id("id", entry.record.value)
      .string("verb", "gone")
      .end_object();
  return json.take();
}

bool is_seen(db::Transaction& tx, const access::Actor& actor, const records::ModuleDef& module,
             RecordId id) {
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, module);
  const Result<std::optional<records::Record>> found = records::select_one(
      tx, actor.org, shape, id, operations::visible_filter(actor, module), records::Bin::either);
  return found && found->has_value();
}

bool is_value(const Json& shown, const records::Value& value) {
  if (shown.is_array()) {
    const JsonArray& several = shown.as_array();
    return std::any_of(several.begin(), several.end(),
                       [&](const Json& one) { return is_value(one, value); });
  }
  if (!shown.is_string()) return false;
  const std::string text = value.is_number() ? std::to_string(value.number()) : value.text();
  return shown.as_string() == text;
}

/// Whether the filter let the record through with the values it had before these changes. Looks at
/// conditions on a changed field alone: those are what took it out of sight. Links and choices are
/// shown as texts.
bool let_through_before(const records::Filter& filter, const Json& changes) {
  using Kind = records::Filter::Kind;
  if (filter.kind == Kind::any_of) {
    return std::any_of(filter.parts.begin(), filter.parts.end(), [&](const records::Filter& part) {
      return let_through_before(part, changes);
    });
  }
  const bool is_equality = filter.comparison == records::Comparison::is ||
                           filter.comparison == records::Comparison::is_one_of;
  if (filter.kind != Kind::field || !is_equality) return false;
  const Json* const change = find(changes, filter.field);
  if (!change || !change->is_array() || change->as_array().empty()) return false;
  const Json& before = change->as_array().front();
  return std::any_of(filter.values.begin(), filter.values.end(),
                     [&](const records::Value& value) { return is_value(before, value); });
}

/// Whether both may the same, see the same and are offered the same.
bool may_the_same(const access::Actor& a, const access::Actor& b) {
  if (!a.role || !b.role || a.department_ids != b.department_ids) return false;
  const std::vector<std::string> none;
  return a.role->id == b.role->id && a.role->kind == b.role->kind &&
         a.role->rights == b.role->rights && a.role->fields == b.role->fields &&
         a.role->duties == b.role->duties &&
         (a.switched_off ? *a.switched_off : none) == (b.switched_off ? *b.switched_off : none);
}

enum class Sight { hidden, seen, lost };

Sight sight_of(db::Transaction& tx, const access::Actor& actor, const records::ModuleDef& module,
               const records::LogEntry& entry) {
  if (is_seen(tx, actor, module, entry.record)) return Sight::seen;
  const Result<Json> changes = json_from_text(entry.changes_json);
  if (!changes) return Sight::hidden;
  const records::Filter filter = operations::visible_filter(actor, module);
  return let_through_before(filter, *changes) ? Sight::lost : Sight::hidden;
}

}  // namespace

Hub::Hub(db::Database& database) : database_(database) {}

Hub::~Hub() { stop(); }

void Hub::start() {
  cursor_ = database_.read([](db::Transaction& tx) { return records::cursor_at_end(tx); });
  thread_ = std::thread([this] { run(); });
}

void Hub::stop() {
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
  }
  woken_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Hub::wake() {
  {
    const std::lock_guard lock(mutex_);
    is_woken_ = true;
  }
  woken_.notify_all();
}

Result<void> Hub::add(const access::Actor& actor, int64_t session,
                      std::shared_ptr<http::EventStream> stream) {
  forget_closed();
  stream->send("hello", "{}");
  const std::lock_guard lock(mutex_);
  if (listeners_.size() >= size_t(streams_max))
    return busy("Too many browsers listen; try again in a minute.");
  const auto of_person = std::count_if(
      listeners_.begin(), listeners_.end(),
      [&](const std::shared_ptr<Listener>& each) { return each->person == actor.person; });
  if (of_person >= streams_per_person_max)
    return busy("Too many of your windows listen; close some of them.");
  listeners_.push_back(std::make_shared<Listener>(Listener{.org = actor.org,
                                                           .person = actor.person,
                                                           .session = session,
                                                           .actor = actor,
                                                           .stream = std::move(stream)}));
  return {};
}

void Hub::drop(PersonId person) {
  Listeners leaving;
  {
    const std::lock_guard lock(mutex_);
    for (const std::shared_ptr<Listener>& listener : listeners_) {
      if (listener->person == person) leaving.push_back(listener);
    }
  }
  for (const std::shared_ptr<Listener>& listener : leaving) listener->stream->close();
  forget_closed();
}

int Hub::stream_count() const {
  const std::lock_guard lock(mutex_);
  return int(listeners_.size());
}

void Hub::run() {
  while (true) {
    {
      std::unique_lock lock(mutex_);
      woken_.wait_for(lock, std::chrono::milliseconds(poll_ms),
                      [this] { return is_woken_ || is_stopping_; });
      if (is_stopping_) return;
      is_woken_ = false;
    }
    try {
      while (tell_news() == feed_entries_max) {
      }
    } catch (const std::exception& failure) {
      // The database was away; browsers see "reconnecting" from their own reads, and the log keeps
      // what was missed.
      log_warning(std::string("live events wait for the database: ") + failure.what());
    }
  }
}

int Hub::tell_news() {
  const Result<records::Feed> feed = database_.read(
      [this](db::Transaction& tx) { return records::read_feed(tx, cursor_, feed_entries_max); });
  if (!feed) {
    // The cursor belongs to another epoch (a backup was restored): start at the end again.
    cursor_ = database_.read([](db::Transaction& tx) { return records::cursor_at_end(tx); });
    return 0;
  }
  if (!feed->entries.empty()) {
    forget_closed();
    database_.read([&](db::Transaction& tx) {
      std::map<int64_t, Listeners> by_organisation;
      for (const auto& [org, entry] : feed->entries) {
        const auto [known, is_new] = by_organisation.try_emplace(org.value);
        if (is_new) known->second = listeners_of(tx, org);
        if (!known->second.empty()) tell(tx, entry, known->second);
      }
    });
  }
  look_after_rights();
  // Only what was told is behind us: when a read failed above, the same entries are told again.
  cursor_ = feed->cursor;
  return int(feed->entries.size());
}

void Hub::look_after_rights() {
  const Instant now = database_.clock().now();
  if (now - rights_checked_at_ < rights_check_ms) return;
  rights_checked_at_ = now;
  std::set<int64_t> organisations;
  {
    const std::lock_guard lock(mutex_);
    for (const std::shared_ptr<Listener>& listener : listeners_) {
      organisations.insert(listener->org.value);
    }
  }
  if (organisations.empty()) return;
  database_.read([&](db::Transaction& tx) {
    for (const int64_t org : organisations) listeners_of(tx, OrgId{org});
  });
  forget_closed();
}

Hub::Listeners Hub::listeners_of(db::Transaction& tx, OrgId org) {
  Listeners found;
  {
    const std::lock_guard lock(mutex_);
    for (const std::shared_ptr<Listener>& listener : listeners_) {
      if (listener->org == org) found.push_back(listener);
    }
  }
  if (found.empty()) return found;
  const int64_t version = access::access_version(tx, org);
  std::erase_if(found, [&](const std::shared_ptr<Listener>& listener) {
    if (renew_rights(tx, *listener, version)) return false;
    listener->stream->close();
    return true;
  });
  close_without_session(tx, found);
  return found;
}

/// Rights as they are now, not as they were when the browser connected. False for who is no member
/// any more.
bool Hub::renew_rights(db::Transaction& tx, Listener& listener, int64_t version) {
  access::Actor& actor = listener.actor;
  if (listener.access_version == version) return true;
  Result<access::Actor> now =
      access::actor_of(tx, *actor.catalogue, actor.person, actor.org, actor.path);
  if (!now) return false;
  if (!may_the_same(actor, *now)) listener.stream->send("rights", "{}");
  listener.filter_keys.clear();
  listener.access_version = version;
  actor = std::move(*now);
  return true;
}

void Hub::close_without_session(db::Transaction& tx, Listeners& listeners) {
  std::vector<int64_t> ids;
  for (const std::shared_ptr<Listener>& listener : listeners) {
    if (tx.now() - listener->session_checked_at < session_check_ms) continue;
    listener->session_checked_at = tx.now();
    ids.push_back(listener->session);
  }
  if (ids.empty()) return;
  const std::set<int64_t> open = access::open_sessions(tx, ids);
  std::erase_if(listeners, [&](const std::shared_ptr<Listener>& listener) {
    if (listener->session_checked_at != tx.now() || open.contains(listener->session)) return false;
    listener->stream->close();
    return true;
  });
}

void Hub::tell(db::Transaction& tx, const records::LogEntry& entry, const Listeners& listeners) {
  if (entry.module == records::personal_module) {
    for (const std::shared_ptr<Listener>& listener : listeners) {
      const bool is_concerned =
          listener->actor.id == entry.record || entry.record == records::everybody;
      if (is_concerned) listener->stream->send("change", event_data(entry));
    }
    return;
  }
  if (entry.module == records::calls_module) {
    for (const std::shared_ptr<Listener>& listener : listeners) {
      const access::Actor& actor = listener->actor;
      if (actor.id != entry.record && !actor.in_department(entry.record)) continue;
      listener->stream->send("change", event_data(entry));
    }
    return;
  }
  if (listeners.empty()) return;
  // All of them are of one organisation, and so of one application.
  const records::ModuleDef* module = listeners.front()->actor.catalogue->find(entry.module);
  // What is gone for good can't be asked for any more; its going into the bin was told.
  if (!module || entry.event == "purged") return;
  const std::string data = event_data(entry);
  const std::string gone = gone_data(entry);
  std::map<std::string, Sight> sight_by_filter;
  for (const std::shared_ptr<Listener>& listener : listeners) {
    std::string& key = listener->filter_keys[entry.module];
    if (key.empty()) key = key_of(operations::visible_filter(listener->actor, *module));
    auto known = sight_by_filter.find(key);
    if (known == sight_by_filter.end()) {
      known = sight_by_filter.emplace(key, sight_of(tx, listener->actor, *module, entry)).first;
    }
    if (known->second == Sight::hidden) continue;
    if (!access::require_right(listener->actor, *module, access::Right::read)) continue;
    listener->stream->send("change", known->second == Sight::seen ? data : gone);
  }
}

void Hub::forget_closed() {
  const std::lock_guard lock(mutex_);
  std::erase_if(listeners_, [](const std::shared_ptr<Listener>& listener) {
    return !listener->stream->is_open();
  });
}

std::string key_of(const records::Filter& filter) {
  std::string key = std::to_string(int(filter.kind)) + ":" + filter.field + ":" +
                    std::to_string(int(filter.comparison));
  for (const records::Value& value : filter.values) {
    key += value.is_number() ? ",#" + std::to_string(value.number()) : ",'" + value.text() + "'";
  }
  key += '(';
  for (const records::Filter& part : filter.parts) key += key_of(part) + ";";
  return key + ")";
}

}  // namespace tandem::live
