#include "records/store.h"

#include <fmt/format.h>

#include <algorithm>

#include "records/change_log_table.h"
#include "records/columns.h"
#include "records/filter_compile.h"
#include "records/search/search.h"
#include "records/store_checks.h"
#include "records/unique.h"

namespace tandem::records {

namespace {

using Positions = std::vector<size_t>;

std::string_view word(Verb verb) {
  switch (verb) {
    case Verb::created: return "created";
    case Verb::updated: return "updated";
    case Verb::deleted: return "deleted";
    case Verb::restored: return "restored";
    case Verb::purged: return "purged";
  }
  return "";
}

Refusal stale(const Change& change) {
  return conflict("stale", change.proposed.shape->module().label +
                               " was changed by someone else meanwhile; reload it and try again.");
}

bool changes_custom(const Record& record, const Positions& changed) {
  return std::any_of(changed.begin(), changed.end(),
                     [&](size_t index) { return record.shape->fields()[index].custom; });
}

/// Revision, stamps and title of what is about to be written.
void stamp(Change& change, const Author& author) {
  Record& record = change.proposed;
  if (change.is_new()) {
    if (!record.id) record.id = {change.tx.new_id()};
    record.revision = 0;
    // What is imported was there before.
    if (record.created_at == Instant{}) record.created_at = change.now();
    record.created_by = author.id;
  } else {
    record.revision = change.before.revision;
    record.id = change.before.id;
  }
  ++record.revision;
  record.updated_at = change.now();
  record.updated_by = author.id;
  if (change.verb == Verb::deleted) {
    record.deleted_at = change.now();
    record.deleted_by = author.id;
  } else {
    record.deleted_at = change.verb == Verb::updated ? change.before.deleted_at : std::nullopt;
    record.deleted_by = record.deleted_at ? change.before.deleted_by : RecordId();
  }
  record.title = title_of(record);
}

/// All columns always, so that a module has one INSERT.
void insert_row(Change& change) {
  const Record& record = change.proposed;
  const Shape& shape = *record.shape;
  Statement statement(change.org);
  std::string columns = "org_id";
  std::string values = "$1";
  const auto add = [&](std::string_view column, db::Value value) {
    columns += fmt::format(", {}", column);
    values += ", " + statement.bind(std::move(value));
  };
  add("id", record.id.value);
  add("revision", record.revision);
  add("title", record.title);
  add("created_at", record.created_at.ms);
  add("updated_at", record.updated_at.ms);
  add("created_by", db::arg(record.created_by));
  add("updated_by", db::arg(record.updated_by));
  for (size_t index = 0; index < shape.own_field_count(); ++index) {
    const FieldDef& field = shape.fields()[index];
    add(column_expression(field), to_column(field, record.values[index]));
  }
  if (shape.fields().size() > shape.own_field_count()) add("custom", custom_json(record));
  statement.text = fmt::format("INSERT INTO \"{}\" ({}) VALUES ({})", shape.module().table_name(),
                               columns, values);
  change.tx.execute(statement.text, statement.args);
}

/// Only what changed, and only while the revision is the one that was seen.
Result<void> update_row(Change& change, const Positions& changed) {
  const Record& record = change.proposed;
  const Shape& shape = *record.shape;
  Statement statement(change.org);
  const std::string id = statement.bind(record.id.value);
  const std::string seen = statement.bind(change.before.revision);
  statement.text = "UPDATE \"" + shape.module().table_name() + "\" SET ";
  const auto set = [&](const std::string& column, db::Value value) {
    statement.text += column + " = " + statement.bind(std::move(value));
  };
  set("revision", record.revision);
  statement.text += ", ";
  set("updated_at", record.updated_at.ms);
  statement.text += ", ";
  set("updated_by", db::arg(record.updated_by));
  if (record.title != change.before.title) {
    statement.text += ", ";
    set("title", record.title);
  }
  if (change.verb != Verb::updated) {
    statement.text += ", ";
    set("deleted_at", record.deleted_at ? db::arg(*record.deleted_at) : db::Value(nullptr));
    statement.text += ", ";
    set("deleted_by", db::arg(record.deleted_by));
  }
  for (const size_t index : changed) {
    const FieldDef& field = shape.fields()[index];
    if (field.custom) continue;
    statement.text += ", ";
    set(column_expression(field), to_column(field, record.values[index]));
  }
  if (changes_custom(record, changed)) {
    statement.text += ", ";
    set("custom", custom_json(record));
  }
  statement.text += " WHERE org_id = $1 AND id = " + id + " AND revision = " + seen;
  if (change.tx.execute(statement.text, statement.args) == 0) return stale(change);
  return {};
}

Result<void> write_row(Change& change, const Positions& changed) {
  if (!change.is_new()) return update_row(change, changed);
  insert_row(change);
  return {};
}

void index_searchable(const Change& change, const Positions& changed) {
  const Record& record = change.proposed;
  const std::vector<FieldDef>& fields = record.shape->fields();
  const bool is_touched = std::any_of(changed.begin(), changed.end(),
                                      [&](size_t index) { return fields[index].searchable; });
  if (!is_touched) return;
  index_words(change.tx, change.org, record.shape->module().name, record.id.value,
              words_of(searchable_text(record)));
}

void log_change(const Change& change, const Positions& changed, const Author& author) {
  const std::string_view event = change.event.empty() ? word(change.verb) : change.event;
  append_to_log(
      change.tx,
      {change.org, change.proposed.shape->module().name, change.proposed.id,
       change.proposed.revision, event, changes_json_of(change, changed), change.detail_json},
      author);
}

/// The unique values a record must defend now: those that changed, or all when it comes back.
Positions contested(const Change& change, const Positions& changed) {
  if (change.verb != Verb::restored) return changed;
  Positions all(change.proposed.values.size());
  for (size_t index = 0; index < all.size(); ++index) all[index] = index;
  return all;
}

Result<Record> purge(Change& change, const Author& author) {
  const ModuleDef& module = change.before.shape->module();
  const int64_t gone = change.tx.execute(
      fmt::format("DELETE FROM \"{}\" WHERE org_id = $1 AND id = $2 AND revision = $3",
                  module.table_name()),
      {change.org.value, change.before.id.value, change.before.revision});
  if (gone == 0) return stale(change);
  index_words(change.tx, change.org, module.name, change.before.id.value, "");
  release_unique_values(change.tx, change.org, change.before);
  change.proposed = change.before;
  log_change(change, {}, author);
  return change.before;
}

}  // namespace

Result<Record> store(Change& change, const Author& author) {
  if (change.verb == Verb::purged) return purge(change, author);
  TRY(normalise_values(change));
  if (change.is_new()) give_numbers(change);
  const Positions changed = changed_fields(change);
  const bool says_nothing = change.verb == Verb::updated && changed.empty() &&
                            change.event.empty() && change.detail_json.empty();
  if (says_nothing) return change.before;
  TRY(check_links(change, changed));
  stamp(change, author);
  const Positions unique = contested(change, changed);
  if (change.verb != Verb::deleted) {
    TRY(check_unique(change.tx, change.org, change.proposed, unique));
  }
  try {
    TRY(write_row(change, changed));
    if (change.verb == Verb::deleted) {
      release_unique_values(change.tx, change.org, change.proposed);
    } else {
      keep_unique_values(change.tx, change.org, change.proposed, unique);
    }
  } catch (const db::UniqueViolation&) {
    // Another writer was faster between the check and the write.
    return duplicate_of(change.proposed, unique);
  }
  index_searchable(change, changed);
  log_change(change, changed, author);
  return change.proposed;
}

}  // namespace tandem::records
