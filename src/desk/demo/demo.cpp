#include "desk/demo/demo.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <random>

#include "base/text.h"
#include "desk/automation/timed_round.h"
#include "desk/channels/calls.h"
#include "desk/conversation/comments.h"
#include "desk/conversation/mail_sending.h"
#include "desk/conversation/replies.h"
#include "desk/demo/cast.h"
#include "desk/demo/demo_arrangements.h"
#include "desk/demo/demo_office.h"
#include "desk/demo/demo_work.h"
#include "desk/mail/mail_intake.h"
#include "desk/modules.h"
#include "desk/ratings/ratings.h"
#include "desk/service_levels/service_level_events.h"
#include "desk/sharing/ticket_sharing.h"
#include "mail/compose.h"
#include "operations/operations.h"

// Five weeks in a few seconds: every line of every story gets a time, the lines of all stories are
// sorted by it, and the clock moves from one to the next while the real code runs. So ids, due
// times, histories and mails are what they would be had it all happened.

namespace tandem::desk {

namespace {

constexpr int64_t story_length_ms = 35 * day_ms;
constexpr int tickets_max = 1'000;
constexpr int bounced_every = 23;
constexpr int failed_every = 37;
constexpr int escalated_every = 9;
constexpr int due_by_hand_every = 4;
constexpr int unrated_every = 5;
constexpr int remarked_every = 3;
/// How often the program looks for what time brings about, while the story is told.
constexpr int64_t look_every_ms = 6 * hour_ms;

struct Telling {
  const Story* story = nullptr;
  const DemoContact* contact = nullptr;
  std::string order;
  std::string product;
  int number = 0;
  RecordId ticket;
  RecordId task;
  RecordId last_answer;
  std::string last_message_id;
};

/// What is said of tickets in each language, besides the stories.
struct Words {
  std::string_view language;
  std::map<Team, std::string> tags;
  std::string call_note;
  std::map<Rating, std::string> remarks;
};

const Words& words_in(std::string_view language) {
  static const std::vector<Words> all{
      {"en",
       {{Team::support, "router"}, {Team::receivables, "invoice"}, {Team::shipping, "delivery"}},
       "Called about the device; we stay in touch by mail.",
       {{Rating::good, "Quick and friendly."},
        {Rating::okay, "Solved, but it took a while."},
        {Rating::bad, "I had to explain everything twice."}}},
      {"ja",
       {{Team::support, "ルーター"}, {Team::receivables, "請求"}, {Team::shipping, "配送"}},
       "機器の件でお電話あり。続きはメールで対応。",
       {{Rating::good, "迅速で丁寧な対応でした。"},
        {Rating::okay, "解決しましたが、少し時間がかかりました。"},
        {Rating::bad, "同じ説明を二度する必要がありました。"}}},
      {"zh",
       {{Team::support, "路由器"}, {Team::receivables, "发票"}, {Team::shipping, "物流"}},
       "客户来电咨询设备问题，后续通过邮件联系。",
       {{Rating::good, "回复很快，态度很好。"},
        {Rating::okay, "解决了，但等得有点久。"},
        {Rating::bad, "同样的问题解释了两遍。"}}},
      {"pt",
       {{Team::support, "roteador"}, {Team::receivables, "cobrança"}, {Team::shipping, "entrega"}},
       "Ligou sobre o aparelho; seguimos por e-mail.",
       {{Rating::good, "Rápido e atencioso."},
        {Rating::okay, "Resolveu, mas demorou um pouco."},
        {Rating::bad, "Tive que explicar tudo duas vezes."}}}};
  for (const Words& one : all) {
    if (one.language == language) return one;
  }
  return all.front();
}

struct Moment {
  Instant at;
  size_t telling = 0;
  size_t line = 0;  // one past the last: the ending
};

std::string replaced(std::string text, std::string_view mark, const std::string& value) {
  for (size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) {
    text.replace(at, mark.size(), value);
    at += value.size();
  }
  return text;
}

/// Tells the stories, one moment after the other.
class Narrator {
 public:
  Narrator(const Desk& desk, StoppedClock& clock, const DemoPlan& plan, DemoOffice office)
      : desk_(desk),
        clock_(clock),
        plan_(plan),
        office_(std::move(office)),
        random_(plan.seed),
        worker_(desk.database, 1),
        broken_(broken_desk(desk)),
        broken_worker_(desk.database, 1),
        last_look_(clock.now()) {
    add_mail_jobs(worker_, desk_);
    add_mail_jobs(broken_worker_, broken_);
  }

