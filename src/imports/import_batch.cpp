#include "imports/import_batch.h"

#include "base/json.h"
#include "base/text.h"
#include "imports/import_values.h"
#include "operations/rows.h"
#include "operations/visible.h"

namespace tandem::imports {

using records::Record;

namespace {

constexpr size_t faults_per_row_max = 5;

void add_faults(const CsvRow& row, const Refusal& refusal, std::vector<ImportFault>& faults) {
  if (refusal.faults.empty()) {
    faults.push_back({.line = row.line,
                      .field = refusal.field,
                      .code = refusal.code,
                      .message = refusal.message});
  }
  for (const FieldFault& fault : refusal.faults) {
    faults.push_back(
        {.line = row.line, .field = fault.field, .code = fault.code, .message = fault.message});
  }
}

class BatchRunner {
 public:
  BatchRunner(db::Transaction& tx, const access::Actor& actor, const ImportedApp& app,
              const Import& import, const SeenValues& seen)
      : tx_(tx),
        actor_(actor),
        app_(app),
        imported_(*app.find(import.module)),
        import_(import),
        module_(*actor.catalogue->find(import.module)),
        shape_(actor.catalogue->shape(tx, actor.org, module_)),
        values_(tx, actor, app, shape_, import.settings),
        seen_(seen) {}

  BatchReport run(const std::vector<CsvRow>& rows) {
    BatchReport report;
    for (const CsvRow& row : rows) {
      ++report.counts.done;
      std::vector<ImportFault> faults;
      ImportLine line{.line = row.line};
      line.outcome = take(row, line, faults, report);
      switch (line.outcome) {
        case RowOutcome::added: ++report.counts.added; break;
        case RowOutcome::updated: ++report.counts.updated; break;
        case RowOutcome::skipped: ++report.counts.skipped; break;
        case RowOutcome::refused:
          ++report.counts.refused;
          line = {.line = row.line};
          break;
      }
      report.lines.push_back(std::move(line));
      if (faults.size() > faults_per_row_max) faults.resize(faults_per_row_max);
      for (ImportFault& fault : faults) report.faults.push_back(std::move(fault));
    }
    return report;
  }

 private:
  RowOutcome take(const CsvRow& row, ImportLine& line, std::vector<ImportFault>& faults,
                  BatchReport& report) {
    ImportRow read = values_.read(row);
    if (!read.faults.empty()) {
      faults = std::move(read.faults);
      return RowOutcome::refused;
    }
    const Result<RowOutcome> outcome =
        tx_.attempt([&]() -> Result<RowOutcome> { return write(row, read, line, faults); });
    if (!outcome) {
      if (faults.empty()) add_faults(row, outcome.error(), faults);
      return RowOutcome::refused;
    }
    if (*outcome == RowOutcome::added) note(read, report.seen);
    note_customers(read, line, report);
    return *outcome;
  }

  Result<RowOutcome> write(const CsvRow& row, ImportRow& read, ImportLine& line,
                           std::vector<ImportFault>& faults) {
    const ImportSettings& settings = import_.settings;
    const std::optional<Record> known = TRY(find_known(read));
    if (known || is_seen(settings.match, read.match)) return write_known(known, read, line);
    if (settings.on_new == OnNew::skip) return RowOutcome::skipped;
    if (!read.match.is_null() && is_only_for_matching(*shape_, settings.match)) {
      return invalid(settings.match, "not_found",
                     "No record has it. Leave the cell empty to add a new one.");
    }
    values_.fill_absent(row, read);
    if (!read.faults.empty()) {
      faults = std::move(read.faults);
      return invalid("", "wrong_value", "Some values do not fit.");
    }
    for (const auto& [name, value] : read.changes) {
      const records::FieldDef* field = shape_->find(name);
      if (field && field->unique && is_seen(name, value))
        return conflict("duplicate", "An earlier row of the file has it already.", name);
    }
    for (const auto& [name, value] : imported_.usual)
      if (!read.changes.contains(name)) read.changes.set(name, value);
    TRY(add_customers(read, line));
    line.record = TRY(add(row, read));
    return RowOutcome::added;
  }

  /// As create_record, and the times of a record that was there before.
  Result<RecordId> add(const CsvRow& row, const ImportRow& read) {
    TRY(access::require_right(actor_, module_, access::Right::create));
    TRY(operations::may_write(actor_, *shape_, read.changes));
    records::Changes values = read.changes;
    const bool is_closed = read.closed_at != Instant{};
    if (is_closed) values.set("closed_at", read.closed_at);
    const bool is_dated = read.created_at != Instant{};
    JsonWriter detail;
    detail.begin_object().string("file", import_.file_name).number("line", row.line).end_object();
    const Record added =
        TRY(operations::add_row(tx_, actor_, module_, values,
                                {.event = "",
                                 .detail_json = detail.take(),
                                 .created_at = is_dated ? read.created_at : read.closed_at}));
    return added.id;
  }

