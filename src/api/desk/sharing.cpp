#include "api/desk/sharing.h"

#include <fmt/format.h>

#include <map>

#include "api/desk/input_words.h"
#include "desk/rows.h"

namespace tandem::api::desk_dialect {

namespace {

using desk::TicketAccess;

constexpr std::string_view member = "sharedDepartments";
constexpr size_t shares_per_call_max = 10;
constexpr InputWord sharing_inputs[] = {{"department", member}};

std::string_view type_of(TicketAccess access) {
  if (access == TicketAccess::full) return "READ_WRITE";
  return access == TicketAccess::restricted ? "RESTRICTED_ACCESS" : "READ_ONLY";
}

std::optional<TicketAccess> access_of(std::string_view type) {
  for (const TicketAccess access :
       {TicketAccess::full, TicketAccess::restricted, TicketAccess::read_only}) {
    if (type_of(access) == type) return access;
  }
  return std::nullopt;
}

Result<desk::Share> share_of(const Json& entry, size_t at) {
  const auto place = [at](std::string_view key) {
    return fmt::format("{}/{}/{}", member, at, key);
  };
  if (!entry.is_object()) {
    return invalid(place("id"), "wrong_type", "Give each entry as an object with id and type.");
  }
  const std::optional<RecordId> department = id_member(entry.as_object(), "id");
  if (!department) return invalid(place("id"), "required", "Give the id of a department.");
  const std::optional<TicketAccess> access = access_of(text_member(entry.as_object(), "type"));
  if (!access) {
    return invalid(place("type"), "not_a_choice",
                   "Give READ_WRITE, RESTRICTED_ACCESS or READ_ONLY.");
  }
  return desk::Share{*department, *access};
}

bool is_same_list(const std::vector<desk::Share>& held, const std::vector<desk::Share>& wanted) {
  std::map<int64_t, TicketAccess> before;
  for (const desk::Share& share : held) before[share.department.value] = share.access;
  std::map<int64_t, TicketAccess> after;
  for (const desk::Share& share : wanted) after[share.department.value] = share.access;
  return before == after;
}

}  // namespace

std::string_view share_type(std::string_view access_word) {
  for (const TicketAccess access :
       {TicketAccess::full, TicketAccess::restricted, TicketAccess::read_only}) {
    if (desk::word(access) == access_word) return type_of(access);
  }
  return "";
}

void append_shares(JsonWriter& json, const Related& related, const records::Record& ticket) {
  const std::vector<desk::Share> shares = desk::shares_of(ticket);
  json.string("sharedCount", std::to_string(shares.size())).key(member).begin_array();
  for (const desk::Share& share : shares) {
    const auto department = related.shared_departments.find(share.department.value);
    json.begin_object().id("id", share.department.value);
    json.string("name", department == related.shared_departments.end() ? std::string_view()
                                                                       : department->second.title);
    json.string("type", type_of(share.access)).end_object();
  }
  json.end_array();
}

Result<std::optional<std::vector<desk::Share>>> shares_of_body(const JsonObject& body) {
  const Json* given = body.if_contains(member);
  if (!given || given->is_null()) return std::nullopt;
  if (!given->is_array()) {
    return invalid(std::string(member), "wrong_type", "Give sharedDepartments as a list.");
  }
  if (given->as_array().size() > shares_per_call_max) {
    return invalid(std::string(member), "too_many", "Give at most 10 departments.");
  }
  std::vector<desk::Share> shares;
  for (const Json& entry : given->as_array()) {
    const desk::Share share = TRY(share_of(entry, shares.size()));
    shares.push_back(share);
  }
  return shares;
}

Result<void> take_shares(db::Transaction& tx, const Call& call, RecordId ticket,
                         const JsonObject& body) {
  const std::optional<std::vector<desk::Share>> wanted = TRY(shares_of_body(body));
  if (!wanted) return {};
  const records::Record before = TRY(desk::visible_ticket(tx, call.actor, ticket));
  if (is_same_list(desk::shares_of(before), *wanted)) return {};
  TRY(in_words(sharing_inputs, desk::set_shares(tx, call.actor, ticket, *wanted)));
  return {};
}

}  // namespace tandem::api::desk_dialect
