#include "api/ratings/rating_page.h"

#include <fmt/format.h>

#include <array>

#include "api/page_words.h"
#include "base/text.h"

namespace tandem::api::ratings {

namespace {

constexpr std::array<desk::Rating, 3> ratings{desk::Rating::good, desk::Rating::okay,
                                              desk::Rating::bad};
/// Drawn, since not every machine has letters for faces: the mouths.
constexpr std::array<std::string_view, 3> mouths{"M8.5 14.5c1 1.3 2.2 2 3.5 2s2.5-.7 3.5-2",
                                                 "M8.5 15.5h7",
                                                 "M8.5 16.5c1-1.3 2.2-2 3.5-2s2.5.7 3.5 2"};

/// A word of this page in the customer's language.
std::string_view said(std::string_view locale, std::string_view word) {
  return page_word(locale, "rating." + std::string(word));
}

constexpr std::string_view style =
    ":root{color-scheme:light dark;--line:#767676;--accent:#1f5fbf;--fault:#b3261e;--soft:#eef4fc}"
    "@media(prefers-color-scheme:dark){:root{--line:#8b8b8b;--accent:#8ab4f8;--fault:#f2b8b5;"
    "--soft:#22303f}}"
    "*{box-sizing:border-box}body{font:16px/1.5 system-ui,sans-serif;margin:0;display:grid;"
    "place-items:center;min-height:100vh}main{width:100%;max-width:30rem;padding:1.5rem}"
    "h1{font-size:1.4rem;margin:.25rem 0}p{margin:.5rem 0;overflow-wrap:anywhere}"
    "h1,p{text-wrap:pretty}:lang(ja) :is(h1,p){word-break:auto-phrase}"
    "fieldset{border:0;padding:0;margin:1.25rem 0;display:grid;grid-template-columns:repeat(3,1fr);"
    "gap:.5rem}legend{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}"
    ".face{position:relative}.face input{position:absolute;inset:0;width:100%;height:100%;margin:0;"
    "opacity:0;cursor:pointer}.face span{display:grid;place-items:center;padding:.75rem .25rem;"
    "border:1px solid var(--line);border-radius:.6rem}.face "
    "svg{width:2.25rem;height:2.25rem;fill:none;stroke:currentColor;stroke-width:1.75;stroke-"
    "linecap:round}"
    ".face input:checked+span{border:2px solid var(--accent);background:var(--soft);"
    "font-weight:600}.face input:focus-visible+span{outline:3px solid var(--accent);"
    "outline-offset:2px}label.remark{display:block;font-weight:600}textarea{font:inherit;"
    "width:100%;min-height:7rem;margin:.25rem 0;padding:.5rem;border:1px solid var(--line);"
    "border-radius:.4rem}button{font:inherit;margin-top:.75rem;padding:.6rem 1.5rem;"
    "border-radius:.4rem;border:1px solid #1f5fbf;background:#1f5fbf;color:#fff;cursor:pointer}"
    "button:focus-visible,a:focus-visible,textarea:focus-visible{outline:3px solid var(--accent);"
    "outline-offset:2px}a{color:var(--accent)}.fault{color:var(--fault);font-weight:600}";

http::Response page(int status, std::string_view locale, std::string_view title,
                    const std::string& body) {
  return http::Response::html(
      status,
      fmt::format("<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\">"
                  "<meta name=\"viewport\" content=\"width=device-width\"><title>{}</title>"
                  "<style>{}</style></head><body><main><h1>{}</h1>{}</main></body></html>",
                  page_language(locale), escape_html(title), style, escape_html(title), body));
}

std::string faces(std::string_view locale, const RatingForm& form) {
  std::string html = fmt::format("<fieldset><legend>{}</legend>", said(locale, "title"));
  for (size_t index = 0; index < ratings.size(); ++index) {
    html += fmt::format(
        "<label class=\"face\"><input type=\"radio\" name=\"rating\" value=\"{}\" required{}>"
        "<span><svg viewBox=\"0 0 24 24\" aria-hidden=\"true\"><circle cx=\"12\" cy=\"12\" "
        "r=\"9\"/>"
        "<path d=\"M9 9.5h.01M15 9.5h.01{}\"/></svg>{}</span></label>",
        word(ratings[index]), form.chosen == ratings[index] ? " checked" : "", mouths[index],
        said(locale, "face." + std::string(word(ratings[index]))));
  }
  return html + "</fieldset>";
}

std::string about(std::string_view locale, const RatingForm& form) {
  return fmt::format(
      "<p>{}</p><p>{}</p>", escape_html(form.asked.organisation),
      fmt::format(fmt::runtime(said(locale, "about")), escape_html(form.asked.subject)));
}

std::string fault_of(std::string_view locale, const RatingForm& form) {
  if (form.fault.empty()) return "";
  return fmt::format("<p class=\"fault\" role=\"alert\">{}</p>",
                     form.fault == "rating" ? said(locale, "choose") : said(locale, "too_long"));
}

std::string_view why(std::string_view locale, const Refusal& refusal) {
  if (refusal.code == "rating_link_expired") return said(locale, "expired");
  if (refusal.code == "rated_too_often") return said(locale, "often");
  if (refusal.kind == RefusalKind::too_large) return said(locale, "too_long");
  if (refusal.kind == RefusalKind::busy) return said(locale, "wait");
  return said(locale, "unknown");
}

/// A link that is too old was there once.
int status_of_refusal(const Refusal& refusal) {
  constexpr int gone = 410;
  return refusal.code == "rating_link_expired" ? gone : http::status_of(refusal.kind);
}

}  // namespace

http::Response form_page(int status, const RatingForm& form) {
  const std::string& locale = form.asked.locale;
  const std::string body = fmt::format(
      "{}{}<form method=\"post\" action=\"/rate/{}\">{}"
      "<label class=\"remark\" for=\"remark\">{}</label>"
      "<textarea id=\"remark\" name=\"remark\" maxlength=\"{}\" aria-describedby=\"help\">{}"
      "</textarea><p id=\"help\">{}</p><button>{}</button></form>",
      about(locale, form), fault_of(locale, form), escape_html(form.token), faces(locale, form),
      said(locale, "remark"), desk::rating_remark_chars_max, escape_html(form.remark),
      said(locale, "remark_help"), said(locale, "send"));
  return page(status, locale, said(locale, "title"), body);
}

http::Response thanks_page(const RatingForm& form) {
  const std::string& locale = form.asked.locale;
  return page(
      200, locale, said(locale, "thanks"),
      fmt::format("{}<p>{}</p><p><a href=\"/rate/{}\">{}</a></p>", about(locale, form),
                  said(locale, "thanks_help"), escape_html(form.token), said(locale, "change")));
}

http::Response refusal_page(std::string_view locale, const Refusal& refusal) {
  return page(status_of_refusal(refusal), locale, said(locale, "no_rating"),
              fmt::format("<p>{}</p>", why(locale, refusal)));
}

}  // namespace tandem::api::ratings
