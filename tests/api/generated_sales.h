#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "access/actor.h"
#include "api/crm/words.h"
#include "operations/operations.h"
#include "records/custom_fields.h"
#include "records/filter_compile.h"
#include "tests/api/operator_rows.h"
#include "tests/api/sales_portal.h"

namespace tandem::test {

constexpr int records_per_module = 24;
/// Of one kind and module so many fields are asked: there are many of the same kind.
constexpr int fields_per_kind = 2;

inline uint64_t test_seed() {
  const char* given = std::getenv("TANDEM_SEED");
  return given ? std::strtoull(given, nullptr, 10) : 20'261'123;
}

/// A column of a query, and what it shows of each record.
struct Column {
  std::string name;                 // as COQL and criteria write it
  const FieldDef* field = nullptr;  // whose kind it has
  Asked asked = Asked::value;
  bool is_native = false;             // whether a native filter asks the same
  std::vector<Cell> cells = {};       // by record
  std::vector<int64_t> linked = {};   // the ids it may have
  std::set<std::string> titles = {};  // what those are called
};

/// A sales organisation whose modules are full of records with every kind of value, made of a seed
/// that TANDEM_SEED gives again; and what their columns show, worked out without any query.
class GeneratedSales {
 protected:
  using FieldWord = api::crm_dialect::FieldWord;
  using Form = api::crm_dialect::Form;
  using ModuleWords = api::crm_dialect::ModuleWords;
  using FieldKind = records::FieldKind;
  using Record = records::Record;

  explicit GeneratedSales(crm::Edition edition) : edition_(edition), random_(test_seed()) {
    std::printf("seed %llu\n", (unsigned long long)test_seed());
    add_custom_fields();
    read_shapes();
    for (const records::ModuleDef* module : shown_) fill(*module);
    for (const records::ModuleDef* module : shown_) link(*module);
  }

  db::Database& database() { return portal_.program().database(); }
  int below(size_t limit) { return int(random_() % limit); }
  template <class T>
  const T& one_of(const std::vector<T>& all) {
    return all[size_t(below(all.size()))];
  }

  /// One of each kind that people can add.
  void add_custom_fields() {
    const records::ModuleDef& module = *catalogue_.find("contacts");
    for (int number = 0; number <= int(FieldKind::auto_number); ++number) {
      const auto kind = FieldKind(number);
      if (kind == FieldKind::auto_number) continue;
      FieldDef field{.label = "My " + std::string(records::kind_of(kind).word), .kind = kind};
      if (kind == FieldKind::choice || kind == FieldKind::multi_choice)
        field.choices = {{"red", "Red"}, {"on_hold", "On hold"}, {"blue", "Blue (dark)"}};
      if (kind == FieldKind::link) field.link_to = "accounts";
      const auto added = database().write([&](db::Transaction& tx) -> Result<FieldDef> {
        return records::add_custom_field(tx, org_, catalogue_, module, field);
      });
      ASSERT_TRUE(added) << added.error().message;
    }
  }

  void read_shapes() {
    database().read([&](db::Transaction& tx) {
      for (const records::ModuleDef* module : catalogue_.modules()) {
        shapes_[module->name] = catalogue_.shape(tx, org_, *module);
        if (!api::crm_dialect::module_word(edition_, *module).empty()) shown_.push_back(module);
        records_[module->name] = stored(tx, *module);
      }
    });
  }

  std::vector<Record> stored(db::Transaction& tx, const records::ModuleDef& module) {
    records::Query query;
    query.sort = {"id", false};
    query.limit = 250;
    return records::select_page(tx, org_, shapes_.at(module.name), query).value().records;
  }

  /// Past the rules of the module, which would not let every value stand beside every other.
  Record store(db::Transaction& tx, records::Verb verb, const Record& before, Record proposed) {
    records::Change change{tx, org_, system_, verb, before, std::move(proposed), "", ""};
    const Result<Record> stored = records::store(change, system_.author());
    EXPECT_TRUE(stored) << stored.error().field << ": " << stored.error().message;
    return stored ? *stored : before;
  }

