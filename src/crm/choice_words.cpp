#include "crm/choice_words.h"

#include <algorithm>
#include <map>

#include "base/json.h"
#include "base/text.h"

namespace tandem::crm {

namespace {

/// Labels, as they are compared, by "field.choice".
using Labels = std::map<std::string, std::string, std::less<>>;

Labels labels_in(std::string_view json) {
  Labels labels;
  const Result<Json> texts = json_from_text(json);
  const Json* const fields = texts ? find(*texts, "choice") : nullptr;
  if (!fields || !fields->is_object()) return labels;
  for (const auto& [field, choices] : fields->get_object()) {
    if (!choices.is_object()) continue;
    for (const auto& [choice, label] : choices.get_object()) {
      if (!label.is_string()) continue;
      const std::string_view text = label.get_string();
      labels[std::string(field) + "." + std::string(choice)] = fold(trim(text));
    }
  }
  return labels;
}

struct Language {
  std::string_view name;
  Labels labels;
};

const std::vector<Language>& languages() {
  static const std::vector<Language> all = [] {
    std::vector<Language> read;
    for (const Texts& texts : embedded_texts())
      read.push_back({texts.language, labels_in(texts.json)});
    return read;
  }();
  return all;
}

std::string choice_in(const Labels& labels, const records::FieldDef& field,
                      const std::string& wanted) {
  const auto is_it = [&](const records::ChoiceOption& option) {
    const auto label = labels.find(field.name + "." + option.name);
    return label != labels.end() && label->second == wanted;
  };
  const auto found = std::find_if(field.choices.begin(), field.choices.end(), is_it);
  return found == field.choices.end() ? "" : found->name;
}

}  // namespace

std::string choice_called(const records::FieldDef& field, std::string_view label,
                          std::string_view locale) {
  if (field.custom) return "";
  const std::string wanted = fold(trim(label));
  for (const bool is_own : {true, false}) {
    for (const Language& language : languages()) {
      if ((language.name == locale) != is_own) continue;
      std::string choice = choice_in(language.labels, field, wanted);
      if (!choice.empty()) return choice;
    }
  }
  return "";
}

}  // namespace tandem::crm
