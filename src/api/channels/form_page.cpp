#include "api/channels/form_page.h"

#include <fmt/format.h>

#include "api/channels/form_words.h"
#include "base/text.h"

namespace tandem::api::channels {

namespace {

using records::FieldDef;
using records::FieldKind;

constexpr std::string_view style =
    ":root{color-scheme:light dark;--line:#8a8f98;--bad:#b3261e;--accent:#1f5fbf;--on:#fff}"
    "@media(prefers-color-scheme:dark){:root{--line:#80868f;--bad:#ff9d94;--accent:#8ab4f8;"
    "--on:#10151c}}*{box-sizing:border-box}"
    "body{font:16px/1.5 system-ui,sans-serif;margin:0;padding:1.25rem;background:Canvas;"
    "color:CanvasText}main{max-width:36rem;margin:0 auto}h1{font-size:1.35rem;margin:0 0 .5rem}"
    "h1,p{text-wrap:pretty}:lang(ja) :is(h1,p){word-break:auto-phrase}"
    "p{margin:0 0 1rem;overflow-wrap:anywhere}.field{margin:0 0 1rem}"
    "label{display:block;font-weight:600;margin:0 0 .25rem}.check label{font-weight:400}"
    "input,select,textarea{font:inherit;width:100%;padding:.55rem .7rem;border-radius:.4rem;"
    "border:1px solid var(--line);background:Field;color:FieldText}"
    "input[type=checkbox]{width:auto;margin-inline-end:.5rem}textarea{min-height:9rem;resize:"
    "vertical}"
    "[aria-invalid]{border-color:var(--bad);border-width:2px}"
    ".fault{color:var(--bad);margin:.25rem 0 0}.help{font-size:.9rem;margin:.25rem 0 0}"
    ".refused{border:2px solid var(--bad);border-radius:.4rem;padding:.75rem 1rem;margin:0 0 1rem}"
    ".refused p{margin:0}"
    "button{font:inherit;font-weight:600;padding:.6rem 1.5rem;border-radius:.4rem;"
    "border:1px solid var(--accent);background:var(--accent);color:var(--on);cursor:pointer}"
    ":focus-visible{outline:3px solid var(--accent);outline-offset:2px}"
    ".apart{position:absolute;inset-inline-start:-100vw;width:1px;height:1px;overflow:hidden}";

http::Response page(const desk::WebForm* form, int status, std::string_view title,
                    const std::string& body) {
  const std::string locale = form ? form->locale : "en";
  std::string sites;
  if (form) sites = join(form->origins, " ");
  const std::string script = fmt::format(
      "<script src=\"/forms/script/height.js\" data-sites=\"{}\"></script>", escape_html(sites));
  http::Response response = http::Response::html(
      status,
      fmt::format("<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\">"
                  "<meta name=\"viewport\" content=\"width=device-width\">"
                  "<meta name=\"robots\" content=\"noindex\"><title>{}</title>"
                  "<style>{}</style></head><body><main><h1>{}</h1>{}</main>{}</body></html>",
                  locale, escape_html(title), style, escape_html(title), body, script));
  response.set_header("Content-Security-Policy",
                      "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; base-uri "
                      "'none'; form-action 'self'; frame-ancestors 'self' " +
                          sites);
  response.set_header("Cross-Origin-Resource-Policy", "cross-origin");
  response.set_header("Cache-Control", "no-store");
  return response;
}

std::string_view code_word(const desk::WebForm& form, std::string_view code) {
  const std::string_view word = form_word(form.locale, "code." + std::string(code));
  return word.empty() ? form_word(form.locale, "code.other") : word;
}

const FieldFault* fault_of(const FormView& view, std::string_view name) {
  if (!view.refusal) return nullptr;
  for (const FieldFault& fault : view.refusal->faults) {
    if (fault.field == name) return &fault;
  }
  return nullptr;
}

std::string lines_as_paragraphs(const std::string& text) {
  return text.empty() ? "" : text_to_html(text);
}

/// One input as HTML: `id` and `attributes` say what the label and the fault are tied to.
std::string choices_of(const FormView& view, const FieldDef& field, const std::string& value) {
  std::string html =
      fmt::format("<option value=\"\">{}</option>", form_word(view.form.locale, "choose"));
  for (const records::ChoiceOption& choice : field.choices) {
    const std::string label = choice.label.empty() ? choice.name : choice.label;
    const std::string_view own =
        field.custom ? "" : form_word(view.form.locale, field.name + "." + choice.name);
    html += fmt::format("<option value=\"{}\"{}>{}</option>", escape_html(choice.name),
                        choice.name == value ? " selected" : "",
                        escape_html(own.empty() ? std::string_view(label) : own));
  }
  return html;
}

std::string_view input_type(std::string_view name, const std::optional<FieldDef>& field) {
  if (name == "email" || (field && field->kind == FieldKind::email)) return "email";
  if (name == "phone" || (field && field->kind == FieldKind::phone)) return "tel";
  if (field && field->kind == FieldKind::date) return "date";
  if (field && field->kind == FieldKind::url) return "url";
  return "text";
}

std::string_view autocomplete_of(std::string_view name) {
  if (name == "name") return " autocomplete=\"name\"";
  if (name == "email") return " autocomplete=\"email\"";
  return name == "phone" ? " autocomplete=\"tel\"" : "";
}

std::string input_of(const FormView& view, const desk::WebFormField& asked,
                     const std::optional<FieldDef>& field, const std::string& attributes) {
  const auto found = view.entry.values.find(asked.name);
  const std::string value = found == view.entry.values.end() ? "" : found->second;
  if (asked.name == "files") {
    return fmt::format("<input type=\"file\" multiple {}>", attributes);
  }
  if (field && field->kind == FieldKind::choice) {
    return fmt::format("<select {}>{}</select>", attributes, choices_of(view, *field, value));
  }
  if (asked.name == "message" || (field && field->kind == FieldKind::long_text)) {
    return fmt::format("<textarea {}>\n{}</textarea>", attributes, escape_html(value));
  }
  return fmt::format("<input type=\"{}\" value=\"{}\"{} {}>", input_type(asked.name, field),
                     escape_html(value), autocomplete_of(asked.name), attributes);
}

std::string label_of(const FormView& view, const desk::WebFormField& asked,
                     const std::optional<FieldDef>& field) {
  std::string label(form_word(view.form.locale, "label." + asked.name));
  if (field && (field->custom || label.empty())) label = field->label;
  if (!asked.is_required) return escape_html(label);
  const std::string_view required = form_word(view.form.locale, "required");
  // Brackets of full width bring their own space.
  return escape_html(label) + (required.starts_with('(') ? " " : "") + std::string(required);
}

std::string field_html(const FormView& view, const desk::WebFormField& asked) {
  const std::optional<FieldDef> field = desk::ticket_field_of(view.tickets, asked.name);
  const bool is_plain = !form_word("en", "label." + asked.name).empty();
  if (!field && !is_plain) return "";  // a field of the organisation that is gone
  const FieldFault* const fault = fault_of(view, asked.name);
  const bool has_help = asked.name == "files";
  std::string attributes = fmt::format("id=\"f-{0}\" name=\"{0}\"", escape_html(asked.name));
  if (asked.is_required) attributes += " required";
  if (fault) attributes += " aria-invalid=\"true\"";
  if (fault || has_help) {
    attributes += fmt::format(" aria-describedby=\"h-{}\"", escape_html(asked.name));
  }
  std::string notes;
  if (has_help)
    notes = fmt::format("<p class=\"help\">{}</p>", form_word(view.form.locale, "help.files"));
  if (fault) {
    notes += fmt::format("<p class=\"fault\">{}</p>", code_word(view.form, fault->code));
  }
  if (!notes.empty()) {
    notes = fmt::format("<div id=\"h-{}\">{}</div>", escape_html(asked.name), notes);
  }
  if (field && field->kind == FieldKind::boolean) {
    const auto found = view.entry.values.find(asked.name);
    const bool is_on = found != view.entry.values.end() && found->second == "true";
    return fmt::format(
        "<div class=\"field check\"><label><input type=\"checkbox\" value=\"true\"{} {}>{}"
        "</label>{}</div>",
        is_on ? " checked" : "", attributes, label_of(view, asked, field), notes);
  }
  return fmt::format("<div class=\"field\"><label for=\"f-{}\">{}</label>{}{}</div>",
                     escape_html(asked.name), label_of(view, asked, field),
                     input_of(view, asked, field, attributes), notes);
}

std::string refusal_html(const FormView& view) {
  if (!view.refusal) return "";
  std::string words;
  // What no field is to blame for is said above the form.
  const auto& faults = view.refusal->faults;
  const bool is_of_fields = std::any_of(faults.begin(), faults.end(),
                                        [](const auto& fault) { return !fault.field.empty(); });
  if (!is_of_fields) {
    const std::string& code = faults.empty() ? view.refusal->code : faults.front().code;
    words = fmt::format("<p>{}</p>", code_word(view.form, code));
  }
  if (view.had_files) words += fmt::format("<p>{}</p>", form_word(view.form.locale, "files_again"));
  return fmt::format("<div class=\"refused\" role=\"alert\"><p><strong>{}</strong></p>{}</div>",
                     form_word(view.form.locale, "refused"), words);
}

}  // namespace

http::Response form_page(const FormView& view) {
  std::string fields;
  for (const desk::WebFormField& asked : view.form.fields) fields += field_html(view, asked);
  // People don't see it and can't reach it by keyboard; machines fill in what they find.
  const std::string trap = fmt::format(
      "<div class=\"apart\" aria-hidden=\"true\"><label for=\"f-website\">{}</label>"
      "<input id=\"f-website\" name=\"website\" type=\"text\" tabindex=\"-1\" "
      "autocomplete=\"off\"></div>",
      form_word(view.form.locale, "trap"));
  const std::string body = fmt::format(
      "{}{}<form method=\"post\" action=\"/forms/{}\" enctype=\"multipart/form-data\">"
      "<input type=\"hidden\" name=\"token\" value=\"{}\">{}{}<button>{}</button></form>",
      lines_as_paragraphs(view.form.intro), refusal_html(view), view.form.key,
      escape_html(view.entry.token), fields, trap, form_word(view.form.locale, "send"));
  const int status = view.refusal ? http::status_of(view.refusal->kind) : 200;
  return page(&view.form, status, view.form.title, body);
}

http::Response thanks_page(const desk::WebForm& form) {
  const std::string words =
      form.thanks.empty() ? std::string(form_word(form.locale, "thanks.text")) : form.thanks;
  return page(&form, 200, form_word(form.locale, "thanks.title"),
              "<div role=\"status\">" + text_to_html(words) + "</div>");
}

http::Response closed_page(const desk::WebForm* form) {
  const std::string locale = form ? form->locale : "en";
  return page(form, 404, form_word(locale, "closed.title"),
              fmt::format("<p>{}</p>", form_word(locale, "closed.text")));
}

}  // namespace tandem::api::channels
