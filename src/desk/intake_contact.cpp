#include "desk/intake_contact.h"

#include "base/text.h"
#include "desk/modules.h"
#include "desk/rows.h"

namespace tandem::desk {

namespace {

constexpr int64_t name_chars_max = 120;

std::string one_line(std::string_view text) {
  std::string line;
  for (const char letter : to_utf8_lossy(text)) {
    const auto code = static_cast<unsigned char>(letter);
    line += code < 0x20 || code == 0x7f ? ' ' : letter;
  }
  return std::string(first_chars(trim(line), name_chars_max));
}

/// Kana, Chinese characters and Hangul are three bytes that begin with E3 to ED; where they stand,
/// the family name stands first.
bool is_east_asian(std::string_view text) {
  if (text.empty()) return false;
  const auto lead = static_cast<unsigned char>(text.front());
  return lead >= 0xe3 && lead <= 0xed;
}

}  // namespace

PersonName name_from(const Address& address) {
  const std::string name = one_line(address.name);
  if (name.empty() || name.find('@') != std::string::npos) {
    return {"", one_line(address.address.substr(0, address.address.find('@')))};
  }
  if (const size_t comma = name.find(','); comma != std::string::npos) {
    const std::string first(trim(std::string_view(name).substr(comma + 1)));
    const std::string last(trim(std::string_view(name).substr(0, comma)));
    if (!last.empty()) return {first, last};
  }
  const bool family_first = is_east_asian(name);
  const size_t space = family_first ? name.find(' ') : name.rfind(' ');
  if (space == std::string::npos) return {"", name};
  const std::string before(trim(std::string_view(name).substr(0, space)));
  const std::string after(trim(std::string_view(name).substr(space + 1)));
  return family_first ? PersonName{after, before} : PersonName{before, after};
}

namespace {

access::Actor acting(const Desk& desk, OrgId org, RecordId id, const std::string& name) {
  access::Actor actor;
  actor.catalogue = &desk.catalogue;
  actor.org = org;
  actor.kind = access::ActorKind::contact;
  actor.id = id;
  actor.name = name;
  actor.path = access::Path::mail;
  return actor;
}

}  // namespace

Result<access::Actor> contact_who_wrote(db::Transaction& tx, const Desk& desk, OrgId org,
                                        const Address& sender) {
  const std::string address = ascii_lower(sender.address);
  std::optional<db::Row> found;
  for (const char* column : {"email", "secondary_email"}) {
    found = tx.row(std::string("SELECT id, title FROM contacts WHERE org_id = $1 AND ") + column +
                       " = $2 AND deleted_at IS NULL ORDER BY id LIMIT 1",
                   {org.value, address});
    if (found) break;
  }
  if (found) {
    access::Actor actor = acting(desk, org, {found->integer(0)}, found->text(1));
    actor.email = address;
    return actor;
  }
  const access::Actor program = access::system_actor(desk.catalogue, org, access::Path::mail);
  const PersonName name = name_from(sender);
  records::Changes values{{"last_name", name.last}, {"email", address}};
  if (!name.first.empty()) values.set("first_name", name.first);
  const records::Record contact = TRY(add_row(tx, program, contacts_module(), values));
  access::Actor actor = acting(desk, org, contact.id, contact.title);
  actor.email = address;
  return actor;
}

}  // namespace tandem::desk