  Result<Demo> tell() {
    for (int number = 0; number < plan_.tickets; ++number) cast(number);
    std::sort(moments_.begin(), moments_.end(), [](const Moment& a, const Moment& b) {
      return std::tuple(a.at, a.telling, a.line) < std::tuple(b.at, b.telling, b.line);
    });
    for (const Moment& moment : moments_) {
      if (moment.at > plan_.until) break;
      look_until(moment.at);
      clock_.advance_ms(std::max<int64_t>(0, moment.at - clock_.now()));
      TRY(happen(moment));
    }
    look_until(plan_.until);
    clock_.advance_ms(std::max<int64_t>(0, plan_.until - clock_.now()));
    TRY(desk_.database.write([&](db::Transaction& tx) -> Result<void> {
      TRY(plan_own_days(tx, office_));
      return arrange_notices(tx, office_);
    }));
    Demo demo{.org = office_.org, .people = {}, .tickets = plan_.tickets};
    for (const DemoColleague& one : demo_colleagues()) {
      demo.people.push_back({one.name, one.email, one.role});
    }
    return demo;
  }

 private:
  /// No server and no outbox: what it sends fails.
  static Desk broken_desk(const Desk& desk) {
    Desk broken = desk;
    broken.default_smtp.reset();
    broken.outbox_folder.clear();
    return broken;
  }

  template <class Act>
  auto in_one(Act act) {
    return desk_.database.write(act, db::Priority::bulk);
  }

  /// What the program does by itself meanwhile: escalations, rules of time, their mails.
  void look_until(Instant until) {
    while (last_look_ + look_every_ms < until) {
      last_look_ = std::max(last_look_ + look_every_ms, clock_.now());
      clock_.advance_ms(last_look_ - clock_.now());
      raise_service_level_events(desk_.database, desk_.catalogue);
      if (run_timed_rules(desk_) > 0) worker_.run_due();
    }
  }

  int64_t pick(int64_t count) { return int64_t(random_() % uint64_t(count)); }

  static const std::vector<const Story*>& all_stories() {
    static const std::vector<const Story*> stories = [] {
      std::vector<const Story*> all;
      for (const auto* list :
           {&english_stories(), &japanese_stories(), &chinese_stories(), &portuguese_stories()}) {
        for (const Story& story : *list) all.push_back(&story);
      }
      return all;
    }();
    return stories;
  }

