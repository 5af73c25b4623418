#include "desk/spam/spam_contacts.h"

#include <map>

#include "base/text.h"
#include "desk/channels/channel_intake.h"
#include "desk/modules.h"
#include "desk/rows.h"

namespace tandem::desk {

namespace {

using access::Actor;
using records::Record;

constexpr int64_t messages_max = 250;

/// By what they are known: the address, or the number of a call.
struct Writer {
  ChannelPerson who;
  RecordId thread;

  std::string key() const { return who.email.empty() ? who.phone : who.email; }
};

std::vector<Writer> strangers_on(db::Transaction& tx, OrgId org, const Record& ticket) {
  std::vector<Writer> writers;
  for (const db::Row& row :
       tx.rows("SELECT id, author_name, author_email FROM threads WHERE org_id = $1 "
               "AND ticket = $2 AND author_kind = 'contact' AND author_id IS NULL "
               "AND deleted_at IS NULL ORDER BY id LIMIT $3",
               {org.value, ticket.id.value, messages_max})) {
    Writer writer{.who = {.name = row.text(1), .email = ascii_lower(row.text(2)), .phone = {}},
                  .thread = RecordId{row.integer(0)}};
    const bool is_requester = writer.who.email == ascii_lower(ticket.get("email").text());
    if (is_requester) writer.who.phone = ticket.get("phone").text();
    // Who gave no name stands under the address or number.
    if (writer.who.name == writer.key()) writer.who.name.clear();
    if (writer.who.is_known()) writers.push_back(std::move(writer));
  }
  return writers;
}

Result<void> give_to(db::Transaction& tx, const Actor& actor, RecordId thread,
                     const Actor& contact) {
  const Record message = TRY(read_row(tx, actor, threads_module(), thread));
  TRY(change_row(tx, actor, message, {{"author_id", contact.id}, {"author_name", contact.name}}));
  return {};
}

}  // namespace

Result<RecordId> contacts_of_spam(db::Transaction& tx, const Actor& actor, const Record& ticket) {
  std::map<std::string, Actor> contacts;
  for (const Writer& writer : strangers_on(tx, actor.org, ticket)) {
    if (!contacts.contains(writer.key())) {
      const Actor made = TRY(contact_of_channel(tx, *actor.catalogue, actor.org, writer.who));
      contacts.emplace(writer.key(), made);
    }
    TRY(give_to(tx, actor, writer.thread, contacts.at(writer.key())));
  }
  if (ticket.get("contact").id()) return RecordId{};
  const std::string& email = ticket.get("email").text();
  const auto requester = contacts.find(email.empty() ? ticket.get("phone").text() : email);
  return requester == contacts.end() ? RecordId{} : requester->second.id;
}

}  // namespace tandem::desk