  /// Everything but links; a quarter has no value.
  void fill(const records::ModuleDef& module) {
    const records::ShapeRef shape = shapes_.at(module.name);
    const auto done = database().write([&](db::Transaction& tx) -> Result<void> {
      for (int row = 0; row < records_per_module; ++row) {
        Record record;
        record.shape = shape;
        record.id = RecordId{tx.new_id()};
        record.values.resize(shape->fields().size());
        for (const FieldDef& field : shape->fields()) {
          const std::vector<Value> samples = row_of(field, {}).samples;
          const bool has_value = !samples.empty() && (below(4) > 0 || field.required);
          if (has_value && field.name != "file") record.set(field.name, one_of(samples));
        }
        Record bare = record;
        bare.values.assign(bare.values.size(), Value());
        store(tx, records::Verb::created, bare, record);
      }
      return {};
    });
    ASSERT_TRUE(done);
    database().read([&](db::Transaction& tx) { records_[module.name] = stored(tx, module); });
  }

  /// Links to what is there now. Of several that stand as one key at most one is set.
  void link(const records::ModuleDef& module) {
    const ModuleWords words(edition_, *shapes_.at(module.name));
    const auto done = database().write([&](db::Transaction& tx) -> Result<void> {
      for (const Record& before : records_.at(module.name)) {
        Record proposed = before;
        for (const FieldWord& word : words.fields()) {
          if (!is_link(*word.field) || below(4) == 0) continue;
          const std::vector<int64_t> ids = ids_of(*word.field);
          if (!ids.empty()) proposed.set(word.field->name, Value(one_of(ids)));
        }
        if (words.relation() && below(4) > 0) {
          const FieldDef& field = *proposed.shape->find(one_of(words.relation()->fields));
          proposed.set(field.name, Value(one_of(ids_of(field))));
        }
        store(tx, records::Verb::updated, before, std::move(proposed));
      }
      return {};
    });
    ASSERT_TRUE(done);
    database().read([&](db::Transaction& tx) { records_[module.name] = stored(tx, module); });
  }

  static bool is_link(const FieldDef& field) {
    return field.kind == FieldKind::link || field.kind == FieldKind::user;
  }
  std::vector<int64_t> ids_of(const FieldDef& link) {
    std::vector<int64_t> ids;
    for (const Record& record : records_.at(link.link_to)) ids.push_back(record.id.value);
    if (ids.size() > 5) ids.resize(5);
    return ids;
  }
  const Record* record_of(const FieldDef& link, const Value& id) {
    for (const Record& record : records_.at(link.link_to))
      if (!id.is_null() && record.id == id.id()) return &record;
    return nullptr;
  }

  Cell cell_of(const FieldDef& field, const Record& record) {
    Cell cell{.value = record.get(field.name)};
    if (is_link(field)) {
      const Record* linked = record_of(field, cell.value);
      cell.title = linked ? linked->title : "";
    }
    return cell;
  }

  /// What lists show: converted leads are in none.
  std::vector<Record> listed(const records::ModuleDef& module) {
    std::vector<Record> all = records_.at(module.name);
    if (module.name == "leads")
      std::erase_if(all, [](const Record& lead) { return !lead.get("converted_at").is_null(); });
    return all;
  }

  static void add_title(Column& column, const std::string& title) {
    if (!title.empty()) column.titles.insert(title);
  }
  void add_titles(Column& column) {
    if (!is_link(*column.field)) return;
    column.linked = ids_of(*column.field);
    for (const Record& record : records_.at(column.field->link_to)) add_title(column, record.title);
  }

  Column column_of(const FieldWord& word, const std::vector<Record>& all) {
    Column column{.name = word.api_name, .field = word.field, .is_native = true};
    if (word.form == Form::flag) column.asked = Asked::flag;
    for (const Record& record : all) column.cells.push_back(cell_of(*word.field, record));
    add_titles(column);
    return column;
  }

  Column system_column(const std::string& name, const std::string& field_name,
                       const std::vector<Record>& all) {
    Column column{.name = name, .field = records::field_or_system(*all.front().shape, field_name)};
    for (const Record& record : all) {
      Cell cell;
      if (field_name == "created_at") cell.value = Value(record.created_at);
      if (field_name == "updated_at") cell.value = Value(record.updated_at);
      if (field_name == "title") cell.value = Value(record.title);
      column.cells.push_back(cell);
    }
    return column;
  }

