#include "desk/demo/demo_templates.h"

#include "desk/conversation/reply_templates.h"

namespace tandem::desk {

namespace {

struct Wanted {
  Team team;
  const char* locale;
  const char* name;
  const char* html;
};

constexpr Wanted of_support[] = {
    {Team::support, "en", "Ask for the firmware version",
     "<p>Dear {contact.name},</p><p>which firmware does the device run? You find it in the "
     "settings, "
     "on the last line. A picture of that page helps, too.</p>"},
    {Team::support, "ja", "ファームウェアの版を尋ねる",
     "<p>{contact.name} 様</p><p>機器のファームウェアの版をお知らせいただけますか。設定画面の最後の"
     "行に表示されています。画面の写真でも結構です。</p>"},
    {Team::support, "zh", "询问固件版本",
     "<p>{contact.name}，您好：</p><p>请问设备的固件版本是多少？它显示在设置页面的最后一行，"
     "发一张该页面的照片也可以。</p>"},
    {Team::support, "pt", "Perguntar a versão do firmware",
     "<p>Olá, {contact.name},</p><p>qual é a versão do firmware do aparelho? Ela aparece na última "
     "linha das configurações. Uma foto da tela também ajuda.</p>"},
    {Team::support, "en", "Restart and try again",
     "<p>Dear {contact.name},</p><p>please take the device off the power for ten seconds, plug it "
     "in "
     "and wait until the light is green. Does “{ticket.subject}” happen again after that?</p>"},
    {Team::support, "ja", "再起動のお願い",
     "<p>{contact.name} 様</p><p>電源を 10 "
     "秒ほど抜いてから差し直し、ランプが緑になるまでお待ちくださ"
     "い。その後も「{ticket.subject}」の症状は続きますでしょうか。</p>"},
    {Team::support, "zh", "请重启后再试",
     "<p>{contact.name}，您好：</p><p>请拔掉电源十秒钟，重新插上并等待指示灯变绿。之后"
     "“{ticket.subject}”的问题是否还会出现？</p>"},
    {Team::support, "pt", "Reiniciar e tentar de novo",
     "<p>Olá, {contact.name},</p><p>desligue o aparelho da tomada por dez segundos, ligue de novo "
     "e "
     "espere a luz ficar verde. Depois disso, “{ticket.subject}” ainda acontece?</p>"}};

constexpr Wanted of_receivables[] = {
    {Team::receivables, "en", "Copy of the invoice",
     "<p>Dear {contact.name},</p><p>attached is the invoice again. It is due within 30 days of its "
     "date; please name its number when you pay.</p>"},
    {Team::receivables, "ja", "請求書の再送",
     "<p>{contact.name} 様</p><p>請求書を改めてお送りいたします。お支払い期限は発行日から 30 日以内"
     "です。お振込の際は請求書番号をご記入ください。</p>"},
    {Team::receivables, "zh", "重新发送发票",
     "<p>{contact.name}，您好：</p><p>随信附上发票。付款期限为开票之日起 30 天，"
     "付款时请注明发票号码。</p>"},
    {Team::receivables, "pt", "Segunda via da fatura",
     "<p>Olá, {contact.name},</p><p>segue a fatura em anexo. O vencimento é 30 dias após a "
     "emissão; "
     "informe o número dela no pagamento.</p>"},
    {Team::receivables, "en", "Payment received",
     "<p>Dear {contact.name},</p><p>thank you, your payment has arrived. Nothing is left to "
     "do.</p>"},
    {Team::receivables, "ja", "ご入金の確認",
     "<p>{contact.name} 様</p><p>ご入金を確認いたしました。ありがとうございました。</p>"},
    {Team::receivables, "zh", "已收到付款",
     "<p>{contact.name}，您好：</p><p>我们已收到您的付款，谢谢。无需其他操作。</p>"},
    {Team::receivables, "pt", "Pagamento recebido",
     "<p>Olá, {contact.name},</p><p>recebemos o seu pagamento, obrigado. Não falta mais "
     "nada.</p>"}};

constexpr Wanted of_shipping[] = {
    {Team::shipping, "en", "The parcel is on its way",
     "<p>Dear {contact.name},</p><p>your parcel left our warehouse today and usually takes two to "
     "four working days. We write again should anything delay it.</p>"},
    {Team::shipping, "ja", "発送のお知らせ",
     "<p>{contact.name} 様</p><p>お荷物は本日発送いたしました。通常 2～4 "
     "営業日でお届けします。遅れが"
     "生じた場合は改めてご連絡いたします。</p>"},
    {Team::shipping, "zh", "包裹已发出",
     "<p>{contact.name}，您好：</p><p>您的包裹今天已从仓库发出，通常需要 2 至 4 个工作日。"
     "如有延误，我们会再与您联系。</p>"},
    {Team::shipping, "pt", "O pacote está a caminho",
     "<p>Olá, {contact.name},</p><p>seu pacote saiu hoje do nosso depósito e costuma levar de dois "
     "a "
     "quatro dias úteis. Se houver atraso, avisamos.</p>"},
    {Team::shipping, "en", "Ask for the address",
     "<p>Dear {contact.name},</p><p>the carrier could not find your address. Please send us "
     "street, "
     "number, postcode and a telephone number for “{ticket.subject}”.</p>"},
    {Team::shipping, "ja", "お届け先の確認",
     "<p>{contact.name} "
     "様</p><p>お届け先が見つからず、お荷物が戻ってまいりました。郵便番号、ご住所、"
     "お電話番号をお知らせください。</p>"},
    {Team::shipping, "zh", "确认收货地址",
     "<p>{contact.name}，您好：</"
     "p><p>承运商未能找到您的地址。请告诉我们详细地址、邮编和联系电话。</"
     "p>"},
    {Team::shipping, "pt", "Confirmar o endereço",
     "<p>Olá, {contact.name},</p><p>a transportadora não encontrou o seu endereço. Por favor, "
     "envie "
     "rua, número, CEP e um telefone para “{ticket.subject}”.</p>"}};

Result<void> add(db::Transaction& tx, const DemoOffice& office, const Wanted& wanted) {
  TemplateWrite write;
  write.wanted.audience = TemplateAudience::department;
  write.wanted.department = office.departments.at(wanted.team);
  write.wanted.locale = wanted.locale;
  write.wanted.name = wanted.name;
  write.wanted.html = wanted.html;
  TRY(add_reply_template(tx, office.colleagues.front(), write));
  return {};
}

}  // namespace

Result<void> add_demo_templates(db::Transaction& tx, const DemoOffice& office) {
  for (const Wanted& one : of_support) TRY(add(tx, office, one));
  for (const Wanted& one : of_receivables) TRY(add(tx, office, one));
  for (const Wanted& one : of_shipping) TRY(add(tx, office, one));
  return {};
}

}  // namespace tandem::desk
