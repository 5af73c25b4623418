#include <fmt/format.h>

#include "api/desk/envelope.h"
#include "api/desk/handlers.h"
#include "desk/conversation/reply_templates.h"
#include "desk/mail/mailboxes.h"
#include "desk/modules.h"
#include "desk/service_levels/business_hours.h"

// Settings that clients read and we keep elsewhere: business hours, holidays, addresses, channels.

namespace tandem::api::desk_dialect {

namespace {

constexpr int template_rows_usual = 50;
constexpr int template_rows_max = 100;
constexpr const char* days_of_week[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                        "Friday", "Saturday", "Sunday"};

std::string clock_text(int minute) { return fmt::format("{:02}:{:02}", minute / 60, minute % 60); }

void append_holidays(JsonWriter& json, const std::vector<desk::Holiday>& days) {
  json.begin_array();
  for (const desk::Holiday& day : days) {
    json.begin_object().string("name", day.name);
    json.string("date", to_iso(Instant{day.on * day_ms}).substr(0, 10)).end_object();
  }
  json.end_array();
}

std::string hours_json(const desk::NamedHours& named) {
  JsonWriter json;
  json.begin_object().id("id", named.id.value).string("name", named.name);
  json.string("timeZone", named.hours.time_zone).boolean("isDefault", named.is_usual);
  json.string("status", "ACTIVE").string("type", "SPECIFIC_HOURS");
  json.key("businessTimes").begin_array();
  for (size_t day = 0; day < named.hours.week.size(); ++day) {
    for (const desk::OpenRange& open : named.hours.week[day]) {
      json.begin_object().string("day", days_of_week[day]);
      json.string("startTime", clock_text(open.from_minute));
      json.string("endTime", clock_text(open.until_minute)).end_object();
    }
  }
  json.end_array().key("departmentIds").begin_array();
  for (const int64_t id : named.department_ids) json.id(id);
  json.end_array();
  if (named.holiday_list) {
    json.id("holidayListId", named.holiday_list.value);
  } else {
    json.null("holidayListId");
  }
  json.end_object();
  return json.take();
}

std::string address_json(const desk::Mailbox& mailbox) {
  JsonWriter json;
  json.begin_object().id("id", mailbox.id.value).string("address", mailbox.address);
  json.string("displayName", mailbox.display_name).id("departmentId", mailbox.department.value);
  json.string("displayAddress", mailbox.display_name.empty()
                                    ? mailbox.address
                                    : mailbox.display_name + " <" + mailbox.address + ">");
  json.boolean("isActive", mailbox.is_enabled).boolean("isVerified", true).end_object();
  return json.take();
}

std::string template_json(const desk::ReplyTemplate& one) {
  JsonWriter json;
  json.begin_object().id("id", one.id.value).string("name", one.name);
  json.string("folderName", one.folder).string("subject", one.subject);
  json.string("content", one.html).id("departmentId", one.department.value);
  json.boolean("isPersonal", one.audience == desk::TemplateAudience::owner).end_object();
  return json.take();
}

}  // namespace

Result<http::Response> list_business_hours(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    std::vector<std::string> shown;
    const auto hours = TRY(desk::list_business_hours(tx, call.actor));
    for (const desk::NamedHours& named : hours) shown.push_back(hours_json(named));
    return show_list(shown);
  });
}

Result<http::Response> list_holiday_lists(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    std::vector<std::string> shown;
    const auto lists = TRY(desk::list_holiday_lists(tx, call.actor));
    for (const desk::HolidayList& list : lists) {
      JsonWriter json;
      json.begin_object().id("id", list.id.value).string("name", list.name).key("holidays");
      append_holidays(json, list.days);
      json.end_object();
      shown.push_back(json.take());
    }
    return show_list(shown);
  });
}

/// The addresses that the caller may answer from: those of the departments that they see.
Result<http::Response> list_addresses(Call& call) {
  const std::vector<records::Value> only = TRY(call.query_ids("departmentId", 1));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    records::Query query;
    if (!only.empty()) query.filter = records::field("id").is(only.front());
    query.limit = 200;
    const records::Page departments =
        TRY(list_page(tx, call, desk::departments_module(), std::move(query)));
    std::vector<std::string> shown;
    for (const records::Record& department : departments.records) {
      const bool is_theirs =
          call.actor.is_administrator() || call.actor.in_department(department.id);
      if (!is_theirs) continue;
      for (const desk::Mailbox& mailbox :
           desk::mailboxes_of_department(tx, call.actor.org, department.id))
        shown.push_back(address_json(mailbox));
    }
    return show_list(shown);
  });
}

Result<http::Response> list_channels(Call& call) {
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    const records::ShapeRef shape =
        call.actor.catalogue->shape(tx, call.actor.org, desk::tickets_module());
    std::vector<std::string> shown;
    for (const records::ChoiceOption& choice : shape->find("channel")->choices) {
      JsonWriter json;
      json.begin_object().string("code", choice.name).string("name", choice.label);
      json.string("channelType", "SYSTEM").boolean("isEnabled", true).end_object();
      shown.push_back(json.take());
    }
    return show_list(shown);
  });
}

/// Those that the caller sees, with departmentId those that serve its tickets.
Result<http::Response> list_templates(Call& call) {
  const std::vector<records::Value> departments = TRY(call.query_ids("departmentId", 1));
  const PageWindow window = TRY(page_window(call, template_rows_usual, template_rows_max));
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    std::vector<std::string> shown;
    int64_t row = 0;
    const auto templates = TRY(desk::list_reply_templates(tx, call.actor));
    for (const desk::ReplyTemplate& one : templates) {
      const bool serves =
          departments.empty() || !one.department || one.department == departments.front().id();
      if (!serves || row++ < window.offset) continue;
      if (shown.size() < size_t(window.limit)) shown.push_back(template_json(one));
    }
    return show_list(shown);
  });
}

/// The modules that the caller may read.
Result<http::Response> list_modules(Call& call) {
  std::vector<std::string> shown;
  for (const char* const name :
       {"tickets", "contacts", "accounts", "products", "tasks", "appointments"}) {
    const records::ModuleDef& module = *call.actor.catalogue->find(name);
    if (!access::has_right(call.actor, module.name, access::Right::read)) continue;
    const bool is_events = module.name == "appointments";
    JsonWriter json;
    json.begin_object().string("apiName", is_events ? "events" : module.name);
    json.string("displayLabel", is_events ? "Event" : module.label);
    json.string("pluralLabel", is_events ? "Events" : module.label_plural);
    json.boolean("isEnabled", true).end_object();
    shown.push_back(json.take());
  }
  return show_list(shown);
}

/// A department has no teams; clients that offer them ask all the same.
Result<http::Response> list_teams(Call& call) {
  const RecordId id = TRY(call.id());
  return call.database().read([&](db::Transaction& tx) -> Result<http::Response> {
    TRY(operations::read_record(tx, call.actor, *call.module, id));
    return http::Response::json(200, R"({"teams":[]})");
  });
}

}  // namespace tandem::api::desk_dialect
