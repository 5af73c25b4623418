#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "records/filter.h"
#include "records/value.h"

namespace tandem::access {
// Floor 4; here only handed through.
struct Actor;
enum class Right;
}  // namespace tandem::access

namespace tandem::records {

struct Change;
struct Record;

enum class FieldKind {
  text,
  long_text,
  rich_text,
  number,
  decimal,
  money,
  boolean,
  date,
  instant,
  choice,
  multi_choice,
  tags,  // short texts of anyone's choosing, each once
  email,
  phone,
  url,
  link,
  user,
  auto_number
};

/// Who may write a field: a person (if the role lets them) or only the program's own rules.
enum class WrittenBy { person, system };

struct ChoiceOption {
  std::string name = {};   // stored, snake_case: "on_hold"
  std::string label = {};  // shown when no catalogue has "choice.<module>.<field>.<name>"
  std::string kind = {};  // what the program takes it for, when the module has such kinds: "closed"
};

/// One field of a module. Table column, API key, form, mapping and documentation come from it.
struct FieldDef {
  std::string name = {};   // snake_case; the column, and the key of the native API
  std::string label = {};  // English
  FieldKind kind = FieldKind::text;
  bool required = false;
  bool unique = false;  // per organisation, among records that are not in the recycle bin; null is
                        // never a duplicate
  bool searchable = false;  // its words go into the search index
  bool sortable = false;    // lists may be sorted by it; has an index that leads with it
  WrittenBy written_by = WrittenBy::person;
  int max_chars = 255;  // text kinds, 1 to 1,000,000
  int scale = 2;        // decimal and money: digits after the point, 0 to 6
  std::vector<ChoiceOption> choices =
      {};  // choice kinds; may be empty when `choices_of` of the module gives them
  std::string link_to = {};  // link: the module's name; user: always "agents"
  Value default_value = {};
  bool keeps_order = false;  // multi_choice: as chosen, not in the order of the choices
  bool custom = false;       // made by an organisation; stored in the JSON column `custom`
  /// Fields whose values show through this one, because the module's rules work it out from them:
  /// a role from which one of them is hidden does not read this one either.
  std::vector<std::string> computed_from = {};
};

/// A rule that runs before or after a record is stored, in the order of the list; it may refuse or
/// set fields.
using SaveRule = std::function<Result<void>(Change&)>;

/// A field that is computed from the others when a record is shown, never stored, sorted or
/// filtered by.
struct ComputedField {
  FieldDef field = {};
  std::function<Value(const Record&, Instant now)> value = {};
};

/// An act on one record of a module beside the verbs, such as "reply", and the right of the role it
/// needs.
struct ActDef {
  std::string name = {};
  access::Right right = {};
};

/// What a module is. One constant per module; nothing else describes it.
struct ModuleDef {
  std::string name = {};  // plural, snake_case, one of its kind in an application: "tickets"
  std::string label = {};
  std::string label_plural = {};
  /// Where its rows lie; empty: in the table of its name. Applications with modules of one name
  /// have tables of their own, and the editions of one application share one.
  std::string table = {};
  const std::string& table_name() const { return table.empty() ? name : table; }
  std::vector<FieldDef> fields = {};
  std::vector<ComputedField> computed = {};
  /// Composite indexes beside those of sortable and unique fields, each behind org_id. What stands
  /// behind "id" gives no order, but is carried there so that counting by it reads no row.
  std::vector<std::vector<std::string>> indexes = {};
  /// The name of a record, stored in the column `title`. Absent: the text of the first field.
  std::function<std::string(const Record&)> title_of = {};
  /// Which records an actor sees: may open, hear of and, if nothing else stands against it, work
  /// on.
  std::function<Filter(const access::Actor&)> visible_to = {};
  /// Which of these stand in lists, search, counts and exports. Absent: all of them. Whatever is
  /// listed is visible.
  std::function<Filter(const access::Actor&)> listed_to = {};
  /// Refuses acts on one record beyond the role's right (closed ticket, shared department …).
  /// Absent: none. Asked of every record of a list, so the common answer must cost little.
  std::function<Result<void>(const access::Actor&, const Record&, std::string_view act)> act_rule =
      {};
  /// Special acts that `may` lists beside update, delete and restore: "reply", "close".
  std::vector<ActDef> acts = {};
  std::vector<SaveRule> before_save = {};
  /// Runs in the same transaction, after the row, the change log and the search index.
  std::vector<SaveRule> after_save = {};
  /// The module whose rights count, for records that are a part of another (comments of tickets).
  /// Empty: its own.
  std::string part_of;
  bool custom_fields = true;
  /// False: rows are written by their own room only (agents); generic create, update and delete are
  /// refused.
  bool generic_writes = true;
};

}  // namespace tandem::records
