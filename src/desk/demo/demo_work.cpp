#include "desk/demo/demo_work.h"

#include <map>

#include "desk/activities/activities.h"
#include "desk/channels/calls.h"
#include "desk/demo/cast.h"
#include "desk/tickets/ticket_followers.h"
#include "desk/time_tracking/time_entries.h"
#include "operations/operations.h"

namespace tandem::desk {

namespace {

using access::Actor;
using records::Changes;

constexpr int task_every = 3;
constexpr int appointment_every = 10;
constexpr int call_every = 9;
constexpr int unbilled_every = 4;
constexpr int forgotten_every = 5;
constexpr int followed_every = 6;
constexpr int head_follows_every = 18;
constexpr int64_t call_seconds_usual = 240;

struct WorkWords {
  std::map<Team, std::string> tasks;
  std::string appointment;
  std::string place;
  std::string call_note;
  std::map<Team, std::string> time_notes;
  std::string own_tasks[3];  // overdue, today, later
  std::string meeting;
  std::string meeting_place;
};

const WorkWords& words_in(const std::string& language) {
  static const std::map<std::string, WorkWords> all{
      {"en",
       {{{Team::support, "Ask the workshop about the firmware"},
         {Team::receivables, "Check the payment with the bank"},
         {Team::shipping, "Call the carrier about the parcel"}},
        "Visit to measure the network",
        "At the customer's",
        "Called back: they try it tonight and let us know.",
        {{Team::support, "Reproduced it and wrote the answer"},
         {Team::receivables, "Looked through the account"},
         {Team::shipping, "Traced the parcel"}},
        {"Write down what we learned of last week's outage", "Go through what is overdue",
         "Prepare the figures of the quarter"},
        "Weekly meeting of the team",
        "Meeting room 2"}},
      {"ja",
       {{{Team::support, "ファームウェアの件を技術部に確認"},
         {Team::receivables, "入金状況を銀行に確認"},
         {Team::shipping, "配送業者に電話で確認"}},
        "ネットワーク測定のため訪問",
        "お客様先",
        "折り返し電話。今夜お試しいただき、結果をご連絡いただく予定。",
        {{Team::support, "再現確認と回答作成"},
         {Team::receivables, "入金履歴の確認"},
         {Team::shipping, "配送状況の調査"}},
        {"先週の障害の振り返りをまとめる", "期限超過のチケットを確認する",
         "四半期の数字を準備する"},
        "チーム定例会議",
        "第 2 会議室"}},
      {"zh",
       {{{Team::support, "向技术部确认固件问题"},
         {Team::receivables, "向银行核对付款"},
         {Team::shipping, "打电话向承运商查询包裹"}},
        "上门检测网络",
        "客户现场",
        "已回电：客户今晚再试，之后告知结果。",
        {{Team::support, "复现问题并撰写答复"},
         {Team::receivables, "核对账目"},
         {Team::shipping, "查询物流"}},
        {"整理上周故障的经验", "检查逾期工单", "准备季度数据"},
        "团队周会",
        "二号会议室"}},
      {"pt",
       {{{Team::support, "Perguntar à oficina sobre o firmware"},
         {Team::receivables, "Conferir o pagamento com o banco"},
         {Team::shipping, "Ligar para a transportadora"}},
        "Visita para medir a rede",
        "No cliente",
        "Retornamos a ligação: vão testar hoje à noite e avisar.",
        {{Team::support, "Reproduzi o problema e escrevi a resposta"},
         {Team::receivables, "Conferi a conta"},
         {Team::shipping, "Rastreei a encomenda"}},
        {"Anotar o que aprendemos com a falha da semana passada", "Rever o que está atrasado",
         "Preparar os números do trimestre"},
        "Reunião semanal da equipe",
        "Sala de reunião 2"}}};
  const auto found = all.find(language);
  return found == all.end() ? all.at("en") : found->second;
}

Result<RecordId> add_task(db::Transaction& tx, const Actor& owner, Changes values) {
  values.set("owner", owner.id);
  const records::Record made = TRY(operations::create_record(tx, owner, tasks_module(), values));
  return made.id;
}

Result<void> add_appointment(db::Transaction& tx, const Actor& owner, Changes values,
                             Instant starts_at, int64_t minutes) {
  values.set("owner", owner.id).set("starts_at", starts_at);
  values.set("ends_at", starts_at + minutes * minute_ms);
  TRY(operations::create_record(tx, owner, appointments_module(), values));
  return {};
}

/// The next full hour, so many hours on.
Instant full_hour(Instant now, int64_t hours_on) {
  return Instant{(now.ms / hour_ms + 1 + hours_on) * hour_ms};
}

}  // namespace

Result<RecordId> plan_work(db::Transaction& tx, const DemoWork& work) {
  const WorkWords& words = words_in(work.language);
  const Changes of_ticket{{"department", work.department}, {"ticket", work.ticket}};
  if (work.number % appointment_every == 4) {
    Changes values = of_ticket;
    values.set("subject", words.appointment).set("place", words.place);
    const int64_t hours_on = 24 * (1 + work.number % 5);
    TRY(add_appointment(tx, work.agent, values, full_hour(tx.now(), hours_on), 90));
  }
  if (work.number % call_every == 2) {
    const LoggedCall call{.direction = "out",
                          .seconds = call_seconds_usual + work.number,
                          .number = "+44 20 7946 0" + std::to_string(100 + work.number % 40),
                          .note = words.call_note};
    TRY(log_call(tx, work.agent, work.ticket, call));
  }
  if (work.number % task_every != 0) return RecordId{};
  Changes values = of_ticket;
  values.set("subject", words.tasks.at(work.team));
  values.set("due_at", full_hour(tx.now(), 24 * (1 + work.number % 4)));
  values.set("priority", std::string(work.number % 2 == 0 ? "high" : "medium"));
  return add_task(tx, work.agent, std::move(values));
}

Result<void> note_time(db::Transaction& tx, const DemoWork& work, int64_t minutes) {
  TRY(log_time(tx, work.agent, work.ticket,
               {.seconds = minutes * 60,
                .is_billable = work.number % unbilled_every != 0,
                .note = words_in(work.language).time_notes.at(work.team),
                .source = minutes % 2 == 0 ? "timer" : "manual"}));
  return {};
}

Result<void> finish_task(db::Transaction& tx, const DemoWork& work, RecordId task) {
  if (!task || work.number % forgotten_every == 0) return {};
  TRY(operations::update_record(tx, work.agent, tasks_module(), task,
                                {{"status", std::string("completed")}}));
  return {};
}

Result<void> follow_along(db::Transaction& tx, const DemoOffice& office, const DemoWork& work) {
  if (work.number % followed_every != 1) return {};
  const Actor& head = office.colleagues.front();
  if (work.number % head_follows_every == 1) TRY(follow_ticket(tx, head, work.ticket));
  return follow_ticket(tx, work.agent, work.ticket);
}

Result<void> plan_own_days(db::Transaction& tx, const DemoOffice& office) {
  for (size_t at = 0; at < office.colleagues.size(); ++at) {
    const Actor& owner = office.colleagues[at];
    if (owner.role->kind == access::RoleKind::light_agent) continue;
    const WorkWords& words = words_in(demo_colleagues()[at].locale);
    const RecordId department = owner.department_ids.empty()
                                    ? office.departments.at(Team::support)
                                    : RecordId{owner.department_ids.front()};
    const Changes own{{"department", department}};
    const int64_t hours_on[] = {-30, 3, 75};
    for (size_t task = 0; task < std::size(hours_on); ++task) {
      Changes values = own;
      values.set("subject", words.own_tasks[task]);
      values.set("due_at", full_hour(tx.now(), hours_on[task]));
      TRY(add_task(tx, owner, std::move(values)));
    }
    Changes meeting = own;
    meeting.set("subject", words.meeting).set("place", words.meeting_place);
    TRY(add_appointment(tx, owner, meeting, full_hour(tx.now(), 20 + int64_t(at)), 60));
  }
  return {};
}

}  // namespace tandem::desk
