#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"
#include "desk/desk.h"
#include "records/record.h"

// One way in for what people tell us, whatever it came by: a web form and the telephone today, a
// social network or a chat later. A channel brings a message in this form and needs nothing else.
//
// Mail keeps its own way (desk/mail/mail_intake.h), because it is more: raw mails that are stored
// first, references that find a ticket, bounces and loops. Both share what follows from a message:
// the contact is found by the same look-up, the ticket runs through the same rules (department,
// clock, notifications), the message is a thread, files are attachments of it, and the channel
// stands on ticket and thread (S002).

namespace tandem::desk {

/// Who tells us. A contact is found by the address, then by the number, and made when there is
/// none.
struct ChannelPerson {
  std::string name;
  std::string email;
  std::string phone;

  bool is_known() const { return !email.empty() || !phone.empty(); }
};

/// A file whose bytes are stored already.
struct ChannelFile {
  std::string name;
  std::string content_type;
  int64_t size_bytes = 0;
  int64_t file = 0;
};

enum class ChannelPrivacy { open, colleagues };

struct ChannelMessage {
  OrgId org;
  std::string channel;  // a choice of the ticket's field channel: "web", "phone"
  std::string key;      // what makes it this message and no other, within the channel; at most 200
  RecordId department;  // of a new ticket
  RecordId ticket;      // whom it belongs to; 0 makes one
  ChannelPerson who;
  std::string direction = "in";
  std::string subject;
  std::string text;
  std::string html;  // "" makes it from text
  ChannelPrivacy privacy = ChannelPrivacy::open;
  std::vector<ChannelFile> files;
  Instant at;                      // when it was said; 0 is now
  records::Changes ticket_values;  // of a new ticket, beside what is said above
  records::Changes thread_values;  // what the channel knows beside: length of a call
};

enum class ChannelOutcome { ticket, thread, duplicate };

struct ChannelReport {
  ChannelOutcome outcome = ChannelOutcome::ticket;
  RecordId ticket;
  RecordId thread;
  bool is_spam = false;  // what came in is spam, and made no contact
};

/// Takes one message in, in the caller's transaction: the ticket or the thread of one, the contact,
/// the files. A key that was taken before answers what became of it and changes nothing. An answer
/// of a customer opens a ticket that is not open. What a blocked sender tells makes a ticket of its
/// own among the spam, and no contact. Refuses: invalid (department, or what the
/// module's rules refuse), not_found (ticket).
Result<ChannelReport> take_in_message(db::Transaction& tx, const Desk& desk,
                                      const ChannelMessage& message);

/// What became of a message whose key was taken before; nothing when it is new. For channels that
/// would otherwise store files in vain.
std::optional<ChannelReport> taken_before(db::Transaction& tx, const ChannelMessage& message);

/// The contact as one who acts, made when there is none. Asks no right. Refuses with invalid a
/// person without address and number.
Result<access::Actor> contact_of_channel(db::Transaction& tx, const records::Catalogue& catalogue,
                                         OrgId org, const ChannelPerson& who);

/// A form is sent within a day, and a telephone system's calls are known for a month: after so long
/// no message comes a second time.
constexpr int64_t channel_keys_kept_ms = 62 * day_ms;
constexpr int channel_keys_looked_at_max = 5'000;

/// How far a sweep over the keys has come.
struct ChannelKeyPlace {
  int64_t org = 0;
  std::string channel;
  std::string key;
};
/// Forgets keys that are older than channel_keys_kept_ms, among the next
/// channel_keys_looked_at_max ones after `place`, which moves on and begins anew at the end.
/// Answers how many went.
int forget_channel_keys(db::Database& database, ChannelKeyPlace& place);

}  // namespace tandem::desk
