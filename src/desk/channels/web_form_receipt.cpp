#include "desk/channels/web_form_receipt.h"

#include <fmt/format.h>

#include <array>

#include "base/text.h"

namespace tandem::desk {

namespace {

/// {0}: the number of the ticket, {1}: the title of the form.
struct Words {
  std::string_view locale;
  std::string_view subject;
  std::string_view text;
};

constexpr std::array<Words, 4> words{
    Words{"en", "We have your message (#{0})",
          "Thank you. Your message by “{1}” is with us under the number {0}.\n\nIf you did not "
          "write to us, you need do nothing.\n"},
    Words{"ja", "お問い合わせを受け付けました（#{0}）",
          "ありがとうございます。「{1}」からのお問い合わせを、番号 {0} "
          "で受け付けました。\n\nお心当たりのない場合は、何もする必要はありません。\n"},
    Words{
        "zh", "我们已收到您的留言（#{0}）",
        "谢谢。您通过“{1}”发来的留言已收到，编号为 {0}。\n\n如果不是您本人发送，无需任何操作。\n"},
    Words{"pt", "Recebemos sua mensagem (#{0})",
          "Obrigado. Sua mensagem enviada por “{1}” está conosco com o número {0}.\n\nSe você não "
          "nos escreveu, não precisa fazer nada.\n"}};

}  // namespace

Notice form_receipt(const WebForm& form, const std::string& to, int64_t ticket_number) {
  const Words* chosen = &words[0];
  for (const Words& each : words) {
    if (each.locale == form.locale) chosen = &each;
  }
  Notice notice;
  notice.to = to;
  notice.locale = form.locale;
  notice.subject = fmt::format(fmt::runtime(chosen->subject), ticket_number);
  notice.text = fmt::format(fmt::runtime(chosen->text), ticket_number, form.title);
  notice.html = text_to_html(notice.text);
  return notice;
}

}  // namespace tandem::desk
