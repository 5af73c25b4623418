#include "api/desk/mentions.h"

#include <fmt/format.h>

#include <algorithm>

#include "access/agents.h"
#include "api/desk/envelope.h"
#include "base/text.h"
#include "desk/conversation/mentions.h"

namespace tandem::api::desk_dialect {

namespace {

constexpr std::string_view opening = "zsu[@user:";
constexpr std::string_view closing = "]zsu";
constexpr size_t digits_max = 19;

const access::Agent* agent_with(const std::vector<access::Agent>& agents, int64_t id) {
  for (const access::Agent& agent : agents) {
    if (agent.person.value == id || agent.id.value == id) return &agent;
  }
  return nullptr;
}

std::string spelled(const desk::Mention& mention) {
  return fmt::format("{}{}{}", opening, mention.person.value, closing);
}

void replace_all(std::string& text, const std::string& old, const std::string& fresh) {
  for (size_t at = text.find(old); at != text.npos; at = text.find(old, at + fresh.size()))
    text.replace(at, old.size(), fresh);
}

}  // namespace

Result<MentioningText> read_mentions(db::Transaction& tx, const Call& call,
                                     const std::string& html) {
  MentioningText text;
  std::vector<access::Agent> agents;
  size_t read_to = 0;
  for (size_t at = html.find(opening); at != html.npos; at = html.find(opening, read_to)) {
    const size_t start = at + opening.size();
    const size_t end = html.find(closing, start);
    text.html += html.substr(read_to, at - read_to);
    const std::optional<int64_t> id =
        end == html.npos || end - start > digits_max
            ? std::nullopt
            : id_from_text(std::string_view(html).substr(start, end - start));
    if (!id) {
      text.html += opening;
      read_to = start;
      continue;
    }
    if (agents.empty()) agents = access::list_agents(tx, call.actor.org);
    const access::Agent* agent = agent_with(agents, *id);
    if (!agent) {
      return invalid("content", "not_found",
                     fmt::format("Nobody here has the id {}; mention agents by their zuid.", *id));
    }
    text.html += desk::mention_in_html(agent->name);
    const bool is_new =
        std::find(text.agents.begin(), text.agents.end(), agent->id.value) == text.agents.end();
    if (is_new) text.agents.push_back(agent->id.value);
    read_to = end + closing.size();
  }
  text.html += html.substr(read_to);
  return text;
}

void append_mentioning(JsonWriter& json, const records::Record& comment) {
  std::string html = comment.get("html").text();
  std::vector<desk::Mention> named;
  for (const desk::Mention& one : desk::mentions_from_json(comment.get("mentions").text())) {
    const std::string shown = desk::mention_in_html(one.name);
    if (html.find(shown) == html.npos) continue;
    replace_all(html, shown, spelled(one));
    named.push_back(one);
  }
  json.string("content", html).string("encodedContent", html).string("contentType", "html");
  json.key("mention").begin_array();
  for (const desk::Mention& one : named) {
    json.begin_object().id("id", one.agent.value).id("zuid", one.person.value);
    json.string("name", one.name);
    append_names(json, one.name);
    json.null("photoURL").string("type", "AGENT").end_object();
  }
  json.end_array();
}

}  // namespace tandem::api::desk_dialect
