#include "live/hub.h"

#include <exception>

#include "base/json.h"
#include "base/log.h"
#include "operations/operations.h"

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

records::Filter visibility(const access::Actor& actor, const records::ModuleDef& module) {
  return module.visible_to ? module.visible_to(actor) : records::everything();
}

bool is_seen(db::Transaction& tx, const access::Actor& actor, const records::ModuleDef& module,
             RecordId id) {
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, module);
  const Result<std::optional<records::Record>> found = records::select_one(
      tx, actor.org, shape, id, visibility(actor, module), records::Bin::either);
  return found && found->has_value();
}

}  // namespace

Hub::Hub(db::Database& database, const records::Catalogue& catalogue)
    : database_(database), catalogue_(catalogue) {}

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

Result<void> Hub::add(const access::Actor& actor, std::shared_ptr<http::EventStream> stream) {
  stream->send("hello", "{}");
  const std::lock_guard lock(mutex_);
  if (listeners_.size() >= size_t(streams_max))
    return busy("Too many browsers listen; try again in a minute.");
  listeners_.push_back(std::make_shared<Listener>(Listener{actor, std::move(stream), {}}));
  return {};
}

void Hub::drop(PersonId person) {
  Listeners leaving;
  {
    const std::lock_guard lock(mutex_);
    for (const std::shared_ptr<Listener>& listener : listeners_) {
      if (listener->actor.person == person) leaving.push_back(listener);
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
  cursor_ = feed->cursor;
  if (feed->entries.empty()) return 0;
  forget_closed();
  database_.read([&](db::Transaction& tx) {
    for (const auto& [org, entry] : feed->entries) {
      const Listeners listeners = listeners_of(org);
      if (!listeners.empty()) tell(tx, org, entry, listeners);
    }
  });
  return int(feed->entries.size());
}

Hub::Listeners Hub::listeners_of(OrgId org) {
  const std::lock_guard lock(mutex_);
  Listeners found;
  for (const std::shared_ptr<Listener>& listener : listeners_) {
    if (listener->actor.org == org) found.push_back(listener);
  }
  return found;
}

void Hub::tell(db::Transaction& tx, OrgId, const records::LogEntry& entry,
               const Listeners& listeners) {
  const records::ModuleDef* module = catalogue_.find(entry.module);
  // What is gone for good can't be asked for any more; its going into the bin was told.
  if (!module || entry.event == "purged") return;
  const std::string data = event_data(entry);
  std::map<std::string, bool> seen_by_filter;
  for (const std::shared_ptr<Listener>& listener : listeners) {
    std::string& key = listener->filter_keys[entry.module];
    if (key.empty()) key = key_of(visibility(listener->actor, *module));
    auto known = seen_by_filter.find(key);
    if (known == seen_by_filter.end()) {
      known =
          seen_by_filter.emplace(key, is_seen(tx, listener->actor, *module, entry.record)).first;
    }
    if (known->second && access::require_right(listener->actor, *module, access::Right::read)) {
      listener->stream->send("change", data);
    }
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
