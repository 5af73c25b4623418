#include "desk/demo/demo_arrangements.h"

#include <fmt/format.h>

#include "desk/automation/automation_rules.h"
#include "desk/automation/macros.h"
#include "desk/channels/phone_lines.h"
#include "desk/channels/web_forms.h"
#include "desk/demo/demo_templates.h"
#include "desk/notifications/notification_rules.h"
#include "desk/ratings/rating_settings.h"
#include "desk/service_levels/business_hours.h"
#include "desk/views/ticket_views.h"
#include "views/custom_views.h"

namespace tandem::desk {

namespace {

// As demo_colleagues().
constexpr size_t helena = 0, kenji = 1, mei = 2, rafael = 3, sofia = 4;

Result<void> set_hours(db::Transaction& tx, const DemoOffice& office) {
  const access::Actor& manager = office.colleagues[helena];
  const int64_t today = tx.now().ms / day_ms;
  HolidayList holidays{.name = "Days off · 休業日 · 休息日 · Feriados"};
  holidays.days = {{today + 12, "Founders’ day · 創立記念日 · 公司纪念日 · Dia da fundação"},
                   {today + 50, "Stocktaking · 棚卸し · 盘点 · Inventário"}};
  const HolidayList list = TRY(add_holiday_list(tx, manager, holidays));
  NamedHours weekdays{.name = "Weekdays"};
  NamedHours service{.name = "Service desk, Monday to Saturday"};
  for (size_t day = 0; day < 5; ++day) {
    weekdays.hours.week[day] = {{9 * 60, 12 * 60 + 30}, {13 * 60 + 30, 17 * 60 + 30}};
    service.hours.week[day] = {{8 * 60, 20 * 60}};
  }
  service.hours.week[5] = {{9 * 60, 14 * 60}};
  weekdays.holiday_list = list.id;
  service.holiday_list = list.id;
  service.department_ids = {office.departments.at(Team::support).value};
  TRY(add_business_hours(tx, manager, weekdays));
  TRY(add_business_hours(tx, manager, service));
  return {};
}

/// In hours, the same for all priorities but the one that is named.
ServiceLevel promise(const char* name, const std::string& conditions, int64_t response_hours,
                     int64_t resolution_hours) {
  ServiceLevel level{.name = name};
  level.conditions_json = conditions;
  for (const char* priority : {"none", "low", "medium", "high", "urgent"}) {
    level.targets[priority] = {response_hours * 60, resolution_hours * 60};
  }
  return level;
}

Result<void> set_service_levels(db::Transaction& tx, const DemoOffice& office) {
  const access::Actor& manager = office.colleagues[helena];
  ServiceLevel urgent = promise("Urgent · 緊急 · 紧急 · Urgente",
                                R"({"field":"priority","is_one_of":["high","urgent"]})", 2, 24);
  urgent.levels = {{.target = Target::resolution,
                    .after_minutes = 8 * 60,
                    .sets_escalated = true,
                    .told_agents = {manager.id.value}},
                   {.target = Target::first_response,
                    .after_minutes = -30,
                    .told_agents = {office.colleagues[kenji].id.value}}};
  TRY(add_service_level(tx, manager, urgent));
  TRY(add_service_level(tx, manager, promise("Standard · 標準 · 标准 · Padrão", "{}", 8, 48)));
  return {};
}

AutomationRule on_event(const char* name, RuleEvent event, const std::string& conditions,
                        const std::string& actions) {
  AutomationRule rule{.name = name};
  rule.event = event;
  rule.conditions_json = conditions;
  rule.actions_json = "[" + actions + "]";
  return rule;
}

AutomationRule on_time(const char* name, RuleMoment moment, int64_t minutes,
                       const std::string& conditions, const std::string& actions) {
  AutomationRule rule = on_event(name, RuleEvent::time_passed, conditions, actions);
  rule.moment = moment;
  rule.wait_minutes = minutes;
  return rule;
}

struct Reminder {
  const char* language;
  const char* name;
  const char* html;
};
constexpr Reminder reminders[] = {
    {"en", "Remind after 4 days",
     "<p>Dear {contact.name},</p><p>we have not heard from you about “{ticket.subject}”. Is there "
     "anything left to do? If not, we close the ticket in ten days.</p>"},
    {"ja", "4 日後にお知らせ",
     "<p>{contact.name} 様</p><p>「{ticket.subject}」の件、その後いかがでしょうか。ご返信がない場合"
     "は、10 日後に完了とさせていただきます。</p>"},
    {"zh", "4 天后提醒",
     "<p>{contact.name}，您好：</p><p>关于“{ticket.subject}”，请问还有需要我们处理的吗？如无回复，"
     "我们将在十天后关闭该工单。</p>"},
    {"pt", "Lembrar após 4 dias",
     "<p>Olá, {contact.name},</p><p>não tivemos mais notícias sobre “{ticket.subject}”. Falta "
     "alguma coisa? Se não, fechamos o ticket em dez dias.</p>"}};

Result<void> set_rules(db::Transaction& tx, const DemoOffice& office) {
  const access::Actor& manager = office.colleagues[helena];
  constexpr int64_t day_minutes = 24 * 60;
  std::vector<AutomationRule> rules;
  rules.push_back(on_event("Money matters are never unimportant", RuleEvent::ticket_created,
                           R"({"field":"priority","is_empty":true})",
                           R"({"do":"set_field","field":"priority","value":"medium"})"));
  rules.back().department = office.departments.at(Team::receivables);
  rules.push_back(on_event("Escalated and the customer writes again", RuleEvent::customer_replied,
                           R"({"field":"is_escalated","is":true})",
                           R"({"do":"set_field","field":"priority","value":"urgent"})"));
  for (const Reminder& one : reminders) {
    rules.push_back(on_time(one.name, RuleMoment::status_changed, 4 * day_minutes,
                            fmt::format(R"({{"all_of":[{{"field":"status","is":"on_hold"}},)"
                                        R"({{"field":"language","is":"{}"}}]}})",
                                        one.language),
                            R"({"do":"mail","html":)" + json_to_text(Json(one.html)) + "}"));
  }
  rules.push_back(on_time("Close what waits for two weeks", RuleMoment::status_changed,
                          14 * day_minutes, R"({"field":"status","is":"on_hold"})",
                          R"({"do":"set_field","field":"status","value":"closed"})"));
  for (AutomationRule& rule : rules) TRY(add_automation_rule(tx, manager, rule));
  return {};
}

Result<void> add_macros(db::Transaction& tx, const DemoOffice& office) {
  struct Wanted {
    size_t owner;
    MacroAudience audience;
    const char* name;
    const char* html;
  };
  constexpr Wanted wanted[] = {
      {helena, MacroAudience::everybody, "Thank and close",
       "<p>Thank you for letting us know. We close this one; just answer here should anything "
       "come up.</p>"},
      {helena, MacroAudience::everybody, "お礼を伝えて完了",
       "<p>"
       "ご連絡ありがとうございました。本件は完了といたします。何かございましたらこのメールにご返信"
       "ください。</p>"},
      {helena, MacroAudience::everybody, "感谢并关闭",
       "<p>感谢您的反馈。我们先关闭该工单，如有问题请直接回复此邮件。</p>"},
      {helena, MacroAudience::everybody, "Agradecer e fechar",
       "<p>Obrigado pelo retorno. Vamos fechar este ticket; se precisar, é só responder aqui.</p>"},
      {kenji, MacroAudience::owner, "ファームウェアの版を尋ねる",
       "<p>お手数ですが、設定画面の最後の行にあるファームウェアの版をお知らせください。</p>"},
      {mei, MacroAudience::owner, "请客户提供订单号",
       "<p>请提供您的订单号，我们马上为您查询。</p>"},
      {rafael, MacroAudience::owner, "Pedir o comprovante",
       "<p>Poderia nos enviar o comprovante de pagamento em PDF?</p>"},
      {sofia, MacroAudience::owner, "Ask for a picture of the parcel",
       "<p>Could you send us a picture of the parcel and its label?</p>"}};
  for (const Wanted& one : wanted) {
    Macro macro{.name = one.name, .audience = one.audience};
    const std::string draft =
        R"({"do":"draft","kind":"reply","html":)" + json_to_text(Json(one.html)) + "}";
    const bool closes = one.audience == MacroAudience::everybody;
    const std::string then = closes ? R"(,{"do":"set_field","field":"status","value":"closed"})"
                                    : R"(,{"do":"assign","to":"me"})";
    macro.actions_json = "[" + draft + then + "]";
    TRY(add_macro(tx, office.colleagues[one.owner], macro));
  }
  return {};
}

views::CustomView view(const char* name, const char* filter, const char* sort) {
  views::CustomView made{.name = name};
  made.filter_json = filter;
  made.sort = sort;
  return made;
}

Result<void> add_views(db::Transaction& tx, const DemoOffice& office) {
  const char* waiting =
      R"({"all_of":[{"field":"status_type","is":"open"},{"field":"last_word_by","is":"customer"}]})";
  views::CustomView shared = view("Customers wait for us", waiting, "last_activity_at");
  shared.audience = views::ViewAudience::everybody;
  TRY(views::create_custom_view(tx, office.colleagues[helena], viewed_tickets(), shared));
  views::CustomView parcels = view("Urgent · 緊急 · 紧急 · Urgente",
                                   R"({"all_of":[{"field":"status_type","is":"open"},)"
                                   R"({"field":"priority","is_one_of":["high","urgent"]}]})",
                                   "due_at");
  parcels.audience = views::ViewAudience::departments;
  parcels.audience_ids = {office.departments.at(Team::support).value,
                          office.departments.at(Team::shipping).value};
  TRY(views::create_custom_view(tx, office.colleagues[helena], viewed_tickets(), parcels));
  const std::tuple<size_t, const char*, const char*> personal[] = {
      {helena, "Rated badly", R"({"field":"rating","is":"bad"})"},
      {kenji, "日本語の未完了チケット",
       R"({"all_of":[{"field":"status_type","is":"open"},{"field":"language","is":"ja"}]})"},
      {mei, "等待客户回复",
       R"({"all_of":[{"field":"status_type","is":"on_hold"},{"field":"owner","is":"me"}]})"},
      {rafael, "Minhas cobranças em aberto",
       R"({"all_of":[{"field":"status_type","is":"open"},{"field":"owner","is":"me"}]})"},
      {sofia, "My parcels",
       R"({"all_of":[{"field":"owner","is":"me"},)"
       R"({"field":"status_type","is_not":"closed"}]})"}};
  for (const auto& [owner, name, filter] : personal) {
    TRY(views::create_custom_view(tx, office.colleagues[owner], viewed_tickets(),
                                  view(name, filter, "-last_activity_at")));
  }
  return {};
}

Result<void> open_channels(db::Transaction& tx, const Desk& desk, const DemoOffice& office) {
  const access::Actor& manager = office.colleagues[helena];
  struct Page {
    const char* locale;
    const char* name;
    const char* title;
    const char* intro;
  };
  constexpr Page pages[] = {
      {"en", "Website, English", "Write to us", "We answer within one working day."},
      {"ja", "ウェブサイト（日本語）", "お問い合わせ", "1 営業日以内にお返事いたします。"},
      {"zh", "网站（中文）", "联系我们", "我们会在一个工作日内回复您。"},
      {"pt", "Site, português", "Fale conosco", "Respondemos em um dia útil."}};
  for (const Page& page : pages) {
    WebForm form{.department = office.departments.at(Team::support), .name = page.name};
    form.title = page.title;
    form.intro = page.intro;
    form.locale = page.locale;
    form.fields = {
        {"name", true}, {"email", true}, {"subject", true}, {"message", true}, {"files"}};
    form.sends_receipt = true;
    TRY(add_web_form(tx, manager, form));
  }
  PhoneLine line{.name = "+44 20 7946 0000"};
  line.department = office.departments.at(Team::support);
  TRY(add_phone_line(tx, desk, manager, line));
  return {};
}

Result<void> ask_for_ratings(db::Transaction& tx, const DemoOffice& office) {
  for (const auto& [team, department] : office.departments) {
    RatingSettings settings{.department = department, .is_on = true};
    if (team == Team::receivables) settings.asked_with = AskedWith::closing_reply;
    TRY(save_rating_settings(tx, office.colleagues[helena], settings));
  }
  return {};
}

}  // namespace

Result<void> arrange_work(db::Transaction& tx, const Desk& desk, const DemoOffice& office) {
  TRY(set_hours(tx, office));
  TRY(set_service_levels(tx, office));
  TRY(set_rules(tx, office));
  TRY(add_macros(tx, office));
  TRY(add_demo_templates(tx, office));
  TRY(add_views(tx, office));
  TRY(open_channels(tx, desk, office));
  return ask_for_ratings(tx, office);
}

Result<void> arrange_notices(db::Transaction& tx, const DemoOffice& office) {
  const std::pair<Team, NotificationEvent> wanted[] = {
      {Team::support, NotificationEvent::escalation},
      {Team::support, NotificationEvent::rating},
      {Team::support, NotificationEvent::reply},
      {Team::shipping, NotificationEvent::assignment},
      {Team::shipping, NotificationEvent::overdue},
      {Team::receivables, NotificationEvent::shared_ticket_received},
      {Team::receivables, NotificationEvent::mention}};
  for (const auto& [team, event] : wanted) {
    TRY(change_notification_rule(tx, office.colleagues[helena], office.departments.at(team), event,
                                 {.by_mail = true}));
  }
  return {};
}

}  // namespace tandem::desk
