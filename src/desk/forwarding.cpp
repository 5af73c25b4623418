#include "desk/forwarding.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "desk/ticket_visibility.h"
#include "mail/wire_address.h"

namespace tandem::desk {

namespace {

constexpr int64_t addresses_max = 500;

std::string plain_local_part(std::string_view text) {
  std::string local;
  for (const char c : text) {
    if (c != '"' && c != '\\' && c != ' ') local += c;
  }
  local = ascii_lower(local);
  const size_t tag = local.find('+');
  return tag == 0 || tag == local.npos ? local : local.substr(0, tag);
}

/// One spelling for all that reach the same mailbox.
std::string mailbox_of(std::string_view address) {
  const std::string readable = mail::readable_address(trim(address));
  const size_t at = readable.rfind('@');
  if (at == readable.npos) return ascii_lower(readable);
  std::string domain = ascii_lower(readable.substr(at + 1));
  while (domain.ends_with('.')) domain.pop_back();
  if (domain == "googlemail.com") domain = "gmail.com";
  std::string local = plain_local_part(std::string_view(readable).substr(0, at));
  if (domain == "gmail.com") std::erase(local, '.');
  return local + "@" + domain;
}

std::vector<std::string> mailboxes_of_requester(db::Transaction& tx, OrgId org,
                                                const records::Record& ticket) {
  std::vector<std::string> mailboxes;
  const auto add = [&](const db::RowView& row) {
    if (!row.is_null(0)) mailboxes.push_back(mailbox_of(row.text(0)));
    return true;
  };
  if (!ticket.get("email").is_null()) mailboxes.push_back(mailbox_of(ticket.get("email").text()));
  const RecordId contact = ticket.get("contact").id();
  tx.for_each(
      "SELECT email FROM contacts WHERE org_id = $1 AND id = $2 UNION ALL "
      "SELECT secondary_email FROM contacts WHERE org_id = $1 AND id = $2",
      {org.value, contact.value}, add);
  tx.for_each(
      "SELECT DISTINCT sender_email FROM threads WHERE org_id = $1 AND ticket = $2 "
      "AND author_kind = 'contact' AND author_id = $3 LIMIT $4",
      {org.value, ticket.id.value, contact.value, addresses_max}, add);
  return mailboxes;
}

}  // namespace

bool is_same_mailbox(std::string_view one, std::string_view other) {
  return mailbox_of(one) == mailbox_of(other);
}

Result<void> may_forward_to(db::Transaction& tx, const access::Actor& actor,
                            const records::Record& ticket, const Recipients& recipients) {
  if (access_to(actor, ticket) != TicketAccess::restricted) return {};
  const std::vector<std::string> requester = mailboxes_of_requester(tx, actor.org, ticket);
  for (const std::vector<Address>* addresses : {&recipients.to, &recipients.cc, &recipients.bcc}) {
    for (const Address& one : *addresses) {
      const std::string mailbox = mailbox_of(one.address);
      if (std::find(requester.begin(), requester.end(), mailbox) == requester.end()) continue;
      return forbidden("not_to_the_requester",
                       "Your department may not write to the person who asks; forward to somebody "
                       "else, or comment privately.");
    }
  }
  return {};
}

}  // namespace tandem::desk
