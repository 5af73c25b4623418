#include <algorithm>
#include <map>
#include <memory>

#include "access/field_limits.h"
#include "api/crm/coql/answers.h"
#include "api/crm/envelope.h"
#include "base/text.h"
#include "operations/figures.h"
#include "records/filter_compile.h"

namespace tandem::api::crm_dialect::coql {

namespace {

using records::Record;

Refusal no_column(const std::string& column) {
  return invalid(column, "invalid_column", "column given seems to be invalid");
}

bool is_hidden(const Call& call, const ModuleWords& words, const FieldWord& word) {
  return access::is_hidden(call.actor, words.shape().module().name, word.field->name);
}

/// The records that one lookup names, and what writes them.
struct Linked {
  const Linked* from = nullptr;     // whose lookup it is; null: of the rows themselves
  const FieldWord* link = nullptr;  // in the words of those
  std::unique_ptr<Call> call;
  records::ShapeRef shape;
  std::unique_ptr<ModuleWords> words;
  std::unique_ptr<RecordWriter> writer;
  std::map<int64_t, Record> by_id;
};

/// A column of the records, or of the record that a lookup names.
struct Shown {
  std::string key;                 // the alias, or the name as the dialect writes it
  std::string api_name;            // of the field
  const Linked* linked = nullptr;  // of "Account_Name.Industry": what Account_Name names
};

class Rows {
 public:
  Rows(db::Transaction& tx, const Call& call, const Query& query)
      : tx_(tx), call_(call), query_(query), words_(call.words(tx, shape_)) {}

  Result<http::Response> answer() {
    for (const Column& column : query_.columns) {
      Shown shown = TRY(shown_as(column));
      shown_.push_back(std::move(shown));
    }
    Found found = TRY(find());
    if (found.records.empty()) return http::Response::no_content();
    // In the order of their paths, so that what is behind another comes after it.
    for (auto& [path, linked] : linked_) TRY(look_up(linked, found.records));
    return http::Response::json(200, written(found));
  }

 private:
  struct Found {
    std::vector<Record> records;
    bool has_more = false;
  };

  Result<Shown> shown_as(const Column& column) {
    const std::string key = column.alias.empty() ? column.field : column.alias;
    const size_t dot = column.field.rfind('.');
    if (dot == std::string::npos) {
      const FieldWord* word = words_.find(column.field);
      const bool is_relation = words_.relation() && ascii_lower(words_.relation()->api_name) ==
                                                        ascii_lower(column.field);
      if (is_relation) return Shown{.key = key, .api_name = words_.relation()->api_name};
      const bool is_there =
          word ? !is_hidden(call_, words_, *word) : !system_field_of(column.field).empty();
      if (!is_there) return no_column(column.field);
      return Shown{.key = column.alias.empty() && word ? word->api_name : key,
                   .api_name = column.field};
    }
    const Linked* linked = TRY(linked_by(column.field, dot));
    const std::string inner = column.field.substr(dot + 1);
    const FieldWord* word = linked->words->find(inner);
    const bool is_there =
        word ? !is_hidden(call_, *linked->words, *word) : !system_field_of(inner).empty();
    if (!is_there) return no_column(column.field);
    return Shown{.key = key, .api_name = inner, .linked = linked};
  }

  /// What the lookups before the last dot of a column name, one after the other.
  Result<const Linked*> linked_by(const std::string& column, size_t last_dot) {
    const Linked* from = nullptr;
    size_t start = 0;
    for (int links = 0; start <= last_dot; ++links) {
      const size_t dot = column.find('.', start);
      const ModuleWords& words = from ? *from->words : words_;
      const FieldWord* link = words.find(std::string_view(column).substr(start, dot - start));
      const records::ModuleDef* module = link && link->form == Form::lookup
                                             ? call_.actor.catalogue->find(link->field->link_to)
                                             : nullptr;
      if (links >= links_followed_max || !module || is_hidden(call_, words, *link) ||
          module_word(call_.edition, *module).empty())
        return no_column(column);
      Linked& next = linked_[ascii_lower(std::string_view(column).substr(0, dot))];
      if (!next.call) {
        next.from = from;
        next.link = link;
        next.call = std::make_unique<Call>(call_.about(*module));
        next.words = std::make_unique<ModuleWords>(next.call->words(tx_, next.shape));
        next.writer =
            std::make_unique<RecordWriter>(*next.call, *next.words, std::vector<std::string>());
      }
      from = &next;
      start = dot + 1;
    }
    return from;
  }

