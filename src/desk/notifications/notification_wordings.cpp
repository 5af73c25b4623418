// What the program says by itself, in each of its languages.

#include <fmt/format.h>

#include <array>

#include "desk/notifications/notification_templates.h"

namespace tandem::desk {

namespace {

/// What happened, as a headline and as a sentence.
struct Wording {
  std::string_view headline;
  std::string_view sentence;
};

/// The words around it. In `text` {0} is the sentence.
struct Frame {
  std::string_view locale;
  std::string_view text;
};

constexpr std::array frames{
    Frame{"en",
          "Hello {{agent.name}},\n\n{0}\n\nTicket: #{{ticket.number}} {{ticket.subject}}\n"
          "Department: {{department.name}}\n\n{{link}}\n"},
    Frame{"ja",
          "{{agent.name}} 様\n\n{0}\n\nチケット：#{{ticket.number}} {{ticket.subject}}\n"
          "部門：{{department.name}}\n\n{{link}}\n"},
    Frame{"zh",
          "{{agent.name}}，您好：\n\n{0}\n\n工单：#{{ticket.number}} {{ticket.subject}}\n"
          "部门：{{department.name}}\n\n{{link}}\n"},
    Frame{"pt",
          "Olá, {{agent.name}},\n\n{0}\n\nTicket: #{{ticket.number}} {{ticket.subject}}\n"
          "Departamento: {{department.name}}\n\n{{link}}\n"},
};

using Wordings = std::array<Wording, frames.size()>;  // in the order of the frames

Wordings wordings_of(NotificationEvent event) {
  switch (event) {
    case NotificationEvent::new_ticket:
      return {{{"New ticket", "A new ticket has come in."},
               {"新しいチケット", "新しいチケットが届きました。"},
               {"新工单", "收到一个新工单。"},
               {"Novo ticket", "Um novo ticket chegou."}}};
    case NotificationEvent::shared_ticket_received:
      return {{{"Ticket shared with you", "A ticket has been shared with your department."},
               {"チケットの共有", "チケットがあなたの部門に共有されました。"},
               {"收到共享工单", "有一个工单共享给了您的部门。"},
               {"Ticket compartilhado", "Um ticket foi compartilhado com o seu departamento."}}};
    case NotificationEvent::assignment:
      return {{{"Ticket assigned to you", "A ticket has been assigned to you."},
               {"チケットの割り当て", "チケットがあなたに割り当てられました。"},
               {"工单分配给您", "有一个工单分配给了您。"},
               {"Ticket atribuído a você", "Um ticket foi atribuído a você."}}};
    case NotificationEvent::reply:
      return {{{"The customer answered", "The customer has answered."},
               {"お客様からの返信", "お客様から返信がありました。"},
               {"客户已回复", "客户回复了工单。"},
               {"O cliente respondeu", "O cliente respondeu."}}};
    case NotificationEvent::comment:
      return {{{"New comment", "Somebody has commented on a ticket."},
               {"新しいコメント", "チケットにコメントが追加されました。"},
               {"新备注", "工单有了新备注。"},
               {"Novo comentário", "Alguém comentou em um ticket."}}};
    case NotificationEvent::mention:
      return {{{"You were mentioned", "You were mentioned in a comment."},
               {"メンションされました", "コメントであなたがメンションされました。"},
               {"有人提到了您", "备注中提到了您。"},
               {"Você foi mencionado", "Você foi mencionado em um comentário."}}};
    case NotificationEvent::following:
      return {{{"News on a ticket you follow", "Something happened to a ticket that you follow."},
               {"フォロー中のチケットの更新", "フォローしているチケットに動きがありました。"},
               {"关注的工单有新动态", "您关注的工单有新动态。"},
               {"Novidade em um ticket que você segue",
                "Algo aconteceu em um ticket que você segue."}}};
    case NotificationEvent::overdue:
      return {{{"Ticket overdue", "A ticket is past its due date."},
               {"期限超過", "チケットの期限が過ぎました。"},
               {"工单已逾期", "有一个工单已过截止时间。"},
               {"Ticket atrasado", "Um ticket passou do prazo."}}};
    case NotificationEvent::escalation:
      return {{{"Ticket escalated", "A ticket has been escalated."},
               {"エスカレーション", "チケットがエスカレーションされました。"},
               {"工单已升级", "有一个工单已升级。"},
               {"Ticket escalado", "Um ticket foi escalado."}}};
    case NotificationEvent::rating:
      return {{{"Answer rated", "The customer has rated an answer."},
               {"回答の評価", "お客様が回答を評価しました。"},
               {"回复获得评价", "客户评价了一次回复。"},
               {"Resposta avaliada", "O cliente avaliou uma resposta."}}};
  }
  return {};
}

}  // namespace

NotificationTemplate built_in_template(NotificationEvent event, std::string_view locale) {
  size_t language = 0;
  for (size_t at = 0; at < frames.size(); ++at) {
    if (frames[at].locale == locale) language = at;
  }
  const Frame& frame = frames[language];
  const Wording wording = wordings_of(event)[language];
  NotificationTemplate words;
  words.event = event;
  words.locale = frame.locale;
  words.subject = fmt::format("#{{ticket.number}} {{ticket.subject}} – {}", wording.headline);
  words.text = fmt::format(fmt::runtime(frame.text), wording.sentence);
  words.sms_text =
      fmt::format("{}: #{{ticket.number}} {{ticket.subject}} {{link}}", wording.headline);
  return words;
}

}  // namespace tandem::desk
