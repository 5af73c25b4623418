#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/crm/call.h"
#include "records/record.h"

// What a call that writes several records answers: {"data":[…]}, a result for each, in their order.

namespace tandem::api::crm_dialect {

class WriteResults {
 public:
  /// `key`: of the list, "data" but in settings. Call and words must outlive it.
  WriteResults(const Call& call, const ModuleWords& words, std::string_view key = "data");

  struct Extra {
    std::string action = {};           // of upsert: insert, update
    std::string duplicate_field = {};  // of upsert: what was found by
  };
  void add_saved(db::Transaction& tx, const records::Record& record, std::string_view message,
                 const std::optional<Extra>& extra = std::nullopt);
  /// A result that names the record alone.
  void add_done(RecordId id, std::string_view message);
  /// A result with details of its own.
  void add_details(std::string_view details_json, std::string_view message);
  void add_refusal(const Refusal& refusal, size_t position);

  int good() const { return good_; }
  /// 207 when some were refused, 400 when all were. `more`: members beside the list, as JSON.
  http::Response take(int status_when_good,
                      const std::vector<std::pair<std::string, std::string>>& more = {});

 private:
  const Call& call_;
  const ModuleWords& words_;
  std::string key_;
  JsonWriter json_;
  int good_ = 0;
  int bad_ = 0;
};

/// The id that an item of a body names; nothing when it names none. Refuses with invalid "bad_id"
/// what is no id.
Result<std::optional<RecordId>> id_of(const JsonObject& item);

/// One write in which each item stands for itself. `act(tx, words, item, results)` adds its result,
/// or refuses, and then what it has written is undone.
template <class Act>
Result<http::Response> for_each_item(Call& call, const JsonArray& items, int status_when_good,
                                     Act act, std::string_view key = "data") {
  http::Response response =
      TRY(call.database().write([&](db::Transaction& tx) -> Result<http::Response> {
        records::ShapeRef shape;
        const ModuleWords words = call.words(tx, shape);
        WriteResults results(call, words, key);
        for (size_t position = 0; position < items.size(); ++position) {
          if (!items[position].is_object()) {
            results.add_refusal(invalid("", "wrong_type", "invalid data"), position);
            continue;
          }
          const JsonObject& item = items[position].get_object();
          const Result<void> done =
              tx.attempt([&]() -> Result<void> { return act(tx, words, item, results); });
          if (!done) results.add_refusal(done.error(), position);
        }
        return results.take(status_when_good);
      }));
  call.services.wake();
  return response;
}

/// The same for records named by their ids alone: `act(tx, id)`, told with `message`.
template <class Act>
Result<http::Response> for_each_id(Call& call, const std::vector<RecordId>& ids,
                                   std::string_view message, Act act,
                                   std::string_view key = "data") {
  http::Response response =
      TRY(call.database().write([&](db::Transaction& tx) -> Result<http::Response> {
        records::ShapeRef shape;
        const ModuleWords words = call.words(tx, shape);
        WriteResults results(call, words, key);
        for (size_t position = 0; position < ids.size(); ++position) {
          const Result<void> done =
              tx.attempt([&]() -> Result<void> { return act(tx, ids[position]); });
          if (done) {
            results.add_done(ids[position], message);
          } else {
            results.add_refusal(done.error(), position);
          }
        }
        return results.take(200);
      }));
  call.services.wake();
  return response;
}

}  // namespace tandem::api::crm_dialect