  /// What_Id and its like: whichever link is set.
  std::optional<Column> relation_column(const ModuleWords& words, const std::vector<Record>& all) {
    if (!words.relation()) return std::nullopt;
    Column column{.name = words.relation()->api_name};
    column.field = words.shape().find(words.relation()->fields.front());
    for (const Record& record : all) {
      Cell cell;
      for (const std::string& name : words.relation()->fields)
        if (!record.get(name).is_null()) cell = cell_of(*words.shape().find(name), record);
      column.cells.push_back(cell);
      add_title(column, cell.title);
      if (!cell.value.is_null()) column.linked.push_back(cell.value.number());
    }
    return column;
  }

  /// "Account_Name.Industry", and with two links "Account_Name.Parent_Account.Phone".
  void add_linked_columns(const FieldWord& link, const std::vector<Record>& all,
                          std::vector<Column>& columns) {
    const ModuleWords words(edition_, *shapes_.at(link.field->link_to));
    for (const FieldWord* inner : few_of_each_kind(words, 1)) {
      Column column{.name = link.api_name + "." + inner->api_name, .field = inner->field};
      // Of a record that is not there a flag is not even false.
      if (inner->form == Form::flag) continue;
      for (const Record& record : all) {
        const Record* linked = record_of(*link.field, record.get(link.field->name));
        column.cells.push_back(linked ? cell_of(*inner->field, *linked) : Cell{});
      }
      add_titles(column);
      columns.push_back(column);
      if (inner->field->name == "parent_account") add_twice_linked(column, columns);
    }
  }

  void add_twice_linked(const Column& parent, std::vector<Column>& columns) {
    const ModuleWords words(edition_, *shapes_.at("accounts"));
    for (const char* name : {"Phone", "Employees", "Industry"}) {
      const FieldWord& inner = *words.find(name);
      Column column{.name = parent.name + "." + name, .field = inner.field};
      for (const Cell& cell : parent.cells) {
        const Record* linked = record_of(*parent.field, cell.value);
        column.cells.push_back(linked ? cell_of(*inner.field, *linked) : Cell{});
      }
      columns.push_back(column);
    }
  }

  static std::vector<const FieldWord*> few_of_each_kind(const ModuleWords& words, int count) {
    std::vector<const FieldWord*> few;
    std::map<std::pair<FieldKind, Form>, int> taken;
    for (const FieldWord& word : words.fields())
      if (word.field->custom || ++taken[{word.field->kind, word.form}] <= count)
        few.push_back(&word);
    return few;
  }

  std::vector<Column> columns_of(const records::ModuleDef& module, const ModuleWords& words,
                                 const std::vector<Record>& all) {
    std::vector<Column> columns;
    for (const FieldWord* word : few_of_each_kind(words, fields_per_kind)) {
      columns.push_back(column_of(*word, all));
      const bool is_followed =
          word->form == Form::lookup && (module.name == "contacts" || module.name == "deals");
      if (is_followed) add_linked_columns(*word, all, columns);
    }
    columns.push_back(system_column("Created_Time", "created_at", all));
    columns.push_back(system_column("Modified_Time", "updated_at", all));
    columns.push_back(system_column("Full_Name", "title", all));
    if (std::optional<Column> relation = relation_column(words, all)) columns.push_back(*relation);
    return columns;
  }

  Answer coql(const std::string& query) {
    JsonWriter json;
    json.begin_object().string("select_query", query).end_object();
    return portal_.call(edition_, http::Method::post, "/coql", json.take());
  }

  crm::Edition edition_;
  SalesPortal portal_;
  SalesPortal::Firm& firm_ = portal_.firm(edition_);
  OrgId org_ = firm_.org;
  const records::Catalogue& catalogue_ =
      *portal_.program().applications().find(crm::word(edition_));
  access::Actor system_ = access::system_actor(catalogue_, org_, access::Path::system);
  std::vector<const records::ModuleDef*> shown_;
  std::map<std::string, records::ShapeRef> shapes_;
  std::map<std::string, std::vector<Record>> records_;
  std::mt19937_64 random_;
};

}  // namespace tandem::test
