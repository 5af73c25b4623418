#include <algorithm>
#include <set>

#include "api/crm/conditions.h"
#include "api/crm/envelope.h"
#include "api/crm/handlers.h"
#include "api/crm/views.h"
#include "base/text.h"
#include "crm/bulk/bulk_cells.h"
#include "operations/figures.h"

namespace tandem::api::crm_dialect {

namespace {

using records::FieldKind;
using records::Filter;

constexpr size_t word_chars_min = 2;
constexpr int words_found_max = 100;
/// Of one field; more have the same address or number only by mistake.
constexpr int values_found_max = 100;

/// The value of a query parameter in which a plus means a plus, as clients that escape nothing send
/// it.
std::string with_plus(const Call& call, std::string_view name) {
  std::string text = call.query_text(name);
  const std::string raw = std::string(name) + "=";
  const size_t at = call.request.raw_query.find(raw);
  if (at == std::string::npos) return text;
  const size_t end = call.request.raw_query.find('&', at);
  const std::string_view sent = std::string_view(call.request.raw_query)
                                    .substr(at, end == std::string::npos ? end : end - at);
  if (sent.find('+') != std::string_view::npos) std::replace(text.begin(), text.end(), ' ', '+');
  return text;
}

using Ids = std::set<RecordId>;

/// Where an index leads to the value of this field.
Result<void> take_indexed(db::Transaction& tx, const Call& call, Filter has_value, Ids& ids) {
  records::Query query;
  query.filter = std::move(has_value);
  query.sort = {"id", true};
  query.limit = values_found_max;
  const records::Page page =
      TRY(operations::list_records(tx, call.actor, *call.module, std::move(query)));
  for (const records::Record& record : page.records) ids.insert(record.id);
  return {};
}

/// The records of which a field of the kind has the value. Each field is asked alone, or through
/// the index of words: a condition on one or the other would walk all records.
Result<Filter> in_any(db::Transaction& tx, const Call& call, const ModuleWords& words,
                      FieldKind kind, const std::string& text) {
  Ids ids;
  std::vector<Filter> in_words;
  for (const FieldWord& word : words.fields()) {
    const records::FieldDef& field = *word.field;
    if (field.kind != kind || access::field_access(call.actor, call.module->name, field) ==
                                  access::FieldAccess::hidden)
      continue;
    const Result<records::Value> value = records::value_from_text(field, text);
    if (!value || value->is_null()) return records::nothing();
    Filter has_value = records::field(field.name).is(*value);
    if (crm::finds_quickly(*call.module, field)) {
      TRY(take_indexed(tx, call, std::move(has_value), ids));
    } else if (field.searchable) {
      in_words.push_back(std::move(has_value));
    }
  }
  if (!in_words.empty()) {
    std::vector<records::Value> with_words;
    for (const records::Record& record : TRY(operations::search_records(
             tx, call.actor, *call.module, text, values_found_max)))
      with_words.emplace_back(record.id);
    if (!with_words.empty())
      TRY(take_indexed(tx, call,
                       records::all_of({records::field("id").is_one_of(std::move(with_words)),
                                        records::any_of(std::move(in_words))}),
                       ids));
  }
  if (ids.empty()) return records::nothing();
  return records::field("id").is_one_of({ids.begin(), ids.end()});
}

/// What the query asks for: criteria, email, phone or word.
Result<Filter> asked_for(db::Transaction& tx, const Call& call, const ModuleWords& words) {
  if (const std::string criteria = call.query_text("criteria"); !criteria.empty()) {
    const Condition condition = TRY(condition_of_criteria(criteria));
    return filter_of(tx, call, words, condition);
  }
  if (const std::string email = with_plus(call, "email"); !email.empty())
    return in_any(tx, call, words, FieldKind::email, email);
  if (const std::string phone = with_plus(call, "phone"); !phone.empty())
    return in_any(tx, call, words, FieldKind::phone, phone);
  const std::string word = call.query_text("word");
  if (word.empty())
    return invalid("criteria", "param_missing", "One of the expected parameter is missing");
  if (count_chars(word) < int64_t(word_chars_min))
    return invalid("word", "too_short", "Search for at least two letters.");
  const auto found =
      TRY(operations::search_records(tx, call.actor, *call.module, word, words_found_max));
  std::vector<records::Value> ids;
  for (const records::Record& record : found) ids.emplace_back(record.id);
  return ids.empty() ? records::nothing() : records::field("id").is_one_of(std::move(ids));
}

}  // namespace

Result<http::Response> search_records(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    records::ShapeRef shape;
    const ModuleWords words = call.words(tx, shape);
    records::Filter filter = TRY(asked_for(tx, call, words));
    return show_list(tx, call, words, std::move(filter));
  });
}

/// Counts stop at operations::far_count_cap.
Result<http::Response> count_records(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    records::ShapeRef shape;
    const ModuleWords words = call.words(tx, shape);
    const bool asks = !call.query_text("criteria").empty() || !call.query_text("email").empty() ||
                      !call.query_text("phone").empty() || !call.query_text("word").empty();
    Filter filter = TRY(filter_of_view(tx, call));
    if (asks) {
      Filter asked = TRY(asked_for(tx, call, words));
      filter = records::all_of({std::move(filter), std::move(asked)});
    }
    const records::Count count = TRY(operations::count_far(tx, call.actor, *call.module, filter));
    return http::Response::json(
        200, JsonWriter().begin_object().number("count", count.value).end_object().take());
  });
}

}  // namespace tandem::api::crm_dialect
