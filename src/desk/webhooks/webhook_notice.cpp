#include "desk/webhooks/webhook_notice.h"

#include <fmt/format.h>

#include <array>

#include "access/agents.h"
#include "access/people.h"
#include "desk/conversation/mail_sending.h"

namespace tandem::desk {

namespace {

constexpr int notices_max = 20;

/// {0} is the webhook's name.
struct Wording {
  std::string_view locale;
  std::string_view subject;
  std::string_view silent;
  std::string_view gone;
  std::string_view backlog;
  std::string_view remedy;
};

constexpr std::array<Wording, 4> wordings{{
    {"en", "The webhook {0} was switched off",
     "The webhook {0} was switched off: for a whole day its server accepted nothing.",
     "The webhook {0} was switched off: its server answered that the address is gone for good "
     "(410).",
     "The webhook {0} was switched off: 10,000 events were waiting for its server.",
     "Nothing more is sent to it. When the server works again, switch the webhook on under "
     "Settings > Webhooks; its log says what was not delivered, and you can send it again there."},
    {"ja", "Webhook「{0}」を無効にしました",
     "Webhook「{0}」を無効にしました。丸一日、送信先のサーバーが何も受け付けなかったためです。",
     "Webhook「{0}"
     "」を無効にしました。送信先のサーバーが、このアドレスは廃止されたと回答したためです"
     "（410）。",
     "Webhook「{0}」を無効にしました。送信待ちのイベントが10,000件に達したためです。",
     "以後、この送信先には何も送信されません。サーバーが復旧したら、「設定 > Webhook」で再び有効に"
     "してください。届かなかったイベントはログで確認でき、そこから再送できます。"},
    {"zh", "Webhook“{0}”已停用", "Webhook“{0}”已停用：其服务器整整一天没有接受任何请求。",
     "Webhook“{0}”已停用：其服务器答复该地址已永久失效（410）。",
     "Webhook“{0}”已停用：等待其服务器的事件已达 10,000 个。",
     "此后不再向其发送任何内容。服务器恢复后，请在“设置 > Webhook”中重新启用；"
     "日志会显示未送达的内容，并可从那里重新发送。"},
    {"pt", "O webhook {0} foi desativado",
     "O webhook {0} foi desativado: durante um dia inteiro o servidor dele não aceitou nada.",
     "O webhook {0} foi desativado: o servidor dele respondeu que o endereço não existe mais "
     "(410).",
     "O webhook {0} foi desativado: 10.000 eventos estavam à espera do servidor dele.",
     "Nada mais é enviado a ele. Quando o servidor voltar a funcionar, ative o webhook em "
     "Configurações > Webhooks; o registro mostra o que não foi entregue, e ali você pode enviar "
     "de novo."},
}};

const Wording& wording_of(std::string_view locale) {
  for (const Wording& wording : wordings) {
    if (wording.locale == locale) return wording;
  }
  return wordings.front();
}

Notice notice_of(const access::Person& person, const Webhook& webhook, const std::string& reason) {
  const Wording& wording = wording_of(person.locale);
  const std::string_view why = reason == "gone"      ? wording.gone
                               : reason == "backlog" ? wording.backlog
                                                     : wording.silent;
  Notice notice{.to = person.email, .locale = person.locale};
  notice.subject = fmt::format(fmt::runtime(wording.subject), webhook.name);
  notice.text = fmt::format(fmt::runtime(why), webhook.name) + "\n\n";
  notice.text += std::string(wording.remedy) + "\n";
  return notice;
}

}  // namespace

void tell_administrators(db::Transaction& tx, const Desk& desk, const Webhook& webhook,
                         const std::string& reason) {
  int told = 0;
  for (const access::Agent& agent : access::list_agents(tx, webhook.org)) {
    const bool is_told = agent.role_kind == access::RoleKind::administrator &&
                         agent.status == access::AgentStatus::active && told < notices_max;
    const auto person = is_told ? access::find_person(tx, agent.person) : std::nullopt;
    if (!person) continue;
    send_notice(tx, desk, webhook.org, notice_of(*person, webhook, reason));
    ++told;
  }
}

}  // namespace tandem::desk
