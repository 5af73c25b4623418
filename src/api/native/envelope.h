#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "access/actor.h"
#include "http/message.h"
#include "operations/operations.h"

// How the native API shows things (docs/api/native.md).

namespace tandem::api::native {

/// Compares ids first: they hardly ever meet, and names of modules then need not be read.
struct ByIdThenModule {
  using Key = std::pair<std::string, int64_t>;
  bool operator()(const Key& a, const Key& b) const {
    return a.second != b.second ? a.second < b.second : a.first < b.first;
  }
};

/// Titles of the records that links point to, by module and id.
using LinkNames = std::map<ByIdThenModule::Key, records::LinkTitle, ByIdThenModule>;

/// Looks up, in one query per linked module, what the records' links are called. An address that is
/// hidden from the actor's role is left out.
LinkNames link_names(db::Transaction& tx, const access::Actor& actor,
                     const std::vector<const records::Record*>& shown);

void append_record(JsonWriter& json, const access::Actor& actor, const records::Record& record,
                   const LinkNames& names, Instant now);
/// One record with its links named, as a whole answer.
std::string record_json(db::Transaction& tx, const access::Actor& actor,
                        const records::Record& record);
std::string page_json(db::Transaction& tx, const access::Actor& actor, const records::Page& page,
                      const std::optional<records::Count>& count);

/// A cursor under `key`, null at the end.
void append_cursor(JsonWriter& json, std::string_view key, const std::string& cursor);
/// A moment under `key`, null when there is none.
void append_moment(JsonWriter& json, std::string_view key, const std::optional<Instant>& at);
/// {"id","title","subtitle","status"?}
void append_search_hit(JsonWriter& json, const records::Record& record);

void append_refusal(JsonWriter& json, const Refusal& refusal);
/// {"error":{…}} with the status of its kind: invalid is 422.
http::Response show_refusal(const Refusal& refusal);

}  // namespace tandem::api::native
