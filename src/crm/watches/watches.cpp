#include "crm/watches/watches.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "access/actor_of.h"
#include "access/audit.h"
#include "base/json.h"
#include "base/text.h"
#include "deliveries/change_feed.h"
#include "deliveries/receiver_url.h"

namespace tandem::crm {

using access::Actor;

namespace {

constexpr std::array operation_words{std::string_view("insert"), std::string_view("update"),
                                     std::string_view("delete")};

constexpr std::string_view columns =
    "SELECT id, org_id, person_id, channel, module, operations, url, token, field_selection, "
    "gives_values, tells_related, since_at, ends_at FROM crm_watches ";

std::string operations_text(const std::vector<Operation>& operations) {
  JsonWriter json;
  json.begin_array();
  for (const Operation operation : operations) json.string(word(operation));
  return json.end_array().take();
}

std::vector<Operation> operations_in(const std::string& text) {
  std::vector<Operation> operations;
  const Result<Json> stored = json_from_text(text);
  if (!stored || !stored->is_array()) return operations;
  for (const Json& one : stored->as_array()) {
    const auto operation =
        one.is_string() ? operation_from_word(std::string_view(one.as_string())) : std::nullopt;
    if (operation) operations.push_back(*operation);
  }
  return operations;
}

std::string selection_text(const std::optional<FieldSelection>& fields) {
  return fields ? json_to_text(selection_to_json(*fields)) : "";
}

Watch watch_of(const db::Row& row) {
  Watch watch;
  watch.id = {row.integer(0)};
  watch.org = {row.integer(1)};
  watch.person = {row.integer(2)};
  watch.channel = row.integer(3);
  watch.module = row.text(4);
  watch.operations = operations_in(row.text(5));
  watch.url = row.text(6);
  watch.token = row.text(7);
  const Result<Json> fields = json_from_text(row.text(8));
  if (fields) watch.fields = selection_from_json(*fields);
  watch.gives_values = row.integer(9) != 0;
  watch.tells_related = row.integer(10) != 0;
  watch.since_at = row.instant(11);
  watch.ends_at = row.instant(12);
  return watch;
}

std::vector<Watch> watches_in(const std::vector<db::Row>& rows) {
  std::vector<Watch> watches;
  watches.reserve(rows.size());
  for (const db::Row& row : rows) watches.push_back(watch_of(row));
  return watches;
}

/// When it ends of what was wished.
Result<Instant> end_of(Instant now, Instant wished) {
  if (wished.ms == 0) return now + watch_usual_ms;
  if (wished <= now) return invalid("ends_at", "in_the_past", "Give a moment to come, or none.");
  return std::min(wished, now + watch_longest_ms);
}

/// The watch as it is to be stored.
Result<Watch> checked_watch(db::Transaction& tx, const Actor& actor, Watch watch) {
  if (watch.channel < 1)
    return invalid("channel", "wrong_type", "Give the channel a number from 1.");
  const records::ModuleDef* module = actor.catalogue->find(watch.module);
  if (!module || !module->generic_writes)
    return invalid("module", "not_a_choice", "Choose a module whose records people write.");
  TRY(access::require_right(actor, *module, access::Right::read));
  if (watch.operations.empty())
    return invalid("operations", "required", "Choose at least one operation.");
  std::sort(watch.operations.begin(), watch.operations.end());
  watch.operations.erase(std::unique(watch.operations.begin(), watch.operations.end()),
                         watch.operations.end());
  TRY(deliveries::check_receiver_url(watch.url));
  if (count_chars(watch.token) > watch_token_chars_max) {
    return invalid("token", "too_long",
                   fmt::format("Shorten the token to {} characters.", watch_token_chars_max));
  }
  if (watch.fields)
    TRY(check_selection(actor, *actor.catalogue->shape(tx, actor.org, *module), *watch.fields));
  watch.ends_at = TRY(end_of(tx.now(), watch.ends_at));
  watch.org = actor.org;
  watch.person = actor.person;
  return watch;
}

Result<void> check_room(db::Transaction& tx, const Actor& actor) {
  const int64_t own = tx.integer(
      "SELECT COUNT(*) FROM crm_watches WHERE org_id = $1 AND person_id = $2 AND ends_at > $3",
      {actor.org.value, actor.person.value, tx.now().ms});
  const int64_t all =
      tx.integer("SELECT COUNT(*) FROM crm_watches WHERE org_id = $1 AND ends_at > $2",
                 {actor.org.value, tx.now().ms});
  if (own < watches_of_person_max && all < watches_max) return {};
  return conflict("too_many",
                  fmt::format("End another one first; a person has at most {} and an organisation "
                              "{}.",
                              watches_of_person_max, watches_max));
}

Result<void> insert_watch(db::Transaction& tx, const Watch& watch) {
  try {
    tx.execute(
        "INSERT INTO crm_watches (org_id, id, person_id, channel, module, operations, url, token, "
        "field_selection, gives_values, tells_related, since_at, ends_at, failures_in_row, "
        "failing_since, sending_until) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, 0, 0)",
        {watch.org.value, watch.id.value, watch.person.value, watch.channel, watch.module,
         operations_text(watch.operations), watch.url, watch.token, selection_text(watch.fields),
         int64_t{watch.gives_values}, int64_t{watch.tells_related}, watch.since_at.ms,
         watch.ends_at.ms});
    return {};
  } catch (const db::UniqueViolation&) {
    return busy("Another call sets this channel at the moment. Try again.");
  }
}

void update_watch(db::Transaction& tx, const Watch& watch) {
  tx.execute(
      "UPDATE crm_watches SET operations = $3, url = $4, token = $5, field_selection = $6, "
      "gives_values = $7, tells_related = $8, ends_at = $9, failures_in_row = 0, "
      "failing_since = 0 WHERE org_id = $1 AND id = $2",
      {watch.org.value, watch.id.value, operations_text(watch.operations), watch.url, watch.token,
       selection_text(watch.fields), int64_t{watch.gives_values}, int64_t{watch.tells_related},
       watch.ends_at.ms});
}

void forget_watch(db::Transaction& tx, const Watch& watch) {
  tx.execute("DELETE FROM crm_watch_deliveries WHERE org_id = $1 AND watch_id = $2",
             {watch.org.value, watch.id.value});
  tx.execute("DELETE FROM crm_watches WHERE org_id = $1 AND id = $2",
             {watch.org.value, watch.id.value});
}

/// Without the address, which may hold a password.
std::string in_the_audit_log(const Watch& watch) {
  return fmt::format("channel {}: {}", watch.channel, watch.module);
}

}  // namespace

std::string_view word(Operation operation) { return operation_words[size_t(operation)]; }

std::optional<Operation> operation_from_word(std::string_view text) {
  for (const Operation operation : {Operation::insert, Operation::update, Operation::delete_})
    if (word(operation) == text) return operation;
  return std::nullopt;
}

bool Watch::tells(Operation operation) const {
  return std::find(operations.begin(), operations.end(), operation) != operations.end();
}

Result<Watch> set_watch(db::Transaction& tx, const Actor& actor, const Watch& wanted) {
  Watch watch = TRY(checked_watch(tx, actor, wanted));
  std::optional<db::Row> present =
      tx.row(std::string(columns) +
                 "WHERE org_id = $1 AND person_id = $2 AND channel = $3 AND module = $4",
             {watch.org.value, watch.person.value, watch.channel, watch.module});
  if (present && watch_of(*present).ends_at <= tx.now()) {
    forget_watch(tx, watch_of(*present));
    present.reset();
  }
  if (present) {
    const Watch before = watch_of(*present);
    watch.id = before.id;
    watch.since_at = before.since_at;
    update_watch(tx, watch);
  } else {
    TRY(check_room(tx, actor));
    // The first one begins at the present end of the change log, however long ago it was read last.
    if (!is_any_watch_live(tx)) deliveries::begin_at_end(tx, std::string(watch_reader));
    watch.id = {tx.new_id()};
    watch.since_at = tx.now();
    TRY(insert_watch(tx, watch));
  }
  access::audit(tx, actor, "watch_set", in_the_audit_log(watch));
  return watch;
}

std::vector<Watch> list_watches(db::Transaction& tx, const Actor& actor) {
  return watches_in(
      tx.rows(std::string(columns) + "WHERE org_id = $1 AND person_id = $2 AND ends_at > $3 "
                                     "ORDER BY channel, module LIMIT $4",
              {actor.org.value, actor.person.value, tx.now().ms, watches_of_person_max}));
}

Result<std::vector<Watch>> watches_of_channel(db::Transaction& tx, const Actor& actor,
                                              int64_t channel) {
  std::vector<Watch> watches = list_watches(tx, actor);
  std::erase_if(watches, [&](const Watch& watch) { return watch.channel != channel; });
  if (watches.empty()) {
    return conflict("not_subscribed",
                    fmt::format("Nothing is told on channel {}; subscribe first.", channel),
                    "channel");
  }
  return watches;
}

void remove_watch(db::Transaction& tx, const Actor& actor, const Watch& watch) {
  forget_watch(tx, watch);
  access::audit(tx, actor, "watch_removed", in_the_audit_log(watch));
}

std::vector<Watch> live_watches(db::Transaction& tx, OrgId org) {
  return watches_in(
      tx.rows(std::string(columns) + "WHERE org_id = $1 AND ends_at > $2 ORDER BY id LIMIT $3",
              {org.value, tx.now().ms, watches_max}));
}

bool is_any_watch_live(db::Transaction& tx) {
  return tx.row("SELECT 1 FROM crm_watches WHERE ends_at > $1 LIMIT 1", {tx.now().ms}).has_value();
}

std::optional<Watch> find_watch(db::Transaction& tx, OrgId org, RecordId id) {
  const std::optional<db::Row> row =
      tx.row(std::string(columns) + "WHERE org_id = $1 AND id = $2", {org.value, id.value});
  return row ? std::optional(watch_of(*row)) : std::nullopt;
}

std::optional<Actor> owner_of(db::Transaction& tx, const access::Applications& applications,
                              const Watch& watch) {
  const Result<const records::Catalogue*> catalogue = applications.of(tx, watch.org);
  if (!catalogue) return std::nullopt;
  Result<Actor> owner =
      access::actor_of(tx, **catalogue, watch.person, watch.org, access::Path::api);
  if (!owner || !access::has_right(*owner, watch.module, access::Right::read)) return std::nullopt;
  return std::move(*owner);
}

void end_watch(db::Transaction& tx, const Watch& watch, std::string_view reason) {
  forget_watch(tx, watch);
  access::audit(tx, access::AuditAuthor{.org = watch.org, .name = "Tandem"}, "watch_ended",
                fmt::format("{}: {}", in_the_audit_log(watch), reason));
}

void end_watches(db::Database& database, const access::Applications& applications,
                 const StopSign& stop) {
  using Place = std::pair<int64_t, int64_t>;  // organisation and id of the last one looked at
  std::optional<Place> place = Place{0, 0};
  while (place && !stop.is_up()) {
    const Result<std::optional<Place>> next = database.write(
        [&](db::Transaction& tx) -> Result<std::optional<Place>> {
          const std::vector<Watch> watches = watches_in(tx.rows(
              std::string(columns) +
                  "WHERE org_id > $1 OR (org_id = $1 AND id > $2) ORDER BY org_id, id LIMIT $3",
              {place->first, place->second, int64_t(db::bulk_rows_max)}));
          for (const Watch& watch : watches) {
            if (watch.ends_at <= tx.now()) {
              end_watch(tx, watch, "expired");
            } else if (!owner_of(tx, applications, watch)) {
              end_watch(tx, watch, "no_right");
            }
          }
          if (watches.size() < size_t(db::bulk_rows_max)) return std::optional<Place>();
          return std::optional<Place>({watches.back().org.value, watches.back().id.value});
        },
        db::Priority::bulk);
    place = next ? *next : std::nullopt;
  }
}

}  // namespace tandem::crm
