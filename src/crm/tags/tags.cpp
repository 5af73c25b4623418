#include "crm/tags/tags.h"

#include <fmt/format.h>

#include <algorithm>

#include "access/field_limits.h"
#include "base/text.h"
#include "crm/common_fields.h"
#include "operations/rows.h"
#include "operations/visible.h"
#include "records/store.h"

namespace tandem::crm {

namespace {

using access::Actor;
using records::ModuleDef;
using records::Record;
using records::Value;

/// What a tag is known by: it is there once for each module.
std::string key_of(const ModuleDef& module, std::string_view name) {
  return module.name + ":" + ascii_lower(name);
}

std::optional<Record> tag_of_key(db::Transaction& tx, const Actor& actor, const std::string& key) {
  records::Query query;
  query.filter = records::field("key").is(Value(key));
  query.limit = 1;
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, tags_module());
  Result<records::Page> page = records::select_page(tx, actor.org, shape, query);
  if (!page || page->records.empty()) return std::nullopt;
  return std::move(page->records.front());
}

int64_t count_tags(db::Transaction& tx, OrgId org, const ModuleDef& module) {
  return tx.integer(
      "SELECT COUNT(*) FROM crm_tags WHERE org_id = $1 AND of_module = $2 AND deleted_at IS NULL",
      {org.value, module.name});
}

Result<Record> add(db::Transaction& tx, const Actor& actor, const ModuleDef& module,
                   const TagWords& words) {
  if (count_tags(tx, actor.org, module) >= tags_per_module_max) {
    return invalid("tags", "too_many_tags",
                   fmt::format("{} have {} tags; use one of them, or delete one.",
                               module.label_plural, tags_per_module_max));
  }
  return operations::add_row(tx, actor, tags_module(),
                             {{"name", Value(words.name)},
                              {"color", words.color.empty() ? Value() : Value(words.color)},
                              {"of_module", Value(module.name)},
                              {"key", Value(key_of(module, words.name))}});
}

Result<TagWords> checked(TagWords words) {
  words.name = to_utf8_lossy(trim(words.name));
  if (count_chars(words.name) > tag_chars_max) {
    return invalid("name", "too_long",
                   fmt::format("Give a name of at most {} characters.", tag_chars_max));
  }
  if (words.name.find_first_of(",;\n\r") != std::string::npos)
    return invalid("name", "wrong_form", "Give a name without commas and semicolons.");
  const bool is_color =
      int64_t(words.color.size()) == tag_color_chars && words.color[0] == '#' &&
      words.color.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string::npos;
  if (!words.color.empty() && !is_color)
    return invalid("color_code", "wrong_form", "Give a colour as #57B1FD.");
  return words;
}

/// Who may change records of the module may give them new tags.
Result<void> may_tag(const Actor& actor, const ModuleDef& module) {
  TRY(access::require_right(actor, module, access::Right::update));
  if (!access::is_hidden(actor, module.name, "tags")) return {};
  return forbidden("no_field_right", "Your role does not see tags; ask an administrator.");
}

/// The names of tags are the values of the field.
bool may_see_tags(const Actor& actor, std::string_view module) {
  return !access::is_hidden(actor, module, "tags");
}

/// What stands on everybody's records is changed by who arranges fields.
Result<void> may_change(const Actor& actor, const ModuleDef& module) {
  TRY(may_tag(actor, module));
  return access::require_duty(actor, access::Duty::manage_fields);
}

/// The tags of a record with `name` taken out and `instead` put in, which may be empty.
std::vector<std::string> exchanged(const Record& record, std::string_view name,
                                   const std::string& instead) {
  std::vector<std::string> tags;
  for (const std::string& tag : record.get("tags").list())
    if (!is_same_tag(tag, name) && !is_same_tag(tag, instead)) tags.push_back(tag);
  if (!instead.empty()) tags.push_back(instead);
  std::sort(tags.begin(), tags.end());
  return tags;
}

/// Writes each record that carries the tag, in the bin or not, whoever may see it.
Result<void> exchange(db::Transaction& tx, const Actor& actor, const ModuleDef& module,
                      const std::string& name, const std::string& instead) {
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, module);
  records::Query query;
  query.filter = records::field("tags").is(Value(name));
  query.bin = records::Bin::either;
  query.limit = db::bulk_rows_max;
  int written = 0;
  do {
    const records::Page page = TRY(records::select_page(tx, actor.org, shape, query));
    for (const Record& record : page.records) {
      if (++written > tagged_records_max) {
        return conflict("in_use",
                        fmt::format("More than {} records carry this tag.", tagged_records_max));
      }
      const std::vector<std::string> tags = exchanged(record, name, instead);
      TRY(operations::change_row(tx, actor, record,
                                 {{"tags", tags.empty() ? Value() : Value(tags)}}));
    }
    query.cursor = page.next_cursor;
  } while (!query.cursor.empty());
  return {};
}

}  // namespace

bool is_same_tag(std::string_view one, std::string_view other) {
  return ascii_lower(one) == ascii_lower(other);
}