  Result<void> add_customers(ImportRow& read, ImportLine& line) {
    ImportValues::AddedCustomers added = TRY(values_.add_missing(read));
    line.contact_added = std::move(added.contact);
    line.account_added = std::move(added.account);
    return {};
  }

  /// In a check each batch adds them anew, and they are counted once.
  void note_customers(const ImportRow& read, ImportLine& line, BatchReport& report) {
    if (line.contact_added.empty() && line.account_added.empty()) return;
    values_.keep_added(read);
    const auto note_one = [&](std::string& name, const std::pair<std::string, std::string>& key,
                              int64_t& count) {
      if (name.empty()) return;
      if (seen_.contains(key)) {
        name.clear();
      } else {
        ++count;
        report.seen.insert(key);
      }
    };
    note_one(line.contact_added, key_of_contact(read.missing_contact),
             report.counts.contacts_added);
    note_one(line.account_added, key_of_account(read.missing_account),
             report.counts.accounts_added);
  }

  Result<RowOutcome> write_known(const std::optional<Record>& known, ImportRow& read,
                                 ImportLine& line) {
    switch (import_.settings.on_match) {
      case OnMatch::skip: return RowOutcome::skipped;
      case OnMatch::refuse:
        return conflict("duplicate", "There is such a record already.", import_.settings.match);
      case OnMatch::update: break;
    }
    TRY(add_customers(read, line));
    if (!known) return RowOutcome::updated;
    records::Changes changes = read.changes;
    // The address that a person was known by is theirs already, whichever of them it is.
    if (is_known_by_address()) changes.erase(import_.settings.match);
    TRY(operations::update_record(tx_, actor_, module_, known->id, changes));
    line.record = known->id;
    return RowOutcome::updated;
  }

  /// Refuses with invalid "ambiguous" when several have the value.
  Result<std::optional<Record>> find_known(const ImportRow& read) {
    if (read.match.is_null()) return std::optional<Record>();
    records::Query query;
    query.filter = records::field(import_.settings.match).is(read.match);
    query.limit = 2;
    records::Page page = TRY(
        operations::list_records(tx_, actor_, module_, std::move(query), imported_.known_among));
    if (page.records.size() > 1) {
      return invalid(import_.settings.match, "ambiguous",
                     "Several records have it; know them by their id.");
    }
    if (page.records.empty()) return find_by_any_address(read);
    return std::optional<Record>(std::move(page.records.front()));
  }

  /// Contacts are known by their further addresses, too: those that a merge brought, above all.
  Result<std::optional<Record>> find_by_any_address(const ImportRow& read) {
    const bool is_contact = module_.name == "contacts" && is_known_by_address();
    if (!is_contact || !app_.contact_with) return std::optional<Record>();
    const std::optional<RecordId> found = app_.contact_with(tx_, actor_.org, read.match.text());
    if (!found) return std::optional<Record>();
    Result<Record> contact = operations::read_record(tx_, actor_, module_, *found);
    return contact ? std::optional<Record>(std::move(*contact)) : std::optional<Record>();
  }

  bool is_known_by_address() const {
    const records::FieldDef* field = shape_->find(import_.settings.match);
    return field && field->kind == records::FieldKind::email;
  }
  std::string key_of(std::string_view field, const records::Value& value) const {
    const records::FieldDef* definition = shape_->find(field);
    return definition ? fold(value_to_text(*definition, value)) : "";
  }
  bool is_seen(const std::string& field, const records::Value& value) const {
    return !seen_.empty() && !value.is_null() && seen_.contains({field, key_of(field, value)});
  }
  void note(const ImportRow& read, SeenValues& added) const {
    for (const auto& [name, value] : read.changes) {
      const records::FieldDef* field = shape_->find(name);
      const bool is_key = field && (field->unique || name == import_.settings.match);
      if (is_key && !value.is_null()) added.insert({name, key_of(name, value)});
    }
  }

  db::Transaction& tx_;
  const access::Actor& actor_;
  const ImportedApp& app_;
  const ImportedModule& imported_;
  const Import& import_;
  const records::ModuleDef& module_;
  const records::ShapeRef shape_;
  ImportValues values_;
  const SeenValues& seen_;
};

}  // namespace

BatchReport run_batch(db::Transaction& tx, const access::Actor& actor, const ImportedApp& app,
                      const Import& import, const std::vector<CsvRow>& rows,
                      const SeenValues& seen) {
  return BatchRunner(tx, actor, app, import, seen).run(rows);
}

}  // namespace tandem::imports
