#include "api/desk/input_words.h"

#include "api/desk/words.h"

namespace tandem::api::desk_dialect {

namespace {

template <class Rename>
Refusal renamed(Refusal refusal, const Rename& rename) {
  if (!refusal.field.empty()) refusal.field = rename(refusal.field);
  for (FieldFault& fault : refusal.faults) fault.field = rename(fault.field);
  return refusal;
}

}  // namespace

Refusal in_words(std::span<const InputWord> words, Refusal refusal) {
  return renamed(std::move(refusal), [&](const std::string& field) {
    for (const InputWord& word : words) {
      if (word.ours == field) return std::string(word.theirs);
    }
    return field;
  });
}

Refusal in_words(const records::Shape& shape, Refusal refusal) {
  return renamed(std::move(refusal), [&](const std::string& field) {
    const records::FieldDef* definition = shape.find(field);
    return definition && definition->custom ? "cf/cf_" + field : field;
  });
}

Refusal in_words_below(std::string_view member, const records::ModuleDef& module, Refusal refusal) {
  return renamed(std::move(refusal), [&](const std::string& field) {
    return std::string(member) + "/" + key_of_field(module, field);
  });
}

}  // namespace tandem::api::desk_dialect