Result<void> its_tags_are_known(records::Change& change) {
  const bool is_written = change.verb == records::Verb::created ||
                          change.verb == records::Verb::updated ||
                          change.verb == records::Verb::restored;
  if (!is_written || !change.changes("tags")) return {};
  const ModuleDef& module = change.proposed.shape->module();
  const std::vector<std::string>& before = change.before.get("tags").list();
  for (const std::string& tag : change.get("tags").list()) {
    const auto is_it = [&](const std::string& known) { return is_same_tag(known, tag); };
    if (!change.is_new() && std::any_of(before.begin(), before.end(), is_it)) continue;
    if (tag_of_key(change.tx, change.actor, key_of(module, tag))) continue;
    const Result<TagWords> words = checked({.name = tag, .color = ""});
    if (!words) return invalid("tags", words.error().code, words.error().message);
    const Result<Record> made =
        change.tx.attempt([&] { return add(change.tx, change.actor, module, *words); });
    // Another writer made the same tag meanwhile: then it is there, unseen by this transaction.
    if (!made && made.error().code != "duplicate") return made.error();
  }
  return {};
}

std::vector<Record> list_tags(db::Transaction& tx, const Actor& actor, const ModuleDef& module) {
  records::Query query;
  if (!may_see_tags(actor, module.name)) return {};
  query.filter = records::field("of_module").is(Value(module.name));
  query.sort = {"key", false};
  query.limit = tags_per_module_max;
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, tags_module());
  Result<records::Page> page = records::select_page(tx, actor.org, shape, query);
  if (!page) return {};
  return std::move(page->records);
}

Result<Record> find_tag(db::Transaction& tx, const Actor& actor, RecordId id) {
  Record tag = TRY(operations::find_visible(tx, actor, tags_module(), id, records::Bin::outside));
  if (!may_see_tags(actor, tag.get("of_module").text())) return not_found("There is no such tag.");
  return tag;
}

Result<Record> find_tag(db::Transaction& tx, const Actor& actor, const ModuleDef& module,
                        RecordId id) {
  Record tag = TRY(find_tag(tx, actor, id));
  if (tag.get("of_module").text() != module.name)
    return not_found("There is no such tag of this module.");
  return tag;
}

Result<Record> create_tag(db::Transaction& tx, const Actor& actor, const ModuleDef& module,
                          const TagWords& words) {
  TRY(may_tag(actor, module));
  const TagWords given = TRY(checked(words));
  if (given.name.empty()) return invalid("name", "required", "Give the tag a name.");
  if (tag_of_key(tx, actor, key_of(module, given.name)))
    return conflict("duplicate", "There is a tag of this name.", "name");
  return add(tx, actor, module, given);
}

Result<Record> change_tag(db::Transaction& tx, const Actor& actor, const ModuleDef& module,
                          RecordId id, const TagWords& words) {
  TRY(may_change(actor, module));
  const Record before = TRY(find_tag(tx, actor, module, id));
  const TagWords given = TRY(checked(words));
  const std::string old_name = before.get("name").text();
  const std::string name = given.name.empty() ? old_name : given.name;
  const std::optional<Record> same = tag_of_key(tx, actor, key_of(module, name));
  if (same && same->id != id) return conflict("duplicate", "There is a tag of this name.", "name");
  records::Changes changes{{"name", Value(name)}, {"key", Value(key_of(module, name))}};
  if (!given.color.empty()) changes.set("color", Value(given.color));
  Record changed = TRY(operations::change_row(tx, actor, before, changes));
  if (name != old_name) TRY(exchange(tx, actor, module, old_name, name));
  return changed;
}

Result<void> delete_tag(db::Transaction& tx, const Actor& actor, const ModuleDef& module,
                        RecordId id) {
  TRY(may_change(actor, module));
  const Record tag = TRY(find_tag(tx, actor, module, id));
  TRY(exchange(tx, actor, module, tag.get("name").text(), ""));
  return operations::remove_row(tx, actor, tag);
}

Result<void> merge_tags(db::Transaction& tx, const Actor& actor, const ModuleDef& module,
                        RecordId from, RecordId into) {
  TRY(may_change(actor, module));
  if (from == into) return invalid("conflict_id", "same_tag", "Name another tag.");
  const Record gone = TRY(find_tag(tx, actor, module, from));
  const Record kept = TRY(find_tag(tx, actor, module, into));
  TRY(exchange(tx, actor, module, gone.get("name").text(), kept.get("name").text()));
  return operations::remove_row(tx, actor, gone);
}

const ModuleDef& tags_module() {
  static const ModuleDef module{
      .name = "tags",
      .label = "Tag",
      .label_plural = "Tags",
      .table = "crm_tags",
      .fields = {{.name = "name", .label = "Name", .required = true, .max_chars = tag_chars_max},
                 {.name = "color", .label = "Colour", .max_chars = int(tag_color_chars)},
                 {.name = "of_module", .label = "Of", .required = true, .max_chars = 60},
                 // Module and name in small letters: each is there once.
                 {.name = "key",
                  .label = "Key",
                  .required = true,
                  .unique = true,
                  .sortable = true,
                  .max_chars = 120}},
      .indexes = {{"of_module", "key"}},
      .visible_to = visible_to_members,
      .custom_fields = false,
      .generic_writes = false,
  };
  return module;
}

}  // namespace tandem::crm
