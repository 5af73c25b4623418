#include "desk/channels/web_form_receipt.h"

#include <fmt/format.h>

#include <array>

#include "access/organisations.h"
#include "base/text.h"
#include "desk/mail/mail_threading.h"
#include "desk/mail/mailboxes.h"

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

std::string organisation_name(db::Transaction& tx, OrgId org) {
  const std::optional<access::Organisation> found = access::find_organisation(tx, org);
  return found ? found->name : "";
}

/// Answers to a receipt go to the ticket as those to any mail of it do. Manual, Web forms 1.4.
void send_as_department(db::Transaction& tx, const Desk& desk, const WebForm& form,
                        const ReceiptOf& receipt, Notice& notice) {
  notice.from = {organisation_name(tx, form.org), ""};
  const std::vector<Mailbox> boxes = mailboxes_of_department(tx, form.org, form.department);
  if (boxes.empty()) return;
  const Mailbox& box = boxes.front();
  notice.mailbox = box.id;
  notice.from.address = box.address;
  if (!box.display_name.empty()) notice.from.name = box.display_name;
  notice.message_id = message_id_of(desk, form.org, receipt.ticket, receipt.thread);
  notice.reply_to = box.address;
  if (!box.uses_plus_address) return;
  const auto signed_address = reply_address_of(desk, form.org, receipt.ticket, box.address);
  if (signed_address) notice.reply_to = *signed_address;
}

}  // namespace

Notice form_receipt(db::Transaction& tx, const Desk& desk, const WebForm& form,
                    const ReceiptOf& receipt) {
  const Words* chosen = &words[0];
  for (const Words& each : words) {
    if (each.locale == form.locale) chosen = &each;
  }
  Notice notice;
  notice.to = receipt.to;
  notice.locale = form.locale;
  notice.subject = fmt::format(fmt::runtime(chosen->subject), receipt.number);
  notice.text = fmt::format(fmt::runtime(chosen->text), receipt.number, form.title);
  notice.html = text_to_html(notice.text);
  send_as_department(tx, desk, form, receipt, notice);
  return notice;
}

}  // namespace tandem::desk
