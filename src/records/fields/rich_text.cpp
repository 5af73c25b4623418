#include "base/text.h"
#include "records/fields/field_kind.h"

namespace tandem::records {

namespace {

/// Markup never reaches the database unclean, by whichever way it comes.
Result<Value> read(const FieldDef& field, std::string_view text) {
  const bool is_plain = text.find_first_of("<&") == text.npos;
  if (is_plain) return lines_from_text(field, text);
  // The parser's limits hold only for what is not absurdly long to begin with.
  if (text.size() > size_t(field.max_chars) * 8) return lines_from_text(field, text);
  return lines_from_text(field, sanitise_html(text));
}

std::string to_plain(const FieldDef&, const Value& value) {
  if (value.text().find_first_of("<&") == std::string::npos) return value.text();
  return html_to_text(value.text());
}

}  // namespace

const FieldKindDef rich_text_kind{
    .kind = FieldKind::rich_text,
    .word = "rich_text",
    .holding = Holding::text,
    .read_json = json_as_text,
    .read_text = read,
    .normalise = normalise_text,
    .append_json = append_text,
    .to_text = to_plain,
    .comparisons = bits({Comparison::contains, Comparison::is_empty, Comparison::is_not_empty}),
};

}  // namespace tandem::records
