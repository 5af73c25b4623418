#include "api/ratings/rating_page.h"

#include <fmt/format.h>

#include <array>

#include "base/text.h"

namespace tandem::api::ratings {

namespace {

struct Words {
  std::string_view locale;
  std::string_view title;
  std::string_view about;  // {}: the subject
  std::array<std::string_view, 3> faces;
  std::string_view remark;
  std::string_view remark_help;
  std::string_view send;
  std::string_view thanks;
  std::string_view thanks_help;
  std::string_view change;
  std::string_view choose;
  std::string_view too_long;
  std::string_view no_rating;  // heading of a refusal
  std::string_view expired;
  std::string_view unknown;
  std::string_view often;
  std::string_view wait;
};

constexpr std::array<Words, 4> all_words{
    Words{"en",
          "How was our answer?",
          "About “{}”",
          {"Good", "Okay", "Bad"},
          "Would you like to add something?",
          "Optional, up to 1,000 characters. Our team reads it.",
          "Send rating",
          "Thank you!",
          "Your rating has reached our team.",
          "Change the rating",
          "Choose one of the three faces.",
          "Shorten your comment to 1,000 characters.",
          "This can’t be rated",
          "The link is older than 30 days. Just answer our last mail instead.",
          "The link is incomplete, or the request it belongs to is not here any more. Open it once "
          "more from our mail, or just answer that mail.",
          "This answer was rated often enough. Just answer our mail if there is more to say.",
          "Too many attempts. Please try again in a few minutes."},
    Words{"ja",
          "今回の回答はいかがでしたか？",
          "件名「{}」",
          {"良い", "ふつう", "悪い"},
          "ご意見があればお聞かせください",
          "任意。1,000文字まで。担当チームが拝見します。",
          "評価を送信",
          "ありがとうございます",
          "評価は担当チームに届きました。",
          "評価を変更する",
          "3つの顔から1つを選んでください。",
          "コメントは1,000文字以内にしてください。",
          "評価できません",
          "リンクの有効期間（30日）が過ぎています。お手数ですが、最後のメールにご返信ください。",
          "リンクが不完全か、お問い合わせが見つかりません。メールからもう一度開くか、そのメールにご"
          "返信ください。",
          "この回答の評価はこれ以上変更できません。ご意見はメールにご返信ください。",
          "試行回数が多すぎます。数分後にもう一度お試しください。"},
    Words{"zh",
          "您对我们的答复满意吗？",
          "关于“{}”",
          {"满意", "一般", "不满意"},
          "还有什么想说的吗？",
          "选填，最多 1,000 个字符。我们的团队会阅读。",
          "提交评价",
          "谢谢！",
          "您的评价已送达我们的团队。",
          "修改评价",
          "请选择三个表情中的一个。",
          "请将评论缩短到 1,000 个字符以内。",
          "无法评价",
          "该链接已超过 30 天。请直接回复我们的上一封邮件。",
          "链接不完整，或对应的请求已不存在。请从邮件中重新打开，或直接回复该邮件。",
          "此答复的评价已修改多次。如有更多意见，请直接回复邮件。",
          "尝试次数过多，请几分钟后再试。"},
    Words{"pt",
          "Como foi a nossa resposta?",
          "Sobre “{}”",
          {"Boa", "Razoável", "Ruim"},
          "Quer acrescentar alguma coisa?",
          "Opcional, até 1.000 caracteres. Nossa equipe lê.",
          "Enviar avaliação",
          "Obrigado!",
          "Sua avaliação chegou à nossa equipe.",
          "Mudar a avaliação",
          "Escolha uma das três carinhas.",
          "Reduza o comentário a 1.000 caracteres.",
          "Não é possível avaliar",
          "O link tem mais de 30 dias. Basta responder ao nosso último e-mail.",
          "O link está incompleto ou o chamado não está mais aqui. Abra-o de novo pelo e-mail, ou "
          "basta responder a ele.",
          "Esta resposta já foi avaliada vezes suficientes. Para dizer mais, responda ao e-mail.",
          "Tentativas demais. Tente de novo em alguns minutos."}};

constexpr std::array<desk::Rating, 3> ratings{desk::Rating::good, desk::Rating::okay,
                                              desk::Rating::bad};
/// Drawn, since not every machine has letters for faces: the mouths.
constexpr std::array<std::string_view, 3> mouths{"M8.5 14.5c1 1.3 2.2 2 3.5 2s2.5-.7 3.5-2",
                                                 "M8.5 15.5h7",
                                                 "M8.5 16.5c1-1.3 2.2-2 3.5-2s2.5.7 3.5 2"};

const Words& words_of(std::string_view locale) {
  for (const Words& each : all_words) {
    if (each.locale == locale) return each;
  }
  return all_words[0];
}

constexpr std::string_view style =
    ":root{color-scheme:light dark;--line:#767676;--accent:#1f5fbf;--fault:#b3261e;--soft:#eef4fc}"
    "@media(prefers-color-scheme:dark){:root{--line:#8b8b8b;--accent:#8ab4f8;--fault:#f2b8b5;"
    "--soft:#22303f}}"
    "*{box-sizing:border-box}body{font:16px/1.5 system-ui,sans-serif;margin:0;display:grid;"
    "place-items:center;min-height:100vh}main{width:100%;max-width:30rem;padding:1.5rem}"
    "h1{font-size:1.4rem;margin:.25rem 0}p{margin:.5rem 0;overflow-wrap:anywhere}"
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

http::Response page(int status, const Words& words, std::string_view title,
                    const std::string& body) {
  return http::Response::html(
      status, fmt::format("<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\">"
                          "<meta name=\"viewport\" content=\"width=device-width\"><title>{}</title>"
                          "<style>{}</style></head><body><main><h1>{}</h1>{}</main></body></html>",
                          words.locale == "zh" ? "zh-CN" : words.locale, escape_html(title), style,
                          escape_html(title), body));
}

std::string faces(const Words& words, const RatingForm& form) {
  std::string html = fmt::format("<fieldset><legend>{}</legend>", words.title);
  for (size_t index = 0; index < ratings.size(); ++index) {
    html += fmt::format(
        "<label class=\"face\"><input type=\"radio\" name=\"rating\" value=\"{}\" required{}>"
        "<span><svg viewBox=\"0 0 24 24\" aria-hidden=\"true\"><circle cx=\"12\" cy=\"12\" "
        "r=\"9\"/>"
        "<path d=\"M9 9.5h.01M15 9.5h.01{}\"/></svg>{}</span></label>",
        word(ratings[index]), form.chosen == ratings[index] ? " checked" : "", mouths[index],
        words.faces[index]);
  }
  return html + "</fieldset>";
}

std::string about(const Words& words, const RatingForm& form) {
  return fmt::format("<p>{}</p><p>{}</p>", escape_html(form.asked.organisation),
                     fmt::format(fmt::runtime(words.about), escape_html(form.asked.subject)));
}

std::string fault_of(const Words& words, const RatingForm& form) {
  if (form.fault.empty()) return "";
  return fmt::format("<p class=\"fault\" role=\"alert\">{}</p>",
                     form.fault == "rating" ? words.choose : words.too_long);
}

std::string_view why(const Words& words, const Refusal& refusal) {
  if (refusal.code == "rating_link_expired") return words.expired;
  if (refusal.code == "rated_too_often") return words.often;
  if (refusal.kind == RefusalKind::too_large) return words.too_long;
  if (refusal.kind == RefusalKind::busy) return words.wait;
  return words.unknown;
}

/// A link that is too old was there once.
int status_of_refusal(const Refusal& refusal) {
  constexpr int gone = 410;
  return refusal.code == "rating_link_expired" ? gone : http::status_of(refusal.kind);
}

}  // namespace

http::Response form_page(int status, const RatingForm& form) {
  const Words& words = words_of(form.asked.locale);
  const std::string body = fmt::format(
      "{}{}<form method=\"post\" action=\"/rate/{}\">{}"
      "<label class=\"remark\" for=\"remark\">{}</label>"
      "<textarea id=\"remark\" name=\"remark\" maxlength=\"{}\" aria-describedby=\"help\">{}"
      "</textarea><p id=\"help\">{}</p><button>{}</button></form>",
      about(words, form), fault_of(words, form), escape_html(form.token), faces(words, form),
      words.remark, desk::rating_remark_chars_max, escape_html(form.remark), words.remark_help,
      words.send);
  return page(status, words, words.title, body);
}

http::Response thanks_page(const RatingForm& form) {
  const Words& words = words_of(form.asked.locale);
  return page(200, words, words.thanks,
              fmt::format("{}<p>{}</p><p><a href=\"/rate/{}\">{}</a></p>", about(words, form),
                          words.thanks_help, escape_html(form.token), words.change));
}

http::Response refusal_page(std::string_view locale, const Refusal& refusal) {
  const Words& words = words_of(locale);
  return page(status_of_refusal(refusal), words, words.no_rating,
              fmt::format("<p>{}</p>", why(words, refusal)));
}

}  // namespace tandem::api::ratings
