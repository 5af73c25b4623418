#include "crm/signals/signals.h"

#include <algorithm>
#include <map>

#include "access/agents.h"
#include "base/text.h"
#include "crm/notes/parents.h"
#include "crm/organisation_setup.h"
#include "operations/operations.h"

namespace tandem::crm {

namespace {

using notifications::Notification;
using records::Change;
using records::Record;

/// Whom a change concerns, and how.
struct News {
  const char* signal = "";
  RecordId agent = {};
};

bool is_letter_or_digit(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
}

/// The colleague whose name follows an @; of several the one with the longest name.
const access::Agent* named_at(const std::vector<access::Agent>& agents,
                              const std::vector<std::string>& names, std::string_view rest) {
  const access::Agent* found = nullptr;
  size_t longest = 0;
  for (size_t at = 0; at < agents.size(); ++at) {
    const std::string& name = names[at];
    if (name.size() <= longest || !rest.starts_with(name)) continue;
    // "@Ann" names nobody called Anna.
    if (rest.size() > name.size() && is_letter_or_digit(rest[name.size()])) continue;
    found = &agents[at];
    longest = name.size();
  }
  return found;
}

/// Active colleagues whose whole names stand behind an @, letters large or small.
std::set<int64_t> mentioned_in(const std::string& text, const std::vector<access::Agent>& agents) {
  std::vector<std::string> names;
  for (const access::Agent& agent : agents) names.push_back(fold(agent.name));
  std::set<int64_t> mentioned;
  const std::string folded = fold(text);
  size_t at = folded.find('@');
  while (at != std::string::npos && mentioned.size() < mentions_per_note_max) {
    // In an address the @ stands behind a letter.
    const bool is_in_address = at > 0 && is_letter_or_digit(folded[at - 1]);
    const access::Agent* const agent =
        named_at(agents, names, std::string_view(folded).substr(at + 1));
    if (agent && !is_in_address) mentioned.insert(agent->id.value);
    at = folded.find('@', at + 1);
  }
  return mentioned;
}

/// Those who were not named in the note before.
std::vector<News> mentions(const Change& note) {
  const std::string& text = note.get("content").text();
  if (!note.changes("content") || text.find('@') == std::string::npos) return {};
  std::vector<access::Agent> agents = access::list_agents(note.tx, note.org);
  std::erase_if(agents, [](const access::Agent& agent) {
    return agent.status != access::AgentStatus::active || agent.name.empty();
  });
  std::set<int64_t> known;
  if (!note.is_new()) known = mentioned_in(note.before.get("content").text(), agents);
  std::vector<News> news;
  for (const int64_t agent : mentioned_in(text, agents)) {
    if (!known.contains(agent)) news.push_back({signal::mentioned, RecordId{agent}});
  }
  return news;
}

const char* signal_of_deal(const Change& deal) {
  if (deal.turns("outcome", "won")) return signal::deal_won;
  if (deal.turns("outcome", "lost")) return signal::deal_lost;
  return deal.changes("stage") ? signal::deal_stage_changed : nullptr;
}

/// What says most of a change comes alone.
std::vector<News> news_of(const Change& change) {
  const std::string& module = change.proposed.shape->module().name;
  if (module == "notes") return mentions(change);
  const RecordId owner = change.get("owner").id();
  if (change.event == "converted") return {{signal::lead_converted, owner}};
  if (change.changes("owner")) return {{signal::record_assigned, owner}};
  if (module != "deals") return {};
  const char* const signal = signal_of_deal(change);
  return signal ? std::vector<News>{{signal, owner}} : std::vector<News>{};
}

/// Of all that is done in bulk people hear of what they are given, in one line.
void count_what_is_given(const Change& change) {
  const RecordId owner = change.get("owner").id();
  const bool is_given = change.verb == records::Verb::updated && change.changes("owner") && owner &&
                        owner != change.actor.id;
  if (!is_given) return;
  if (signals_switched_off(change.tx, change.org).contains(signal::records_assigned)) return;
  notifications::tell_agent_of_one_more(
      change.tx, change.actor,
      {signal::records_assigned, owner, change.proposed.shape->module().name});
}

/// What was made of a lead is told by its conversion.
void take_back_what_became_of(const Change& lead) {
  for (const auto& [field, module] : {std::pair{"converted_contact", "contacts"},
                                      {"converted_account", "accounts"},
                                      {"converted_deal", "deals"}}) {
    const RecordId made = lead.get(field).id();
    if (made)
      notifications::take_back(lead.tx, lead.org, {signal::record_assigned, module, made},
                               lead.now());
  }
}

/// Whether the actor sees the fields that the signal speaks of.
bool is_shown(const access::Actor& actor, const records::Shape& shape, const SignalDef& def) {
  return std::all_of(def.says.begin(), def.says.end(), [&](const std::string& name) {
    const records::FieldDef* const field = shape.find(name);
    return !field ||
           access::field_access(actor, shape.module().name, *field) != access::FieldAccess::hidden;
  });
}

/// Records that signals lead to beyond their own, each module read once.
class Others {
 public:
  /// What the first filled of these links names, to be looked for.
  void want(const Record& record, const std::vector<std::string>& links) {
    const records::FieldDef* const link = filled(record, links);
    if (link) wanted_[link->link_to].insert(record.get(link->name).id().value);
  }
  Result<void> read(db::Transaction& tx, const access::Actor& actor) {
    for (const auto& [name, ids] : wanted_) {
      const records::ModuleDef* const module = actor.catalogue->find(name);
      if (module) found_[name] = TRY(notifications::visible_records(tx, actor, *module, ids));
    }
    return {};
  }
  /// Null when nothing is named, or when the actor does not see it.
  const Record* find(const Record& record, const std::vector<std::string>& links) const {
    const records::FieldDef* const link = filled(record, links);
    if (!link) return nullptr;
    const auto module = found_.find(link->link_to);
    if (module == found_.end()) return nullptr;
    const auto one = module->second.find(record.get(link->name).id().value);
    return one == module->second.end() ? nullptr : &one->second;
  }

