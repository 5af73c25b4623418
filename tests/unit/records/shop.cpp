#include "tests/unit/records/shop.h"

namespace tandem::records {

const ModuleDef& companies_module() {
  static const ModuleDef module{
      .name = "companies",
      .label = "Company",
      .label_plural = "Companies",
      .fields = {
          {.name = "name", .label = "Name", .searchable = true, .sortable = true},
          {.name = "email", .label = "E-mail", .kind = FieldKind::email, .unique = true},
          {.name = "title", .label = "Job title"},
      }};
  return module;
}

const ModuleDef& orders_module() {
  static const ModuleDef module{
      .name = "orders",
      .label = "Order",
      .label_plural = "Orders",
      .fields =
          {
              {.name = "subject", .label = "Subject", .searchable = true, .sortable = true},
              {.name = "note",
               .label = "Note",
               .kind = FieldKind::long_text,
               .searchable = true,
               .max_chars = 50'000},
              {.name = "body",
               .label = "Body",
               .kind = FieldKind::rich_text,
               .searchable = true,
               .max_chars = 50'000},
              {.name = "pieces", .label = "Pieces", .kind = FieldKind::number, .sortable = true},
              {.name = "weight", .label = "Weight", .kind = FieldKind::decimal, .scale = 3},
              {.name = "price", .label = "Price", .kind = FieldKind::money, .scale = 2},
              {.name = "is_paid", .label = "Paid", .kind = FieldKind::boolean},
              {.name = "due_on", .label = "Due on", .kind = FieldKind::date, .sortable = true},
              {.name = "due_at", .label = "Due at", .kind = FieldKind::instant, .sortable = true},
              {.name = "state",
               .label = "State",
               .kind = FieldKind::choice,
               .choices = {{"open", "Open"}, {"on_hold", "On hold"}, {"closed", "Closed"}}},
              {.name = "tags",
               .label = "Tags",
               .kind = FieldKind::multi_choice,
               .choices = {{"red", "Red"}, {"green", "Green"}, {"blue", "Blue"}}},
              {.name = "email", .label = "E-mail", .kind = FieldKind::email},
              {.name = "phone", .label = "Phone", .kind = FieldKind::phone},
              {.name = "site", .label = "Site", .kind = FieldKind::url},
              {.name = "company",
               .label = "Company",
               .kind = FieldKind::link,
               .link_to = "companies"},
              {.name = "owner", .label = "Owner", .kind = FieldKind::user},
              {.name = "number",
               .label = "Number",
               .kind = FieldKind::auto_number,
               .unique = true,
               .sortable = true},
              {.name = "code", .label = "Code", .unique = true},
          },
      .indexes = {{"state", "due_at"}}};
  return module;
}

Shop::Shop(db::Kind kind, const std::string& name) {
  catalogue.add(companies_module());
  catalogue.add(orders_module());
  actor.catalogue = &catalogue;
  actor.org = org;
  database = test::new_database(
      kind, clock, name, [&](db::Database& fresh) { EXPECT_TRUE(sync_tables(fresh, catalogue)); });
  const auto made = database->write([&](db::Transaction& tx) -> Result<void> {
    for (const OrgId id : {org, other_org}) {
      tx.execute(
          "INSERT INTO organisations (id, app, name, locale, access_version, created_at) "
          "VALUES ($1, 'desk', 'Shop', 'en', 1, 0)",
          {id.value});
    }
    return {};
  });
  EXPECT_TRUE(made);
}

ShapeRef Shop::shape(const ModuleDef& module) {
  return database->read([&](db::Transaction& tx) { return catalogue.shape(tx, org, module); });
}

Result<Record> Shop::create(const ModuleDef& module, const Changes& changes) {
  return database->write([&](db::Transaction& tx) -> Result<Record> {
    Record proposed;
    proposed.shape = catalogue.shape(tx, org, module);
    proposed.values.resize(proposed.shape->fields().size());
    for (const auto& [name, value] : changes) proposed.set(name, value);
    Change change{tx, org, actor, Verb::created, {}, std::move(proposed)};
    return store(change, author);
  });
}

Record Shop::add(const ModuleDef& module, const Changes& changes) {
  Result<Record> record = create(module, changes);
  EXPECT_TRUE(record) << record.error().message;
  return std::move(*record);
}

Result<Record> Shop::update(const Record& before, const Changes& changes) {
  return database->write([&](db::Transaction& tx) -> Result<Record> {
    Record proposed = before;
    for (const auto& [name, value] : changes) proposed.set(name, value);
    Change change{tx, org, actor, Verb::updated, before, std::move(proposed)};
    return store(change, author);
  });
}

Result<Record> Shop::turn(const Record& before, Verb verb) {
  return database->write([&](db::Transaction& tx) -> Result<Record> {
    Change change{tx, org, actor, verb, before, before};
    return store(change, author);
  });
}

std::optional<Record> Shop::find(const ModuleDef& module, RecordId id, Bin bin) {
  return database->read([&](db::Transaction& tx) {
    return select_one(tx, org, catalogue.shape(tx, org, module), id, everything(), bin).value();
  });
}

Result<Page> Shop::list(const ModuleDef& module, const Query& query) {
  return database->read([&](db::Transaction& tx) {
    return select_page(tx, org, catalogue.shape(tx, org, module), query);
  });
}

std::vector<int64_t> Shop::walk(const ModuleDef& module, Query query) {
  std::vector<int64_t> ids;
  do {
    const Result<Page> page = list(module, query);
    EXPECT_TRUE(page) << page.error().message;
    if (!page) break;
    EXPECT_LE(page->records.size(), size_t(query.limit));
    for (const Record& record : page->records) ids.push_back(record.id.value);
    query.cursor = page->next_cursor;
  } while (!query.cursor.empty());
  return ids;
}

std::vector<int64_t> Shop::search(const ModuleDef& module, std::string_view text, int limit) {
  return database->read(
      [&](db::Transaction& tx) { return find_words(tx, org, module.name, text, limit); });
}

std::vector<LogEntry> Shop::history(const Record& record) {
  return database->read([&](db::Transaction& tx) {
    return history_of(tx, org, record.shape->module().name, record.id, "", 100).value().entries;
  });
}

Result<FieldDef> Shop::add_field(const ModuleDef& module, FieldDef field) {
  return database->write([&](db::Transaction& tx) -> Result<FieldDef> {
    return add_custom_field(tx, org, catalogue, module, std::move(field));
  });
}

}  // namespace tandem::records
