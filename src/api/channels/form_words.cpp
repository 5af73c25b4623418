#include "api/channels/form_words.h"

#include <array>

namespace tandem::api::channels {

namespace {

struct Entry {
  std::string_view word;
  std::string_view en;
  std::string_view ja;
  std::string_view zh;
  std::string_view pt;
};

constexpr std::array words{
    Entry{"label.name", "Your name", "お名前", "您的姓名", "Seu nome"},
    Entry{"label.email", "E-mail", "メールアドレス", "电子邮箱", "E-mail"},
    Entry{"label.phone", "Telephone", "電話番号", "电话", "Telefone"},
    Entry{"label.subject", "Subject", "件名", "主题", "Assunto"},
    Entry{"label.message", "Message", "お問い合わせ内容", "留言", "Mensagem"},
    Entry{"label.ticket.priority", "Priority", "優先度", "优先级", "Prioridade"},
    Entry{"label.ticket.category", "Category", "カテゴリー", "类别", "Categoria"},
    Entry{"priority.low", "Low", "低", "低", "Baixa"},
    Entry{"priority.medium", "Medium", "中", "中", "Média"},
    Entry{"priority.high", "High", "高", "高", "Alta"},
    Entry{"priority.urgent", "Urgent", "緊急", "紧急", "Urgente"},
    Entry{"label.files", "Files", "添付ファイル", "附件", "Arquivos"},
    Entry{"help.files", "At most 5 files, 10 MB each and 20 MB together.",
          "5個まで、1個10 MB、合計20 MBまで。", "最多 5 个文件，每个 10 MB，总计 20 MB。",
          "No máximo 5 arquivos, 10 MB cada e 20 MB no total."},
    Entry{"required", "(required)", "（必須）", "（必填）", "(obrigatório)"},
    Entry{"choose", "Choose…", "選択してください", "请选择…", "Escolha…"},
    Entry{"send", "Send", "送信する", "发送", "Enviar"},
    Entry{"thanks.title", "Thank you", "ありがとうございます", "谢谢", "Obrigado"},
    Entry{"thanks.text", "Your message is with us. We will answer soon.",
          "お問い合わせを受け付けました。追ってご連絡します。", "我们已收到您的留言，会尽快回复。",
          "Sua mensagem chegou. Responderemos em breve."},
    Entry{"refused", "Nothing was sent yet", "まだ送信されていません", "尚未发送",
          "Nada foi enviado ainda"},
    Entry{"files_again", "Choose the files again before you send.",
          "送信する前に、ファイルをもう一度選んでください。", "发送前请重新选择文件。",
          "Escolha os arquivos de novo antes de enviar."},
    Entry{"trap", "Leave this empty", "ここには何も入力しないでください", "请将此项留空",
          "Deixe isto vazio"},
    Entry{"closed.title", "This form is closed", "このフォームは現在ご利用いただけません",
          "此表单已关闭", "Este formulário está fechado"},
    Entry{"closed.text", "Please use another way to reach us.", "別の方法でお問い合わせください。",
          "请通过其他方式联系我们。", "Use outra forma de falar conosco."},
};

// Why something was refused.
constexpr std::array reasons{
    Entry{"code.required", "Fill this in.", "入力してください。", "请填写此项。", "Preencha isto."},
    Entry{"code.too_long", "This is too long. Shorten it.", "長すぎます。短くしてください。",
          "内容过长，请缩短。", "É longo demais. Encurte."},
    Entry{"code.not_an_email", "Give an address such as ana@example.com.",
          "ana@example.com のようなアドレスを入力してください。",
          "请填写如 ana@example.com 的邮箱地址。", "Informe um endereço como ana@example.com."},
    Entry{"code.not_a_phone", "Give a number such as +49 30 1234567.",
          "+81 3 1234 5678 のような番号を入力してください。", "请填写如 +86 10 1234 5678 的号码。",
          "Informe um número como +55 11 1234 5678."},
    Entry{"code.other", "This is not possible here. Check what you typed.",
          "入力内容をご確認ください。", "填写的内容不符合要求，请检查。",
          "Isto não é possível aqui. Confira o que digitou."},
    Entry{"code.sent_too_soon", "That was quick. Wait a few seconds and send it again.",
          "送信が早すぎます。数秒待ってからもう一度送信してください。",
          "发送过快。请等几秒后再发送。",
          "Foi rápido demais. Espere alguns segundos e envie de novo."},
    Entry{"code.form_too_old", "The page was open for more than a day. Send it again.",
          "ページを開いてから1日以上経っています。もう一度送信してください。",
          "页面打开已超过一天，请重新发送。",
          "A página ficou aberta por mais de um dia. Envie de novo."},
    Entry{"code.form_token", "The page was out of date. Send it again.",
          "ページの有効期限が切れました。もう一度送信してください。", "页面已过期，请重新发送。",
          "A página estava desatualizada. Envie de novo."},
    Entry{"code.trap",
          "A field that must stay empty was filled in. It is empty again; send once more.",
          "空のままにする欄が入力されていました。空に戻しましたので、もう一度送信してください。",
          "应留空的栏位被填写了。现已清空，请再次发送。",
          "Um campo que deve ficar vazio foi preenchido. Já está vazio; envie mais uma vez."},
    Entry{"code.sent_already", "We have this message already. Send only what is new.",
          "同じ内容をすでに受け付けています。新しい内容だけをお送りください。",
          "我们已收到相同的留言，请只发送新的内容。",
          "Já temos esta mensagem. Envie só o que é novo."},
    Entry{"code.throttled", "Too many messages came in. Send it again in ten minutes.",
          "送信が集中しています。10分後にもう一度送信してください。",
          "消息过多，请十分钟后再发送。",
          "Chegaram mensagens demais. Envie de novo em dez minutos."},
    Entry{"code.too_many", "Choose at most 5 files.", "ファイルは5個までです。",
          "最多选择 5 个文件。", "Escolha no máximo 5 arquivos."},
    Entry{"code.file_too_large", "Choose files of at most 10 MB each.",
          "1個10 MBまでのファイルを選んでください。", "每个文件不得超过 10 MB。",
          "Escolha arquivos de no máximo 10 MB cada."},
    Entry{"code.files_too_large", "Choose files of at most 20 MB together.",
          "合計20 MBまでのファイルを選んでください。", "文件总计不得超过 20 MB。",
          "Escolha arquivos de no máximo 20 MB no total."},
};

template <size_t count>
const Entry* find_in(const std::array<Entry, count>& entries, std::string_view word) {
  for (const Entry& entry : entries) {
    if (entry.word == word) return &entry;
  }
  return nullptr;
}

}  // namespace

std::string_view form_word(std::string_view locale, std::string_view word) {
  const Entry* found = find_in(words, word);
  if (!found) found = find_in(reasons, word);
  if (!found) return "";
  if (locale == "ja") return found->ja;
  if (locale == "zh") return found->zh;
  return locale == "pt" ? found->pt : found->en;
}

}  // namespace tandem::api::channels