 private:
  static const records::FieldDef* filled(const Record& record,
                                         const std::vector<std::string>& links) {
    for (const std::string& name : links) {
      const records::FieldDef* const field = record.shape->find(name);
      if (field && !record.get(name).is_null()) return field;
    }
    return nullptr;
  }

  std::map<std::string, std::set<int64_t>> wanted_;
  std::map<std::string, notifications::RecordsById> found_;
};

const std::vector<std::string>& links_to_people() {
  static const std::vector<std::string> links{"lead", "contact"};
  return links;
}

std::vector<std::string> links_of(const Record& record, Edition edition) {
  if (record.shape->module().name != "notes") return links_to_people();
  std::vector<std::string> links;
  for (const records::FieldDef& field : parent_fields(edition)) links.push_back(field.name);
  return links;
}

bool is_person(const Record& record) { return record.shape->find("email") != nullptr; }

bool may_complete(const access::Actor& actor, const Record& record) {
  const records::ModuleDef& module = record.shape->module();
  if (module.name != "tasks" || record.get("status").text() == "completed") return false;
  const records::FieldDef& status = *record.shape->find("status");
  return operations::require_act(actor, record, "update") &&
         access::field_access(actor, module.name, status) == access::FieldAccess::write;
}

/// Nothing when the actor does not see the record that the note belongs to.
std::optional<Signal> as_shown(const access::Actor& actor, Notification told, const Others& others,
                               Edition edition) {
  const Record* const other = others.find(told.record, links_of(told.record, edition));
  Signal signal;
  if (told.module == "notes") {
    if (!other) return std::nullopt;
    signal.note = told.record.title;
    told.module = other->shape->module().name;
    told.record = *other;
    if (is_person(told.record)) signal.person = told.record;
  } else if (is_person(told.record)) {
    signal.person = told.record;
  } else if (other) {
    signal.person = *other;
  }
  signal.may_complete = may_complete(actor, told.record);
  signal.told = std::move(told);
  return signal;
}

}  // namespace

Result<void> its_people_hear_of_it(Change& change) {
  const std::string& module = change.proposed.shape->module().name;
  if (change.verb == records::Verb::purged) {
    notifications::forget_record(change.tx, change.org, module, change.before.id);
    return {};
  }
  const bool is_written =
      change.verb == records::Verb::created || change.verb == records::Verb::updated;
  const access::Path path = change.actor.path;
  if (is_written && path == access::Path::bulk) count_what_is_given(change);
  const bool is_news = path != access::Path::import && path != access::Path::bulk;
  if (!is_written || !is_news) return {};
  if (change.event == "converted") take_back_what_became_of(change);
  std::vector<News> news = news_of(change);
  std::erase_if(news, [&](const News& one) { return !one.agent || one.agent == change.actor.id; });
  if (news.empty()) return {};
  const std::set<std::string> off = signals_switched_off(change.tx, change.org);
  for (const News& one : news) {
    if (off.contains(one.signal)) continue;
    notifications::tell_agent(change.tx, change.actor,
                              {one.signal, one.agent, module, change.proposed.id});
  }
  return {};
}

namespace {

/// What was told of records that the actor sees, newest first.
Result<std::vector<Signal>> signals_of_records(db::Transaction& tx, const access::Actor& actor,
                                               const std::set<std::string>& off) {
  const Edition edition = edition_of(*actor.catalogue);
  std::vector<Notification> told =
      TRY(notifications::told_and_seen(tx, actor, actor.catalogue->modules()));
  std::erase_if(told, [&](const Notification& one) {
    const SignalDef* const def = find_signal(edition, one.kind);
    return !def || off.contains(one.kind) || !is_shown(actor, *one.record.shape, *def);
  });
  Others others;
  for (const Notification& one : told) others.want(one.record, links_of(one.record, edition));
  TRY(others.read(tx, actor));
  std::vector<Signal> signals;
  for (Notification& one : told) {
    std::optional<Signal> signal = as_shown(actor, std::move(one), others, edition);
    if (signal) signals.push_back(std::move(*signal));
  }
  return signals;
}

std::vector<Signal> signals_of_work(db::Transaction& tx, const access::Actor& actor,
                                    const std::set<std::string>& off) {
  const Edition edition = edition_of(*actor.catalogue);
  std::vector<Signal> signals;
  for (ToldOfWork& one : told_of_work(tx, actor)) {
    const SignalDef* const def = find_signal(edition, one.told.kind);
    const records::ModuleDef& module = *actor.catalogue->find(one.work.module);
    const records::ShapeRef shape = actor.catalogue->plain_shape(module);
    if (!def || off.contains(one.told.kind) || !is_shown(actor, *shape, *def)) continue;
    one.work.has_report = has_report(tx, actor, one);
    Signal signal;
    signal.told = std::move(one.told);
    signal.work = std::move(one.work);
    signals.push_back(std::move(signal));
  }
  return signals;
}

}  // namespace

Result<Signals> list_signals(db::Transaction& tx, const access::Actor& actor, int limit) {
  const std::set<std::string> off = signals_switched_off(tx, actor.org);
  std::vector<Signal> all = TRY(signals_of_records(tx, actor, off));
  for (Signal& one : signals_of_work(tx, actor, off)) all.push_back(std::move(one));
  std::sort(all.begin(), all.end(), [](const Signal& one, const Signal& other) {
    return one.told.id.value > other.told.id.value;
  });
  Signals answer;
  for (Signal& one : all) {
    if (!one.told.read_at) ++answer.unread_count;
    if (answer.newest.size() < size_t(limit)) answer.newest.push_back(std::move(one));
  }
  return answer;
}

}  // namespace tandem::crm
