#include "desk/sharing/ticket_sharing.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/json.h"
#include "desk/departments.h"
#include "desk/rows.h"
#include "operations/visible.h"
#include "records/change_log.h"

namespace tandem::desk {

namespace {

using records::Record;

std::optional<Share> find_share(const std::vector<Share>& shares, RecordId department) {
  for (const Share& share : shares) {
    if (share.department == department) return share;
  }
  return std::nullopt;
}

Result<void> may_be_shared_with(db::Transaction& tx, const Record& ticket, OrgId org,
                                RecordId department) {
  if (department == ticket.get("department").id()) {
    return invalid("department", "own_department", "The ticket belongs to this department.");
  }
  return require_enabled_department(tx, org, department);
}

/// Departments that have the ticket already are taken as they are, so that a disabled one can keep
/// it.
Result<void> check_shares(db::Transaction& tx, OrgId org, const Record& ticket,
                          const std::vector<Share>& held, const std::vector<Share>& wanted) {
  for (const Share& share : wanted) {
    const auto times = std::count_if(wanted.begin(), wanted.end(), [&](const Share& other) {
      return other.department == share.department;
    });
    if (times > 1) {
      return invalid("department", "duplicate", "Name each department once.");
    }
    if (!find_share(held, share.department)) {
      TRY(may_be_shared_with(tx, ticket, org, share.department));
    }
  }
  return {};
}

struct Step {
  const char* event;
  Share share;
};

/// What lies between two states, in the order of the departments.
std::vector<Step> steps_between(const std::vector<Share>& held, const std::vector<Share>& wanted) {
  std::vector<Step> steps;
  for (const Share& share : wanted) {
    const std::optional<Share> before = find_share(held, share.department);
    if (!before) steps.push_back({"shared", share});
    if (before && before->access != share.access) steps.push_back({"share_changed", share});
  }
  for (const Share& share : held) {
    if (!find_share(wanted, share.department)) steps.push_back({"unshared", share});
  }
  return steps;
}

std::string detail_of(const Share& share) {
  JsonWriter detail;
  detail.begin_object().id("department", share.department.value);
  detail.string("access", word(share.access)).end_object();
  return detail.take();
}

void apply(std::vector<Share>& shares, const Step& step) {
  std::erase_if(shares,
                [&](const Share& share) { return share.department == step.share.department; });
  if (std::string_view(step.event) != "unshared") shares.push_back(step.share);
}

/// Whether nothing is given that was not there.
bool only_takes(const std::vector<Share>& held, const std::vector<Share>& wanted) {
  return std::all_of(wanted.begin(), wanted.end(), [&](const Share& share) {
    const std::optional<Share> before = find_share(held, share.department);
    return before && before->access == share.access;
  });
}

Result<Record> write_shares(db::Transaction& tx, const access::Actor& actor, Record ticket,
                            const std::vector<Share>& wanted) {
  std::vector<Share> held = shares_of(ticket);
  if (wanted.size() > shares_per_ticket_max) {
    return invalid("department", "too_many",
                   fmt::format("Share with at most {} departments.", shares_per_ticket_max));
  }
  TRY(check_shares(tx, actor.org, ticket, held, wanted));
  for (const Step& step : steps_between(held, wanted)) {
    apply(held, step);
    ticket = TRY(change_row(tx, actor, ticket,
                            {{"shares", share_words(held)}, {"is_shared", int64_t{!held.empty()}}},
                            {step.event, detail_of(step.share)}));
  }
  return ticket;
}

}  // namespace

Result<Record> share_ticket(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                            const std::vector<Share>& shares) {
  Record found = TRY(ticket_for(tx, actor, ticket, "share"));
  if (shares.empty()) {
    return invalid("department", "required", "Choose at least one department.");
  }
  std::vector<Share> wanted = shares;
  for (const Share& share : shares_of(found)) {
    if (!find_share(shares, share.department)) wanted.push_back(share);
  }
  return write_shares(tx, actor, std::move(found), wanted);
}

Result<Record> unshare_ticket(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                              RecordId department) {
  Record found = TRY(ticket_for(tx, actor, ticket, "unshare"));
  std::vector<Share> left = shares_of(found);
  const auto taken =
      std::erase_if(left, [&](const Share& share) { return share.department == department; });
  if (taken == 0) return not_found("The ticket is not shared with this department.");
  return write_shares(tx, actor, std::move(found), left);
}

Result<Record> set_shares(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                          const std::vector<Share>& shares) {
  Record found = TRY(visible_ticket(tx, actor, ticket));
  TRY(operations::require_act(actor, found,
                              only_takes(shares_of(found), shares) ? "unshare" : "share"));
  return write_shares(tx, actor, std::move(found), shares);
}

Result<void> shares_fit_the_department(records::Change& ticket) {
  if (!ticket.changes("department") && !ticket.changes("shares")) return {};
  std::vector<Share> shares = shares_of(ticket.proposed);
  std::erase_if(shares, [&](const Share& share) {
    return share.department == ticket.get("department").id();
  });
  ticket.set("shares", share_words(shares));
  ticket.set("is_shared", int64_t{!shares.empty()});
  return {};
}

Result<void> a_move_that_takes_a_share_is_told(records::Change& ticket) {
  if (ticket.verb != records::Verb::updated || !ticket.changes("department")) return {};
  const RecordId department = ticket.get("department").id();
  const std::optional<Share> taken = find_share(shares_of(ticket.before), department);
  if (!taken || find_share(shares_of(ticket.proposed), department)) return {};
  records::log_event(ticket.tx, ticket.org, ticket.proposed.shape->module().name,
                     ticket.proposed.id, ticket.proposed.revision, "unshared",
                     ticket.actor.author(), detail_of(*taken));
  return {};
}

}  // namespace tandem::desk