  /// A list in the order of an index goes by pages; another order looks at all that meets the
  /// condition.
  Result<Found> find() {
    records::Filter filter = TRY(filter_of(tx_, call_, words_, query_.where));
    const int limit = int(std::min<int64_t>(query_.limit, page_rows_max));
    if (limit < 1) return Found{};
    std::vector<records::FieldOrder> orders;
    for (const Order& order : query_.order_by) {
      const std::string field = words_.field_of(name_behind(order));
      if (field.empty() || order.aggregate != Aggregate::none ||
          access::is_hidden(call_.actor, call_.module->name, field))
        return no_column(order.field);
      orders.push_back({field, order.descending, order_by(field)});
    }
    if (!is_indexed(orders)) {
      records::OrderedQuery query{std::move(filter), std::move(orders), query_.offset, limit + 1};
      std::vector<Record> found =
          TRY(operations::list_ordered(tx_, call_.actor, *call_.module, std::move(query)));
      const bool has_more = found.size() > size_t(limit);
      if (has_more) found.pop_back();
      return Found{std::move(found), has_more};
    }
    records::Query query;
    query.filter = std::move(filter);
    query.sort = orders.empty() ? records::Sort{"id", false}
                                : records::Sort{orders.front().field, orders.front().descending};
    query.offset = query_.offset;
    query.limit = limit;
    records::Page page =
        TRY(operations::list_records(tx_, call_.actor, *call_.module, std::move(query)));
    return Found{std::move(page.records), !page.next_cursor.empty()};
  }

  /// Orders may name an alias.
  std::string name_behind(const Order& order) const {
    for (const Column& column : query_.columns)
      if (!column.alias.empty() && ascii_lower(column.alias) == ascii_lower(order.field))
        return column.field;
    return order.field;
  }

  /// What links to a record is ordered by what that is called.
  records::FieldOrder::By order_by(const std::string& name) const {
    const records::FieldDef* field = records::field_or_system(*shape_, name);
    return field && !linked_module(*field).empty() && name != "id" ? records::FieldOrder::By::title
                                                                   : records::FieldOrder::By::value;
  }

  bool is_indexed(const std::vector<records::FieldOrder>& orders) const {
    if (orders.empty()) return true;
    if (orders.size() > 1) return false;
    const std::string& name = orders.front().field;
    const records::FieldDef* field = shape_->find(name);
    if (field) return field->sortable;
    return name == "id" || name == "title" || name == "created_at" || name == "updated_at";
  }

  /// Reads what a lookup of the found records names, as far as the actor sees it.
  Result<void> look_up(Linked& linked, const std::vector<Record>& found) {
    std::vector<records::Value> ids;
    for (const Record& record : found) {
      const Record* from = linked.from ? reached(*linked.from, record) : &record;
      if (!from) continue;
      const records::Value& id = from->values[linked.link->index];
      if (!id.is_null() && std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
    }
    if (ids.empty()) return {};
    records::Query query;
    query.limit = int(ids.size());
    query.filter = records::field("id").is_one_of(std::move(ids));
    const records::Page page =
        TRY(operations::list_records(tx_, call_.actor, *linked.call->module, std::move(query)));
    linked.writer->name_links(tx_, page.records);
    for (const Record& record : page.records) linked.by_id.emplace(record.id.value, record);
    return {};
  }

  /// The record that the lookups of a row lead to; null when there is none.
  static const Record* reached(const Linked& linked, const Record& row) {
    const Record* from = linked.from ? reached(*linked.from, row) : &row;
    if (!from) return nullptr;
    const auto at = linked.by_id.find(from->values[linked.link->index].number());
    return at == linked.by_id.end() ? nullptr : &at->second;
  }

  std::string written(const Found& found) {
    RecordWriter writer(call_, words_, {});
    writer.name_links(tx_, found.records);
    JsonWriter json;
    json.begin_object().key("data").begin_array();
    for (const Record& record : found.records) {
      json.begin_object().id("id", record.id.value);
      for (const Shown& column : shown_) {
        if (ascii_lower(column.key) == "id") continue;
        if (column.linked) {
          append_linked(json, column, record);
        } else {
          writer.append_field(json, column.key, column.api_name, record);
        }
      }
      json.end_object();
    }
    json.end_array().key("info").begin_object().number("count", int64_t(found.records.size()));
    json.boolean("more_records", found.has_more).end_object();
    return json.end_object().take();
  }

  static void append_linked(JsonWriter& json, const Shown& column, const Record& row) {
    if (const Record* record = reached(*column.linked, row)) {
      column.linked->writer->append_field(json, column.key, column.api_name, *record);
    } else {
      json.null(column.key);
    }
  }

  db::Transaction& tx_;
  const Call& call_;
  const Query& query_;
  records::ShapeRef shape_;
  const ModuleWords words_;
  std::vector<Shown> shown_;
  std::map<std::string, Linked> linked_;  // by the path that leads there, in small letters
};

}  // namespace

Result<http::Response> answer_rows(db::Transaction& tx, const Call& call, const Query& query) {
  return Rows(tx, call, query).answer();
}

}  // namespace tandem::api::crm_dialect::coql