  /// Chooses story, customer and times. Older tickets come first, so that numbers grow with time.
  void cast(int number) {
    Telling telling;
    telling.number = number;
    telling.story = all_stories()[size_t(pick(int64_t(all_stories().size())))];
    std::vector<const DemoContact*> speakers;
    for (const DemoContact& one : office_.contacts) {
      if (one.language == telling.story->language) speakers.push_back(&one);
    }
    telling.contact = speakers[size_t(pick(int64_t(speakers.size())))];
    telling.order = fmt::format("A-{}", 10'400 + number * 7 + pick(7));
    telling.product = office_.products[size_t(pick(demo_devices))].name;
    const Instant begin = plan_.until - story_length_ms;
    Instant at = begin + story_length_ms * number / plan_.tickets + pick(4 * hour_ms);
    for (size_t line = 0; line <= telling.story->lines.size(); ++line) {
      moments_.push_back({at, tellings_.size(), line});
      at = at + 20 * minute_ms + pick(14 * hour_ms);
    }
    tellings_.push_back(std::move(telling));
  }

  Result<void> happen(const Moment& moment) {
    Telling& telling = tellings_[moment.telling];
    if (moment.line == 0) {
      TRY(open_ticket(telling));
      return take(telling);
    }
    if (moment.line == telling.story->lines.size()) return finish(telling);
    const Line& line = telling.story->lines[moment.line];
    const std::string text = filled(line.text, telling);
    switch (line.speaker) {
      case Speaker::customer: return customer_writes(telling, text);
      case Speaker::agent: return agent_answers(telling, text, ReplyKind::reply);
      case Speaker::note: return colleague_notes(telling, text);
      case Speaker::forward: return agent_answers(telling, text, ReplyKind::forward);
      case Speaker::helper: return helper_notes(telling, text);
    }
    return {};
  }

  static std::string filled(const std::string& text, const Telling& telling) {
    return replaced(replaced(text, "{order}", telling.order), "{product}", telling.product);
  }

  Result<std::string> raw_mail(const Telling& telling, const std::string& text) {
    mail::OutgoingMail mail;
    mail.from = {telling.contact->name, telling.contact->address};
    mail.to = {{"", office_.mailboxes.at(telling.story->team).address}};
    mail.subject = filled(telling.story->subject, telling);
    if (!telling.last_message_id.empty()) {
      mail.subject = "Re: " + mail.subject;
      mail.in_reply_to = telling.last_message_id;
      mail.references = {telling.last_message_id};
    }
    mail.date = clock_.now();
    mail.message_id = fmt::format("demo.{}.{}@mail.example", telling.number, ++mails_);
    mail.text = text;
    return mail::compose_mail(mail);
  }

  Result<void> take_mail(Telling& telling, const std::string& raw) {
    const IntakeReport report = take_in(desk_, office_.mailboxes.at(telling.story->team), raw);
    if (report.outcome == IntakeOutcome::parked) {
      return invalid("demo", report.reason, "A mail of the demo was parked: " + report.reason);
    }
    if (!telling.ticket) telling.ticket = report.ticket;
    return {};
  }

  Result<void> customer_writes(Telling& telling, const std::string& text) {
    const std::string raw = TRY(raw_mail(telling, text));
    return take_mail(telling, raw);
  }

  Result<void> open_ticket(Telling& telling) {
    const Story& story = *telling.story;
    const std::string text = filled(story.lines.front().text, telling);
    if (story.channel == "email") {
      TRY(customer_writes(telling, text));
    } else {
      telling.ticket = TRY(in_one([&](db::Transaction& tx) -> Result<RecordId> {
        const records::Record made =
            TRY(operations::create_record(tx, office_.program, tickets_module(),
                                          {{"subject", filled(story.subject, telling)},
                                           {"description", text_to_html(text)},
                                           {"channel", story.channel},
                                           {"department", office_.departments.at(story.team)},
                                           {"contact", telling.contact->id}}));
        return made.id;
      }));
    }
    records::Changes changes{
        {"category", story.category},
        {"language", story.language},
        {"tags", std::vector<std::string>{words_in(story.language).tags.at(story.team)}}};
    const Instant promised = clock_.now() + (2 + pick(6)) * day_ms;
    if (telling.number % due_by_hand_every == 0) changes.set("due_at", promised);
    if (story.subject.find("{product}") != std::string::npos ||
        story.lines.front().text.find("{product}") != std::string::npos) {
      for (const DemoThing& one : office_.products) {
        if (one.name == telling.product) changes.set("product", one.id);
      }
    }
    if (!story.priority.empty()) changes.set("priority", story.priority);
    if (telling.number % escalated_every == 0) changes.set("is_escalated", int64_t{1});
    return change(office_.program, telling, changes);
  }

  /// Somebody of the department takes it; every eighth ticket waits for an owner.
  Result<void> take(Telling& telling) {
    if (telling.story->channel == "phone") TRY(note_call(telling));
    if (telling.number % 8 == 7) return {};
    const access::Actor& agent = agent_for(telling);
    TRY(change(agent, telling, {{"owner", agent.id}}));
    return in_one([&](db::Transaction& tx) -> Result<void> {
      telling.task = TRY(plan_work(tx, work_on(telling)));
      return follow_along(tx, office_, work_on(telling));
    });
  }

  DemoWork work_on(const Telling& telling) const {
    return {.agent = agent_for(telling),
            .ticket = telling.ticket,
            .department = office_.departments.at(telling.story->team),
            .team = telling.story->team,
            .language = telling.story->language,
            .number = telling.number};
  }

  Result<void> note_call(const Telling& telling) {
    const LoggedCall call{.seconds = 60 + pick(600),
                          .number = "+44 20 7946 0" + std::to_string(100 + pick(40)),
                          .note = words_in(telling.story->language).call_note};
    TRY(in_one([&](db::Transaction& tx) {
      return log_call(tx, agent_for(telling), telling.ticket, call);
    }));
    return {};
  }

  /// By the colleague who answers for the story's department.
  const access::Actor& agent_for(const Telling& telling) const {
    const RecordId department = office_.departments.at(telling.story->team);
    std::vector<const access::Actor*> able;
    for (const access::Actor& one : office_.colleagues) {
      const bool answers = one.role->kind == access::RoleKind::agent;
      if (answers && one.in_department(department)) able.push_back(&one);
    }
    return *able[size_t(telling.number) % able.size()];
  }

  Result<void> agent_answers(Telling& telling, const std::string& text, ReplyKind kind) {
    ReplyRequest request;
    request.kind = kind;
    request.html = text_to_html(text);
    if (kind == ReplyKind::forward) request.to = {{"Carrier desk", "pickup@carrier.example"}};
    const records::Record thread = TRY(in_one([&](db::Transaction& tx) {
      return send_reply(tx, desk_, agent_for(telling), telling.ticket, request);
    }));
    const int64_t minutes = 5 + pick(40);
    TRY(in_one([&](db::Transaction& tx) { return note_time(tx, work_on(telling), minutes); }));
    if (kind != ReplyKind::forward) {
      telling.last_message_id = thread.get("message_id").text();
      telling.last_answer = thread.id;
    }
    if (telling.number % failed_every == 5) {
      broken_worker_.run_due();
      return {};
    }
    worker_.run_due();
    if (telling.number % bounced_every == 4) return comes_back(telling);
    return {};
  }

  /// The customer's server returns the mail.
  Result<void> comes_back(const Telling& telling) {
    const std::string raw = fmt::format(
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@{0}\r\nTo: {1}\r\nSubject: Undelivered\r\n"
        "Message-ID: <bounce.{2}@{0}>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; "
        "report-type=delivery-status; boundary=part\r\n\r\n"
        "--part\r\nContent-Type: text/plain\r\n\r\nThe mail could not be delivered.\r\n"
        "--part\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; {0}\r\n\r\n"
        "Final-Recipient: rfc822; {3}\r\nAction: failed\r\nStatus: 5.2.2\r\n"
        "Diagnostic-Code: smtp; 552 mailbox full\r\n"
        "--part\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{4}>\r\n\r\n--part--\r\n",
        "mx.mail.example", office_.mailboxes.at(telling.story->team).address, ++mails_,
        telling.contact->address, telling.last_message_id);
    take_in(desk_, office_.mailboxes.at(telling.story->team), raw);
    return {};
  }

  Result<void> colleague_notes(const Telling& telling, const std::string& text) {
    const bool is_light = telling.number % 2 == 0;
    const access::Actor& author = is_light ? office_.colleagues.back() : agent_for(telling);
    TRY(in_one([&](db::Transaction& tx) {
      return add_comment(tx, author, telling.ticket, text_to_html(text), Audience::colleagues, {});
    }));
    return {};
  }

  /// The department shares the ticket and asks; somebody of the other one looks it up.
  Result<void> helper_notes(const Telling& telling, const std::string& text) {
    const RecordId department = office_.departments.at(telling.story->helped_by);
    TRY(in_one([&](db::Transaction& tx) {
      return share_ticket(tx, agent_for(telling), telling.ticket,
                          {{department, TicketAccess::restricted}});
    }));
    clock_.advance_ms(40 * minute_ms);
    TRY(in_one([&](db::Transaction& tx) {
      return add_comment(tx, helper_of(telling), telling.ticket, text_to_html(text),
                         Audience::colleagues, {});
    }));
    return {};
  }

  /// Somebody who has the ticket by its share alone.
  const access::Actor& helper_of(const Telling& telling) const {
    const RecordId own = office_.departments.at(telling.story->team);
    const RecordId helping = office_.departments.at(telling.story->helped_by);
    const auto helps = [&](const access::Actor& one) {
      return one.in_department(helping) && !one.in_department(own);
    };
    return *std::find_if(office_.colleagues.begin(), office_.colleagues.end(), helps);
  }

  Result<void> finish(Telling& telling) {
    switch (telling.story->ending) {
      case Ending::open: return {};
      case Ending::on_hold: return change(agent_for(telling), telling, {{"status", "on_hold"}});
      case Ending::closed:
        TRY(change(agent_for(telling), telling, {{"status", "closed"}}));
        TRY(in_one(
            [&](db::Transaction& tx) { return finish_task(tx, work_on(telling), telling.task); }));
        return customer_rates(telling);
    }
    return {};
  }

  /// By the link in the last answer.
  Result<void> customer_rates(const Telling& telling) {
    if (!telling.last_answer || telling.number % unrated_every == 0) return {};
    const int64_t mood = pick(10);
    const Rating rating = mood < 7 ? Rating::good : mood < 9 ? Rating::okay : Rating::bad;
    const bool says_why = telling.number % remarked_every == 0 || rating == Rating::bad;
    const std::string remark =
        says_why ? words_in(telling.story->language).remarks.at(rating) : std::string();
    const RatingLink link{.org = office_.org,
                          .ticket = telling.ticket,
                          .thread = telling.last_answer,
                          .contact = telling.contact->id,
                          .expires_at = clock_.now() + day_ms};
    return in_one(
        [&](db::Transaction& tx) { return give_rating(tx, desk_, link, rating, remark); });
  }

  Result<void> change(const access::Actor& actor, const Telling& telling,
                      const records::Changes& changes) {
    TRY(in_one([&](db::Transaction& tx) {
      return operations::update_record(tx, actor, tickets_module(), telling.ticket, changes);
    }));
    return {};
  }

  const Desk& desk_;
  StoppedClock& clock_;
  const DemoPlan& plan_;
  DemoOffice office_;
  std::mt19937 random_;
  jobs::Worker worker_;
  Desk broken_;
  jobs::Worker broken_worker_;
  std::vector<Telling> tellings_;
  std::vector<Moment> moments_;
  int mails_ = 0;
  Instant last_look_;
};

}  // namespace

Result<Demo> make_demo(const Desk& desk, StoppedClock& clock, const DemoPlan& plan) {
  if (&desk.database.clock() != &clock) {
    return invalid("clock", "another_clock", "Open the database with the clock of the demo.");
  }
  if (desk.outbox_folder.empty()) {
    return invalid("outbox_folder", "required", "Give a folder for the mails of the demo.");
  }
  if (plan.tickets < 1 || plan.tickets > tickets_max) {
    return invalid("tickets", "out_of_range", "Ask for 1 to 1,000 tickets.");
  }
  Desk quiet = desk;
  quiet.default_smtp.reset();
  clock.advance_ms(plan.until - story_length_ms - day_ms - clock.now());
  DemoOffice office = TRY(make_demo_office(quiet, plan));
  TRY(desk.database.write([&](db::Transaction& tx) { return arrange_work(tx, quiet, office); }));
  Narrator narrator(quiet, clock, plan, std::move(office));
  return narrator.tell();
}

}  // namespace tandem::desk
