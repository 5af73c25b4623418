#include "desk/notifications/who_is_told.h"

#include "access/agents.h"
#include "base/json.h"
#include "desk/tickets/ticket_followers.h"

namespace tandem::desk {

namespace {

using records::Change;

RecordId id_in(const Json& detail, std::string_view key) {
  return RecordId{id_from_text(text_of(detail, key)).value_or(0)};
}

Json detail_of(const Change& ticket) {
  const Result<Json> detail = json_from_text(ticket.detail_json);
  return detail ? *detail : Json{};
}

std::vector<RecordId> agents_in(const Json& detail, std::string_view key) {
  std::vector<RecordId> agents;
  const Json* const listed = find(detail, key);
  if (!listed || !listed->is_array()) return agents;
  for (const Json& one : listed->as_array()) {
    if (!one.is_string()) continue;
    agents.push_back(RecordId{id_from_text(std::string_view(one.as_string())).value_or(0)});
  }
  return agents;
}

/// A program that answers for an absent customer says nothing new.
bool is_answer_of_a_person(const Change& ticket) {
  return ticket.tx.integer("SELECT is_auto_reply FROM threads WHERE org_id = $1 AND id = $2",
                           {ticket.org.value, id_in(detail_of(ticket), "thread").value}) == 0;
}

/// A remark that follows its rating, or a second thought, is told once.
bool is_news_of_a_rating(const Change& ticket) {
  constexpr int64_t second_thought_ms = hour_ms;
  const records::Value& rated_before = ticket.before.get("rated_at");
  return ticket.changes("rating") || rated_before.is_null() ||
         ticket.now() - rated_before.instant() > second_thought_ms;
}

/// What the change's word in the history says.
void add_what_happened(const Change& ticket, std::vector<News>& news) {
  const RecordId own = ticket.get("department").id();
  if (ticket.event == "comment_added" || ticket.event == "comment_edited") {
    const std::vector<RecordId> mentioned = agents_in(detail_of(ticket), "mentions");
    if (!mentioned.empty()) news.push_back({NotificationEvent::mention, own, mentioned});
  }
  if (ticket.event == "comment_added") news.push_back({NotificationEvent::comment, own});
  if (ticket.event == "service_level_escalated") {
    const std::vector<RecordId> named = agents_in(detail_of(ticket), "told_agents");
    if (!named.empty()) news.push_back({NotificationEvent::escalation, own, named});
  }
  if (ticket.event == "shared") {
    news.push_back(
        {NotificationEvent::shared_ticket_received, id_in(detail_of(ticket), "department")});
  }
  if (ticket.event == "rated" && is_news_of_a_rating(ticket)) {
    news.push_back({NotificationEvent::rating, own});
  }
  const bool is_answer = ticket.event == "mail_received" || ticket.event == "message_received";
  if (is_answer && is_answer_of_a_person(ticket)) {
    news.push_back({NotificationEvent::reply, own});
  }
}

/// Of several things at once the one that says most.
std::optional<FollowedMatter> followed_matter(const Change& ticket) {
  if (ticket.event == "comment_added") return FollowedMatter::comment;
  const bool is_answer = ticket.event == "mail_received" || ticket.event == "message_received";
  if (is_answer && is_answer_of_a_person(ticket)) return FollowedMatter::message;
  if (ticket.event == "reply_sent" || ticket.event == "call_logged") {
    return FollowedMatter::message;
  }
  if (ticket.is_new()) return std::nullopt;
  if (ticket.changes("status")) return FollowedMatter::status;
  if (ticket.changes("owner")) return FollowedMatter::owner;
  return std::nullopt;
}

std::vector<RecordId> everybody_concerned(const Change& ticket, const News& news) {
  const Concern concern{ticket.get("owner").id(), ticket.get("department").id()};
  switch (news.event) {
    case NotificationEvent::mention: return news.named;
    case NotificationEvent::assignment: return {concern.owner};
    case NotificationEvent::following:
      return followers_who_see(ticket.tx, ticket.actor, ticket.proposed);
    case NotificationEvent::shared_ticket_received:
      return access::active_agents_of_department(ticket.tx, ticket.org, news.department,
                                                 told_per_event_max);
    case NotificationEvent::escalation:
      if (!news.named.empty()) return news.named;
      break;
    case NotificationEvent::overdue:
    case NotificationEvent::reply:
    case NotificationEvent::new_ticket:
    case NotificationEvent::comment:
    case NotificationEvent::rating: break;
  }
  return who_answers_for(ticket.tx, ticket.org, concern);
}

}  // namespace

std::vector<News> news_of(const Change& ticket) {
  const bool is_written =
      ticket.verb == records::Verb::created || ticket.verb == records::Verb::updated;
  if (!is_written || ticket.actor.path == access::Path::import) return {};
  const RecordId own = ticket.get("department").id();
  std::vector<News> news;
  add_what_happened(ticket, news);
  if (ticket.get("owner").id() && ticket.changes("owner")) {
    news.push_back({NotificationEvent::assignment, own});
  }
  if (ticket.turns("is_escalated", int64_t{1})) {
    news.push_back({NotificationEvent::escalation, own});
  }
  if (ticket.is_new()) news.push_back({NotificationEvent::new_ticket, own});
  if (const std::optional<FollowedMatter> matter = followed_matter(ticket)) {
    news.push_back({.event = NotificationEvent::following, .department = own, .matter = *matter});
  }
  return news;
}

std::vector<RecordId> who_is_told(const Change& ticket, const News& news) {
  std::vector<RecordId> agents = everybody_concerned(ticket, news);
  std::erase_if(agents, [&](RecordId agent) { return !agent || agent == ticket.actor.id; });
  return agents;
}

std::vector<RecordId> who_answers_for(db::Transaction& tx, OrgId org, const Concern& ticket) {
  if (ticket.owner) {
    const std::optional<access::Agent> agent = access::find_agent(tx, org, ticket.owner);
    if (agent && agent->status == access::AgentStatus::active) return {ticket.owner};
  }
  return access::active_agents_of_department(tx, org, ticket.department, told_per_event_max);
}

}  // namespace tandem::desk
